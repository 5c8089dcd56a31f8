//! What a reader states about a firm, as URL state.

use rust_decimal::Decimal;

use crate::{
    domain::programs::model::{Activity, Instrument, RateBase},
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
    pub fn instruments(self) -> &'static [Instrument] {
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

vocabulary! {
    /// How a programme matches a firm.
    pub enum MatchGroup {
        Fits = "fits", "Fits", "符合";
        Might = "might", "Might fit", "可能符合";
        DoesNot = "does-not", "Does not fit", "不符合";
        Ended = "ended", "No longer available", "已不再提供";
    }
}

impl MatchGroup {
    /// Explanation of the group for readers.
    pub fn explained(self, locale: Locale) -> &'static str {
        match self {
            MatchGroup::Fits => {
                locale.pick("Every condition you asked about is met.", "满足您提出的每项条件。")
            }
            MatchGroup::Might => locale.pick(
                "No condition fails, but at least one is not stated: read the programme itself.",
                "没有不满足的条件，但至少有一项未说明，请阅读政策本身。",
            ),
            MatchGroup::DoesNot => {
                locale.pick("At least one condition is not met.", "至少有一项条件不满足。")
            }
            MatchGroup::Ended => locale.pick(
                "Ended, superseded, or past its term, whatever the other conditions are.",
                "已结束、已被取代或期限已过，不论其他条件如何。",
            ),
        }
    }
}

/// Parameter with the figure of the firm.
pub const AMOUNT: &str = "amount";

/// Bases that the figure of a firm may be, the default first. Interest is not among them, because such rates are a share of the prime rate.
pub const BASES: [(&str, RateBase); 4] = [
    ("cost", RateBase::Cost),
    ("income", RateBase::Income),
    ("investment", RateBase::Investment),
    ("rent", RateBase::Rent),
];

/// A firm's location, activities and needs, and a figure of which programmes pay a share. Unset fields do not restrict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatchQuery {
    pub place: Option<String>,
    pub does: Vec<Activity>,
    pub needs: Vec<Need>,
    /// In yuan, with at most two decimals.
    pub amount: Option<Decimal>,
    /// What the amount is.
    pub base: RateBase,
    /// The only group to show.
    pub group: Option<MatchGroup>,
    /// Pagination cursor: id of the last programme of the previous page of the group.
    pub after: Option<String>,
}

impl Default for MatchQuery {
    fn default() -> Self {
        MatchQuery {
            place: None,
            does: Vec::new(),
            needs: Vec::new(),
            amount: None,
            base: BASES[0].1,
            group: None,
            after: None,
        }
    }
}

as_query_string!(MatchQuery);

impl MatchQuery {
    /// Name and value of each parameter, in canonical order.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let place = self.place.clone().map(|place| ("place", place));
        let does = self.does.iter().map(|activity| ("does", activity.word().to_owned()));
        let needs = self.needs.iter().map(|need| ("needs", need.word().to_owned()));
        let amount = self.amount.map(|amount| (AMOUNT, amount.normalize().to_string()));
        let base = (self.base != BASES[0].1).then(|| ("base", self.base.word().to_owned()));
        let group = self.group.map(|group| ("group", group.word().to_owned()));
        let after = self.after.clone().map(|after| ("after", after));
        place
            .into_iter()
            .chain(does)
            .chain(needs)
            .chain(amount)
            .chain(base)
            .chain(group)
            .chain(after)
            .collect()
    }

    pub fn parse(raw: &str) -> Result<Self, QueryError> {
        let query = Query::decode(raw);
        query.only(&["place", "does", "needs", AMOUNT, "base", "group", "after"])?;
        Ok(MatchQuery {
            place: query.id("place")?,
            does: query.words("does", Activity::WORDS)?,
            needs: query.words("needs", Need::WORDS)?,
            amount: query.money(AMOUNT)?,
            base: query.word("base", &BASES)?.unwrap_or(BASES[0].1),
            group: query.word("group", MatchGroup::WORDS)?,
            after: query.id("after")?,
        })
    }

    pub fn href(&self, locale: Locale) -> String {
        href(&format!("/{locale}/programs/match"), self.pairs())
    }

    /// The query for a page of one group.
    pub fn of_group(&self, group: MatchGroup, after: Option<String>) -> Self {
        MatchQuery { group: Some(group), after, ..self.clone() }
    }

    /// The query for the first programmes of every group.
    pub fn of_all(&self) -> Self {
        MatchQuery { group: None, after: None, ..self.clone() }
    }

    /// Whether nothing is stated about the firm.
    pub fn is_empty(&self) -> bool {
        self.place.is_none() && self.does.is_empty() && self.needs.is_empty() && self.amount.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::QueryProblem;

    #[test]
    fn a_query_reads_back_as_it_was_written() {
        let raw = "place=shanghai&does=production&does=ai&needs=works&amount=1500000.5&base=income&group=might&after=x";
        assert_eq!(MatchQuery::parse(raw).unwrap().href(Locale::En), format!("/en/programs/match?{raw}"));
        assert_eq!(MatchQuery::parse("base=cost").unwrap(), MatchQuery::default());
        assert!(MatchQuery::parse("does=nothing").is_err());
        assert!(MatchQuery::parse("base=interest").is_err());
        assert!(MatchQuery::parse("after=x&base=income&group=fits").unwrap().is_empty());
        assert!(!MatchQuery::parse("amount=1").unwrap().is_empty());
    }

    #[test]
    fn an_amount_is_written_in_one_way_or_refused() {
        let amount = |raw: &str| MatchQuery::parse(raw).map(|query| query.href(Locale::En));
        assert_eq!(amount("amount=1%2C500%2C000.00").unwrap(), "/en/programs/match?amount=1500000");
        let refused = amount("amount=1e6").unwrap_err();
        assert_eq!((refused.parameter.as_str(), refused.value.as_str()), (AMOUNT, "1e6"));
        assert!(matches!(refused.problem, QueryProblem::NotMoney { .. }));
    }
}
