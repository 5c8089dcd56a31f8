//! Entry point of the `observatory` program: serve, migrate, import, propose, publish, check, workbook, export, mcp, sample.

// The view types of a whole page nest deep.
#![recursion_limit = "256"]

use std::{
    env,
    io::{self, IsTerminal},
    path::PathBuf,
    process::ExitCode,
};

use anyhow::Context;
use observatory::{
    config::{
        self, Check, Command, Export, Import, Log, LogFormat, Mcp, Migrate, Refusal, Review, Sample, Serve,
        Workbook,
    },
    db::Database,
    domain::revisions::{
        self, ReadSource, Snapshot,
        model::{AsOf, Times},
    },
    error::AppError,
    import::{
        self, DataSet, Outcome, PublishOptions, Warnings,
        sample::{Plan, SampleSizes},
    },
    outputs::{dataset, mcp},
    server::{self, preview::Asked, privileges},
};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

/// Rendering a page allocates thousands of short strings; the system allocator accounted for a quarter of the render time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match config::parse(env::args_os()) {
        Ok(command) => run(command).unwrap_or_else(|error| {
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

/// Formats an error and its causes as one line. A cause whose text its parent already contains is not repeated.
fn one_line(error: &anyhow::Error) -> String {
    let mut line = String::new();
    for cause in error.chain() {
        let cause = cause.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
        if line.is_empty() {
            line = cause;
        } else if !line.contains(&cause) {
            line = format!("{line}: {cause}");
        }
    }
    line
}

fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve(mut serve) => {
            init_log(&serve.log);
            let shipped = DataSet::open(&serve.data);
            let program = server::program_id()?;
            leave_root(&mut serve.database)?;
            runtime()?.block_on(serve_site(*serve, shipped, &program))
        }
        Command::Migrate(mut migrate) => {
            init_log(&migrate.log);
            leave_root(&mut migrate.database)?;
            runtime()?.block_on(self::migrate(migrate))
        }
        Command::Import(mut import) => {
            init_log(&import.log);
            let data = DataSet::open(&import.data)?;
            let program = server::program_id()?;
            leave_root(&mut import.database)?;
            runtime()?.block_on(self::import(import, data, &program))
        }
        Command::Propose(asked) => reviewed(asked, import::Review::Propose),
        Command::Publish(asked) => reviewed(asked, import::Review::Publish),
        Command::Check(asked) => check(&asked),
        Command::Workbook(asked) => write_workbook(&asked),
        Command::Export(mut export) => {
            init_log(&export.log);
            export.folder = dataset::package::prepare(&export.folder)?;
            privileges::hand_over(&export.folder)?;
            leave_root(&mut export.database)?;
            runtime()?.block_on(export_revision(export))
        }
        Command::Mcp(mut mcp) => {
            init_log(&mcp.log);
            leave_root(&mut mcp.database)?;
            runtime()?.block_on(serve_assistant(mcp))
        }
        Command::Sample(sample) => write_sample(&sample),
    }
}

/// Drops root privileges and updates the state folder accordingly. Call it after the files of the data set have been opened and the
/// program file has been hashed: both may be readable by root only.
fn leave_root(database: &mut config::Database) -> anyhow::Result<()> {
    let state = database.url.is_none().then_some(database.state.as_path());
    if let Some(state) = privileges::leave_root(state)? {
        database.state = state;
    }
    Ok(())
}

/// Builds the async runtime with at least four worker threads: with one or two, a page waiting for its data has been seen to wait forever.
fn runtime() -> io::Result<tokio::runtime::Runtime> {
    let threads = std::thread::available_parallelism().map_or(4, |cores| cores.get().max(4));
    tokio::runtime::Builder::new_multi_thread().worker_threads(threads).enable_all().build()
}

/// Serves the site until SIGTERM or SIGINT. Publishes the shipped data set first if the database is empty.
async fn serve_site(
    mut config: Serve,
    shipped: anyhow::Result<DataSet>,
    program: &str,
) -> anyhow::Result<ExitCode> {
    let stop = stop_signal()?;
    let database = Database::open(&config.database).await?;
    let served = async {
        bring_up_to_date(&database).await?;
        let work = database.work();
        match revisions::store::latest(&work).await? {
            None => {
                let outcome = import::publish(&work, &shipped?, PublishOptions::default()).await?;
                for warning in &outcome.warnings().shown {
                    tracing::warn!("{warning}");
                }
                tracing::info!("{}", outcome.headline());
            }
            Some(latest) => drop(tokio::task::spawn_blocking(|| mention_other_data(latest, shipped))),
        }
        work.close().await;
        let delivery = &mut config.site.delivery;
        if config.database.url.is_none() && delivery.delivery_key.is_none() {
            delivery.delivery_key = Some(server::delivery::own_key(&config.database.state)?);
        }
        let deliveries = database.deliveries(delivery.delivery_database_url.as_ref());
        server::serve(config.site, database.pages(), deliveries, program, stop).await
    }
    .await;
    let served = served.map_err(|error: anyhow::Error| database.explain(error));
    database.close().await;
    served.map(|()| ExitCode::SUCCESS)
}

