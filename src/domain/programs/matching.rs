//! Matching of programmes to a firm: rules over what the rows state, and nothing beyond. A programme fits if its row answers every question
//! with “yes”. It might fit if its row leaves a question open.

use std::{cmp::Reverse, collections::BTreeMap};

use serde::{Deserialize, Serialize};

use super::{
    index::{ProgramEntry, ProgramIndex},
    lifecycle::ProgramStatus,
    model::{Activity, Instrument, Program},
};
use crate::{
    domain::entities::model::Places,
    error::QueryError,
    text::{
        Locale,
        query::{Query, as_query_string, href},
    },
    vocabulary,
};

vocabulary! {
    /// Need of a firm.
    pub enum Need {
        Works = "works", "money for works", "作品资金";
        Awards = "awards", "rewards for results", "成果奖励";
        Finance = "finance", "loans or investment", "贷款或投资";
        Premises = "premises", "premises", "场地设施";
        People = "people", "visas, permits, talent", "签证、许可、人才";
        Abroad = "abroad", "a way to foreign markets", "海外市场渠道";
        Ip = "ip", "support for IP", "知识产权支持";
    }
}

impl Need {
    /// Instruments that meet the need.
    fn instruments(self) -> &'static [Instrument] {
        match self {
            Need::Works => &[Instrument::Grant, Instrument::Rebate],
            Need::Awards => &[Instrument::Reward],
            Need::Finance => &[Instrument::LoanSupport, Instrument::EquityFund],
            Need::Premises => &[Instrument::Facility],
            Need::People => {
                &[Instrument::Visa, Instrument::WorkPermit, Instrument::Settlement, Instrument::Talent]
            }
            Need::Abroad => &[Instrument::ExpoSubsidy],
            Need::Ip => &[Instrument::IpIncentive],
        }
    }
}

/// A firm's location, activities and needs. Unset fields do not restrict.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MatchQuery {
    pub place: Option<String>,
    pub does: Vec<Activity>,
    pub needs: Vec<Need>,
    /// Pagination cursor: id of the last programme of the previous page.
    pub after: Option<String>,
}

as_query_string!(MatchQuery);

impl MatchQuery {
    /// Name and value of each parameter, in canonical order.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let place = self.place.clone().map(|place| ("place", place));
        let does = self.does.iter().map(|activity| ("does", activity.word().to_owned()));
        let needs = self.needs.iter().map(|need| ("needs", need.word().to_owned()));
        let after = self.after.clone().map(|after| ("after", after));
        place.into_iter().chain(does).chain(needs).chain(after).collect()
    }

    pub fn parse(raw: &str) -> Result<Self, QueryError> {
        let query = Query::decode(raw);
        query.only(&["place", "does", "needs", "after"])?;
        Ok(MatchQuery {
            place: query.id("place")?,
            does: query.words("does", Activity::WORDS)?,
            needs: query.words("needs", Need::WORDS)?,
            after: query.id("after")?,
        })
    }

    pub fn href(&self, locale: Locale) -> String {
        href(&format!("/{locale}/programs/match"), self.pairs())
    }

    /// Whether no question is asked.
    pub fn is_empty(&self) -> bool {
        *self == MatchQuery { after: self.after.clone(), ..MatchQuery::default() }
    }
}

/// Answer of a programme's row to one of the questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Whether the row says “yes”. Otherwise it leaves the question open.
    pub says_so: bool,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Match {
    pub program: Program,
    pub reasons: Vec<Reason>,
}

impl Match {
    pub fn fits(&self) -> bool {
        self.reasons.iter().all(|reason| reason.says_so)
    }
}

/// Matching programmes, and the number excluded for each reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matches {
    /// Programmes on this page that fit; `might` holds those that might fit.
    pub fit: Vec<Match>,
    pub might: Vec<Match>,
    /// Number that fit on all pages; `mights` is the number that might.
    pub fits: usize,
    pub mights: usize,
    /// Number excluded because they apply elsewhere.
    pub elsewhere: u32,
    /// Number excluded because they have ended, as far as recorded.
    pub over: u32,
    /// Number excluded because they give another kind of support.
    pub other_support: u32,
    /// Number excluded because they are for other activities.
    pub other_activities: u32,
    /// Cursor of the next page. `None` on the last page.
    pub next: Option<String>,
}

/// Activities that each programme is for, by programme id. Programmes that are open to all, or do not say, are absent.
pub type Activities = BTreeMap<Box<str>, Vec<Activity>>;

