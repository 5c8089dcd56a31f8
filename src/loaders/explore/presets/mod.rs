//! Preset charts: each is a question that rules answer from the observations, so that its headline stays true when they
//! change. A chart whose observations are missing is not offered.

mod companies;
mod facts;
mod forecasts;
mod market;
mod overseas;
mod users;

pub use facts::{Facts, Ready};

use super::view::ReadyChart;
use crate::text::Locale;
use facts::{
    APPS, CHINA, CINEMA, DRAMABOX, MARKET, OVERSEAS, OVERSEAS_ALL, PROFIT, REELSHORT, REGIONS, SHANGHAI,
    UNITED_STATES, USERS,
};

/// Entities that preset charts are about, regardless of which others have observations.
pub const ENTITIES: [&str; 6] = [CHINA, SHANGHAI, OVERSEAS_ALL, REELSHORT, DRAMABOX, UNITED_STATES];

/// Returns the indicators that the preset charts use.
pub fn indicators() -> Vec<String> {
    let mut all: Vec<String> =
        PRESETS.iter().flat_map(|preset| preset.of).map(|id| (*id).to_owned()).collect();
    all.sort();
    all.dedup();
    all
}

/// Returns the indicators that one of them uses; none if there is no preset of that name.
pub fn indicators_of(id: &str) -> Option<Vec<String>> {
    let preset = PRESETS.iter().find(|preset| preset.id == id)?;
    Some(preset.of.iter().map(|id| (*id).to_owned()).collect())
}

struct Preset {
    id: &'static str,
    /// Indicators that it uses.
    of: &'static [&'static str],
    about: fn(Locale) -> &'static str,
    make: fn(&Facts<'_>, Locale) -> Option<Ready>,
}

const PRESETS: [Preset; 11] = [
    Preset {
        id: "market-and-box-office",
        of: &[MARKET, CINEMA],
        about: |locale| locale.pick("Domestic market and cinema box office", "国内市场与电影票房"),
        make: market::market_and_box_office,
    },
    Preset {
        id: "market-growth",
        of: &[MARKET],
        about: |locale| locale.pick("Growth of the domestic market", "国内市场增速"),
        make: market::market_growth,
    },
    Preset {
        id: "market-index",
        of: &[MARKET],
        about: |locale| locale.pick("The market since its first count", "首次统计以来的市场"),
        make: market::market_index,
    },
    Preset {
        id: "market-by-producer",
        of: &[MARKET],
        about: |locale| locale.pick("One market, several counts", "一个市场，多家统计"),
        make: market::market_by_producer,
    },
    Preset {
        id: "forecasts",
        of: &[MARKET],
        about: |locale| locale.pick("Forecasts and outcomes", "预测与实际"),
        make: forecasts::forecasts,
    },
    Preset {
        id: "shanghai-share",
        of: &[MARKET],
        about: |locale| locale.pick("Shanghai’s share of the country", "上海占全国比重"),
        make: market::shanghai_share,
    },
    Preset {
        id: "overseas-by-producer",
        of: &[OVERSEAS],
        about: |locale| locale.pick("Overseas revenue by producer", "各方统计的海外收入"),
        make: overseas::overseas_by_producer,
    },
    Preset {
        id: "reelshort-and-dramabox",
        of: &[APPS],
        about: |locale| locale.pick("ReelShort against DramaBox", "ReelShort与DramaBox"),
        make: overseas::reelshort_and_dramabox,
    },
    Preset {
        id: "us-share",
        of: &[REGIONS],
        about: |locale| locale.pick("The United States in overseas revenue", "美国占海外收入比重"),
        make: overseas::us_share,
    },
    Preset {
        id: "users",
        of: &[USERS],
        about: |locale| locale.pick("Who watches", "用户规模"),
        make: users::users,
    },
    Preset {
        id: "company-profit",
        of: &[PROFIT],
        about: |locale| locale.pick("Profit and loss of companies", "企业盈亏"),
        make: companies::company_profit,
    },
];

/// Returns a preset chart by its id.
pub fn one(id: &str, facts: &Facts<'_>, locale: Locale) -> Option<Ready> {
    let preset = PRESETS.iter().find(|preset| preset.id == id)?;
    (preset.make)(facts, locale)
}

/// Returns all preset charts that the observations allow.
pub fn offers(facts: &Facts<'_>, locale: Locale) -> Vec<ReadyChart> {
    let offer = |preset: &Preset| {
        let ready = (preset.make)(facts, locale)?;
        let spark = ready.query.series.first().and_then(|chosen| facts.spark(&chosen.key));
        Some(ReadyChart {
            id: preset.id.to_owned(),
            headline: ready.headline,
            about: (preset.about)(locale).to_owned(),
            spark,
        })
    };
    PRESETS.iter().filter_map(offer).collect()
}