/// Logs that the data folder differs from the published revision, or cannot be published. New files are published by an import only, not by
/// a start.
fn mention_other_data(latest: revisions::model::Revision, shipped: anyhow::Result<DataSet>) {
    let reason = match shipped.map(|data| import::check(&data)) {
        Ok(Ok(checked)) if checked.content_hash == latest.content_hash => return,
        Ok(Ok(_)) => {
            return tracing::info!(
                "the data folder differs from revision {}, which is being served; run `observatory import` to publish it",
                latest.number
            );
        }
        Ok(Err(import::Error::Refused(problems))) => format!("{} problems", problems.count()),
        // A check needs no note.
        Ok(Err(error @ (import::Error::NoteMissing(_) | import::Error::Unapproved(_)))) => error.to_string(),
        Ok(Err(import::Error::Failed(error))) | Err(error) => one_line(&error),
    };
    tracing::info!(reason, "the data folder cannot be published; `observatory check` says why");
}

/// Runs pending migrations and refreshes the search index.
async fn bring_up_to_date(database: &Database) -> anyhow::Result<()> {
    database.migrate().await?;
    let work = database.work();
    import::refresh_words(&work).await?;
    work.close().await;
    Ok(())
}

/// Runs pending migrations and grants privileges to the server's role.
async fn migrate(config: Migrate) -> anyhow::Result<ExitCode> {
    let database = Database::open_or_join(&config.database).await?;
    let done = async {
        bring_up_to_date(&database).await?;
        if let Some(role) = &config.grant {
            database.grant(role).await?;
        }
        if let Some(role) = &config.grant_delivery {
            database.grant_delivery(role).await?;
        }
        println!("the schema is up to date");
        Ok(ExitCode::SUCCESS)
    }
    .await;
    let done = done.map_err(|error: anyhow::Error| database.explain(error));
    database.close().await;
    done
}

/// Publishes a data set, prints what publishing it would change (dry run), or serves what it would become (preview).
async fn import(config: Import, data: DataSet, program: &str) -> anyhow::Result<ExitCode> {
    let Import { note, reported, by, dry_run, .. } = config;
    let options = PublishOptions { note, reported, dry_run, by, review: None };
    if config.preview {
        return preview(config.database, options, data, (config.port, config.site_root), program).await;
    }
    if config.require_review && !dry_run {
        anyhow::bail!(
            "revisions are reviewed here (REQUIRE_REVIEW): run `observatory propose`, and let another person run `observatory publish`"
        );
    }
    publish(config.database, options, data).await
}

/// Serves the site as it would be after an import.
async fn preview(
    database: config::Database,
    options: PublishOptions,
    data: DataSet,
    (port, site_root): (u16, PathBuf),
    program: &str,
) -> anyhow::Result<ExitCode> {
    let stop = stop_signal()?;
    let database = Database::open_or_join(&database).await?;
    bring_up_to_date(&database).await.map_err(|error| database.explain(error))?;
    // A correction needs a note to be published, not to be looked at.
    let note = options.note.or_else(|| Some("Preview".to_owned()));
    let asked = Asked { data, options: PublishOptions { note, ..options }, port, site_root };
    match server::preview::serve(database, asked, program, stop).await {
        Ok(Outcome::Published { .. }) => Ok(ExitCode::SUCCESS),
        other => print_outcome(other),
    }
}

/// Proposes a data set, or publishes a proposed one.
fn reviewed(mut asked: Review, step: import::Review) -> anyhow::Result<ExitCode> {
    init_log(&asked.log);
    let data = DataSet::open(&asked.data)?;
    leave_root(&mut asked.database)?;
    let Review { note, reported, by, .. } = asked;
    let options = PublishOptions { note, reported, dry_run: false, by: Some(by), review: Some(step) };
    runtime()?.block_on(publish(asked.database, options, data))
}