/// Matching index entries, in the order shown.
#[derive(Debug, Default)]
pub struct Sorted<'a> {
    /// Each entry with the number of questions that it leaves open.
    pub found: Vec<(usize, &'a ProgramEntry)>,
    pub elsewhere: u32,
    pub over: u32,
    pub other_support: u32,
    pub other_activities: u32,
}

/// Sorts programmes by how well they fit. Packages are replaced by their measures, and regulations are left out because they support
/// nobody.
pub fn sort<'a>(
    query: &MatchQuery,
    index: &'a ProgramIndex,
    activities: &Activities,
    places: &Places,
) -> Sorted<'a> {
    let mut sorted = Sorted::default();
    let applies = index
        .places
        .iter()
        .map(|place| query.place.as_ref().is_none_or(|firm| places.within(firm, &place.id)))
        .collect::<Vec<bool>>();
    for entry in index.entries.all().iter().filter(|entry| entry.offers()) {
        if !applies[entry.place as usize] {
            sorted.elsewhere += 1;
            continue;
        }
        if entry.dates.status == ProgramStatus::Expired {
            sorted.over += 1;
            continue;
        }
        let need = match answer(query, entry.instrument) {
            Answer::No => {
                sorted.other_support += 1;
                continue;
            }
            Answer::Open => 1,
            Answer::NotAsked | Answer::Yes(_) => 0,
        };
        let does = match activities.get(&entry.id) {
            _ if query.does.is_empty() => 0,
            None => 1,
            Some(own) if query.does.iter().any(|activity| own.contains(activity)) => 0,
            Some(_) => {
                sorted.other_activities += 1;
                continue;
            }
        };
        let planned = entry.dates.status == ProgramStatus::Planned;
        sorted.found.push((need + does + usize::from(planned), entry));
    }
    // The sort is stable, so ties stay in id order, as in the index.
    sorted.found.sort_by_key(|(open, entry)| (*open, Reverse(entry.dates.announced)));
    sorted
}

/// Answers of a matching programme to each question.
pub fn explained(query: &MatchQuery, program: Program, places: &Places, locale: Locale) -> Match {
    let place = query.place.as_ref().map(|firm| place_reason(&program, firm, places, locale));
    let need = need_reason(query, &program, locale);
    let activity = activity_reason(query, &program, locale);
    let status = (program.status == ProgramStatus::Planned).then(|| Reason {
        says_so: false,
        text: locale.pick("It is only planned.", "目前仅为计划。").to_owned(),
    });
    let reasons = place.into_iter().chain(need).chain(activity).chain(status).collect();
    Match { program, reasons }
}

fn place_reason(program: &Program, firm: &str, places: &Places, locale: Locale) -> Reason {
    let there = program.jurisdiction.name(locale);
    let text = match places.get(firm).filter(|place| place.named.id != program.jurisdiction.id) {
        None => locale.pick(format!("It applies in {there}."), format!("适用于{there}。")),
        Some(place) => {
            let firm = place.named.name(locale);
            locale.pick(
                format!("It applies in {there}, in which {firm} lies."),
                format!("适用于{there}，{firm}位于其中。"),
            )
        }
    };
    Reason { says_so: true, text }
}

/// Whether an instrument meets the needs of a firm.
enum Answer {
    NotAsked,
    Yes(Need),
    /// The instrument is recorded as “other”.
    Open,
    /// The instrument meets none of the needs.
    No,
}

fn answer(query: &MatchQuery, instrument: Instrument) -> Answer {
    match query.needs.iter().find(|need| need.instruments().contains(&instrument)) {
        _ if query.needs.is_empty() => Answer::NotAsked,
        Some(need) => Answer::Yes(*need),
        None if instrument == Instrument::Other => Answer::Open,
        None => Answer::No,
    }
}

fn need_reason(query: &MatchQuery, program: &Program, locale: Locale) -> Option<Reason> {
    let instrument = program.instrument.name(locale);
    match answer(query, program.instrument) {
        Answer::NotAsked | Answer::No => None,
        Answer::Yes(need) => {
            let need = need.name(locale);
            let text = locale.pick(
                format!("Its instrument is “{instrument}”, which answers “{need}”."),
                format!("其工具为“{instrument}”，对应“{need}”。"),
            );
            Some(Reason { says_so: true, text })
        }
        Answer::Open => {
            let text = locale.pick(
                "The kind of support is recorded as “other”: read what it offers.",
                "支持方式记为“其他”：请阅读其内容。",
            );
            Some(Reason { says_so: false, text: text.to_owned() })
        }
    }
}

