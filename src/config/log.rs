//! Settings of the log.

use clap::{Args, ValueEnum};
use tracing_subscriber::EnvFilter;

/// Settings of the log, which goes to standard error.
#[derive(Clone, Debug, Args)]
pub struct Log {
    /// Format of log lines
    #[arg(long, env = "LOG_FORMAT", value_name = "FORMAT", default_value = "plain")]
    pub log_format: LogFormat,
    /// Filter for log lines, such as warn or observatory=debug
    #[arg(long, env = "RUST_LOG", value_name = "FILTER", default_value = "info,sqlx=warn", value_parser = log_filter)]
    pub log: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// One line of plain text each
    Plain,
    /// One JSON object each
    Json,
}

fn log_filter(text: &str) -> Result<String, String> {
    match EnvFilter::try_new(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err("not a filter such as info or observatory=debug,sqlx=warn".to_owned()),
    }
}
