//! Commands that read and write files only: check, workbook, sample.

use std::process::ExitCode;

use super::outcome;
use crate::{
    config::{Check, Sample, Workbook},
    import::{
        self, DataSet, Outcome,
        sample::{Plan, SampleSizes},
    },
    outputs::dataset,
};

/// Exit code of a strict check that found warnings only.
const WARNINGS_ONLY: u8 = 3;

/// Checks a data set, and writes what was found into the files asked for.
pub(super) fn check(asked: &Check) -> anyhow::Result<ExitCode> {
    let data = DataSet::open(&asked.data)?;
    if !asked.report.is_empty() {
        let complete = import::check_listing(&data, import::REPORTED);
        import::report::write(&data, &complete, &asked.report)?;
    }
    let checked = import::check(&data);
    let has_warnings = checked.as_ref().is_ok_and(|checked| !checked.warnings.is_empty());
    let code = outcome::print(checked.map(Outcome::Checked))?;
    for report in &asked.report {
        println!("wrote {}", report.display());
    }
    Ok(if asked.strict && has_warnings { WARNINGS_ONLY.into() } else { code })
}

/// Writes a data set as a workbook; uses no database.
pub(super) fn write_workbook(asked: &Workbook) -> anyhow::Result<ExitCode> {
    let book = import::workbook::write::write(&DataSet::open(&asked.data)?, None)?;
    import::report::save(&asked.file, &book, false)?;
    println!("wrote {}", asked.file.display());
    Ok(ExitCode::SUCCESS)
}

/// Writes a large sample data set as the calling user; uses no database.
pub(super) fn write_sample(asked: &Sample) -> anyhow::Result<ExitCode> {
    let data = DataSet::open(&asked.data)?;
    let Sample { observations, programs, subsidies, organizations, .. } = *asked;
    match Plan::of(&data, SampleSizes { observations, programs, subsidies, organizations }) {
        Ok(plan) => {
            let folder = dataset::package::prepare(&asked.folder)?;
            plan.write(&folder)?;
            println!("wrote {plan} to {}", folder.display());
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => outcome::print(Err(error)),
    }
}
