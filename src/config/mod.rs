//! Configuration from the command line and the environment.
//!
//! Promises: a flag takes precedence over its environment variable; `--help` describes every flag; an invalid value is reported in one
//! line. After parsing, nothing else reads the environment.

mod delivery;
mod settings;

use std::{
    ffi::OsString,
    fmt::{self, Write},
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
    str::FromStr,
};

use clap::{
    Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum,
    builder::FalseyValueParser,
    error::{ContextKind, ContextValue, ErrorKind},
};
pub use delivery::{Delivery, HubChoice, Secret};
use ipnet::IpNet;
pub use settings::{Origin, Setting};
use sqlx::postgres::PgConnectOptions;
use tracing_subscriber::EnvFilter;

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

/// Settings of the web server.
#[derive(Clone, Debug, Args)]
pub struct SiteConfig {
    /// Address to listen on; 0.0.0.0 for all IPv4 interfaces
    #[arg(long, env = "HOST", value_name = "ADDRESS", default_value = "127.0.0.1", value_parser = host)]
    pub host: IpAddr,
    /// Port to listen on; 0 lets the system choose
    #[arg(long, env = "PORT", default_value_t = 3000)]
    pub port: u16,
    /// Public URL of the site, such as <https://observatory.example> (default: taken from each request)
    #[arg(long, env = "PUBLIC_URL", value_name = "URL", value_parser = public_url)]
    pub public_url: Option<String>,
    /// Folder of the built style sheet, scripts and fonts
    #[arg(long, env = "LEPTOS_SITE_ROOT", value_name = "DIR", default_value = "target/site")]
    pub site_root: PathBuf,
    /// Memory for the response cache, in megabytes
    #[arg(long, env = "CACHE_MEGABYTES", value_name = "NUMBER", default_value_t = 64)]
    pub cache_megabytes: u64,
    /// Memory for responses being made and sent, in megabytes; once it is used up, further requests get 503 with Retry-After
    #[arg(long, env = "RESPONSE_MEGABYTES", value_name = "NUMBER", default_value_t = 128)]
    pub response_megabytes: u64,
    /// Rate limit per network, in requests per second, with bursts of ten times as many; 0 for no limit
    #[arg(long, env = "REQUESTS_PER_SECOND", value_name = "NUMBER", default_value_t = 50)]
    pub requests_per_second: u32,
    /// Addresses or networks of the proxies whose forwarding headers are trusted, such as 10.0.0.0/8,192.0.2.1
    #[arg(long, env = "TRUSTED_PROXIES", value_name = "LIST", value_delimiter = ',', value_parser = network)]
    pub trusted_proxies: Vec<IpNet>,
    /// Port on 127.0.0.1 that serves metrics to Prometheus (default: metrics are off)
    #[arg(long, env = "METRICS_PORT", value_name = "PORT")]
    pub metrics_port: Option<u16>,
    /// Seconds a stopping server still accepts requests, so that a load balancer notices
    #[arg(long, env = "DRAIN_SECONDS", value_name = "NUMBER", default_value_t = 1)]
    pub drain_seconds: u64,
    /// Where readers report errors: an e-mail address or a URL
    #[arg(long, env = "CONTACT", value_name = "ADDRESS", value_parser = contact)]
    pub contact: Option<String>,
    #[command(flatten)]
    pub delivery: Delivery,
    /// Set if the site shows a revision that has not been published.
    #[arg(skip)]
    pub preview: Option<Preview>,
}

/// A revision that has not been published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The number that it would have.
    pub revision: i32,
}

impl SiteConfig {
    /// Returns the settings of a preview: reachable from this computer only, without deliveries.
    pub fn of_preview(preview: Preview, port: u16, site_root: PathBuf) -> SiteConfig {
        SiteConfig {
            host: Ipv4Addr::LOCALHOST.into(),
            port,
            public_url: None,
            site_root,
            cache_megabytes: 64,
            response_megabytes: 128,
            requests_per_second: 0,
            trusted_proxies: Vec::new(),
            metrics_port: None,
            drain_seconds: 0,
            contact: None,
            delivery: Delivery::default(),
            preview: Some(preview),
        }
    }

