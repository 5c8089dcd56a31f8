//! Commands for operators: examine, back up, restore, verify.

use std::process::ExitCode;

use super::process::stop_signal;
use crate::{
    config,
    db::{Database, dump::Contents},
    import::DataSet,
    outputs::backup,
    server,
};

/// Prints what is set, reachable, old and missing.
pub(super) async fn examine(
    asked: &config::Doctor,
    shipped: anyhow::Result<DataSet>,
) -> anyhow::Result<ExitCode> {
    let report = server::doctor::examine(asked, shipped).await;
    match asked.json {
        true => println!("{}", report.json()),
        false => println!("{report}"),
    }
    Ok(if report.status() == server::doctor::Status::Error { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Writes a backup, and says what is in it and what is not.
pub(super) async fn write_backup(asked: config::Backup) -> anyhow::Result<ExitCode> {
    let stop = stop_signal()?;
    let contents = match asked.with_subscribers {
        true => Contents::Everything,
        false => Contents::WithoutSubscribers,
    };
    let database = Database::open_or_join(&asked.database).await?;
    let written = backup::write(&database, &asked.file, contents, !asked.unchecked, stop).await;
    let written = written.map_err(|error| database.explain(error));
    database.close().await;
    match written? {
        Some(found) => println!("{}", found.lines().join("\n")),
        None => println!("not checked; `observatory verify FILE` does it"),
    }
    println!("wrote {}", asked.file.display());
    println!(
        "{}",
        match contents {
            Contents::Everything => "subscriptions are in it, sealed: keep DELIVERY_KEY elsewhere",
            Contents::WithoutSubscribers => {
                "subscriptions and reports of readers are not in it (--with-subscribers)"
            }
        }
    );
    Ok(ExitCode::SUCCESS)
}

/// Restores a backup, and says whether its revisions have their hashes.
pub(super) async fn restore(asked: config::Restore) -> anyhow::Result<ExitCode> {
    let stop = stop_signal()?;
    let database = Database::open_or_join(&asked.database).await?;
    let restored = backup::restore(&database, &asked.file, asked.replace, stop).await;
    let restored = restored.map_err(|error| database.explain(error));
    database.close().await;
    Ok(print_verified(&restored?))
}

/// Verifies the database or a backup.
pub(super) async fn verify(asked: config::Verify) -> anyhow::Result<ExitCode> {
    let stop = stop_signal()?;
    if let Some(file) = &asked.file {
        return Ok(print_verified(&backup::verify_file(file, stop).await?));
    }
    let database = Database::open_or_join(&asked.database).await?;
    let found = backup::verify(&database, asked.against.as_deref(), stop).await;
    let found = found.map_err(|error| database.explain(error));
    database.close().await;
    let found = found?;
    let code = print_verified(&found);
    if !found.altered.is_empty() && asked.against.is_none() {
        println!("`observatory verify --against BACKUP` names the rows");
    }
    Ok(code)
}

fn print_verified(found: &backup::Verified) -> ExitCode {
    println!("{}", found.lines().join("\n"));
    if found.is_sound() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
