//! The examination of an installation, on real databases.

use serde_json::Value;
use sqlx::{AssertSqlSafe, Executor, PgPool};

use crate::{
    roles::address,
    support::{
        self, built_site,
        program::{State, free_address, run, stdout},
    },
};

/// Runs the examination; returns its exit code and its findings by subject: status and what was found.
fn examined(arguments: &[&str]) -> (i32, Vec<(String, String, String)>) {
    let site = tempfile::tempdir().unwrap();
    let site = format!("--site-root={}", built_site(site.path()).display());
    let data = format!("--data={}", support::shipped().display());
    let output = run(&[&["doctor", "--json", &site, &data], arguments].concat());
    let report: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let text = |finding: &Value, name: &str| finding[name].as_str().unwrap().to_owned();
    let findings = report["findings"].as_array().unwrap().iter();
    let findings = findings.map(|one| {
        assert_eq!(one["advice"].is_null(), one["status"] == "ok", "{one}");
        (text(one, "subject"), text(one, "status"), text(one, "found"))
    });
    (output.status.code().unwrap(), findings.collect())
}

fn status(findings: &[(String, String, String)], subject: &str) -> String {
    let found = findings.iter().find(|(name, ..)| name == subject);
    found.map_or_else(|| panic!("{subject}: {findings:?}"), |(_, status, _)| status.clone())
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_sound_installation_and_each_fault_of_its_database(db: PgPool) {
    support::published(&db).await;
    let options = (*db.connect_options()).clone();
    let role = format!("doctor_{}", std::process::id());
    db.execute(AssertSqlSafe(format!("create role {role} login"))).await.unwrap();
    let owner = address(&options, options.get_username());
    let url = address(&options, &role);

    let (code, found) = examined(&["--database-url", &url]);
    assert_eq!((code, status(&found, "role")), (1, "error".to_owned()), "without rights: {found:?}");
    assert!(run(&["migrate", "--grant", &role, "--database-url", &owner]).status.success());
    let (code, found) = examined(&["--database-url", &url, "--replica-urls", &url]);
    assert_eq!(code, 0, "{found:?}");
    for subject in [
        "database",
        "Postgres",
        "role",
        "writes",
        "migrations",
        "clock",
        "replica 1",
        "site files",
        "data folder",
    ] {
        assert_eq!(status(&found, subject), "ok", "{subject}: {found:?}");
    }
    let newest = found.iter().find(|(subject, ..)| subject == "data set").unwrap();
    assert!(newest.2.starts_with("revision 1 of "), "{newest:?}");
    assert!(found.iter().any(|(subject, ..)| subject == "oldest confirmation"), "{found:?}");
    assert!(!format!("{found:?}").contains("postgres://"), "{found:?}");

    // The owner may do too much.
    let (code, found) = examined(&["--database-url", &owner]);
    assert_eq!((code, status(&found, "role")), (0, "warning".to_owned()));
    // A replica that is gone, a delivery role without rights.
    let (host, port) = {
        let free = free_address();
        (free.ip(), free.port())
    };
    let gone = format!("postgres://a@{host}:{port}/b");
    let key = "ab".repeat(32);
    let (code, found) = examined(&[
        "--database-url",
        &url,
        "--replica-urls",
        &gone,
        "--delivery-database-url",
        &url,
        "--delivery-key",
        &key,
        "--smtp-url",
        &format!("smtp://user:hunter2@{host}:{port}"),
        "--public-url",
        "http://x.example",
        "--websub-hub",
        &format!("http://{host}:{port}/"),
    ]);
    assert_eq!(code, 1);
    for subject in ["replica 1", "deliveries", "mail server", "hub"] {
        assert_eq!(status(&found, subject), "error", "{found:?}");
    }
    assert!(!format!("{found:?}").contains("hunter2"), "{found:?}");
    // A schema that is behind, ahead, or of another program.
    for (statement, expected) in [
        ("insert into _sqlx_migrations values (9999, 'x', now(), true, '\\x00', 0)", "warning"),
        ("update _sqlx_migrations set checksum = '\\x00' where version = 3", "error"),
        ("delete from _sqlx_migrations where version in (3, 17)", "error"),
    ] {
        db.execute(statement).await.unwrap();
        let (_, found) = examined(&["--database-url", &url]);
        assert_eq!(status(&found, "migrations"), expected, "{statement}: {found:?}");
    }
}

#[sqlx::test(migrations = false)]
async fn an_empty_database_is_no_error_and_a_missing_one_is(db: PgPool) {
    let options = (*db.connect_options()).clone();
    let url = address(&options, options.get_username());
    let (code, found) = examined(&["--database-url", &url]);
    assert_eq!((code, status(&found, "migrations")), (0, "warning".to_owned()), "{found:?}");
    let nowhere = address(&options.database("nothing_here"), db.connect_options().get_username());
    let (code, found) = examined(&["--database-url", &nowhere]);
    assert_eq!((code, status(&found, "database")), (1, "error".to_owned()), "{found:?}");
}

#[test]
fn without_a_database_the_private_one_is_looked_for_and_not_started() {
    let state = State::new();
    let output = run(&["doctor", &state.flag(), "--site-root=/nowhere", "--data=/nowhere"]);
    assert_eq!(output.status.code(), Some(1));
    let said = stdout(&output);
    for part in ["not running", "no built site in /nowhere", "./run --build", "What is missing"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!state.cluster().join("data").exists(), "nothing is started");
}
