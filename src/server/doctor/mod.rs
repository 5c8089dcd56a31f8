//! Examination of an installation for its operator: what is set, reachable, old and missing, each with what to do.
//!
//! Promises: nothing is started, written or sent, apart from nameless temporary files and greetings to servers; no secret is shown;
//! every wait is bounded.

mod database;
mod machine;
mod report;
mod services;

use std::time::Duration;

use crate::{config, import::DataSet};
pub use report::{Area, Finding, Report, Status};

/// Time-out of each connection.
const TIMEOUT: Duration = Duration::from_secs(5);

/// Examines the installation that these settings describe. `shipped` is the data set of its folder, opened as a server opens it: before it
/// leaves root.
pub async fn examine(config: &config::Doctor, shipped: anyhow::Result<DataSet>) -> Report {
    let serve = &config.serve;
    let mut findings = settings(&config.settings);
    findings.extend(machine::settings(&serve.site, &serve.database));
    findings.extend(database::examine(&serve.database).await);
    findings.extend(services::examine(&serve.site).await);
    findings.extend(machine::examine(serve, shipped));
    Report::new(findings)
}

/// Lists the settings; secrets are named, not shown.
fn settings(settings: &[config::Setting]) -> Vec<Finding> {
    let listed = settings.iter().map(|setting| {
        let is_set = setting.origin != config::Origin::Default;
        let value = match (&setting.value, is_set) {
            (_, true) if setting.secret => "set, not shown",
            (Some(value), _) if !value.is_empty() => value,
            _ => "not set",
        };
        Finding::ok(Area::Set, &setting.name, format!("{value} ({})", setting.origin.name()))
    });
    listed.collect()
}

#[cfg(test)]
mod tests;
