//! What a check or an import prints.

use std::process::ExitCode;

use crate::import::{self, Outcome, Warnings};

/// Prints the outcome of a check or an import. Problems of the data set are the result the user asked for, so they go to standard output;
/// warnings precede them, separated by a blank line.
pub fn print(outcome: Result<Outcome, import::Error>) -> anyhow::Result<ExitCode> {
    let warn = |warnings: &Warnings| {
        if !warnings.is_empty() {
            println!("{warnings}\n");
        }
    };
    match outcome {
        Ok(outcome) => {
            warn(outcome.warnings());
            println!("{outcome}");
            Ok(ExitCode::SUCCESS)
        }
        Err(import::Error::Refused(problems)) => {
            warn(&problems.warnings);
            println!("{problems}");
            Ok(ExitCode::FAILURE)
        }
        Err(refused @ (import::Error::NoteMissing(_) | import::Error::Unapproved(_))) => {
            println!("{refused}");
            Ok(ExitCode::FAILURE)
        }
        Err(import::Error::Failed(error)) => Err(error),
    }
}
