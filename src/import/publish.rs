//! One transaction, one revision.

use anyhow::Context;
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgPool, Row};

use super::{
    copy::copy,
    data_set::DataSet,
    outcome::{Change, Checked, Error, Outcome},
    rules::check,
    spec::{FILES, LINKS},
    sql::{self, Versions},
};

/// Two imports take turns; any other number would do, if no other program of the database uses it.
const TURN: i64 = 7_203_811_524;

/// How to publish.
#[derive(Clone, Debug, Default)]
pub struct PublishOptions {
    /// What the revision is about.
    pub note: Option<String>,
    /// Find out what would change, and change nothing.
    pub dry_run: bool,
}

/// Waits until no other process writes, until the transaction ends.
pub(super) async fn take_turn(connection: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query("select pg_advisory_xact_lock($1)").bind(TURN).execute(connection).await.map(drop)
}

/// Checks a data set and publishes it as the next revision, unless it is the same as the newest.
pub async fn publish(db: &PgPool, data: &DataSet, options: PublishOptions) -> Result<Outcome, Error> {
    let checked = tokio::task::spawn_blocking({
        let data = data.clone();
        move || check(&data)
    })
    .await
    .context("the check broke off")??;
    let mut connection = db.acquire().await?;
    notice_when_we_are_gone(&mut connection).await;
    let mut transaction = connection.begin().await?;
    let outcome = publish_checked(&mut transaction, data, &checked, &options).await;
    match &outcome {
        Ok(Outcome::Published { .. }) => {
            transaction.commit().await.context("the revision was not committed")?
        }
        _ => transaction.rollback().await.context("the import was not undone properly")?,
    }
    outcome
}

/// An import that is killed must not keep the next one waiting until its longest statement is done. Not every
/// system can watch a connection; then that is how long it takes.
async fn notice_when_we_are_gone(connection: &mut PgConnection) {
    if let Err(error) = sqlx::query("set client_connection_check_interval = '1s'").execute(connection).await {
        tracing::debug!(%error, "the database does not watch connections");
    }
}

async fn publish_checked(
    connection: &mut PgConnection,
    data: &DataSet,
    checked: &Checked,
    options: &PublishOptions,
) -> Result<Outcome, Error> {
    // A pool for pages has a limit on statements. The rest is memory for sorting and for the staging tables.
    sqlx::raw_sql(
        "set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0; \
         set local work_mem = '256MB'; set local temp_buffers = '64MB'",
    )
    .execute(&mut *connection)
    .await?;
    take_turn(connection).await?;
    let newest = sqlx::query!("select number, content_hash from revision order by number desc limit 1")
        .fetch_optional(&mut *connection)
        .await?;
    let warnings = checked.warnings.clone();
    if let Some(newest) = &newest
        && newest.content_hash == checked.content_hash
    {
        return Ok(Outcome::Unchanged { revision: newest.number, warnings });
    }
    let revision = newest.map_or(1, |newest| newest.number + 1);
    stage(connection, data, checked).await?;
    let changes = compare(connection, options.dry_run).await?;
    if options.dry_run {
        return Ok(Outcome::Difference { revision, changes, warnings });
    }
    write(connection, revision, checked, options, &changes)
        .await
        .context("the revision was not published")?;
    Ok(Outcome::Published { revision, changes, warnings })
}

/// Brings the files into temporary tables.
async fn stage(connection: &mut PgConnection, data: &DataSet, checked: &Checked) -> Result<(), Error> {
    for file in &FILES {
        run(connection, sql::stage(file)).await?;
        copy(connection, data, file, checked).await?;
    }
    for link in LINKS {
        run(connection, sql::stage_link(link)).await?;
    }
    for Versions { table, .. } in sql::versions() {
        run(connection, format!("analyze staged_{table}")).await?;
    }
    Ok(())
}

/// Finds the keys that differ from what holds now, table by table.
async fn compare(connection: &mut PgConnection, with_examples: bool) -> Result<Vec<Change>, Error> {
    let mut changes = Vec::new();
    for versions in sql::versions() {
        run(connection, versions.difference()).await?;
        let counts = sqlx::query(AssertSqlSafe(versions.count())).fetch_one(&mut *connection).await?;
        let examples = match with_examples {
            true => {
                sqlx::query_scalar(AssertSqlSafe(versions.examples())).fetch_all(&mut *connection).await?
            }
            false => Vec::new(),
        };
        changes.push(Change {
            table: versions.table,
            added: counts.try_get("added")?,
            changed: counts.try_get("changed")?,
            removed: counts.try_get("removed")?,
            examples,
        });
    }
    Ok(changes)
}

/// Writes the revision and everything that is new in it, and tells whoever listens.
async fn write(
    connection: &mut PgConnection,
    revision: i32,
    checked: &Checked,
    options: &PublishOptions,
    changes: &[Change],
) -> anyhow::Result<()> {
    sqlx::query!(
        "insert into revision (number, note, content_hash) values ($1, $2, $3)",
        revision,
        options.note,
        checked.content_hash,
    )
    .execute(&mut *connection)
    .await?;
    for names in sql::names() {
        sqlx::query(AssertSqlSafe(sql::learn(&names))).bind(revision).execute(&mut *connection).await?;
    }
    for (versions, change) in sql::versions().iter().zip(changes) {
        if !change.is_none() {
            let staged = FILES.iter().position(|file| file.table == versions.table);
            let all = staged.is_some_and(|at| checked.rows[at] as i64 == change.added + change.changed);
            for statement in [versions.close(), versions.open(all)] {
                sqlx::query(AssertSqlSafe(statement)).bind(revision).execute(&mut *connection).await?;
            }
            // The planner should know a table that has just been filled before its first reader comes.
            run(connection, format!("analyze {}", versions.table)).await?;
        }
        sqlx::query!(
            "insert into revision_change (revision, table_name, added, changed, removed) values ($1, $2, $3, $4, $5)",
            revision,
            change.table,
            i32::try_from(change.added)?,
            i32::try_from(change.changed)?,
            i32::try_from(change.removed)?,
        )
        .execute(&mut *connection)
        .await?;
    }
    sqlx::query!("select pg_notify('revision', $1)", revision.to_string()).execute(&mut *connection).await?;
    Ok(())
}

async fn run(connection: &mut PgConnection, statement: String) -> sqlx::Result<()> {
    sqlx::query(AssertSqlSafe(statement)).execute(connection).await.map(drop)
}
