//! Which programmes fit a firm: rules over what the rows say, and nothing beyond. A programme fits where every question has a
//! "yes" in its own words; it might fit where a row leaves a question open.

use serde::{Deserialize, Serialize};

use super::model::{Instrument, Program, ProgramStatus};
use crate::{
    entities::model::Places,
    error::QueryError,
    query::{Query, href},
    text::{Bilingual, Locale},
    vocabulary,
};

vocabulary! {
    /// What a firm does.
    pub enum Activity {
        Production = "production", "makes micro-dramas", "制作微短剧";
        Writing = "writing", "writes scripts or owns IP", "创作剧本或持有IP";
        Platform = "platform", "runs an app or platform", "运营应用或平台";
        Overseas = "overseas", "distributes abroad", "开展海外发行";
        Ai = "ai", "makes content with AI", "使用AI制作内容";
        Services = "services", "serves producers: sets, post-production, equipment", "为制作提供服务：基地、后期、设备";
        Games = "games", "makes games or runs esports", "从事游戏或电竞";
    }
}

vocabulary! {
    /// What a firm needs.
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
    /// The instruments that answer it.
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

impl Activity {
    /// Words that name the activity where a row says who may apply or what it is for, in both languages, lower case.
    fn words(self) -> &'static [&'static str] {
        match self {
            Activity::Production => &[
                "drama",
                "works",
                "production",
                "producer",
                "shoot",
                "film",
                "crew",
                "短剧",
                "作品",
                "制作",
                "拍摄",
                "影视",
            ],
            Activity::Writing => {
                &["script", "writer", "literature", "adapt", "ip", "剧本", "编剧", "文学", "改编"]
            }
            Activity::Platform => &["platform", "app", "平台", "应用"],
            Activity::Overseas => {
                &["overseas", "abroad", "export", "cross-border", "出海", "海外", "出口", "跨境"]
            }
            Activity::Ai => &["ai", "aigc", "人工智能"],
            Activity::Services => &[
                "supply",
                "post-production",
                "bases",
                "parks",
                "services",
                "equipment",
                "供应链",
                "后期",
                "基地",
                "园区",
                "服务",
            ],
            Activity::Games => &["game", "esport", "游戏", "电竞"],
        }
    }

    fn is_named_in(self, text: &str) -> bool {
        let text = text.to_lowercase();
        // A short Latin word must stand alone, so that “ai” is not found in “aid”; longer ones may have endings.
        let alone = |word: &str| text.split(|c: char| !c.is_ascii_alphanumeric()).any(|found| found == word);
        self.words()
            .iter()
            .any(|word| if word.len() <= 3 && word.is_ascii() { alone(word) } else { text.contains(word) })
    }
}

/// Where a firm is, what it does, what it needs; what is not said does not restrict.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatchQuery {
    pub place: Option<String>,
    #[serde(default)]
    pub does: Vec<Activity>,
    #[serde(default)]
    pub needs: Vec<Need>,
}

impl MatchQuery {
    /// Name and value of each parameter, in canonical order.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let place = self.place.clone().map(|place| ("place", place));
        let does = self.does.iter().map(|activity| ("does", activity.word().to_owned()));
        let needs = self.needs.iter().map(|need| ("needs", need.word().to_owned()));
        place.into_iter().chain(does).chain(needs).collect()
    }

    pub fn parse(raw: &str) -> Result<Self, QueryError> {
        let query = Query::decode(raw);
        query.only(&["place", "does", "needs"])?;
        Ok(MatchQuery {
            place: query.id("place")?,
            does: query.words("does", Activity::WORDS)?,
            needs: query.words("needs", Need::WORDS)?,
        })
    }

    pub fn href(&self, locale: Locale) -> String {
        let place = self.place.clone().map(|place| ("place", place));
        let does = self.does.iter().map(|activity| ("does", activity.word().to_owned()));
        let needs = self.needs.iter().map(|need| ("needs", need.word().to_owned()));
        href(&format!("/{locale}/programs/match"), place.into_iter().chain(does).chain(needs))
    }

    pub fn is_empty(&self) -> bool {
        *self == MatchQuery::default()
    }
}

/// An answer to one of the questions, as the row gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Whether the row says so; otherwise it leaves the question open.
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

/// What was found, and how many were left out for which reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matches {
    pub fit: Vec<Match>,
    pub might: Vec<Match>,
    /// They apply elsewhere.
    pub elsewhere: u32,
    /// They are over, as far as is recorded.
    pub over: u32,
    /// They give another kind of support.
    pub other_support: u32,
}

