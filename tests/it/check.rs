//! Labelled sentences: checks of texts against the shipped data set, with precision of matches and recall of figures held.

use axum::{Router, http::StatusCode};
use serde_json::Value;
use sqlx::PgPool;

use crate::{pages, support};

/// A sentence with the verdict on one of its numbers.
struct Sentence<'a> {
    verdict: &'a str,
    number: &'a str,
    text: &'a str,
}

fn sentences() -> Vec<Sentence<'static>> {
    let lines = include_str!("check.tsv").lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let [verdict, number, text] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
            Sentence { verdict, number, text }
        })
        .collect()
}

/// Returns the claims that the API finds in a text.
async fn claims(site: &Router, text: &str) -> Vec<Value> {
    let text: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
    let (status, body) = pages::json(site, &format!("/api/v1/check?text={text}")).await;
    assert_eq!(status, StatusCode::OK, "{text}: {body}");
    body["data"].as_array().unwrap().clone()
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn no_wrong_sentence_matches_and_most_right_ones_do(db: PgPool) {
    let site = support::site(&db).await;
    let (mut right, mut found, mut matches, mut wrong) = (0, 0, 0, Vec::new());
    for Sentence { verdict, number, text } in sentences() {
        let claims = claims(&site, text).await;
        let claim = claims
            .iter()
            .find(|claim| claim["number"] == number)
            .or_else(|| claims.iter().find(|claim| claim["number"].as_str().unwrap().contains(number)));
        let got = claim.map_or("none", |claim| claim["verdict"].as_str().unwrap());
        let is_right = verdict == "matches";
        right += usize::from(is_right);
        found += usize::from(is_right && got.starts_with("matches"));
        matches += usize::from(got == "matches");
        if !is_right && got.starts_with("matches") {
            wrong.push(format!("{text} [{number}]: {got}"));
        }
    }
    let false_matches = wrong.len();
    let precision = 100.0 * (matches - false_matches) as f64 / matches as f64;
    let recall = 100.0 * f64::from(u32::try_from(found).unwrap()) / right as f64;
    println!("precision of matches {precision:.1} % of {matches}, recall {recall:.1} % of {right}");
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(recall >= 85.0, "recall {recall:.1} % of {right}");
    assert!(right >= 350 && sentences().len() - right >= 350);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn the_classic_confusions_get_their_verdicts(db: PgPool) {
    let site = support::site(&db).await;
    for (text, verdict) in [
        ("China’s micro-dramas earned CNY 50 billion in the first eight months of 2025.", "matches"),
        ("2025年前八个月，国内微短剧收入达500亿元。", "matches"),
        ("2025年前八个月，中国微短剧收入达5亿元。", "unit-slip"),
        ("China's micro-dramas earned USD 50 billion in the first eight months of 2025.", "unit-slip"),
        ("USD 15 billion overseas", "unit-slip"),
        ("Micro-dramas earned USD 1.525 billion overseas in 2024.", "other-scope"),
        ("Last year China's micro-drama market was worth CNY 50.5 billion.", "other-scope"),
        ("2025年我国微短剧产业规模近1000亿元，国家广电总局表示。", "differs"),
        ("China's micro-drama market was worth CNY 100.68 billion in 2027.", "differs"),
        ("China's micro-dramas did not earn CNY 50 billion in the first eight months of 2025.", "differs"),
        ("DataEye expects China's micro-drama market to reach CNY 63.43 billion in 2025.", "matches-older"),
        ("The studio spent USD 12 million on costumes.", "not-held"),
    ] {
        let claims = claims(&site, text).await;
        assert_eq!(claims.len(), 1, "{text}");
        assert_eq!(claims[0]["verdict"], verdict, "{text}: {}", claims[0]["why"]);
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_verdict_says_what_keeps_a_number_from_matching(db: PgPool) {
    let site = support::site(&db).await;
    for (text, verdict, why) in [
        (
            "ReelShort and DramaBox together earned USD 130 million in the first quarter of 2025.",
            "other-scope",
            "which one the number is about is not clear",
        ),
        (
            "China's pet market was worth CNY 50 billion in the first eight months of 2025.",
            "other-scope",
            "does not say that micro-dramas are meant",
        ),
        (
            "China's micro-drama market was CNY 50.44 billion in 2024.",
            "differs",
            "states as a fact what is a forecast or a target: CNY 50.44 billion",
        ),
        (
            "ReelShort is forecast to earn USD 130 million in the first quarter of 2025.",
            "differs",
            "the source reports or estimates it",
        ),
    ] {
        let claims = claims(&site, text).await;
        assert_eq!(claims[0]["verdict"], verdict, "{text}");
        assert!(claims[0]["why"].as_str().unwrap().contains(why), "{text}: {}", claims[0]["why"]);
    }
    // A forecast written as a fact leads to what was reported or estimated for the year.
    let claims = claims(&site, "China's micro-drama market was CNY 50.44 billion in 2024.").await;
    let why = claims[0]["why"].as_str().unwrap();
    assert!(why.contains("by iiMedia Research, published") && why.contains("Held instead: from"), "{why}");
}
