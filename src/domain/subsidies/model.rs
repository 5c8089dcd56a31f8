//! A subsidy is one amount of public money.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::conversion::Conversion;
use crate::{
    domain::{programs::model::Scope, sources::model::SourceRef},
    text::{Bilingual, Locale, Named, PartialDate, Period, PeriodLength, Unit},
    vocabulary,
};

vocabulary! {
    /// Stage of funding: budgeted, approved, paid, disclosed.
    pub enum SubsidyKind {
        Budgeted = "budgeted", "budgeted", "预算安排";
        Approved = "approved", "approved", "已核准";
        Paid = "paid", "paid", "已拨付";
        Disclosed = "disclosed", "disclosed", "企业披露";
    }
}

impl SubsidyKind {
    /// Explanation of the kind, for the sentence beside a total.
    pub fn explained(self, locale: Locale) -> &'static str {
        match self {
            SubsidyKind::Budgeted => {
                locale.pick("set aside in a budget or a fund; not yet spent", "列入预算或基金，尚未支出")
            }
            SubsidyKind::Approved => locale.pick("awarded; payment not reported", "已批准，暂未查到拨付报道"),
            SubsidyKind::Paid => locale.pick("reported as paid out", "据报道已拨付"),
            SubsidyKind::Disclosed => locale.pick(
                "stated by the recipient in its accounts or announcements",
                "由受助方在财报或公告中披露",
            ),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subsidy {
    pub id: String,
    pub kind: SubsidyKind,
    pub program: Option<Named>,
    /// Recipient. `None` if the amount is that of a whole scheme.
    pub recipient: Option<Named>,
    pub jurisdiction: Option<Named>,
    pub amount: Decimal,
    /// Upper end of a range.
    pub high: Option<Decimal>,
    /// ISO 4217 code.
    pub currency: String,
    pub period_start: Option<PartialDate>,
    pub period_end: Option<PartialDate>,
    pub disclosed_on: Option<PartialDate>,
    pub source: SourceRef,
    pub note: Bilingual,
    /// Id of the subsidy that contains this one.
    pub part_of: Option<String>,
    /// Whether it is, or may be, inside an amount that is not in the data set or not certain.
    pub counted_elsewhere: bool,
    /// `None` if not known.
    pub scope: Option<Scope>,
    /// The amount in another currency, where the reader asks for one and it is not the amount's own.
    pub conversion: Option<Conversion>,
}

impl Subsidy {
    /// Formats the amount, rounded for reading: `CNY 19.8 million`, with both ends of a range.
    pub fn amount(&self, locale: Locale) -> String {
        let unit = Unit::Money(self.currency.clone());
        self.ends(|amount| unit.rounded(amount, locale), locale)
    }

    /// Formats the amount with every digit, for copying.
    pub fn exact(&self, locale: Locale) -> String {
        let unit = Unit::Money(self.currency.clone());
        self.ends(|amount| unit.exact(amount, locale).to_string(), locale)
    }

    fn ends(&self, format: impl Fn(Decimal) -> String, locale: Locale) -> String {
        let low = format(self.amount);
        match self.high.map(format) {
            Some(high) => locale.pick(format!("{low} to {high}"), format!("{low}至{high}")),
            None => low,
        }
    }

    /// Formats the amount with its kind: `paid: CNY 19.8 million`.
    pub fn worded(&self, locale: Locale) -> String {
        let (kind, amount) = (self.kind.name(locale), self.amount(locale));
        locale.pick(format!("{kind}: {amount}"), format!("{kind}：{amount}"))
    }

    /// Title of the subsidy, which has no name of its own: its recipient, programme or place, with time and amount.
    pub fn title(&self, locale: Locale) -> String {
        let amount = self.worded(locale);
        let of = self.recipient.as_ref().or(self.program.as_ref()).or(self.jurisdiction.as_ref());
        match (of, self.period(locale)) {
            (Some(of), Some(period)) => locale.pick(
                format!("{}, {period} – {amount}", of.en),
                format!("{}，{period}，{amount}", of.name(locale)),
            ),
            (Some(of), None) => {
                locale.pick(format!("{} – {amount}", of.en), format!("{}，{amount}", of.name(locale)))
            }
            (None, _) => amount,
        }
    }

    /// The time covered, if its first and last day are known.
    pub fn covers(&self) -> Option<Period> {
        let (first, last) = (self.period_start?.first_day(), self.period_end?.last_day());
        (first <= last).then(|| Period::new(first, last))
    }

    /// Formats the time covered: `2024`, `Jan–Aug 2025`, `2016 – Mar 2025`, `since 2018`. `None` if unknown.
    pub fn period(&self, locale: Locale) -> Option<String> {
        match (self.period_start, self.period_end) {
            (Some(start), Some(end)) if start == end => Some(start.label(locale)),
            (Some(start), Some(end)) => {
                let period = Period::new(start.first_day(), end.last_day());
                let whole = !matches!(period.length(), PeriodLength::Days | PeriodLength::Months(_));
                let (start, end) = (start.label(locale), end.label(locale));
                Some(match whole {
                    true => period.label(locale),
                    false => locale.pick(format!("{start} – {end}"), format!("{start}至{end}")),
                })
            }
            (Some(start), None) => {
                let start = start.label(locale);
                Some(locale.pick(format!("from {start}"), format!("{start}起")))
            }
            (None, Some(end)) => {
                let end = end.label(locale);
                Some(locale.pick(format!("to {end}"), format!("至{end}")))
            }
            (None, None) => None,
        }
    }
}

#[cfg(test)]
pub(crate) mod samples {
    use super::*;
    use crate::text::Language;

    /// Sample amount that Shanghai paid for 2024, for tests to modify.
    pub fn subsidy(id: &str, amount: i64) -> Subsidy {
        Subsidy {
            id: id.into(),
            kind: SubsidyKind::Paid,
            program: None,
            recipient: None,
            jurisdiction: Some(Named::new("shanghai".into(), "Shanghai".into(), Some("上海市".into()))),
            amount: amount.into(),
            high: None,
            currency: "CNY".into(),
            period_start: "2024-01-01".parse().ok(),
            period_end: "2024-12-31".parse().ok(),
            disclosed_on: None,
            source: SourceRef {
                id: "s".into(),
                title: "A notice".into(),
                title_en: None,
                publisher: "Publisher".into(),
                publisher_zh: None,
                published_on: None,
                url: "https://example.org".into(),
                language: Language::English,
                official: true,
            },
            note: Bilingual::default(),
            part_of: None,
            counted_elsewhere: false,
            scope: None,
            conversion: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{samples::subsidy, *};

    #[test]
    fn a_subsidy_is_called_by_what_is_known_of_it() {
        let mut row = subsidy("x", 19_800_000);
        assert_eq!(row.title(Locale::En), "Shanghai, 2024 – paid: CNY 19.8 million");
        assert_eq!(row.title(Locale::Zh), "上海市，2024年，已拨付：1980万元");
        row.high = Some(25_000_000.into());
        row.period_start = "2016".parse().ok();
        row.period_end = "2025-03".parse().ok();
        assert_eq!(
            row.title(Locale::En),
            "Shanghai, 2016 – Mar 2025 – paid: CNY 19.8 million to CNY 25 million"
        );
        row.period_end = None;
        assert_eq!(row.period(Locale::Zh).unwrap(), "2016年起");
    }
}
