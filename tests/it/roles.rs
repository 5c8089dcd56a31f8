//! The server's own role and connections: it reads and publishes, can do nothing else to what was published, and waits for nothing long.

use observatory::{
    error::AppError,
    import::{self, DataSet, Outcome},
};
use sqlx::{
    Executor, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::support::{self, program::run};

/// The address of the test's database as a role, as the command line takes it.
pub fn address(options: &PgConnectOptions, role: &str) -> String {
    let place = match options.get_socket() {
        Some(socket) => format!("localhost/{}?host={}", options.get_database().unwrap(), socket.display()),
        None => format!("{}:{}/{}", options.get_host(), options.get_port(), options.get_database().unwrap()),
    };
    format!("postgres://{role}@{place}")
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn the_servers_role_reads_and_publishes_and_no_more(db: PgPool) {
    let options = (*db.connect_options()).clone();
    let role = format!("reader_{}", std::process::id());
    db.execute(sqlx::AssertSqlSafe(format!("create role {role} login"))).await.unwrap();
    let owner = address(&options, options.get_username());
    let granted = run(&["migrate", "--grant", &role, "--database-url", &owner]);
    assert!(granted.status.success(), "{granted:?}");
    // A second time changes nothing and is no error.
    assert!(run(&["migrate", "--grant", &role, "--database-url", &owner]).status.success());

    // With the role, the schema is found to be up to date without touching it.
    let as_role = address(&options, &role);
    let own = run(&["migrate", "--database-url", &as_role]);
    assert!(own.status.success(), "{own:?}");
    let pool = PgPoolOptions::new().connect_with(options.username(&role)).await.unwrap();
    let data = DataSet::open(&support::shipped()).unwrap();
    let outcome = import::publish(&pool, &data, crate::support::noted()).await.unwrap();
    assert!(matches!(outcome, Outcome::Published { revision: 1, .. }), "{outcome}");
    // Rows without words are not the role's to mend, and no reason not to start; the owner mends them.
    let without_words = async || -> i64 {
        sqlx::query_scalar("select count(*) from event where search is null").fetch_one(&db).await.unwrap()
    };
    db.execute("update event set search = null").await.unwrap();
    assert!(run(&["migrate", "--database-url", &as_role]).status.success());
    assert!(without_words().await > 0);
    assert!(run(&["migrate", "--database-url", &owner]).status.success());
    assert_eq!(without_words().await, 0);
    let site = support::empty_site(&pool).await;
    for path in ["/en", "/zh/explore", "/en/programs/data.csv", "/api/v1/programs", "/en/data"] {
        assert_eq!(crate::pages::send(&site, path).await.status(), 200, "{path}");
    }
    for forbidden in [
        "delete from observation",
        "truncate observation",
        "drop table observation",
        "alter table observation add column other int",
        "create table other (id int)",
        "update _sqlx_migrations set success = false",
        "create role other superuser",
        "copy observation to program 'cat'",
        "update observation set value = 0",
        "update program set name_en = 'x', valid = valid",
        "update identity.series set entity = entity",
        "update rollup.series set valid = valid",
        "select rollup.refresh(1)",
        "set role postgres",
        "select * from delivery.subscription",
        "select count(*) from delivery.report",
        "update delivery.subscription set state = 'active'",
        "delete from delivery.subscription",
        "insert into delivery.report (message, network_key) values ('', '')",
    ] {
        let refused = pool.execute(forbidden).await.unwrap_err();
        let code =
            refused.as_database_error().and_then(|error| error.code()).unwrap_or_default().into_owned();
        assert_eq!(code, "42501", "{forbidden}: {refused}");
    }
    // Nothing of this role runs with the owner's rights: neither a table nor a function in the way of the rollup.
    let mut connection = pool.acquire().await.unwrap();
    for statement in [
        "create function pg_temp.caught() returns text language plpgsql as \
         $$ begin raise exception 'ran as %', current_user; end $$",
        "create temp view observation as select o.*, pg_temp.caught() as caught from public.observation o",
        "create temp view revision as select r.*, pg_temp.caught() as caught from public.revision r",
        "create function pg_temp.count(text) returns bigint language sql as $$ select pg_temp.caught()::bigint $$",
        "begin",
        "insert into public.revision (number, content_hash) values (2, repeat('0', 64))",
        "commit",
    ] {
        connection.execute(statement).await.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
    drop(connection);
    drop(site);
    pool.close().await;
    db.execute(sqlx::AssertSqlSafe(format!("drop owned by {role}; drop role {role}"))).await.unwrap();
}

#[sqlx::test]
async fn a_response_that_takes_too_long_is_503_with_retry_after(db: PgPool) {
    let hasty = (*db.connect_options()).clone().options([("statement_timeout", "50ms")]);
    let pool = PgPoolOptions::new().connect_with(hasty).await.unwrap();
    let error = sqlx::query("select pg_sleep(10)").execute(&pool).await.unwrap_err();
    assert_eq!(AppError::from(error).as_seen(), &AppError::Busy);
}
