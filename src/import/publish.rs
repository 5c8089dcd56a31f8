//! Publication: one transaction per revision.

use anyhow::Context;
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgPool, Row};

use super::{
    copy::copy,
    data_set::DataSet,
    outcome::{Change, Checked, Correction, Error, Outcome},
    review::{self, Proposal, Refused, Review},
    rules::check,
    spec::{FILES, LINKS},
    sql::{self, Versions},
    writer_lock::lock_writers,
};

/// Options of a publication.
#[derive(Clone, Debug, Default)]
pub struct PublishOptions {
    /// Note that describes the revision. One that corrects or withdraws rows needs it.
    pub note: Option<String>,
    /// What readers had reported that this revision answers.
    pub reported: Option<String>,
    /// Computes the changes without publishing them.
    pub dry_run: bool,
    /// Who publishes or proposes, as they name themselves.
    pub by: Option<String>,
    /// Step of a reviewed publication. `None` publishes without review.
    pub review: Option<Review>,
}

/// Checks a data set and publishes it as the next revision, unless its content equals that of the latest one.
pub async fn publish(db: &PgPool, data: &DataSet, options: PublishOptions) -> Result<Outcome, Error> {
    let checked = tokio::task::spawn_blocking({
        let data = data.clone();
        move || check(&data)
    })
    .await
    .context("the check was aborted")??;
    let mut connection = db.acquire().await?;
    enable_connection_check(&mut connection).await;
    let mut transaction = connection.begin().await?;
    let outcome = publish_checked(&mut transaction, data, &checked, &options).await;
    match &outcome {
        Ok(Outcome::Published { .. } | Outcome::Proposed { .. }) => {
            transaction.commit().await.context("cannot commit the revision")?
        }
        _ => transaction.rollback().await.context("cannot roll back the import")?,
    }
    outcome
}

/// Makes the server check the client connection, so that a killed import does not block the next one until its longest statement has
/// finished. Not every system supports the check; without it, the next import waits that long.
async fn enable_connection_check(connection: &mut PgConnection) {
    if let Err(error) = sqlx::query("set client_connection_check_interval = '1s'").execute(connection).await {
        tracing::debug!(%error, "the database server does not support client connection checks");
    }
}

async fn publish_checked(
    connection: &mut PgConnection,
    data: &DataSet,
    checked: &Checked,
    options: &PublishOptions,
) -> Result<Outcome, Error> {
    // The connection comes from the pool for pages, which has a statement time-out. The other settings are memory for sorting and for the
    // staging tables.
    sqlx::raw_sql(
        "set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0; \
         set local work_mem = '256MB'; set local temp_buffers = '64MB'",
    )
    .execute(&mut *connection)
    .await?;
    lock_writers(connection).await?;
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
    let mut options = options.clone();
    let proposed = proposed(connection, revision - 1, checked, &options).await?;
    if let Some(proposed) = &proposed {
        options.note = options.note.or_else(|| proposed.note.clone());
        options.reported = options.reported.or_else(|| proposed.reported.clone());
    }
    stage(connection, data, checked).await?;
    let proposes = options.review == Some(Review::Propose);
    let changes = compare(connection, options.dry_run || proposes).await?;
    if options.dry_run {
        return Ok(Outcome::Difference { revision, changes, warnings });
    }
    if options.note.is_none() {
        let corrections = corrections(connection, &changes).await?;
        if !corrections.is_empty() {
            return Err(Error::NoteMissing(corrections));
        }
    }
    if let (true, Some(proposed_by)) = (proposes, options.by.clone()) {
        let proposal = Proposal { proposed_by, note: options.note, reported: options.reported };
        review::record(connection, revision - 1, &checked.content_hash, &proposal).await?;
        return Ok(Outcome::Proposed { revision, changes, warnings });
    }
    let proposed_by = proposed.map(|proposed| proposed.proposed_by);
    let write = write(connection, revision, checked, &options, proposed_by, &changes);
    write.await.context("cannot write the revision")?;
    Ok(Outcome::Published { revision, changes, warnings })
}

/// Returns the proposal that a reviewed publication publishes.
async fn proposed(
    connection: &mut PgConnection,
    after: i32,
    checked: &Checked,
    options: &PublishOptions,
) -> Result<Option<Proposal>, Error> {
    match (options.review, &options.by) {
        (None, _) | (Some(Review::Propose), Some(_)) => Ok(None),
        (Some(_), None) => Err(Refused::Nameless.into()),
        (Some(Review::Publish), Some(by)) => {
            Ok(Some(review::approved(connection, after, &checked.content_hash, by).await??))
        }
    }
}

/// Copies the files into temporary staging tables.
async fn stage(connection: &mut PgConnection, data: &DataSet, checked: &Checked) -> Result<(), Error> {
    for file in &FILES {
        run(connection, sql::stage(file)).await?;
        copy(connection, data, file, checked).await?;
    }
    for link in &LINKS {
        run(connection, sql::stage_link(link)).await?;
    }
    for Versions { table, .. } in sql::versions() {
        run(connection, format!("analyze staged_{table}")).await?;
    }
    Ok(())
}

/// Computes the keys that differ from the current rows, table by table.
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

/// Counts the rows that the difference corrects or withdraws. The ids in a cell belong to its row, so one more of them corrects the row, unless
/// the row itself is new.
async fn corrections(connection: &mut PgConnection, changes: &[Change]) -> Result<Vec<Correction>, Error> {
    let mut corrections = Vec::new();
    for change in changes {
        let correction = match LINKS.iter().find(|link| link.table == change.table) {
            None => Correction { table: change.table, corrected: change.changed, withdrawn: change.removed },
            Some(link) => {
                let corrected = sqlx::query_scalar(AssertSqlSafe(sql::corrected_by_links(link)))
                    .fetch_one(&mut *connection)
                    .await?;
                Correction { table: link.table, corrected, withdrawn: 0 }
            }
        };
        corrections.extend((correction.corrected + correction.withdrawn > 0).then_some(correction));
    }
    Ok(corrections)
}

/// Writes the revision and its new versions, and notifies listeners.
async fn write(
    connection: &mut PgConnection,
    revision: i32,
    checked: &Checked,
    options: &PublishOptions,
    proposed_by: Option<String>,
    changes: &[Change],
) -> anyhow::Result<()> {
    sqlx::query!(
        "insert into revision (number, note, reported, published_by, proposed_by, content_hash) values ($1, $2, $3, $4, $5, $6)",
        revision,
        options.note,
        options.reported,
        options.by,
        proposed_by,
        checked.content_hash,
    )
    .execute(&mut *connection)
    .await?;
    for table in sql::identities() {
        sqlx::query(AssertSqlSafe(sql::add_identities(&table)))
            .bind(revision)
            .execute(&mut *connection)
            .await?;
    }
    for (versions, change) in sql::versions().iter().zip(changes) {
        if !change.is_none() {
            let staged = FILES.iter().position(|file| file.table == versions.table);
            let all = staged.is_some_and(|at| checked.rows[at] as i64 == change.added + change.changed);
            for statement in [versions.close(), versions.open(all)] {
                sqlx::query(AssertSqlSafe(statement)).bind(revision).execute(&mut *connection).await?;
            }
            // The planner needs statistics of a newly filled table before its first reader.
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
