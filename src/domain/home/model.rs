//! Statements of the front page, as rules over observations.

use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        indicators::model::Indicator,
        observations::{
            headline::{lead, others},
            model::Observation,
        },
    },
    text::Locale,
};

/// Indicators and entities whose latest figures open the front page, in that order.
pub const QUESTIONS: [Question; 5] = [
    Question {
        indicator: "domestic-market-revenue", entity: "china", en: "Market in China", zh: "国内市场"
    },
    Question {
        indicator: "overseas-revenue-total",
        entity: "overseas",
        en: "Revenue overseas",
        zh: "海外收入",
    },
    Question { indicator: "cinema-box-office", entity: "china", en: "Cinema box office", zh: "电影票房" },
    Question { indicator: "users-micro-drama", entity: "china", en: "Viewers", zh: "用户" },
    Question { indicator: "jobs-total", entity: "china", en: "Jobs", zh: "就业" },
];

/// A question that the front page answers with a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    pub indicator: &'static str,
    pub entity: &'static str,
    pub en: &'static str,
    pub zh: &'static str,
}

/// The observation that answers a question, and the range given by other producers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeadlineFigure {
    pub label_en: String,
    pub label_zh: String,
    pub indicator: Indicator,
    pub lead: Observation,
    /// Lowest and highest observation of other producers for the same period. `None` if they agree with the lead.
    pub others: Option<(Observation, Observation)>,
}

impl HeadlineFigure {
    /// Selects the figure from the headline rows of an indicator. `None` if there is none.
    pub fn find(question: &Question, indicator: &Indicator, rows: &[Observation]) -> Option<Self> {
        let rows: Vec<&Observation> = rows.iter().filter(|row| row.entity.id == question.entity).collect();
        let lead = lead(rows.iter().copied(), indicator.frequency)?;
        let others = others(lead, rows.iter().copied()).map(|(low, high)| (low.clone(), high.clone()));
        Some(HeadlineFigure {
            label_en: question.en.to_owned(),
            label_zh: question.zh.to_owned(),
            indicator: indicator.clone(),
            lead: lead.clone(),
            others,
        })
    }

    pub fn label(&self, locale: Locale) -> &str {
        locale.pick(&self.label_en, &self.label_zh)
    }
}

/// Comparison of the home market with the cinema box office in a period for which both have a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MarketComparison {
    /// The lowest figure of any producer for the market is above the box office.
    AboveByEveryCount,
    /// The figure shown is above the box office, but not every producer's is.
    Above,
    NotAbove,
}

/// Compares the market with the box office of the same period. `None` if the periods or currencies differ.
pub fn standing(market: &HeadlineFigure, cinema: &HeadlineFigure) -> Option<MarketComparison> {
    if market.lead.period != cinema.lead.period || market.indicator.unit != cinema.indicator.unit {
        return None;
    }
    let lowest =
        market.others.as_ref().map_or(market.lead.value, |(low, _)| low.value.min(market.lead.value));
    let cinema = cinema.lead.upper();
    Some(if lowest > cinema {
        MarketComparison::AboveByEveryCount
    } else if market.lead.value > cinema {
        MarketComparison::Above
    } else {
        MarketComparison::NotAbove
    })
}

/// Headline of the front page.
pub fn headline(answers: &[HeadlineFigure], locale: Locale) -> String {
    let find = |id: &str| answers.iter().find(|answer| answer.indicator.named.id == id);
    let (Some(market), Some(abroad)) = (find("domestic-market-revenue"), find("overseas-revenue-total"))
    else {
        return locale.pick("China’s micro-dramas in figures", "中国微短剧数据一览").to_owned();
    };
    let home = market.lead.spoken(&market.indicator.unit, locale);
    let away = abroad.lead.spoken(&abroad.indicator.unit, locale);
    let (home_period, away_period) = (market.lead.period.label(locale), abroad.lead.period.label(locale));
    let same = market.lead.period == abroad.lead.period;
    let first = match (locale, same) {
        (Locale::En, true) => {
            format!("Micro-dramas earned {home} in China in {home_period}, and {away} abroad.")
        }
        (Locale::En, false) => {
            format!(
                "Micro-dramas earned {home} in China in {home_period}, and {away} abroad in {away_period}."
            )
        }
        (Locale::Zh, true) => format!("{home_period}，微短剧在国内收入{home}，在海外收入{away}。"),
        (Locale::Zh, false) => format!("微短剧{home_period}国内收入{home}，{away_period}海外收入{away}。"),
    };
    let second = match find("cinema-box-office").and_then(|cinema| standing(market, cinema)) {
        Some(MarketComparison::AboveByEveryCount) => locale.pick(
            " At home they outsell the cinema, by every named producer’s count.",
            "据各家具名机构统计，国内规模均已超过电影票房。",
        ),
        Some(MarketComparison::Above) => {
            locale.pick(" At home they outsell the cinema.", "国内规模已超过电影票房。")
        }
        Some(MarketComparison::NotAbove) | None => "",
    };
    format!("{first}{second}")
}

