//! Tests of the examination that need no database.

use super::*;
use crate::config::{Command, parse};

fn doctor(line: &str) -> config::Doctor {
    match parse(line.split(' ').map(Into::into)) {
        Ok(Command::Doctor(doctor)) => *doctor,
        other => panic!("{other:?}"),
    }
}

#[test]
fn settings_have_an_origin_and_secrets_no_value() {
    let key = "0123456789abcdef".repeat(4);
    let asked = doctor(&format!(
        "observatory doctor --port 4000 --database-url postgres://a:hunter2@b/c --delivery-key {key}"
    ));
    let listed = settings(&asked.settings);
    let found = |name: &str| {
        listed
            .iter()
            .find(|finding| finding.subject == name)
            .map(|finding| finding.found.clone())
            .unwrap_or_default()
    };
    assert_eq!(found("PORT"), "4000 (flag)");
    assert_eq!(found("DATABASE_URL"), "set, not shown (flag)");
    assert_eq!(found("DELIVERY_KEY"), "set, not shown (flag)");
    assert_eq!(found("CACHE_MEGABYTES"), "64 (default)");
    assert_eq!(found("CONTACT"), "not set (default)");
    let whole = format!("{}{:?}", Report::new(listed).json(), asked);
    assert!(!whole.contains("hunter2") && !whole.contains(&key), "{whole}");
}

#[test]
fn settings_that_do_not_fit_are_warned_of() {
    let judged = |line: &str| {
        let serve = doctor(line).serve;
        let found = machine::settings(&serve.site, &serve.database);
        found.into_iter().map(|finding| finding.subject).collect::<Vec<_>>()
    };
    assert_eq!(judged("observatory doctor --contact a@b.example"), Vec::<String>::new());
    assert_eq!(judged("observatory doctor --host 0.0.0.0"), ["public address", "contact"]);
    assert_eq!(
        judged("observatory doctor --public-url https://x.example --contact a@b.example"),
        ["proxies"]
    );
    assert_eq!(
        judged("observatory doctor --database-url postgres://a@b/c --webhooks --contact a@b.example"),
        ["subscriptions"]
    );
}

#[test]
fn a_report_is_a_table_and_ends_with_the_worst() {
    let report = Report::new(vec![
        Finding::warning(Area::Old, "data set", "nothing has been published", "import"),
        Finding::ok(Area::Set, "PORT", "3000 (default)"),
        Finding::error(Area::Reachable, "database", "no answer", "start it"),
    ]);
    assert_eq!(report.status(), Status::Error);
    insta::assert_snapshot!(report, @r"

    What is set
      ok       PORT      3000 (default)

    What is reachable
      error    database  no answer
                         → start it

    What is old
      warning  data set  nothing has been published
                         → import

    1 error, 1 warning
    ");
    assert!(report.json().starts_with("{\n  \"findings\": ["), "{}", report.json());
}
