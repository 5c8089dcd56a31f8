//! Flags and arguments of each command.

use std::path::PathBuf;

use clap::{Args, builder::FalseyValueParser};

use super::{
    database::Database,
    log::Log,
    settings::Setting,
    site::SiteConfig,
    values::{note, person, public_url, report, workbook},
};

#[derive(Clone, Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    pub site: SiteConfig,
    #[command(flatten)]
    pub database: Database,
    #[command(flatten)]
    pub log: Log,
    /// Folder of the data set to publish if the database is empty
    #[arg(long, env = "OBSERVATORY_DATA", value_name = "DIR", default_value = "data")]
    pub data: PathBuf,
}

#[derive(Clone, Debug, Args)]
pub struct Migrate {
    /// Role to grant the server's privileges to: read everything and publish, nothing else
    #[arg(long, value_name = "ROLE")]
    pub grant: Option<String>,
    /// Role to grant the privileges of delivery to: read, change and delete subscriptions and reports, nothing else
    #[arg(long, value_name = "ROLE")]
    pub grant_delivery: Option<String>,
    #[command(flatten)]
    pub database: Database,
    #[command(flatten)]
    pub log: Log,
}

#[derive(Clone, Debug, Args)]
pub struct Import {
    /// Folder of the data set, or its workbook (.xlsx)
    #[arg(value_name = "DIR|FILE")]
    pub data: PathBuf,
    /// Print what would change without changing anything
    #[arg(long)]
    pub dry_run: bool,
    /// Description of this revision, shown beside it on the site
    #[arg(long, value_name = "TEXT", value_parser = note)]
    pub note: Option<String>,
    /// What readers had reported that this revision answers, shown beside the note
    #[arg(long, value_name = "TEXT", value_parser = note)]
    pub reported: Option<String>,
    /// Who publishes, shown beside the revision on the site
    #[arg(long, value_name = "NAME", value_parser = person)]
    pub by: Option<String>,
    /// Refuse to publish without review: with propose by one person, and publish by another
    #[arg(long, env = "REQUIRE_REVIEW", value_parser = FalseyValueParser::new())]
    pub require_review: bool,
    /// Serve the site on this computer as it would be, and publish nothing
    #[arg(long, conflicts_with = "dry_run")]
    pub preview: bool,
    /// Port of the preview; 0 lets the system choose
    #[arg(long, value_name = "PORT", default_value_t = 0, requires = "preview")]
    pub port: u16,
    /// Folder of the built style sheet, scripts and fonts, for the preview
    #[arg(long, env = "LEPTOS_SITE_ROOT", value_name = "DIR", default_value = "target/site")]
    pub site_root: PathBuf,
    #[command(flatten)]
    pub database: Database,
    #[command(flatten)]
    pub log: Log,
}

/// A proposal, or its publication by another person.
#[derive(Clone, Debug, Args)]
pub struct Review {
    /// Folder of the data set, or its workbook (.xlsx)
    #[arg(value_name = "DIR|FILE")]
    pub data: PathBuf,
    /// Who proposes or publishes, shown beside the revision on the site
    #[arg(long, value_name = "NAME", value_parser = person)]
    pub by: String,
    /// Description of this revision, shown beside it on the site (to publish: the proposal's)
    #[arg(long, value_name = "TEXT", value_parser = note)]
    pub note: Option<String>,
    /// What readers had reported that this revision answers, shown beside the note
    #[arg(long, value_name = "TEXT", value_parser = note)]
    pub reported: Option<String>,
    #[command(flatten)]
    pub database: Database,
    #[command(flatten)]
    pub log: Log,
}

#[derive(Clone, Debug, Args)]
pub struct Export {
    /// Folder to write to; must be empty or not exist yet
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Number of the revision (default: the newest)
    #[arg(long, value_name = "REVISION")]
    pub as_of: Option<i32>,
    #[command(flatten)]
    pub database: Database,
    #[command(flatten)]
    pub log: Log,
}

