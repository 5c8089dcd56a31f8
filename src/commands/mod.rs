//! The commands of the `observatory` program: serve, migrate, import, propose, publish, check, workbook, export, mcp, backup, restore, verify, doctor, sample.

mod database;
mod files;
mod operate;
mod outcome;
mod process;
mod publish;
mod serve;

use std::{ffi::OsString, process::ExitCode};

use self::process::{init_log, leave_root, one_line, runtime};
use crate::{
    config::{self, Command, Refusal},
    import::{self, DataSet},
    outputs::dataset,
    server::{self, privileges},
};

/// Runs the command that a command line asks for. What is wrong with the command line or with the command goes to standard error as one
/// line. Exit code 2 says that the command line was wrong.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    match config::parse(args) {
        Ok(command) => carry_out(command).unwrap_or_else(|error| {
            eprintln!("observatory: {}", one_line(&error));
            ExitCode::FAILURE
        }),
        Err(Refusal::Answer(text)) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(Refusal::Wrong(line)) => {
            eprintln!("observatory: {line}");
            ExitCode::from(2)
        }
    }
}

/// Carries out a command, and returns the exit code.
fn carry_out(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve(mut serve) => {
            init_log(&serve.log);
            let shipped = DataSet::open(&serve.data);
            let program = server::program_id()?;
            leave_root(&mut serve.database)?;
            runtime()?.block_on(serve::site(*serve, shipped, &program))
        }
        Command::Migrate(mut migrate) => {
            init_log(&migrate.log);
            leave_root(&mut migrate.database)?;
            runtime()?.block_on(database::migrate(migrate))
        }
        Command::Import(mut import) => {
            init_log(&import.log);
            let data = DataSet::open(&import.data)?;
            let program = server::program_id()?;
            leave_root(&mut import.database)?;
            runtime()?.block_on(publish::import(import, data, &program))
        }
        Command::Propose(asked) => publish::reviewed(asked, import::Review::Propose),
        Command::Publish(asked) => publish::reviewed(asked, import::Review::Publish),
        Command::Check(asked) => files::check(&asked),
        Command::Workbook(asked) => files::write_workbook(&asked),
        Command::Export(mut export) => {
            init_log(&export.log);
            export.folder = dataset::package::prepare(&export.folder)?;
            privileges::hand_over(&export.folder)?;
            leave_root(&mut export.database)?;
            runtime()?.block_on(database::export(export))
        }
        Command::Mcp(mut mcp) => {
            init_log(&mcp.log);
            leave_root(&mut mcp.database)?;
            runtime()?.block_on(database::serve_assistant(mcp))
        }
        Command::Backup(mut asked) => {
            init_log(&asked.log);
            leave_root(&mut asked.database)?;
            runtime()?.block_on(operate::write_backup(asked))
        }
        Command::Restore(mut asked) => {
            init_log(&asked.log);
            leave_root(&mut asked.database)?;
            runtime()?.block_on(operate::restore(asked))
        }
        Command::Verify(mut asked) => {
            init_log(&asked.log);
            leave_root(&mut asked.database)?;
            runtime()?.block_on(operate::verify(asked))
        }
        Command::Doctor(mut doctor) => {
            init_log(&doctor.serve.log);
            let shipped = DataSet::open(&doctor.serve.data);
            leave_root(&mut doctor.serve.database)?;
            runtime()?.block_on(operate::examine(&doctor, shipped))
        }
        Command::Sample(sample) => files::write_sample(&sample),
    }
}
