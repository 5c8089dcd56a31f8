//! Public money: the ledger, its headline figures, conversion, and what each organization is known to have got.

use axum::Router;
use http_body_util::BodyExt;
use serde_json::Value;
use sqlx::PgPool;
use std::collections::BTreeSet;

use super::{get, policy::ids, send, text};
use crate::support;

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_total_is_of_one_kind_scope_and_currency_and_leaves_out_parts(db: PgPool) {
    let site = support::site(&db).await;
    // Macao's two schemes, and two further rows that are parts of them.
    let page = get(&site, "/en/subsidies?place=macau").await;
    let parts = "jurisdiction = 'macau' and (part_of is not null or counted_elsewhere)";
    let parts = ids(&db, &format!("select id from subsidy where {parts}")).await.len();
    assert_eq!(page.texts(".total-sum"), ["–", "35,000,000"]);
    assert_eq!(page.texts(".total-left-out"), [parts.to_string(), "0".to_owned()]);
    assert_eq!(page.all("tr.subsidy").len(), 4);

    let page = get(&site, "/en/subsidies").await;
    let totals: i64 = sqlx::query_scalar(
        "select count(*) from (select distinct kind, currency, scope from subsidy) totals",
    )
    .fetch_one(&db)
    .await
    .unwrap();
    assert_eq!(page.all(".total").len() as i64, totals);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn headline_figures_tell_scopes_and_currencies_apart(db: PgPool) {
    let site = support::site(&db).await;
    let page = get(&site, "/en/subsidies").await;
    let figures = page.texts(".headline-figure");
    let [named, paid, budgeted] = &figures[..] else { panic!("{figures:?}") };
    assert!(named.contains("No payment that covers micro-dramas to a named recipient is known."), "{named}");
    assert!(paid.contains("made for micro-dramasCNY 19.8 million 1 amount, 2024"), "{paid}");
    assert!(budgeted.contains("KRW 400 million"), "a second currency is shown: {budgeted}");
    // What is general is one step away, and counted without being added.
    let general: i64 = sqlx::query_scalar(
        "select count(*) from subsidy where scope = 'general' and kind = 'paid' and recipient_org_id is not null
         and part_of is null and not counted_elsewhere",
    )
    .fetch_one(&db)
    .await
    .unwrap();
    assert!(named.contains(&format!("{general} general amounts stand apart")), "{named}");
    let general = "/en/subsidies?kind=paid&to=named&scope=general";
    assert!(page.links().contains(general), "{:?}", page.links());
    let general = get(&site, general).await.texts(".headline-figure");
    assert!(!general[0].contains("19.8") && general[0].contains("generalCNY"), "{}", general[0]);

    let pudong = get(&site, "/en/subsidies?place=shanghai-pudong").await.texts(".headline-figure");
    assert!(pudong[1].contains("No payment by Pudong New Area is known."), "{}", pudong[1]);
    let pudong = get(&site, "/zh/subsidies?place=shanghai-pudong&kind=budgeted").await;
    assert!(pudong.texts(".headline-figure")[1].contains("暂未查到浦东新区拨付的金额。"));
}

/// What was paid for micro-dramas opens the ledger, under its programme.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn the_ledger_comes_by_programme_and_what_was_paid_for_micro_dramas_first(db: PgPool) {
    let site = support::site(&db).await;
    assert!(get(&site, "/zh").await.links().contains("/zh/subsidies"));
    let page = get(&site, "/zh/subsidies").await;
    let heads = page.texts(".subsidies tr.group");
    assert_eq!(heads[0], "上海网络微短剧产业引导经费", "{heads:?}");
    let first = page.texts("tr.subsidy").remove(0);
    assert!(first.contains("1980万元") && first.contains("已拨付") && first.contains("28"), "{first}");
    let distinct: BTreeSet<&String> = heads.iter().collect();
    let without = heads.iter().filter(|head| *head == "未指明政策").count();
    assert_eq!(distinct.len(), heads.len() - without.saturating_sub(1), "a programme has one heading");
    let flat = get(&site, "/zh/subsidies?sort=newest").await;
    assert!(flat.all(".subsidies tr.group").is_empty() && !flat.all("tr.subsidy").is_empty());
}