/// Exit codes: 0 without problems, 1 with problems, 3 for warnings alone with `--strict`.
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "Exit code 0: nothing is wrong, or only warnings. 1: problems, so that it cannot be published. 3: warnings only, with --strict."
)]
pub struct Check {
    /// Folder of the data set, or its workbook (.xlsx)
    #[arg(value_name = "DIR|FILE")]
    pub data: PathBuf,
    /// Also write what was found as a page (.html), or as a workbook with the cells marked (.xlsx); may be repeated
    #[arg(long, value_name = "FILE", value_parser = report)]
    pub report: Vec<PathBuf>,
    /// End with exit code 3 if there are warnings but no problems
    #[arg(long)]
    pub strict: bool,
}

#[derive(Clone, Debug, Args)]
pub struct Workbook {
    /// Workbook to write; must not exist yet
    #[arg(value_name = "FILE", value_parser = workbook)]
    pub file: PathBuf,
    /// Folder of the data set, or a workbook
    #[arg(long, env = "OBSERVATORY_DATA", value_name = "DIR|FILE", default_value = "data")]
    pub data: PathBuf,
}

#[derive(Clone, Debug, Args)]
pub struct Mcp {
    /// Public URL of the site, for links to pages
    #[arg(long, env = "PUBLIC_URL", value_name = "URL", value_parser = public_url, default_value = "http://127.0.0.1:3000")]
    pub public_url: String,
    #[command(flatten)]
    pub database: Database,
    #[command(flatten)]
    pub log: Log,
}

#[derive(Clone, Debug, Args)]
pub struct Backup {
    /// File to write; must not exist yet
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Also back up subscriptions (addresses sealed under DELIVERY_KEY, which is not in the file) and reports of readers
    #[arg(long)]
    pub with_subscribers: bool,
    /// Do not restore the backup into a scratch cluster to check it
    #[arg(long)]
    pub unchecked: bool,
    #[command(flatten)]
    pub database: Database,
    #[command(flatten)]
    pub log: Log,
}

#[derive(Clone, Debug, Args)]
pub struct Restore {
    /// File that the backup command wrote
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Replace what is in the database, in the same transaction
    #[arg(long)]
    pub replace: bool,
    #[command(flatten)]
    pub database: Database,
    #[command(flatten)]
    pub log: Log,
}

/// Exit codes: 0 if everything is as it was published, 1 otherwise.
#[derive(Clone, Debug, Args)]
#[command(after_help = "Exit code 0: everything is as it was published. 1: it is not, or cannot be read.")]
pub struct Verify {
    /// Backup to verify, instead of the database
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Backup to compare the database with: names each row that differs, by table and key
    #[arg(long, value_name = "FILE", conflicts_with = "file")]
    pub against: Option<PathBuf>,
    #[command(flatten)]
    pub database: Database,
    #[command(flatten)]
    pub log: Log,
}

/// Exit codes: 0 without errors, 1 with errors.
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "Give it the flags and variables of the server. Exit code 0: no errors, perhaps warnings. 1: errors."
)]
pub struct Doctor {
    /// Print the findings as JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub serve: Serve,
    /// The settings as they were given.
    #[arg(skip)]
    pub settings: Vec<Setting>,
}

#[derive(Clone, Debug, Args)]
pub struct Sample {
    /// Folder to write to; must be empty or not exist yet
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Number of observations
    #[arg(long, value_name = "NUMBER")]
    pub observations: usize,
    /// Number of programmes (default: a hundredth of the observations)
    #[arg(long, value_name = "NUMBER")]
    pub programs: Option<usize>,
    /// Number of subsidies (default: a hundredth of the observations)
    #[arg(long, value_name = "NUMBER")]
    pub subsidies: Option<usize>,
    /// Number of organizations (default: a hundredth of the observations)
    #[arg(long, value_name = "NUMBER")]
    pub organizations: Option<usize>,
    /// Folder of the data set to multiply
    #[arg(long, env = "OBSERVATORY_DATA", value_name = "DIR", default_value = "data")]
    pub data: PathBuf,
}
