//! Configuration from the command line and the environment.
//!
//! Promises: a flag takes precedence over its environment variable; `--help` describes every flag; an invalid value is reported in one
//! line. After parsing, nothing else reads the environment.

mod commands;
mod database;
mod delivery;
mod log;
mod message;
mod settings;
mod site;
mod values;

use std::ffi::OsString;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, error::ErrorKind};

pub use self::{
    commands::{
        Backup, Check, Doctor, Export, Import, Mcp, Migrate, Restore, Review, Sample, Serve, Verify, Workbook,
    },
    database::{Database, DatabaseUrl},
    delivery::{Delivery, HubChoice, Secret},
    log::{Log, LogFormat},
    settings::{Origin, Setting},
    site::{Preview, SiteConfig},
};

/// The command line as clap parses it.
#[derive(Debug, Parser)]
#[command(
    name = "observatory",
    version,
    about = "The Micro-Drama Observatory: serves the site, and publishes its data set",
    after_help = "Without a command, the site is served. Each flag can also be set by the environment variable named beside it.",
    args_conflicts_with_subcommands = true
)]
struct CommandLine {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: Serve,
}

/// A subcommand of the program.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the site (the default)
    Serve(Box<Serve>),
    /// Run pending database migrations; the other commands do so too if their role has the privileges
    Migrate(Migrate),
    /// Validate a data set and publish it as one revision
    Import(Import),
    /// Record a data set as proposed, for another person to publish
    Propose(Review),
    /// Publish a data set that another person has proposed
    Publish(Review),
    /// Validate a data set and list its problems; needs no database
    Check(Check),
    /// Write a data set as an Excel workbook for editors, which check and import read like a folder; needs no database
    Workbook(Workbook),
    /// Write a published revision as a data set that the import command can read
    Export(Export),
    /// Serve AI assistants on standard input and output, by the Model Context Protocol
    Mcp(Mcp),
    /// Write a backup of the database to a file, and check it
    Backup(Backup),
    /// Restore a backup into an empty database, and check what is in it
    Restore(Restore),
    /// Recompute the hash of every revision from its rows, in the database or in a backup
    Verify(Verify),
    /// Examine this installation: what is set, reachable, old and missing, and what to do about it
    Doctor(Box<Doctor>),
    /// Write a large data set with the structure of a real one, for benchmarks; needs no database
    Sample(Sample),
}

/// Reason why there is no command to run.
#[derive(Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Help or version was requested: print this text and exit with code 0.
    Answer(String),
    /// The command line is invalid: print this line and exit with code 2.
    Wrong(String),
}

/// Parses the command line, falling back to environment variables.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, Refusal> {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let read = |arguments: &[OsString]| {
        let mut command = CommandLine::command();
        let matches = command.try_get_matches_from_mut(arguments)?;
        let mut line = CommandLine::from_arg_matches(&matches)?;
        if let (Some(Command::Doctor(doctor)), Some((name, given))) =
            (&mut line.command, matches.subcommand())
            && let Some(declared) = command.find_subcommand(name)
        {
            doctor.settings = settings::of(declared, given);
        }
        Ok::<_, clap::Error>(line)
    };
    match read(&arguments) {
        Ok(CommandLine { command: Some(command), .. }) => Ok(command),
        Ok(CommandLine { command: None, serve }) => Ok(Command::Serve(Box::new(serve))),
        Err(error) => Err(match error.kind() {
            ErrorKind::DisplayHelp
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
            | ErrorKind::DisplayVersion => Refusal::Answer(error.render().to_string()),
            _ => Refusal::Wrong(message::one_line(&error, &arguments, &CommandLine::command())),
        }),
    }
}

#[cfg(test)]
mod tests;
