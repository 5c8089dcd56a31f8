//! Links from figures on other pages to a chart of them.

use leptos::prelude::*;

use crate::{
    components::location,
    domain::{
        explore::query::{ExploreQuery, MAX_SERIES, SeriesKey},
        observations::model::Observation,
    },
    text::Locale,
};

impl ExploreQuery {
    /// Returns the series of an indicator's rows that can be drawn as lines, up to the limit of one chart.
    pub fn of_rows<'a>(indicator: &str, rows: impl IntoIterator<Item = &'a Observation>) -> Self {
        Self::of_all_rows(indicator, rows.into_iter().filter(|row| row.headline))
    }

    /// Like [`Self::of_rows`], including series whose rows are only shown beside a line.
    pub fn of_all_rows<'a>(indicator: &str, rows: impl IntoIterator<Item = &'a Observation>) -> Self {
        let mut keys: Vec<SeriesKey> = Vec::new();
        for row in rows {
            let key = SeriesKey {
                indicator: indicator.to_owned(),
                entity: row.entity.id.clone(),
                producer: row.producer.named.id.clone(),
            };
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        ExploreQuery::of_series(keys)
    }
}

/// Link that opens the series of the given rows on the explore page.
#[component]
pub fn ExploreLink(locale: Locale, query: ExploreQuery) -> impl IntoView {
    let count = query.series.len();
    (count > 0).then(|| {
        let text = match count {
            1 => locale.pick("Explore this series", "探索此序列").to_owned(),
            MAX_SERIES => {
                locale.pick(format!("Explore the first {count} series"), format!("探索前{count}个序列"))
            }
            _ => locale.pick(format!("Explore these {count} series"), format!("探索这{count}个序列")),
        };
        let more = locale.pick("With growth, currency, index, ranking", "可换算增速、币种、指数和排名");
        view! {
            <p class="to-explore">
                <a href=location::keep_state(query.href(locale))>{text}</a>
                <span class="under">{more}</span>
            </p>
        }
    })
}

/// Link to every series about an entity.
#[component]
pub fn AboutLink(locale: Locale, entity: String, name: String) -> impl IntoView {
    let href = location::keep_state(ExploreQuery::default().about(&entity).href(locale));
    let text = locale.pick(format!("All series about {name}"), format!("{name}的全部序列"));
    view! { <a href=href>{text}</a> }
}