    pub fn address(&self) -> SocketAddr {
        SocketAddr::new(self.host, self.port)
    }
}

/// Connection options of a database. The `Debug` form omits the password.
#[derive(Clone)]
pub struct DatabaseUrl(pub PgConnectOptions);

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (host, port) = (self.0.get_host(), self.0.get_port());
        write!(
            f,
            "postgres://{}@{host}:{port}/{}",
            self.0.get_username(),
            self.0.get_database().unwrap_or_default()
        )
    }
}

/// Selects the database.
#[derive(Clone, Debug, Args)]
pub struct Database {
    /// URL of a Postgres 15 or newer, such as postgres://user:password@host/name (default: a private one is started)
    #[arg(long = "database-url", env = "DATABASE_URL", value_name = "URL", value_parser = database_url)]
    #[arg(hide_env_values = true)]
    pub url: Option<DatabaseUrl>,
    /// URLs of replicas to read from, such as postgres://user@one/name,postgres://user@two/name
    #[arg(long, env = "DATABASE_REPLICA_URLS", value_name = "LIST", value_delimiter = ',', value_parser = database_url)]
    #[arg(hide_env_values = true, requires = "url")]
    pub replica_urls: Vec<DatabaseUrl>,
    /// Folder for the private database
    #[arg(long, env = "OBSERVATORY_STATE", value_name = "DIR", default_value = ".local")]
    pub state: PathBuf,
}

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
            _ => Refusal::Wrong(one_line(&error, &arguments)),
        }),
    }
}

/// Formats a clap error as one line: its first paragraph, plus the environment variable if the value came from one.
fn one_line(error: &clap::Error, arguments: &[OsString]) -> String {
    let mut line = match error.get(ContextKind::InvalidArg) {
        // Clap's message quotes the value, which may contain a password.
        Some(ContextValue::String(argument))
            if is_secret(argument) && error.kind() == ErrorKind::ValueValidation =>
        {
            let reason = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            format!("invalid value for '{argument}': {reason}")
        }
        _ => {
            let text = error.render().to_string();
            let paragraph = text.split("\n\n").next().unwrap_or_default();
            let line = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
            without_credentials(line.trim_start_matches("error: "))
        }
    };
    if let Some(ContextValue::String(argument)) = error.get(ContextKind::InvalidArg) {
        let flag = argument.split(' ').next().unwrap_or_default();
        let given = arguments.iter().any(|given| given.to_string_lossy().starts_with(flag));
        if let Some(variable) = variable_of(flag)
            && !given
        {
            let _ = write!(line, " (from the environment variable {variable})");
        }
    }
    line
}

/// Returns whether the value of an argument, as clap names it (`--database-url <URL>`), must not appear in messages.
fn is_secret(argument: &str) -> bool {
    ["--database-url", "--replica-urls", "--smtp-url", "--delivery-"]
        .iter()
        .any(|secret| argument.starts_with(secret))
}

/// Removes the credentials (the text between `://` and `@`) from every URL in a line. Clap also quotes a database URL given in the wrong
/// place.
fn without_credentials(line: &str) -> String {
    let mut safe = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        // A password may contain any character except white space, even quotes: it ends at the last `@` of the word.
        let word = after.find(char::is_whitespace).unwrap_or(after.len());
        let host = after[..word].rfind('@').unwrap_or(0);
        safe.push_str(before);
        if host > 0 {
            safe.push('…');
        }
        rest = &after[host..];
    }
    safe + rest
}

fn variable_of(flag: &str) -> Option<String> {
    let name = flag.strip_prefix("--")?;
    let command = CommandLine::command();
    let argument = command.get_arguments().find(|argument| argument.get_long() == Some(name))?;
    Some(argument.get_env()?.to_string_lossy().into_owned())
}

