pub struct Revision {
    pub number: i32,
    pub published_at: chrono::DateTime<chrono::Utc>,
}
pub async fn latest(db: &sqlx::PgPool) -> sqlx::Result<Option<Revision>> {
    sqlx::query_as!(Revision, "select number, published_at from revision order by number desc limit 1")
        .fetch_optional(db)
        .await
}
pub async fn current(db: &sqlx::PgPool) -> Result<i32, crate::error::AppError> {
    Ok(latest(db).await?.ok_or(crate::error::AppError::Unavailable)?.number)
}
/// How many observations and sources a revision has.
pub async fn size(db: &sqlx::PgPool, revision: i32) -> sqlx::Result<(i64, i64)> {
    let row = sqlx::query!(r#"select (select count(*) from observation where valid @> $1::int) as "figures!", (select count(*) from source where valid @> $1) as "sources!""#, revision).fetch_one(db).await?;
    Ok((row.figures, row.sources))
}
