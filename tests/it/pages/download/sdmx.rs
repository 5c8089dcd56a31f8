//! Tests of SDMX requests as clients send them.

use std::collections::BTreeSet;

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode, header},
};
use http_body_util::BodyExt;
use serde_json::Value;
use sqlx::{AssertSqlSafe, PgPool};
use tower::ServiceExt;

use super::{ok, publish};
use crate::{
    pages::send,
    support::{self, data::Folder},
};

const FLOW: &str = "/sdmx/v2/data/dataflow/MDO/OBSERVATIONS/1.0";

/// Revenue of the domestic market.
const MARKET: &str = "/sdmx/v2/data/dataflow/MDO/OBSERVATIONS/1.0/.domestic-market-revenue.china..";

/// Fetches the data message of [`MARKET`] with a query string.
async fn market(site: &Router, query: &str) -> Value {
    serde_json::from_slice(&ok(site, &format!("{MARKET}{query}")).await).unwrap()
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn sdmx_has_every_figure_once(db: PgPool) {
    let site = support::site(&db).await;
    let body = String::from_utf8(ok(&site, &format!("{FLOW}/*?format=csv")).await).unwrap();
    let mut reader = csv::Reader::from_reader(body.as_bytes());
    let records: Vec<csv::StringRecord> = reader.records().map(|record| record.unwrap()).collect();
    let keys: BTreeSet<Vec<&str>> =
        records.iter().map(|record| record.iter().skip(3).take(6).collect()).collect();
    assert_eq!(keys.len(), records.len(), "no key twice");
    let stored: Vec<(String, String, String)> =
        sqlx::query_as("select indicator_id, source_id, value::text from observation")
            .fetch_all(&db)
            .await
            .unwrap();
    let sent: BTreeSet<(&str, &str, &str)> =
        records.iter().map(|record| (&record[4], &record[7], &record[9])).collect();
    assert_eq!(records.len(), stored.len());
    for (indicator, source, value) in &stored {
        assert!(
            sent.contains(&(indicator.as_str(), source.as_str(), value.as_str())),
            "{indicator} {source} {value}"
        );
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn constraints_select_observations(db: PgPool) {
    let site = support::site(&db).await;
    for (constraint, condition) in [
        ("c[TIME_PERIOD]=ge:2025", "period_end >= '2025-01-01'"),
        ("startPeriod=2025", "period_end >= '2025-01-01'"),
        ("endPeriod=2024", "period_start <= '2024-12-31'"),
        ("c[TIME_PERIOD]=2024", "period_start = '2024-01-01' and period_end = '2024-12-31'"),
        (
            "c[TIME_PERIOD]=2023,2024",
            "period_start in ('2023-01-01', '2024-01-01') and period_end = period_start + interval '1 year - 1 day'",
        ),
        ("c[PRODUCER]=cnsa", "producer = 'cnsa'"),
    ] {
        let path = format!("{FLOW}/.domestic-market-revenue.china..?{constraint}");
        let json: Value = serde_json::from_slice(&ok(&site, &path).await).unwrap();
        let sent = json["data"]["dataSets"][0]["observations"].as_object().unwrap().len();
        let stored: i64 = sqlx::query_scalar(AssertSqlSafe(format!(
            "select count(*) from observation where indicator_id = 'domestic-market-revenue' and entity = 'china' and {condition}"
        )))
        .fetch_one(&db)
        .await
        .unwrap();
        assert_eq!(sent as i64, stored, "{constraint}");
        assert!(stored > 0, "{constraint}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn what_sdmx_does_not_have_is_refused(db: PgPool) {
    let site = support::site(&db).await;
    for (path, status) in [
        (format!("{FLOW}/*?c[TIME_PERIOD]=xx:2024"), StatusCode::BAD_REQUEST),
        (format!("{FLOW}/*?c[TIME_PERIOD]=co:2024"), StatusCode::NOT_IMPLEMENTED),
        (format!("{FLOW}/*?c[NOTHING]=1"), StatusCode::BAD_REQUEST),
        (format!("{FLOW}/*?unknown=1"), StatusCode::BAD_REQUEST),
        (format!("{FLOW}/*?updatedAfter=yesterday"), StatusCode::BAD_REQUEST),
        (format!("{FLOW}/*?includeHistory=perhaps"), StatusCode::BAD_REQUEST),
        (format!("{FLOW}/*?includeHistory=true&limit=1"), StatusCode::BAD_REQUEST),
        (format!("{FLOW}/*?includeHistory=false"), StatusCode::OK),
        (format!("{FLOW}/*?detail=some"), StatusCode::BAD_REQUEST),
        (format!("{FLOW}/*?dimensionAtObservation=NOTHING"), StatusCode::BAD_REQUEST),
        (format!("{FLOW}/*?format=xml"), StatusCode::NOT_IMPLEMENTED),
        (format!("{FLOW}/*?format=yaml"), StatusCode::BAD_REQUEST),
        (format!("{FLOW}/a.b.c.d.e.f"), StatusCode::BAD_REQUEST),
        (format!("{FLOW}/*/more"), StatusCode::NOT_FOUND),
        ("/sdmx/v2/data/provisionagreement/MDO/OBSERVATIONS/1.0/*".to_owned(), StatusCode::NOT_FOUND),
        ("/sdmx/v2/data/dataflow/MDO/OBSERVATIONS/2.0/*".to_owned(), StatusCode::NOT_FOUND),
        ("/sdmx/v2/availability/dataflow/OECD/OBSERVATIONS".to_owned(), StatusCode::NOT_FOUND),
        ("/sdmx/v2/availability/dataflow/MDO/OBSERVATIONS/1.0/*/NOTHING".to_owned(), StatusCode::BAD_REQUEST),
        ("/sdmx/v2/availability?limit=1".to_owned(), StatusCode::BAD_REQUEST),
        ("/sdmx/v2/availability?mode=some".to_owned(), StatusCode::BAD_REQUEST),
        ("/sdmx/v2/availability?references=some".to_owned(), StatusCode::BAD_REQUEST),
        ("/sdmx/v2/schema".to_owned(), StatusCode::NOT_IMPLEMENTED),
        ("/sdmx/v2/nothing".to_owned(), StatusCode::NOT_FOUND),
        ("/sdmx/v2/structure/codelist?detail=allstubs".to_owned(), StatusCode::NOT_IMPLEMENTED),
        ("/sdmx/v2/structure/codelist?detail=most".to_owned(), StatusCode::BAD_REQUEST),
        ("/sdmx/v2/structure/codelist?references=some".to_owned(), StatusCode::BAD_REQUEST),
        ("/sdmx/v2/structure/codelist/MDO/CL_NOTHING".to_owned(), StatusCode::NOT_FOUND),
        ("/sdmx/v2/structure/codelist/MDO/CL_FREQ/1.0/NOTHING".to_owned(), StatusCode::NOT_FOUND),
        (format!("{FLOW}/*?startPeriod=soon"), StatusCode::BAD_REQUEST),
        (format!("{FLOW}/*?asOf=1999-01-01"), StatusCode::NOT_FOUND),
        ("/sdmx/v2/data/dataflow/OECD/OBSERVATIONS/1.0/*".to_owned(), StatusCode::NOT_FOUND),
        ("/sdmx/v2/structure/hierarchy".to_owned(), StatusCode::NOT_FOUND),
    ] {
        assert_eq!(send(&site, &path).await.status(), status, "{path}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_structure_comes_with_its_code_lists(db: PgPool) {
    let site = support::site(&db).await;
    let structure: Value = serde_json::from_slice(
        &ok(&site, "/sdmx/v2/structure/datastructure/MDO/OBSERVATIONS/1.0?references=all").await,
    )
    .unwrap();
    let lists = structure["data"]["codelists"].as_array().unwrap();
    assert_eq!(lists.len(), 10);
}

async fn fetch(
    site: &Router,
    path: &str,
    headers: &[(header::HeaderName, &str)],
) -> (StatusCode, HeaderMap, Vec<u8>) {
    let mut request = Request::get(path).header(header::HOST, "observatory.test");
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    let response = site.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    (status, headers, response.into_body().collect().await.unwrap().to_bytes().to_vec())
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_client_gets_the_format_and_the_language_it_accepts(db: PgPool) {
    const JSON: &str = "application/vnd.sdmx.data+json;version=2.0.0";
    const CSV: &str = "application/vnd.sdmx.data+csv;version=2.0.0";
    const XML: &str = "application/vnd.sdmx.structure+xml;version=2.1";
    const BROWSER: &str =
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";
    let site = support::site(&db).await;
    let data = format!("{FLOW}/.domestic-market-revenue.china..");
    let structure = "/sdmx/v2/structure/dataflow".to_owned();
    for (path, accept, expected) in [
        (&data, "*/*", Some(JSON)),
        (&data, BROWSER, Some(JSON)),
        (&data, "text/html", Some(JSON)),
        (&data, "json, csv;q=0.5", Some(JSON)),
        (&data, "json;q=0.5, csv", Some(CSV)),
        (&data, "text/csv, */*;q=0.1", Some(CSV)),
        (&data, "application/vnd.sdmx.data+csv; version=2.0", Some(CSV)),
        (
            &data,
            "application/vnd.sdmx.structurespecificdata+xml;version=2.1, application/json;q=0.1",
            Some(JSON),
        ),
        (&data, "application/vnd.sdmx.structurespecificdata+xml;version=2.1", None),
        (&data, "image/png", None),
        (&structure, BROWSER, Some(XML)),
        (&structure, "application/vnd.sdmx.structure+xml;version=2.1", Some(XML)),
        (&structure, "application/vnd.sdmx.structure+xml;version=3.0.0", None),
        (&structure, "application/json", Some("application/vnd.sdmx.structure+json;version=2.0.0")),
    ] {
        let (status, headers, body) = fetch(&site, path, &[(header::ACCEPT, accept)]).await;
        let kind = headers[header::CONTENT_TYPE].to_str().unwrap();
        let vary: Vec<&str> =
            headers.get_all(header::VARY).iter().map(|vary| vary.to_str().unwrap()).collect();
        assert!(vary.join(",").contains("accept, accept-language"), "{accept}: {vary:?}");
        match expected {
            Some(expected) => assert_eq!((status, kind), (StatusCode::OK, expected), "{accept}"),
            None => {
                assert_eq!(status, StatusCode::NOT_ACCEPTABLE, "{accept}");
                assert!(String::from_utf8(body).unwrap().contains("vnd.sdmx."), "{accept}: what is offered");
            }
        }
    }
    let labels = "application/vnd.sdmx.data+csv;version=2.0.0;labels=both";
    for (language, header, name) in [
        ("zh-CN,zh;q=0.9,en;q=0.8", "INDICATOR: 指标", "china: 中国"),
        ("en-GB", "INDICATOR: Indicator", "china: China"),
        ("fr", "INDICATOR: Indicator", "china: China"),
    ] {
        let headers = [(header::ACCEPT, labels), (header::ACCEPT_LANGUAGE, language)];
        let (_, headers, body) = fetch(&site, &data, &headers).await;
        assert_eq!(headers[header::CONTENT_TYPE], labels);
        assert_eq!(
            headers[header::CONTENT_LANGUAGE],
            if language.starts_with("zh") { "zh-Hans" } else { "en" }
        );
        let mut reader = csv::Reader::from_reader(body.as_slice());
        assert_eq!(&reader.headers().unwrap()[4], header);
        assert_eq!(&reader.records().next().unwrap().unwrap()[5], name);
    }
    // The address takes precedence over the header.
    let (_, headers, _) = fetch(
        &site,
        &format!("{data}?lang=zh&format=csv"),
        &[(header::ACCEPT_LANGUAGE, "en"), (header::ACCEPT, "json")],
    )
    .await;
    assert_eq!(headers[header::CONTENT_TYPE], CSV);
    assert_eq!(headers[header::CONTENT_LANGUAGE], "zh-Hans");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn addresses_keys_and_periods_are_read_in_every_form_of_the_standard(db: PgPool) {
    let site = support::site(&db).await;
    let site = &site;
    let rows = async |path: &str| {
        let body = ok(site, path).await;
        csv::Reader::from_reader(body.as_slice()).records().map(|row| row.unwrap()).collect::<Vec<_>>()
    };
    let key = ".domestic-market-revenue.china..";
    let expected = rows(&format!("{FLOW}/{key}?format=csv")).await;
    assert!(!expected.is_empty());
    for path in [
        "/sdmx/v2/data/dataflow/MDO/OBSERVATIONS/latest/*.domestic-market-revenue.china.*.*",
        "/sdmx/v2/data/dataflow/MDO/OBSERVATIONS/+/.domestic-market-revenue.china",
        "/sdmx/v2/data/dataflow/MDO/OBSERVATIONS/%2B/%2Edomestic-market-revenue%2Echina%2E%2E",
        "/sdmx/v2/data/dataflow/*/*/~/.domestic-market-revenue.china..",
        "/sdmx/v2/data/dataflow,datastructure/ECB,MDO/OBSERVATIONS/1%2B.0.0/.domestic-market-revenue.china%2Cnothing..",
        "/sdmx/v2/data/*/all/all/*/.domestic-market-revenue.china%2Bnothing..",
        "/sdmx/v2/data/datastructure/MDO/OBSERVATIONS?c[INDICATOR]=domestic-market-revenue&c%5BENTITY%5D=china",
        "/sdmx/v2/data?c[INDICATOR]=eq:domestic-market-revenue&c[ENTITY]=china",
        "/sdmx/v2/data/dataflow/MDO/OBSERVATIONS/?c[INDICATOR]=sw:domestic-market-rev+ew:market-revenue&c[ENTITY]=china",
        "/sdmx/v2/data/dataflow/MDO/OBSERVATIONS/1.0/A.domestic-market-revenue.china.*.*,S+Q+M+D+_O.domestic-market-revenue.china.*.*",
        "/sdmx/v2/data/dataflow/MDO/OBSERVATIONS/1.0/.domestic-market-revenue.china..?dimensionAtObservation=AllDimensions&detail=full",
    ] {
        let joint = if path.contains('?') { '&' } else { '?' };
        assert_eq!(rows(&format!("{path}{joint}format=csv")).await, expected, "{path}");
    }
    let within = async |from: &str, to: &str| {
        rows(&format!("{FLOW}/{key}?format=csv&startPeriod={from}&endPeriod={to}")).await
    };
    let year = within("2024-01-01", "2024-12-31").await;
    assert!(!year.is_empty() && year.len() < expected.len());
    for (from, to) in [
        ("2024", "2024"),
        ("2024-A1", "2024-A1"),
        ("2024-S1", "2024-S2"),
        ("2024-T1", "2024-T3"),
        ("2024-Q1", "2024-Q4"),
        ("2024-M01", "2024-M12"),
        ("2024-01", "2024-12"),
        ("2024-W02", "2024-W51"),
        ("2024-D001", "2024-D366"),
        ("2024-01-01T00:00:00", "2024-12-31T23:59:59Z"),
        ("2024-01-01T00:00:00%2B08:00", "2024-12-31T00:00:00+08:00"),
        ("2024-01-01/P1Y", "2024-06-01/P7M"),
    ] {
        assert_eq!(within(from, to).await, year, "{from} {to}");
    }
    assert_eq!(rows(&format!("{FLOW}/{key}?format=csv&offset=1&limit=2")).await, expected[1..3]);
    let estimates = rows(&format!("{FLOW}/{key}?format=csv&c[OBS_STATUS]=E")).await;
    let stated: Vec<_> = expected.iter().filter(|row| &row[13] == "E").cloned().collect();
    assert_eq!(estimates, stated);
    let large = rows(&format!("{FLOW}/{key}?format=csv&c[OBS_VALUE]=ge:60000000000")).await;
    let stated = expected.iter().filter(|row| row[9].parse::<f64>().unwrap() >= 6e10).count();
    assert!(large.len() == stated && stated > 0 && stated < expected.len());
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn measures_and_attributes_can_be_selected(db: PgPool) {
    let site = support::site(&db).await;
    let widths = |message: &Value| -> BTreeSet<usize> {
        let observations = message["data"]["dataSets"][0]["observations"].as_object().unwrap();
        observations.values().map(|values| values.as_array().unwrap().len()).collect()
    };
    assert_eq!(widths(&market(&site, "").await), BTreeSet::from([14]));
    let data_only = market(&site, "?detail=dataonly").await;
    assert_eq!(widths(&data_only), BTreeSet::from([1]));
    assert_eq!(data_only["data"]["structures"][0]["attributes"]["observation"].as_array().unwrap().len(), 0);
    let two = market(&site, "?attributes=OBS_STATUS,UNIT_MEASURE&measures=none").await;
    assert_eq!(widths(&two), BTreeSet::from([2]));
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn observations_behind_a_break_name_it(db: PgPool) {
    let site = support::site(&db).await;
    // DataEye counts animated titles from 2025: its years from then on are behind a break.
    let of_dataeye =
        format!("{FLOW}/A.domestic-market-revenue.china.dataeye.?format=csv&attributes=BREAK_FROM");
    let body = String::from_utf8(ok(&site, &of_dataeye).await).unwrap();
    let mut reader = csv::Reader::from_reader(body.as_bytes());
    let headers = reader.headers().unwrap().clone();
    let at = |name: &str| headers.iter().position(|column| column == name).unwrap();
    for record in reader.records().map(Result::unwrap) {
        let behind = &record[at("TIME_PERIOD")] >= "2025";
        assert_eq!(&record[at("BREAK_FROM")], if behind { "2025-01-01" } else { "" }, "{record:?}");
    }
}

/// In grouped data each observation occurs once, and every index into a list of values resolves.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn observations_can_be_grouped_into_series(db: PgPool) {
    let site = support::site(&db).await;
    let flat = market(&site, "").await;
    let total = flat["data"]["dataSets"][0]["observations"].as_object().unwrap().len();
    for (dimension, others) in [("TIME_PERIOD", 5), ("SOURCE", 5)] {
        let grouped = market(&site, &format!("?dimensionAtObservation={dimension}")).await;
        let dimensions = &grouped["data"]["structures"][0]["dimensions"];
        assert_eq!(dimensions["observation"][0]["id"], dimension);
        assert_eq!(dimensions["series"].as_array().unwrap().len(), others);
        let series = grouped["data"]["dataSets"][0]["series"].as_object().unwrap();
        let mut seen = 0;
        for (key, one) in series {
            assert_eq!(key.split(':').count(), others, "{key}");
            for place in one["observations"].as_object().unwrap().keys() {
                let place: usize = place.parse().unwrap();
                let value = &dimensions["observation"][0]["values"][place];
                assert!(value["id"].is_string() || value["value"].is_string(), "{value}");
                seen += 1;
            }
        }
        assert_eq!(seen, total);
    }
    for detail in ["serieskeysonly", "nodata"] {
        let keys = market(&site, &format!("?detail={detail}")).await;
        let series = keys["data"]["dataSets"][0]["series"].as_object().unwrap();
        assert!(!series.is_empty() && series.values().all(|one| one.as_object().unwrap().is_empty()));
        let body = ok(&site, &format!("{MARKET}?detail={detail}&format=csv")).await;
        let mut reader = csv::Reader::from_reader(body.as_slice());
        assert_eq!(
            reader.headers().unwrap().iter().skip(3).collect::<Vec<_>>(),
            ["FREQ", "INDICATOR", "ENTITY", "PRODUCER", "SOURCE"]
        );
        assert_eq!(reader.records().count(), series.len());
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn only_the_requested_artefacts_are_sent(db: PgPool) {
    let site = support::site(&db).await;
    let parts = async |path: &str| -> Vec<String> {
        let message: Value = serde_json::from_slice(&ok(&site, path).await).unwrap();
        message["data"].as_object().unwrap().keys().cloned().collect()
    };
    assert_eq!(parts("/sdmx/v2/structure/dataflow/MDO/OBSERVATIONS/~").await, ["dataflows"]);
    assert_eq!(
        parts("/sdmx/v2/structure/dataflow?references=children").await,
        ["dataStructures", "dataflows"]
    );
    assert_eq!(
        parts("/sdmx/v2/structure/codelist/MDO/CL_FREQ?references=parents").await,
        ["codelists", "dataStructures"]
    );
    assert_eq!(parts("/sdmx/v2/structure/*/*/*/%2B?detail=referencepartial").await.len(), 4);
    let item: Value =
        serde_json::from_slice(&ok(&site, "/sdmx/v2/structure/codelist/MDO/CL_FREQ,CL_UNIT/1.0/A,Q").await)
            .unwrap();
    assert_eq!(item["data"]["codelists"].as_array().unwrap().len(), 1);
    assert_eq!(item["data"]["codelists"][0]["codes"].as_array().unwrap().len(), 2);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_client_learns_what_data_there_are(db: PgPool) {
    publish(&db, &Folder::small()).await;
    let site = support::empty_site(&db).await;
    let constraint = async |path: &str| -> Value {
        let path = format!("/sdmx/v2/availability/dataflow/MDO/OBSERVATIONS/1.0/{path}");
        let message: Value =
            serde_json::from_slice(&ok(&site, &format!("{path}&format=json")).await).unwrap();
        message["data"]["dataConstraints"][0].clone()
    };
    let values = |constraint: &Value, id: &str| -> Vec<String> {
        let keys = constraint["cubeRegions"][0]["keyValues"].as_array().cloned().unwrap_or_default();
        let own = keys.into_iter().find(|key| key["id"] == id).unwrap_or_default();
        let values = own["values"].as_array().cloned().unwrap_or_default();
        values.into_iter().map(|value| value.as_str().unwrap().to_owned()).collect()
    };
    let counts = |constraint: &Value| -> Vec<String> {
        let counts = constraint["annotations"].as_array().unwrap().iter();
        counts.map(|count| format!("{} {}", count["id"], count["title"]).replace('"', "")).collect()
    };
    let whole = constraint("*?").await;
    let rows: i64 = sqlx::query_scalar("select count(*) from observation").fetch_one(&db).await.unwrap();
    assert_eq!(counts(&whole)[1], format!("obs_count {rows}"));
    let producers: Vec<String> = sqlx::query_scalar("select distinct producer from observation order by 1")
        .fetch_all(&db)
        .await
        .unwrap();
    assert_eq!(values(&whole, "PRODUCER"), producers);
    let range = &whole["cubeRegions"][0]["keyValues"].as_array().unwrap().last().unwrap()["timeRange"];
    let (first, last): (String, String) =
        sqlx::query_as("select min(period_start)::text, max(period_end)::text from observation")
            .fetch_one(&db)
            .await
            .unwrap();
    assert_eq!(
        (&range["startPeriod"]["period"], &range["endPeriod"]["period"]),
        (&first.into(), &last.into())
    );
    let one = constraint(".market..bureau./PRODUCER?").await;
    assert_eq!(values(&one, "PRODUCER"), ["bureau"]);
    assert!(values(&one, "INDICATOR").is_empty(), "one component was asked for");
    let more = constraint(".market..bureau./PRODUCER?mode=available").await;
    assert_eq!(values(&more, "PRODUCER"), ["bureau", "echo"]);
    assert_eq!(counts(&more), counts(&one));
    let none = constraint(".market..nobody.?").await;
    assert_eq!(counts(&none), ["series_count 0", "obs_count 0"]);
    assert!(none.get("cubeRegions").is_none());
    let lists =
        ok(&site, "/sdmx/v2/availability/*/*/*/*/.market..bureau.?references=codelist&format=json").await;
    let lists: Value = serde_json::from_slice(&lists).unwrap();
    let own = lists["data"]["codelists"].as_array().unwrap().iter().find(|list| list["id"] == "CL_PRODUCER");
    assert_eq!(own.unwrap()["codes"].as_array().unwrap().len(), 1);
    let xml = String::from_utf8(ok(&site, "/sdmx/v2/availability/*/*/*/*/.market..bureau.?format=xml").await)
        .unwrap();
    assert!(
        xml.contains(r#"<com:KeyValue id="PRODUCER"><com:Value>bureau</com:Value></com:KeyValue>"#),
        "{xml}"
    );
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn what_changed_after_a_time_is_replaced_or_deleted(db: PgPool) {
    let folder = Folder::small();
    publish(&db, &folder).await;
    folder.replace("observations.csv", "50500000000,,estimate", "51000000000,,exact");
    let gone = "market,china,2025-01-01,2025-12-31,echo,60000000000,70000000000,range,,,notice-2025,,,\n";
    folder.replace("observations.csv", gone, "");
    publish(&db, &folder).await;
    let times: Vec<chrono::DateTime<chrono::Utc>> =
        sqlx::query_scalar("select published_at from revision order by number").fetch_all(&db).await.unwrap();
    let time = |at: usize| times[at].to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
    let site = support::empty_site(&db).await;
    let csv = async |raw: &str| -> Vec<String> {
        let text = String::from_utf8(ok(&site, &format!("{FLOW}/*?format=csv&{raw}")).await).unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().unwrap().clone();
        let at = |name: &str| header.iter().position(|column| column == name).unwrap();
        let shown = ["ACTION", "INDICATOR", "PRODUCER", "TIME_PERIOD", "OBS_VALUE"].map(at);
        let row = |row: csv::StringRecord| shown.map(|at| row[at].to_owned()).join(" ");
        reader.records().map(|record| row(record.unwrap())).collect()
    };
    assert_eq!(
        csv(&format!("updatedAfter={}", time(0))).await,
        ["R market bureau 2024 51000000000", "D market echo 2025 "]
    );
    assert!(csv(&format!("updatedAfter={}", time(1))).await.is_empty());
    let all = csv("updatedAfter=2020-01-01T00:00:00Z").await;
    assert_eq!(all.len(), 4, "before the first revision there was nothing");
    assert!(all.iter().all(|row| row.starts_with("R ")), "{all:?}");
    assert!(csv("").await.iter().all(|row| row.starts_with("I ")));
    // The history says what each revision did, and can be cut off at its beginning.
    let history = csv("includeHistory=true").await;
    assert_eq!(history.len(), all.len() + 3);
    assert_eq!(history[history.len() - 2..], ["R market bureau 2024 51000000000", "D market echo 2025 "]);
    assert_eq!(csv(&format!("includeHistory=true&updatedAfter={}", time(0))).await.len(), 2);
    assert_eq!(csv("includeHistory=true&as_of=1").await.len(), 5);
    let path = format!("{FLOW}/.market.china..?includeHistory=true");
    let json: Value = serde_json::from_slice(&ok(&site, &path).await).unwrap();
    let sets = json["data"]["dataSets"].as_array().unwrap();
    let moments: Vec<&str> = sets.iter().map(|set| set["validFrom"].as_str().unwrap()).collect();
    assert_eq!(moments.len(), 3);
    assert!(moments[0] <= moments[1] && moments[1] == moments[2], "{moments:?}");
    let path = format!("{FLOW}/*?updatedAfter={}", time(0));
    let json: Value = serde_json::from_slice(&ok(&site, &path).await).unwrap();
    let sets = json["data"]["dataSets"].as_array().unwrap();
    let actions: Vec<(&str, usize)> = sets
        .iter()
        .map(|set| (set["action"].as_str().unwrap(), set["observations"].as_object().unwrap().len()))
        .collect();
    assert_eq!(actions, [("Replace", 1), ("Delete", 1)]);
    assert_eq!(json["data"]["structures"][0]["dataSets"], serde_json::json!([0, 1]));
}