async fn publish(
    database: config::Database,
    options: PublishOptions,
    data: DataSet,
) -> anyhow::Result<ExitCode> {
    let stop = stop_signal()?;
    let database = Database::open_or_join(&database).await?;
    let published = async {
        bring_up_to_date(&database).await?;
        let work = database.work();
        tokio::select! {
            outcome = import::publish(&work, &data, options) => outcome,
            () = stop => Err(anyhow::anyhow!("interrupted; nothing was changed").into()),
        }
    }
    .await
    .map_err(|error| match error {
        import::Error::Failed(error) => import::Error::Failed(database.explain(error)),
        refused => refused,
    });
    database.close().await;
    print_outcome(published)
}

/// Writes a published revision into a folder.
async fn export_revision(config: Export) -> anyhow::Result<ExitCode> {
    let database = Database::open_or_join(&config.database).await?;
    let written = async {
        bring_up_to_date(&database).await?;
        let times = Times { as_of: config.as_of.map(AsOf::Revision), ..Times::default() };
        let read = async { Snapshot::of(ReadSource::of(database.work()).await?, times).await };
        let snapshot = read.await.map_err(|error| match error {
            AppError::Unavailable => anyhow::anyhow!("nothing has been published yet"),
            AppError::Query(_) => {
                anyhow::anyhow!("there is no revision {}", config.as_of.unwrap_or_default())
            }
            error => error.into(),
        })?;
        dataset::package::write(&snapshot, &config.folder).await?;
        println!("wrote revision {} to {}", snapshot.at.revision, config.folder.display());
        Ok(ExitCode::SUCCESS)
    }
    .await;
    let written = written.map_err(|error: anyhow::Error| database.explain(error));
    database.close().await;
    written
}

/// Serves an assistant on standard input and output until the input ends.
async fn serve_assistant(config: Mcp) -> anyhow::Result<ExitCode> {
    let database = Database::open_or_join(&config.database).await?;
    let served = async {
        let db = database.work();
        let outside = mcp::Outside { db: db.clone(), origin: config.public_url };
        mcp::serve_stdio(server::addresses(db.into()).await, outside).await?;
        Ok(ExitCode::SUCCESS)
    }
    .await;
    let served = served.map_err(|error: anyhow::Error| database.explain(error));
    database.close().await;
    served
}

/// Exit code of a strict check that found warnings only.
const WARNINGS_ONLY: u8 = 3;

/// Checks a data set, and writes what was found into the files asked for.
fn check(asked: &Check) -> anyhow::Result<ExitCode> {
    let data = DataSet::open(&asked.data)?;
    if !asked.report.is_empty() {
        let complete = import::check_listing(&data, import::REPORTED);
        import::report::write(&data, &complete, &asked.report)?;
    }
    let checked = import::check(&data);
    let has_warnings = checked.as_ref().is_ok_and(|checked| !checked.warnings.is_empty());
    let code = print_outcome(checked.map(Outcome::Checked))?;
    for report in &asked.report {
        println!("wrote {}", report.display());
    }
    Ok(if asked.strict && has_warnings { WARNINGS_ONLY.into() } else { code })
}

/// Writes a data set as a workbook; uses no database.
fn write_workbook(asked: &Workbook) -> anyhow::Result<ExitCode> {
    let book = import::workbook::write::write(&DataSet::open(&asked.data)?, None)?;
    import::report::save(&asked.file, &book, false)?;
    println!("wrote {}", asked.file.display());
    Ok(ExitCode::SUCCESS)
}

/// Writes a large sample data set as the calling user; uses no database.
fn write_sample(asked: &Sample) -> anyhow::Result<ExitCode> {
    let data = DataSet::open(&asked.data)?;
    let Sample { observations, programs, subsidies, organizations, .. } = *asked;
    match Plan::of(&data, SampleSizes { observations, programs, subsidies, organizations }) {
        Ok(plan) => {
            let folder = dataset::package::prepare(&asked.folder)?;
            plan.write(&folder)?;
            println!("wrote {plan} to {}", folder.display());
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => print_outcome(Err(error)),
    }
}

/// Prints the outcome of a check or an import. Problems of the data set are the result the user asked for, so they go to standard output;
/// warnings precede them, separated by a blank line.
fn print_outcome(outcome: Result<Outcome, import::Error>) -> anyhow::Result<ExitCode> {
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

/// Returns a future that completes on SIGTERM (a supervisor) or SIGINT (the keyboard). A signal that arrives before the future is first
/// polled is not lost.
fn stop_signal() -> anyhow::Result<impl Future<Output = ()> + Send + 'static> {
    let mut terminate = signal(SignalKind::terminate()).context("cannot install the signal handlers")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot install the signal handlers")?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

fn init_log(log: &Log) {
    let lines = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(&log.log))
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal());
    match log.log_format {
        LogFormat::Plain => lines.with_target(false).init(),
        LogFormat::Json => lines.json().init(),
    }
}
