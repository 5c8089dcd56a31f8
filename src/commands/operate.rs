//! Commands for operators: examine, back up, restore, verify.

use std::process::ExitCode;

use crate::{config, server};

/// Prints what is set, reachable, old and missing.
pub async fn examine(asked: &config::Doctor) -> anyhow::Result<ExitCode> {
    let report = server::doctor::examine(asked).await;
    match asked.json {
        true => println!("{}", report.json()),
        false => println!("{report}"),
    }
    Ok(if report.status() == server::doctor::Status::Error { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