fn host(text: &str) -> Result<IpAddr, String> {
    match text {
        "localhost" => Ok(Ipv4Addr::LOCALHOST.into()),
        _ => text.parse().map_err(|_| "not an IP address; write 127.0.0.1, 0.0.0.0 or ::1".to_owned()),
    }
}

fn network(text: &str) -> Result<IpNet, String> {
    let address = text.parse::<IpAddr>().map(IpNet::from);
    address.or_else(|_| text.parse()).map_err(|_| "not an address or a network such as 10.0.0.0/8".to_owned())
}

/// Parses a contact address into a link; an e-mail address gets the scheme `mailto:`.
fn contact(text: &str) -> Result<String, String> {
    let is_page = text.starts_with("https://") || text.starts_with("http://");
    let address = text.strip_prefix("mailto:").unwrap_or(text);
    let is_mail = address.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    match (is_page, is_mail && !address.contains(char::is_whitespace)) {
        (true, _) => Ok(text.to_owned()),
        (false, true) => Ok(format!("mailto:{address}")),
        (false, false) => Err("write an e-mail address or an address that begins with https://".to_owned()),
    }
}

/// Parses a public URL into its origin. A path is an error.
fn public_url(text: &str) -> Result<String, String> {
    let origin = text.strip_suffix('/').unwrap_or(text);
    let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    let plain = |host: &str| {
        !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b))
    };
    match host {
        Some(host) if plain(host) => Ok(origin.to_owned()),
        _ => Err("not an address such as https://observatory.example, without a path".to_owned()),
    }
}

/// Parses the URL of a database.
///
/// # Errors
///
/// Describes the problem without quoting any part of the URL: a malformed URL may have its password anywhere.
fn database_url(text: &str) -> Result<DatabaseUrl, String> {
    const FORM: &str = "not an address such as postgres://user:password@host/name";
    if !text.starts_with("postgres://") && !text.starts_with("postgresql://") {
        return Err(FORM.to_owned());
    }
    PgConnectOptions::from_str(text).map(DatabaseUrl).map_err(|error| match error {
        // Errors about the URL itself are a closed set and quote nothing; errors about parameters quote their values.
        sqlx::Error::Configuration(cause) if cause.to_string() == "invalid port number" => {
            format!("{FORM}: the port is not a number; write '@', ':', '/', '?', '#' and '%' in a password as %40, %3A, …")
        }
        _ => format!("{FORM}; check its parameters, and write '@', ':', '/', '?', '#' and '%' in a password as %40, %3A, …"),
    })
}

fn log_filter(text: &str) -> Result<String, String> {
    match EnvFilter::try_new(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err("not a filter such as info or observatory=debug,sqlx=warn".to_owned()),
    }
}

fn workbook(text: &str) -> Result<PathBuf, String> {
    match text.to_lowercase().ends_with(".xlsx") {
        true => Ok(text.into()),
        false => Err("the name of a workbook ends in .xlsx".to_owned()),
    }
}

fn report(text: &str) -> Result<PathBuf, String> {
    match text.to_lowercase() {
        name if name.ends_with(".html") || name.ends_with(".xlsx") => Ok(text.into()),
        _ => Err("the name of a report ends in .html or .xlsx".to_owned()),
    }
}

fn person(text: &str) -> Result<String, String> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        1..=80 if !name.chars().any(char::is_control) => Ok(name),
        _ => Err("a name has 1 to 80 characters".to_owned()),
    }
}

fn note(text: &str) -> Result<String, String> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err("a note must not be empty".to_owned()),
        1..=500 if !text.chars().any(char::is_control) => Ok(text.to_owned()),
        _ => Err("a note must be one line of at most 500 characters".to_owned()),
    }
}

#[cfg(test)]
mod tests;