/// Title of the main chart: a finding where the figures support one, otherwise a description.
pub fn chart_title(answers: &[HeadlineFigure], locale: Locale) -> String {
    let find = |id: &str| answers.iter().find(|answer| answer.indicator.named.id == id);
    let standing =
        find("domestic-market-revenue").zip(find("cinema-box-office")).and_then(|(a, b)| standing(a, b));
    match standing {
        Some(MarketComparison::AboveByEveryCount) => locale.pick(
            "The home market has passed the box office, by every named producer’s count",
            "据各家具名机构统计，国内市场均已超过电影票房",
        ),
        Some(MarketComparison::Above) => {
            locale.pick("The home market has passed the box office", "国内市场已超过电影票房")
        }
        Some(MarketComparison::NotAbove) | None => {
            locale.pick("The home market beside the box office", "国内市场与电影票房")
        }
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            indicators::model::{DefaultChart, Frequency, Topic},
            observations::model::{Qualifier, samples::observation},
        },
        text::{Bilingual, Named, Unit},
    };

    fn answer(id: &str, currency: &str, lead: Observation) -> HeadlineFigure {
        let indicator = Indicator {
            named: Named::new(id.into(), id.into(), None),
            topic: Topic::Revenue,
            unit: Unit::Money(currency.into()),
            frequency: Frequency::Annual,
            same_as: None,
            additive: true,
            default_chart: DefaultChart::Line,
            description: Bilingual::default(),
        };
        HeadlineFigure { label_en: id.into(), label_zh: id.into(), indicator, lead, others: None }
    }

    #[test]
    fn the_headline_says_no_more_than_the_rows() {
        let market = answer(
            "domestic-market-revenue",
            "CNY",
            observation("nrta", 100_000_000_000, Qualifier::AtLeast),
        );
        let abroad = answer(
            "overseas-revenue-total",
            "USD",
            observation("dataeye", 4_000_000_000, Qualifier::Estimate),
        );
        let mut cinema =
            answer("cinema-box-office", "CNY", observation("cfa", 51_832_000_000, Qualifier::Exact));
        let answers = [market.clone(), abroad, cinema.clone()];
        assert_eq!(
            headline(&answers, Locale::En),
            "Micro-dramas earned at least CNY 100 billion in China in 2025, and an estimated USD 4 billion abroad. \
             At home they outsell the cinema, by every named producer’s count."
        );
        assert_eq!(
            headline(&answers, Locale::Zh),
            "2025年，微短剧在国内收入至少1000亿元，在海外收入估计40亿美元。据各家具名机构统计，国内规模均已超过电影票房。"
        );
        cinema.lead.period.end = "2025-08-31".parse().unwrap();
        assert_eq!(standing(&market, &cinema), None, "eight months are not compared with a year");
    }

    #[test]
    fn one_lower_estimate_withdraws_by_every_count() {
        let mut market = answer("m", "CNY", observation("nrta", 100, Qualifier::AtLeast));
        let low = observation("x", 40, Qualifier::Estimate);
        market.others = Some((low.clone(), low));
        let cinema = answer("c", "CNY", observation("cfa", 50, Qualifier::Exact));
        assert_eq!(standing(&market, &cinema), Some(MarketComparison::Above));
    }
}
