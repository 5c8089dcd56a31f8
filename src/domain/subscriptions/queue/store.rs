//! SQL statements of the worker that delivers. They need a role that may read addresses.

use chrono::{DateTime, Utc};
use sqlx::{PgExecutor, PgPool, PgTransaction};

use super::{Due, DueReport, retry_delay};
use crate::domain::subscriptions::model::{Channel, DigestInterval, FollowedPage, Stage};

/// Locks the subscription that has been due for longest: one to be verified, or one that has not been told of revision `latest`. `None` if
/// there is none that nobody else works on.
pub async fn claim(transaction: &mut PgTransaction<'_>, latest: i32) -> sqlx::Result<Option<Due>> {
    let row = sqlx::query!(
        r#"
            select id::text as "id!", channel, state, locale, topic, digest, target, delivered, failures
            from delivery.subscription
            where due_at <= clock_timestamp()
              and (state in ('requested', 'leaving') or (state = 'active' and delivered < $1))
            order by due_at
            limit 1
            for update skip locked
        "#,
        latest
    )
    .fetch_optional(&mut **transaction)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let wrong = |column: &str| sqlx::Error::Decode(format!("delivery.subscription.{column}").into());
    let interval = match row.digest {
        Some(word) => Some(DigestInterval::try_from(word).map_err(|_| wrong("digest"))?),
        None => None,
    };
    Ok(Some(Due {
        id: row.id,
        channel: Channel::try_from(row.channel).map_err(|_| wrong("channel"))?,
        stage: Stage::try_from(row.state).map_err(|_| wrong("state"))?,
        page: FollowedPage { locale: row.locale.parse().map_err(|()| wrong("locale"))?, page: row.topic },
        interval,
        target: row.target,
        delivered: row.delivered,
        failures: row.failures,
    }))
}

/// Records that a confirmation was sent.
pub async fn asked(db: impl PgExecutor<'_>, id: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "update delivery.subscription set state = 'asked', failures = 0 where id = $1::text::uuid",
        id
    )
    .execute(db)
    .await
    .map(drop)
}

/// Activates a verified callback. It replaces an earlier subscription of the same address to the same topic, and goes on where that was.
pub async fn activate(
    db: impl PgExecutor<'_>,
    id: &str,
    lease_until: Option<DateTime<Utc>>,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
            with verified as (
                select * from delivery.subscription where id = $1::text::uuid
            ), replaced as (
                delete from delivery.subscription s using verified v
                where s.channel = v.channel and s.target_key = v.target_key and s.topic = v.topic and s.locale = v.locale
                  and s.state = 'active' and s.id <> v.id
                returning s.delivered
            )
            update delivery.subscription
            set state = 'active', failures = 0, lease_until = $2,
                delivered = coalesce((select min(delivered) from replaced), delivered)
            where id = $1::text::uuid
        "#,
        id,
        lease_until
    )
    .execute(db)
    .await
    .map(drop)
}

/// Ends a subscription on the verified request of its subscriber, and removes the request.
pub async fn end(db: impl PgExecutor<'_>, id: &str) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
            delete from delivery.subscription s using delivery.subscription v
            where v.id = $1::text::uuid and s.channel = v.channel and s.target_key = v.target_key and s.topic = v.topic
              and s.locale = v.locale
        "#,
        id
    )
    .execute(db)
    .await
    .map(drop)
}

/// Records that the subscriber has been told of a revision. The next delivery is not before `due_at`.
pub async fn delivered(
    db: impl PgExecutor<'_>,
    id: &str,
    revision: i32,
    due_at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update delivery.subscription set delivered = $2, due_at = $3, failures = 0 where id = $1::text::uuid",
        id,
        revision,
        due_at
    )
    .execute(db)
    .await
    .map(drop)
}

/// Removes a subscription or request, with its address.
pub async fn remove(db: impl PgExecutor<'_>, id: &str) -> sqlx::Result<()> {
    sqlx::query!("delete from delivery.subscription where id = $1::text::uuid", id)
        .execute(db)
        .await
        .map(drop)
}

/// Records a failed attempt: the next one waits twice as long, and after too many the row is removed. Returns whether it was.
pub async fn failed(db: impl PgExecutor<'_>, due: &Due) -> sqlx::Result<bool> {
    if due.failures + 1 >= due.max_failures() {
        remove(db, &due.id).await?;
        return Ok(true);
    }
    let seconds = due.retry_delay().as_secs_f64();
    sqlx::query!(
        "update delivery.subscription
         set failures = failures + 1, due_at = clock_timestamp() + make_interval(secs => $2)
         where id = $1::text::uuid",
        due.id,
        seconds
    )
    .execute(db)
    .await?;
    Ok(false)
}

/// Removes what nobody confirmed in two days, and leases that have run out. Returns the number of rows.
pub async fn expire(db: &PgPool) -> sqlx::Result<u64> {
    let removed = sqlx::query!(
        "delete from delivery.subscription
         where (state <> 'active' and created_at < clock_timestamp() - interval '2 days') or lease_until < clock_timestamp()"
    )
    .execute(db)
    .await?;
    Ok(removed.rows_affected())
}

/// Locks the oldest report that is due.
pub async fn claim_report(transaction: &mut PgTransaction<'_>) -> sqlx::Result<Option<DueReport>> {
    sqlx::query_as!(
        DueReport,
        r#"
            select id::text as "id!", message, failures
            from delivery.report
            where due_at <= clock_timestamp()
            order by due_at
            limit 1
            for update skip locked
        "#
    )
    .fetch_optional(&mut **transaction)
    .await
}

/// Removes a report that has been sent.
pub async fn remove_report(db: impl PgExecutor<'_>, id: &str) -> sqlx::Result<()> {
    sqlx::query!("delete from delivery.report where id = $1::text::uuid", id).execute(db).await.map(drop)
}

/// Records a failed attempt to send a report. Reports are never given up.
pub async fn report_failed(db: impl PgExecutor<'_>, report: &DueReport) -> sqlx::Result<()> {
    sqlx::query!(
        "update delivery.report
         set failures = failures + 1, due_at = clock_timestamp() + make_interval(secs => $2)
         where id = $1::text::uuid",
        report.id,
        retry_delay(report.failures).as_secs_f64()
    )
    .execute(db)
    .await
    .map(drop)
}