/// Sorts programmes by whether they fit. Packages stand as their measures; rules that only regulate support nobody.
pub fn matches(query: &MatchQuery, programs: &[Program], places: &Places, locale: Locale) -> Matches {
    let mut found = Matches::default();
    for program in programs {
        if program.is_package() || program.instrument == Instrument::Regulation {
            continue;
        }
        let place = match &query.place {
            None => None,
            Some(firm) if places.within(firm, &program.jurisdiction.id) => {
                Some(place_reason(program, firm, places, locale))
            }
            Some(_) => {
                found.elsewhere += 1;
                continue;
            }
        };
        if program.status == ProgramStatus::Expired {
            found.over += 1;
            continue;
        }
        let Some(need) = need_reason(query, program, locale) else {
            found.other_support += 1;
            continue;
        };
        let activity = activity_reason(query, program, locale);
        let status = (program.status == ProgramStatus::Planned).then(|| Reason {
            says_so: false,
            text: locale.pick("It is only planned.", "目前仅为计划。").to_owned(),
        });
        let reasons = place.into_iter().chain(need).chain(activity).chain(status).collect();
        let found_match = Match { program: program.clone(), reasons };
        if found_match.fits() { found.fit.push(found_match) } else { found.might.push(found_match) }
    }
    let open = |found: &Match| found.reasons.iter().filter(|reason| !reason.says_so).count();
    let latest = |found: &Match| std::cmp::Reverse(found.program.announced_on.map(|date| date.first_day()));
    for list in [&mut found.fit, &mut found.might] {
        list.sort_by_key(|found| (open(found), latest(found), found.program.named.id.clone()));
    }
    found
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

/// None where the programme gives something else; no reason where nothing was asked for.
fn need_reason(query: &MatchQuery, program: &Program, locale: Locale) -> Option<Option<Reason>> {
    if query.needs.is_empty() {
        return Some(None);
    }
    let instrument = program.instrument.name(locale);
    let answered = query.needs.iter().find(|need| need.instruments().contains(&program.instrument));
    match answered {
        Some(need) => {
            let need = need.name(locale);
            let text = locale.pick(
                format!("Its instrument is “{instrument}”, which answers “{need}”."),
                format!("其工具为“{instrument}”，对应“{need}”。"),
            );
            Some(Some(Reason { says_so: true, text }))
        }
        None if program.instrument == Instrument::Other => {
            let text = locale.pick(
                "The kind of support is recorded as “other”: read what it offers.",
                "支持方式记为“其他”：请阅读其内容。",
            );
            Some(Some(Reason { says_so: false, text: text.to_owned() }))
        }
        None => None,
    }
}

fn activity_reason(query: &MatchQuery, program: &Program, locale: Locale) -> Option<Reason> {
    if query.does.is_empty() {
        return None;
    }
    // Both languages are looked at, so that the answer does not depend on the reader's.
    let named = |text: &Bilingual| {
        let text =
            [text.en.as_deref(), text.zh.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
        query.does.iter().any(|activity| activity.is_named_in(&text))
    };
    let who = program.eligibility.get(locale).unwrap_or_default();
    Some(match (named(&program.eligibility), program.eligibility.en.is_some()) {
        (true, _) => Reason {
            says_so: true,
            text: locale.pick(format!("Who may apply: {who}."), format!("申请对象：{who}。")),
        },
        (false, true) => Reason {
            says_so: false,
            text: locale.pick(
                format!("Who may apply does not name what you do: {who}."),
                format!("申请对象未提及您的业务：{who}。"),
            ),
        },
        (false, false) => {
            let purpose =
                named(&program.objective).then(|| program.objective.get(locale)).flatten().map(|purpose| {
                    locale.pick(format!(" Its purpose: {purpose}."), format!("其目的：{purpose}。"))
                });
            let text = locale.pick("The source does not say who may apply.", "来源未说明申请对象。");
            Reason { says_so: false, text: format!("{text}{}", purpose.unwrap_or_default()) }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{super::model::samples::program, *};
    use crate::{
        entities::model::{Place, PlaceKind},
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
        .map(|(id, parent): (&str, Option<&str>)| Place {
            named: Named::new(id.into(), id.into(), None),
            kind: PlaceKind::City,
            parent: parent.map(Into::into),
            note: Bilingual::default(),
        })
        .collect()
    }

    fn named(id: &str, place: &str, instrument: Instrument, eligibility: Option<&str>) -> Program {
        Program {
            jurisdiction: Named::new(place.into(), place.into(), None),
            instrument,
            eligibility: Bilingual::new(eligibility.map(Into::into), eligibility.map(Into::into)),
            ..program(id)
        }
    }

    #[test]
    fn a_firm_in_pudong_may_have_what_shanghai_offers_and_not_what_henan_does() {
        let rows = [
            named("district", "shanghai-pudong", Instrument::Visa, Some("Overseas micro-drama staff")),
            named("city", "shanghai", Instrument::Visa, None),
            named("other", "henan", Instrument::Visa, None),
            named("grant", "shanghai", Instrument::Grant, None),
            named("rule", "china", Instrument::Regulation, None),
            Program { status: ProgramStatus::Expired, ..named("over", "shanghai", Instrument::Visa, None) },
        ];
        let query = MatchQuery::parse("place=shanghai-pudong&does=overseas&needs=people").unwrap();
        let found = matches(&query, &rows, &places(), Locale::En);
        let ids =
            |list: &[Match]| list.iter().map(|found| found.program.named.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(&found.fit), ["district"]);
        assert_eq!(ids(&found.might), ["city"]);
        assert_eq!((found.elsewhere, found.over, found.other_support), (1, 1, 1));
        assert_eq!(
            found.might[0].reasons.iter().map(|reason| reason.text.as_str()).collect::<Vec<_>>(),
            [
                "It applies in shanghai, in which shanghai-pudong lies.",
                "Its instrument is “Visa”, which answers “visas, permits, talent”.",
                "The source does not say who may apply."
            ]
        );
    }

    #[test]
    fn short_words_are_found_as_words() {
        assert!(Activity::Ai.is_named_in("Firms that use AI."));
        assert!(!Activity::Ai.is_named_in("Aid for repairs"));
        assert!(Activity::Overseas.is_named_in("文化企业出海"));
        assert!(Activity::Writing.is_named_in("owners of IP"));
        assert!(!Activity::Writing.is_named_in("equipment"));
    }

    #[test]
    fn a_query_reads_back_as_it_was_written() {
        let raw = "place=shanghai&does=production&does=ai&needs=works";
        assert_eq!(MatchQuery::parse(raw).unwrap().href(Locale::En), format!("/en/programs/match?{raw}"));
        assert!(MatchQuery::parse("does=nothing").is_err());
        assert!(MatchQuery::parse("").unwrap().is_empty());
    }
}
