//! Tests that no two pages share a title.

use std::collections::BTreeMap;

use observatory::domain::registry::Noun;
use sqlx::PgPool;

use super::fetch;
use crate::{pages::pages_of, support};

/// States of pages that differ in one filter, or only in the kind of page.
const STATES: [&str; 62] = [
    "",
    "?as_of=1",
    "/about",
    "/api",
    "/data",
    "/data?as_of=1",
    "/data/revisions/1",
    "/disagreements",
    "/disagreements?topic=revenue",
    "/disagreements/download",
    "/events?kind=policy",
    "/events?kind=summit",
    "/events?kind=policy&as_of=1",
    "/events?organization=crazy-maple-studio",
    "/events?place=shanghai-pudong",
    "/events?q=policy",
    "/events?year=2025",
    "/events?year=2024",
    "/events/download",
    "/events/download?year=2025",
    "/explore",
    "/explore?find=users",
    "/explore?preset=market-growth",
    "/explore?series=domestic-market-revenue.china.iimedia",
    "/explore?series=domestic-market-revenue.china.dataeye",
    "/explore?series=domestic-market-revenue.china.iimedia&start=2023",
    "/explore?series=domestic-market-revenue.china.iimedia&kind=bars",
    "/explore?series=domestic-market-revenue.china.iimedia&units=index",
    "/explore/download?series=domestic-market-revenue.china.iimedia",
    "/explore/download?series=domestic-market-revenue.china.dataeye",
    "/indicators/domestic-market-revenue?rows=all",
    "/indicators/domestic-market-revenue?producer=iimedia",
    "/indicators/domestic-market-revenue/download",
    "/indicators/domestic-market-revenue/download?rows=all",
    "/indicators/download",
    "/indicators?q=revenue",
    "/indicators?topic=revenue",
    "/indicators?topic=users",
    "/organizations?kind=company",
    "/organizations?listed=yes",
    "/organizations?place=shanghai-pudong",
    "/organizations?pudong=headquartered",
    "/organizations?q=studio",
    "/programs/compare",
    "/programs/compare?place=shanghai-pudong",
    "/programs/match",
    "/programs/match?needs=people",
    "/programs?instrument=other",
    "/programs?level=city",
    "/programs?level=district",
    "/programs?level=city&instrument=grant",
    "/programs?on=2025-12-31",
    "/programs?q=visa",
    "/programs?sort=place",
    "/search",
    "/search?q=visa",
    "/search?q=visa&kind=program",
    "/search/download?q=visa",
    "/sources?language=en",
    "/sources?official=yes",
    "/subsidies?kind=paid",
    "/subsidies?to=named",
];

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn no_two_pages_share_a_title(db: PgPool) {
    let site = support::site(&db).await;
    for locale in ["en", "zh"] {
        let mut paths: Vec<String> = STATES.iter().map(|state| format!("/{locale}{state}")).collect();
        for noun in Noun::all().map(Noun::word) {
            let list = format!("/{locale}/{noun}");
            paths.extend(pages_of(&site, &list, &format!("{list}/")).await);
            // The pages of a long list.
            let mut next = Some(list);
            while let Some(path) = next {
                let page = crate::pages::get(&site, &path).await;
                next =
                    page.all("a[rel=next]").first().map(|link| link.value().attr("href").unwrap().to_owned());
                paths.push(path);
            }
        }
        paths.sort();
        paths.dedup();
        let mut refused: Vec<String> = Vec::new();
        let mut titles: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for path in paths {
            let answer = fetch(&site, &path).await;
            if !answer.status.is_success() {
                refused.push(path);
                continue;
            }
            let page = scraper::Html::parse_document(answer.text());
            let css = scraper::Selector::parse("head > title").unwrap();
            let title: String = page.select(&css).next().unwrap().text().collect();
            titles.entry(title).or_default().push(path);
        }
        assert!(refused.is_empty(), "{refused:#?}");
        let shared: Vec<_> = titles.iter().filter(|(_, paths)| paths.len() > 1).collect();
        assert!(shared.is_empty(), "{shared:#?}");
        assert!(titles.len() > 400, "{}", titles.len());
    }
}
