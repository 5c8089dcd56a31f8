//! `/programs/match`: groups, worked amounts, the form, and its files.

use std::collections::BTreeMap;

use axum::{Router, http::StatusCode};
use http_body_util::BodyExt;
use sqlx::PgPool;

use super::{Page, get, send};
use crate::support;

const GROUPS: [&str; 4] = ["fits", "might", "does-not", "ended"];

/// Returns the rows of the page's CSV file by name of column.
async fn rows(site: &Router, query: &str) -> Vec<BTreeMap<String, String>> {
    let answer = send(site, &format!("/en/programs/match/data.csv?bom=0&header=names&{query}")).await;
    assert_eq!(answer.status(), StatusCode::OK, "{query}");
    let body = answer.into_body().collect().await.unwrap().to_bytes();
    csv::Reader::from_reader(body.as_ref()).deserialize().map(|row| row.unwrap()).collect()
}

/// Ids of the programmes in a section of the page.
fn ids(page: &Page, group: &str) -> Vec<String> {
    let links = page.all(&format!("#{group} th a"));
    let href = |link: &scraper::ElementRef| link.value().attr("href").unwrap().to_owned();
    links.iter().map(|link| href(link).rsplit('/').next().unwrap().to_owned()).collect()
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_firm_finds_what_applies_where_it_is(db: PgPool) {
    let site = support::site(&db).await;
    let page = get(&site, "/en/programs/match?place=shanghai-pudong&does=production&needs=people").await;
    let fits = page.texts("#fits th a");
    for measure in ["Visa processing", "Work permit", "Salary settlement"] {
        assert!(fits.iter().any(|name| name.starts_with(measure)), "{measure} is missing: {fits:?}");
    }
    let visa = page.text("#fits tbody tr");
    for part in ["Place met", "Activity met", "Support met", "announced", "not stated", "Who may apply"] {
        assert!(visa.contains(part), "{part}: {visa}");
    }
    let elsewhere = get(&site, "/en/programs/match?place=henan&does=production&needs=people").await;
    assert!(!elsewhere.text("#fits").contains("Visa processing"));
    let refused = elsewhere.texts("#does-not tbody tr");
    assert!(refused.iter().any(|row| row.contains("Place not met: only Pudong")), "{refused:?}");
    let empty = get(&site, "/en/programs/match").await;
    assert!(empty.all("#fits").is_empty() && !empty.all("form.match-form").is_empty());
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn every_programme_that_offers_support_is_in_one_group(db: PgPool) {
    let site = support::site(&db).await;
    let offering: i64 = sqlx::query_scalar(
        "select count(*) from program p where instrument <> 'regulation'
         and not exists (select from program m where m.package_id = p.id)",
    )
    .fetch_one(&db)
    .await
    .unwrap();
    let query = "place=shanghai&does=production&needs=works";
    let rows = rows(&site, query).await;
    assert_eq!(rows.len() as i64, offering);
    let all = get(&site, &format!("/en/programs/match?{query}")).await;
    let counts: Vec<usize> =
        all.texts(".match-counts b").iter().map(|count| count.parse().unwrap()).collect();
    for (group, count) in GROUPS.into_iter().zip(counts) {
        let in_file: Vec<&str> =
            rows.iter().filter(|row| row["group"] == group).map(|row| row["id"].as_str()).collect();
        assert_eq!(in_file.len(), count, "{group}");
        let (mut listed, mut next) = (Vec::new(), Some(format!("/en/programs/match?{query}&group={group}")));
        while let Some(path) = next {
            let page = get(&site, &path).await;
            assert_eq!(page.all(".match-group").len(), 1, "{path}");
            listed.extend(ids(&page, group));
            next = page.all("a[rel=next]").first().map(|link| link.value().attr("href").unwrap().to_owned());
        }
        assert_eq!(listed, in_file, "{group}");
        assert!(listed.starts_with(&ids(&all, group)), "{group}");
    }
    let only = self::rows(&site, &format!("{query}&group=might")).await;
    assert!(!only.is_empty() && only.iter().all(|row| row["group"] == "might"));
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn an_amount_is_worked_out_with_its_steps(db: PgPool) {
    let site = support::site(&db).await;
    let steps = "30% of CNY 10,000,000 = CNY 3,000,000; at most CNY 2,000,000 per project → CNY 2,000,000";
    let query = "place=shanghai&amount=10%2C000%2C000&base=investment";
    let page = get(&site, &format!("/en/programs/match?{query}")).await;
    let fits = page.texts("#fits tbody tr");
    let events = fits.iter().find(|row| row.contains(steps)).unwrap();
    assert!(events.contains("at most CNY 2,000,000"), "{events}");
    assert!(page.all("input#amount")[0].value().attr("value") == Some("10000000"));
    assert!(page.all("#base option[selected]")[0].value().attr("value") == Some("investment"));
    let chinese = get(&site, &format!("/zh/programs/match?{query}")).await;
    let amounts = chinese.text("#fits").replace('\u{2060}', "");
    assert!(
        amounts.contains("10,000,000元的30%=3,000,000元；每个项目最多2,000,000元→2,000,000元"),
        "{amounts}"
    );

    let worked = |rows: &[BTreeMap<String, String>], id: &str| {
        let row = rows.iter().find(|row| row["id"] == id).unwrap();
        (row["worked_amount"].clone(), row["worked_formula"].clone())
    };
    let of_investment = rows(&site, query).await;
    assert_eq!(worked(&of_investment, "sh-nine-events"), ("2000000".to_owned(), steps.to_owned()));
    let (none, why) = worked(&of_investment, "sh-nine-loans");
    assert!(none.is_empty() && why.contains("prime rate"), "{why}");
    let of_cost = rows(&site, "amount=10000000").await;
    let (none, why) = worked(&of_cost, "sh-nine-events");
    assert!(none.is_empty() && why.contains("a share of investment, and your figure is cost"), "{why}");
    let (pool, formula) = worked(&of_cost, "sh-ai-vouchers-model");
    assert!(pool == "5000000" && formula.contains("caps no single payment"), "{pool} {formula}");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_wrong_amount_keeps_the_other_answers(db: PgPool) {
    let site = support::site(&db).await;
    for (locale, says) in [("en", "is not an amount in yuan"), ("zh", "不是有效的人民币金额")] {
        for (typed, shown) in [
            ("1e6", "1e6"),
            ("-5", "-5"),
            ("%3Cb%3E1", "<b>1"),
            ("12345678901234567890", "12345678901234567890"),
        ] {
            let query = format!("place=henan&does=ai&needs=works&amount={typed}&base=income");
            let page = get(&site, &format!("/{locale}/programs/match?{query}")).await;
            assert_eq!(page.status, StatusCode::BAD_REQUEST, "{typed}");
            for part in [".problem", "#amount-problem"] {
                assert!(page.text(part).contains(says), "{typed}: {}", page.text(part));
            }
            let field = page.all("input#amount")[0].value();
            assert_eq!((field.attr("value"), field.attr("aria-invalid")), (Some(shown), Some("true")));
            let chosen = page.all(".match-form option[selected], .match-form input[checked]");
            let chosen: Vec<&str> = chosen.iter().filter_map(|choice| choice.value().attr("value")).collect();
            assert_eq!(chosen, ["henan", "ai", "works", "income"], "{typed}");
            assert!(page.all(".match-group").is_empty());
            let file = send(&site, &format!("/{locale}/programs/match/data.csv?{query}")).await;
            assert_eq!(file.status(), StatusCode::BAD_REQUEST, "{typed}");
        }
    }
    for (query, named) in [
        ("needs=luck&amount=1e6", "luck"),
        ("base=interest", "interest"),
        ("place=atlantis", "atlantis"),
        ("needs=works&after=x", "group"),
        ("needs=works&group=fits&after=x", "x"),
        ("amount=1&amount=2", "amount"),
    ] {
        let page = get(&site, &format!("/en/programs/match?{query}")).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{query}");
        assert!(page.text("main").contains(named), "{query}");
    }
}
