//! placeholder until merged
pub mod read;
pub fn pool() -> Result<sqlx::PgPool, crate::error::AppError> {
    leptos::prelude::use_context::<sqlx::PgPool>().ok_or(crate::error::AppError::Unavailable)
}