fn activity_reason(query: &MatchQuery, program: &Program, locale: Locale) -> Option<Reason> {
    if query.does.is_empty() {
        return None;
    }
    let who = program.eligibility.get(locale);
    let named: Vec<&str> = (program.activities.iter())
        .filter(|activity| query.does.contains(activity))
        .map(|activity| activity.name(locale))
        .collect();
    let text = match named.is_empty() {
        false => locale.pick(
            format!("It is for a firm that {}.", named.join(", or ")),
            format!("面向以下业务的企业：{}。", named.join("；")),
        ),
        true => locale
            .pick(
                "It is open to all, or the source does not say whom it is for.",
                "面向所有企业，或来源未说明面向何种业务。",
            )
            .to_owned(),
    };
    let who = who.map(|who| {
        let who = who.trim_end_matches(['.', '。']);
        locale.pick(format!(" Who may apply: {who}."), format!("申请对象：{who}。"))
    });
    Some(Reason { says_so: !named.is_empty(), text: format!("{text}{}", who.unwrap_or_default()) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::programs::{
        index::samples::{entry, index},
        model::samples::program,
    };
    use crate::{
        domain::entities::model::{PlaceKind, samples},
        text::Named,
    };

    fn places() -> Places {
        [
            ("china", None),
            ("shanghai", Some("china")),
            ("shanghai-pudong", Some("shanghai")),
            ("henan", Some("china")),
        ]
        .into_iter()
        .map(|(id, parent)| samples::place(id, PlaceKind::City, parent))
        .collect()
    }

    #[test]
    fn a_firm_in_pudong_may_have_what_shanghai_offers_and_not_what_henan_does() {
        let of = |id: &str, place, instrument| ProgramEntry { place, instrument, ..entry(id) };
        let mut over = of("over", 1, Instrument::Visa);
        over.dates.status = ProgramStatus::Expired;
        let rows = vec![
            of("district", 0, Instrument::Visa),
            of("city", 1, Instrument::Visa),
            of("other", 2, Instrument::Visa),
            of("grant", 1, Instrument::Grant),
            of("rule", 3, Instrument::Regulation),
            of("games", 1, Instrument::Visa),
            over,
        ];
        let index = index(rows, &["shanghai-pudong", "shanghai", "henan", "china"]);
        let activities = Activities::from([
            ("district".into(), vec![Activity::Overseas]),
            ("games".into(), vec![Activity::Games]),
        ]);
        let query = MatchQuery::parse("place=shanghai-pudong&does=overseas&needs=people").unwrap();
        let sorted = sort(&query, &index, &activities, &places());
        let found: Vec<(usize, &str)> =
            sorted.found.iter().map(|(open, entry)| (*open, &*entry.id)).collect();
        assert_eq!(found, [(0, "district"), (1, "city")]);
        assert_eq!((sorted.elsewhere, sorted.over, sorted.other_support), (1, 1, 1));
        assert_eq!(sorted.other_activities, 1);
    }

    #[test]
    fn a_reason_says_what_the_row_says() {
        let city = Program {
            jurisdiction: Named::new("shanghai".into(), "shanghai".into(), None),
            instrument: Instrument::Visa,
            ..program("city")
        };
        let query = MatchQuery::parse("place=shanghai-pudong&does=overseas&needs=people").unwrap();
        let found = explained(&query, city, &places(), Locale::En);
        assert!(!found.fits());
        assert_eq!(
            found.reasons.iter().map(|reason| reason.text.as_str()).collect::<Vec<_>>(),
            [
                "It applies in shanghai, in which shanghai-pudong lies.",
                "Its instrument is “Visa”, which answers “visas, permits, talent”.",
                "It is open to all, or the source does not say whom it is for."
            ]
        );
    }

    #[test]
    fn a_query_reads_back_as_it_was_written() {
        let raw = "place=shanghai&does=production&does=ai&needs=works&after=x";
        assert_eq!(MatchQuery::parse(raw).unwrap().href(Locale::En), format!("/en/programs/match?{raw}"));
        assert!(MatchQuery::parse("does=nothing").is_err());
        assert!(MatchQuery::parse("after=x").unwrap().is_empty());
    }
}
