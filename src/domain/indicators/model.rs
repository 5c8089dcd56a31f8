//! An indicator defines what is measured: definition, unit, topic, and whether sub-periods may be summed.

use serde::{Deserialize, Serialize};

use crate::{
    error::QueryError,
    text::{
        Bilingual, Locale, Named, Period, PeriodLength, Unit,
        query::{Query, as_query_string, href},
    },
    vocabulary,
};

vocabulary! {
    pub enum Topic {
        Revenue = "revenue", "Revenue", "收入";
        MarketComparison = "market-comparison", "Compared with other markets", "与其他市场比较";
        Apps = "apps", "Apps", "应用";
        Users = "users", "Users", "用户";
        Employment = "employment", "Jobs", "就业";
        Production = "production", "Production", "制作";
        Companies = "companies", "Companies", "企业";
        Fx = "fx", "Exchange rates", "汇率";
    }
}

vocabulary! {
    /// Publication frequency of an indicator.
    pub enum Frequency {
        Annual = "annual", "yearly", "年度";
        HalfYear = "half-year", "half-yearly", "半年";
        Quarter = "quarter", "quarterly", "季度";
        Month = "month", "monthly", "月度";
        Irregular = "irregular", "irregular", "不定期";
    }
}

impl Frequency {
    /// Usual length of a period; `None` if there is no usual one.
    pub fn length(self) -> Option<PeriodLength> {
        match self {
            Frequency::Annual => Some(PeriodLength::Year),
            Frequency::HalfYear => Some(PeriodLength::Half),
            Frequency::Quarter => Some(PeriodLength::Quarter),
            Frequency::Month => Some(PeriodLength::Month),
            Frequency::Irregular => None,
        }
    }
}

vocabulary! {
    /// Length of the periods that a chart draws: one at a time.
    pub enum ChartFrequency {
        Year = "year", "Years", "年度";
        Half = "half", "Half-years", "半年";
        Quarter = "quarter", "Quarters", "季度";
        Month = "month", "Months", "月度";
        Week = "week", "Weeks", "周";
        Day = "day", "Single days", "单日";
    }
}

impl ChartFrequency {
    /// Returns the choice that a period belongs to; none for periods that are never drawn beside each other, such as January to August.
    pub fn of(period: Period) -> Option<ChartFrequency> {
        match period.length() {
            // Financial years too.
            PeriodLength::Year | PeriodLength::Months(12) => Some(ChartFrequency::Year),
            PeriodLength::Half => Some(ChartFrequency::Half),
            PeriodLength::Quarter => Some(ChartFrequency::Quarter),
            PeriodLength::Month => Some(ChartFrequency::Month),
            PeriodLength::Point => Some(ChartFrequency::Day),
            PeriodLength::Days if (period.end - period.start).num_days() == 6 => Some(ChartFrequency::Week),
            PeriodLength::Months(_) | PeriodLength::Days => None,
        }
    }
}

vocabulary! {
    /// Default chart of an indicator. `None` where no pair of entity and producer has two observations.
    pub enum DefaultChart {
        Line = "line", "lines", "折线";
        Bar = "bar", "bars", "柱形";
        None = "none", "no chart", "不作图";
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    pub named: Named,
    pub topic: Topic,
    pub unit: Unit,
    pub frequency: Frequency,
    /// Id of the main indicator, if this one is the same quantity in another currency.
    pub same_as: Option<String>,
    /// Whether values of sub-periods may be summed to a longer period.
    pub additive: bool,
    pub default_chart: DefaultChart,
    pub description: Bilingual,
}

impl Indicator {
    /// Returns whether its values are ranks, of which the smallest is the best.
    pub fn is_rank(&self) -> bool {
        self.named.id.split('-').any(|word| word == "rank")
    }
}

/// Reads a unit from its columns. A unit that is neither money nor a known measure is a rate.
pub fn unit(unit: &str, label_en: &str, label_zh: Option<&str>) -> Unit {
    match unit {
        "percent" => Unit::Percent,
        "people" => Unit::People,
        "count" => Unit::Count { en: label_en.to_owned(), zh: label_zh.unwrap_or(label_en).to_owned() },
        "ratio" => Unit::Ratio,
        rate if rate.contains(' ') => Unit::Rate(rate.to_owned()),
        currency => Unit::Money(currency.to_owned()),
    }
}

/// URL state of an indicator's page: which series, and which of their rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeriesQuery {
    /// Ids of entities. If empty, the page chooses.
    pub entities: Vec<String>,
    /// Ids of producers. If empty, all.
    pub producers: Vec<String>,
    /// Shows every row instead of headline rows only.
    pub all_rows: bool,
    /// Length of the periods drawn. If none, that of the longest line.
    pub every: Option<ChartFrequency>,
}

as_query_string!(SeriesQuery);

impl SeriesQuery {
    const ROWS: [(&str, bool); 2] = [("headline", false), ("all", true)];

    pub fn parse(raw: &str) -> Result<Self, QueryError> {
        let query = Query::decode(raw);
        query.only(&["entity", "every", "producer", "rows"])?;
        let ids = |name| {
            let mut ids: Vec<String> = query.all(name).into_iter().map(str::to_owned).collect();
            ids.sort();
            ids.dedup();
            ids
        };
        Ok(SeriesQuery {
            entities: ids("entity"),
            producers: ids("producer"),
            all_rows: query.word("rows", &Self::ROWS)?.unwrap_or_default(),
            every: query.word("every", ChartFrequency::WORDS)?,
        })
    }

    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let entities = self.entities.iter().map(|id| ("entity", id.clone()));
        let producers = self.producers.iter().map(|id| ("producer", id.clone()));
        let every = self.every.map(|every| ("every", every.word().to_owned()));
        let rows = self.all_rows.then(|| ("rows", "all".to_owned()));
        entities.chain(every).chain(producers).chain(rows).collect()
    }

    pub fn href(&self, locale: Locale, indicator: &str) -> String {
        href(&format!("/{locale}/indicators/{indicator}"), self.pairs())
    }

    pub fn with_all_rows(&self, all_rows: bool) -> Self {
        SeriesQuery { all_rows, ..self.clone() }
    }

    pub fn with_every(&self, every: Option<ChartFrequency>) -> Self {
        SeriesQuery { every, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_query_is_canonical() {
        let query = SeriesQuery::parse(
            "producer=iimedia&entity=shanghai&every=month&entity=china&rows=all&entity=china",
        )
        .unwrap();
        assert_eq!(
            query.href(Locale::En, "x"),
            "/en/indicators/x?entity=china&entity=shanghai&every=month&producer=iimedia&rows=all"
        );
        assert_eq!(SeriesQuery::parse("rows=headline").unwrap().href(Locale::En, "x"), "/en/indicators/x");
    }

    #[test]
    fn a_query_is_serialized_as_its_query_string() {
        let query = SeriesQuery::parse("rows=all&entity=china").unwrap();
        let wire = serde_json::to_string(&query).unwrap();
        assert_eq!(wire, "\"entity=china&rows=all\"");
        assert_eq!(serde_json::from_str::<SeriesQuery>(&wire).unwrap(), query);
        assert!(serde_json::from_str::<SeriesQuery>("\"rows=some\"").is_err());
    }
}