/// Returns the records of a CSV file, each by the names of its columns.
async fn records(site: &Router, path: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    let body = send(site, path).await.into_body().collect().await.unwrap().to_bytes();
    csv::Reader::from_reader(body.as_ref()).deserialize().map(|record| record.unwrap()).collect()
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn an_amount_is_converted_at_the_rate_of_exactly_its_period_or_not_at_all(db: PgPool) {
    let site = support::site(&db).await;
    // The average of 2024 is CNY 7.1957 per USD: 19.8 million ÷ 7.1957 = USD 2,751,643.34.
    let (paid, rate) = ("USD 2.75 million", "÷ 7.1957 CNY per USD, 2024");
    let page = get(&site, "/en/subsidies?in=USD").await;
    let first = page.texts("tr.subsidy").remove(0);
    assert!(first.contains(paid) && first.contains(rate) && first.contains("CNY 19.8 million"), "{first}");
    assert!(page.all("tr.subsidy .converted-rate a[href^='/en/sources/']").len() > 5);
    assert_eq!(page.texts(".total-sum"), get(&site, "/en/subsidies").await.texts(".total-sum"));
    let macau = get(&site, "/en/subsidies?place=macau&in=USD").await;
    assert!(macau.all(".converted").is_empty());
    assert_eq!(macau.all(".converted-not").len(), 4, "no rate of the pataca is held");
    assert!(macau.text(".converted-not").contains("no rate of exactly its period"));

    let page = get(&site, "/zh/subsidies/sub-sh-guide-2024?in=USD").await;
    let shown = page.text(".particulars .converted");
    assert!(shown.contains("约275万美元") && shown.contains("÷7.1957"), "{shown}");
    assert!(page.links().contains("/zh/subsidies/sub-sh-guide-2024?in=CNY"));

    let rows = records(&site, "/en/subsidies/data.csv?in=USD&bom=0&header=names").await;
    let row = rows.iter().find(|row| row["id"] == "sub-sh-guide-2024").unwrap();
    assert!(row["converted_amount"].starts_with("2751643.34"), "{}", row["converted_amount"]);
    assert_eq!((row["converted_currency"].as_str(), row["amount"].as_str()), ("USD", "19800000"));
    assert_eq!(row["conversion"], rate);
    for row in rows.iter().filter(|row| row["period_start"].is_empty() && row["currency"] != "USD") {
        assert!(row["converted_amount"].is_empty() && row["conversion"].contains("period is not known"));
    }
    let api = send(&site, "/api/v1/subsidies/sub-sh-guide-2024?in=USD").await;
    let api = api.into_body().collect().await.unwrap().to_bytes();
    let api: Value = serde_json::from_slice(&api).unwrap();
    assert_eq!(api["data"][0]["converted_currency"], "USD");
}

/// Who came since a month, and what each is known to have got.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn organizations_since_a_month_have_their_public_money(db: PgPool) {
    let site = support::site(&db).await;
    let since = ids(&db, "select id from organization where pudong_status_date >= '2025-12'").await;
    let page = get(&site, "/en/organizations?since=2025-12").await;
    let entries = page.all("li.entry");
    assert_eq!(entries.len(), since.len());
    for entry in entries {
        assert!(text(entry).contains("Public money: none known"), "{}", text(entry));
    }
    let choices = get(&site, "/zh/organizations").await.links();
    assert!(choices.contains("/zh/organizations?since=2025-12"), "{choices:?}");

    let got: BTreeSet<String> =
        ids(&db, "select recipient_org_id from subsidy where recipient_org_id is not null").await;
    for id in &got {
        let page = get(&site, &format!("/en/organizations/{id}")).await;
        assert!(!page.all("#money tr.subsidy").is_empty(), "{id}");
    }
    for id in since {
        let page = get(&site, &format!("/en/organizations/{id}")).await;
        assert!(page.text("#money").contains("Public money: none known"), "{id}");
    }
    let rows = records(&site, "/en/organizations/data.csv?bom=0&header=names").await;
    for row in rows {
        let known = got.contains(&row["id"]);
        assert_eq!(row["public_amounts"] != "0", known, "{}", row["id"]);
        assert_eq!(!row["public_money"].is_empty(), known, "{}", row["id"]);
    }
}

/// A parent's profile shows what its subsidiaries have, each with its chain, and adds nothing up.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn subsidiaries_stand_on_the_profile_of_their_parent(db: PgPool) {
    let site = support::site(&db).await;
    let page = get(&site, "/en/organizations/dianzhong").await;
    assert_eq!(page.text("#subsidiaries h3"), "StoryMatrix › Dianzhong Technology");
    let below = page.text("#subsidiaries");
    assert!(below.contains("DramaBox") && below.contains("Public moneynone known"), "{below}");
    assert!(!page.all("#subsidiaries .key-figures tbody tr").is_empty());
    assert!(!page.text("#apps").contains("DramaBox"), "the app is the subsidiary's");
    assert!(page.links().contains("/en/organizations/storymatrix"));
}

/// Other and former names are shown, and lead to an organization from every search.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn other_names_of_an_organization_are_shown_and_found(db: PgPool) {
    let site = support::site(&db).await;
    let name = "中文在线集团股份有限公司";
    for (path, css) in
        [("/zh/organizations/col-group", ".particulars"), ("/zh/organizations?q=COL+Digital", "li.entry")]
    {
        assert!(get(&site, path).await.text(css).contains(name), "{path}");
    }
    let hit = get(&site, "/en/search?q=Maiya+Media").await.text("main");
    assert!(hit.contains("Malt Media") && hit.contains("Maiya Media"), "{hit}");
    let q = observatory::text::query::encode([("q", name.to_owned())]);
    for path in
        [format!("/zh/organizations?{q}"), format!("/en/search?{q}"), format!("/fn/suggest?locale=zh&{q}")]
    {
        let links = get(&site, &path).await.links();
        assert!(links.iter().any(|link| link.ends_with("/organizations/col-group")), "{path}: {links:?}");
    }
}
