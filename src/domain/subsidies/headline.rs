//! Headline figures of the ledger, made of its totals.

use super::{
    index::Recipients,
    model::SubsidyKind,
    query::SubsidyQuery,
    total::{Sum, Total},
};
use crate::{
    domain::{listing::parameter::ListQuery, programs::model::Scope},
    text::Locale,
};

/// Figures that open the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Headline {
    PaidToNamed,
    Paid,
    Budgeted,
}

impl Headline {
    pub const ALL: [Headline; 3] = [Headline::PaidToNamed, Headline::Paid, Headline::Budgeted];

    pub fn name(self, locale: Locale) -> &'static str {
        match self {
            Headline::PaidToNamed => locale.pick("Paid to named recipients", "拨付给具名受助方"),
            Headline::Paid => locale.pick("Paid in all", "拨付合计"),
            Headline::Budgeted => locale.pick("Budgeted", "预算安排"),
        }
    }

    /// Sets the filters under which the ledger lists the amounts of the figure.
    pub fn choose(self, query: &mut SubsidyQuery) {
        (query.kind, query.recipients) = match self {
            Headline::PaidToNamed => (Some(SubsidyKind::Paid), Some(Recipients::Named)),
            Headline::Paid => (Some(SubsidyKind::Paid), None),
            Headline::Budgeted => (Some(SubsidyKind::Budgeted), None),
        };
    }

    /// The sum of a total that belongs to the figure. `None` if no amount does.
    pub fn sum(self, total: &Total) -> Option<Sum> {
        let (kind, sum) = match self {
            Headline::PaidToNamed => (SubsidyKind::Paid, total.named),
            Headline::Paid => (SubsidyKind::Paid, total.all),
            Headline::Budgeted => (SubsidyKind::Budgeted, total.all),
        };
        (total.kind == kind && sum.count > 0).then_some(sum)
    }

    /// States that no amount is known, of a place if one is chosen, and within a scope if others have some.
    pub fn none(self, place: Option<&str>, within: Option<&str>, locale: Locale) -> String {
        match locale {
            Locale::En => {
                let (what, of) = match self {
                    Headline::PaidToNamed | Headline::Paid => ("payment", "by"),
                    Headline::Budgeted => ("budget", "of"),
                };
                let of = place.map(|place| format!(" {of} {place}")).unwrap_or_default();
                let to = if self == Headline::PaidToNamed { " to a named recipient" } else { "" };
                let within = within.map(|within| format!(" {within}")).unwrap_or_default();
                format!("No {what}{within}{of}{to} is known.")
            }
            Locale::Zh => {
                let of = place.unwrap_or_default();
                let within = within.map(|within| format!("{within}的")).unwrap_or_default();
                let what = match self {
                    Headline::PaidToNamed => "拨付给具名受助方的金额",
                    Headline::Paid => "拨付的金额",
                    Headline::Budgeted => "安排的预算",
                };
                format!("暂未查到{of}{within}{what}。")
            }
        }
    }
}

/// Scopes that the headline figures show under a query: the chosen one, or else the two that concern micro-dramas.
pub fn headline_scopes(query: &SubsidyQuery) -> Vec<Scope> {
    match query.scope {
        Some(scope) => vec![scope],
        None => vec![Scope::MicroDrama, Scope::Includes],
    }
}

/// The query whose amounts the headline figures add up: that of the ledger, for every kind, recipient and scope.
pub fn headline_query(query: &SubsidyQuery) -> SubsidyQuery {
    query.with(|query| (query.kind, query.recipients, query.scope) = (None, None, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(amount: i64, count: i64) -> Sum {
        Sum { amount: amount.into(), count, ranges: 0 }
    }

    #[test]
    fn figures_are_of_one_kind_and_one_sort_of_recipient() {
        let total = Total {
            kind: SubsidyKind::Paid,
            scope: Some(Scope::MicroDrama),
            currency: "CNY".into(),
            all: sum(429_812_345, 4),
            named: Sum::default(),
            left_out: 1,
            places: 3,
            years: Some((2016, 2025)),
        };
        let figures = Headline::ALL.map(|figure| figure.sum(&total));
        assert_eq!(figures, [None, Some(sum(429_812_345, 4)), None]);
        assert_eq!(total.rounded(total.all, Locale::En), "CNY 430 million");
        assert_eq!(total.rounded(total.all, Locale::Zh), "约4.3亿元");
        assert_eq!(total.exact(total.all, Locale::En), "CNY 429,812,345");
    }

    #[test]
    fn what_is_not_known_is_said_in_a_sentence() {
        let pudong = Some("Pudong");
        assert_eq!(Headline::Paid.none(pudong, None, Locale::En), "No payment by Pudong is known.");
        assert_eq!(Headline::Budgeted.none(pudong, None, Locale::En), "No budget of Pudong is known.");
        assert_eq!(
            Headline::PaidToNamed.none(None, Some("that covers micro-dramas"), Locale::En),
            "No payment that covers micro-dramas to a named recipient is known."
        );
        assert_eq!(Headline::Paid.none(Some("浦东新区"), None, Locale::Zh), "暂未查到浦东新区拨付的金额。");
    }
}
