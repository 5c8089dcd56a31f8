//! Measures the delivery of digests: ten thousand readers who follow 230 pages, and a revision that changes a thousand rows.
//!
//! `cargo bench --features ssr --bench digests` with `DATABASE_URL` of an empty database; `benches/load/digests.sh` makes one. Prints the time until the
//! last digest was taken by a mail server in this process, and the peak memory of the process.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use observatory::{
    db::MIGRATOR,
    domain::{
        revisions::ReadSource,
        subscriptions::{
            model::{DigestInterval, EmailAddress, FollowedPage},
            seal::SealKey,
        },
    },
    import::{self, DataSet, PublishOptions},
    outputs::subscriptions::{Offers, Subscriptions, callbacks::Callbacks, mail::Mailer, worker::Worker},
    text::{Locale, date},
};
use sqlx::{PgPool, postgres::PgPoolOptions};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

const READERS: usize = 10_000;
const CHANGED: usize = 1_000;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(measure());
}

async fn measure() {
    let address = std::env::var("DATABASE_URL").expect("DATABASE_URL of an empty database");
    let db = PgPoolOptions::new().max_connections(12).connect(&address).await.expect("the database answers");
    MIGRATOR.run(&db).await.expect("migrations run");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("digests");
    let _ = fs::remove_dir_all(&folder);
    publish(&db, &PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data"), None).await;

    let key = || SealKey::new(&[7; 32]).expect("a key");
    let offers = Offers { email: true, ..Offers::default() };
    let subscriptions = Subscriptions::new(db.clone(), key(), offers.clone());
    let pages = pages(&db).await;
    for reader in 0..READERS {
        let page = &pages[reader % pages.len()];
        let address = EmailAddress::parse(&format!("reader{reader}@example.org")).expect("an address");
        let network = (reader / 20).to_string();
        let is_taken =
            subscriptions.follow_by_email(page, DigestInterval::Daily, &address, &network, 1).await;
        assert!(is_taken.expect("a subscription"), "reader {reader}");
        if reader % 1000 == 999 {
            activate(&db).await;
        }
    }
    changed(&folder);
    publish(&db, &folder, Some("A thousand changes")).await;
    activate(&db).await;

    let (port, taken) = mail_server().await;
    let source = ReadSource { db: db.clone(), newest: 2, today: date::today() };
    let worker = Worker {
        db: db.clone(),
        reads: Arc::new(move || Some(source.clone())),
        key: key(),
        offers,
        mailer: Some(
            Mailer::new(&format!("smtp://127.0.0.1:{port}"), None, "http://observatory.example")
                .expect("a mailer"),
        ),
        operator: None,
        callbacks: Callbacks::new(false).expect("a client"),
        origin: "http://observatory.example".to_owned(),
    };
    let begun = Instant::now();
    let working = tokio::spawn(worker.run());
    let left = "select count(*) from delivery.subscription where delivered < 2";
    while sqlx::query_scalar::<_, i64>(left).fetch_one(&db).await.expect("a count") > 0 {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let elapsed = begun.elapsed();
    working.abort();
    println!(
        "{READERS} readers of {} pages, {CHANGED} rows changed: {} digests in {:.1} s, peak memory {} MB",
        pages.len(),
        taken.load(Ordering::Relaxed),
        elapsed.as_secs_f64(),
        peak_megabytes()
    );
}

async fn publish(db: &PgPool, folder: &Path, note: Option<&str>) {
    let data = DataSet::open(folder).expect("the data set");
    let options = PublishOptions { note: note.map(str::to_owned), ..PublishOptions::default() };
    import::publish(db, &data, options).await.expect("a revision");
}

async fn activate(db: &PgPool) {
    sqlx::query("update delivery.subscription set state = 'active', due_at = now(), confirm_hash = null")
        .execute(db)
        .await
        .expect("active subscriptions");
}

/// Every list, and the pages of indicators, programmes and organizations.
async fn pages(db: &PgPool) -> Vec<FollowedPage> {
    let ids: Vec<String> = sqlx::query_scalar(
        "select 'indicators/' || id from indicator union all select 'programs/' || id from program union all select 'organizations/' || id from organization",
    )
    .fetch_all(db)
    .await
    .expect("ids");
    let lists = ["programs", "subsidies", "organizations", "events"].map(str::to_owned);
    let each = lists.into_iter().chain(ids).take(230).enumerate();
    each.map(|(at, page)| FollowedPage { locale: if at % 2 == 0 { Locale::En } else { Locale::Zh }, page })
        .collect()
}

/// Copies the data set with the notes of a thousand rows changed.
fn changed(folder: &Path) {
    fs::create_dir_all(folder).expect("a folder");
    let mut left = CHANGED;
    for entry in fs::read_dir(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data")).expect("data").flatten()
    {
        let path = entry.path();
        if path.extension().is_none_or(|extension| extension != "csv") {
            continue;
        }
        let target = folder.join(entry.file_name());
        let mut reader = csv::Reader::from_path(&path).expect("a file");
        let header = reader.headers().expect("a header").clone();
        let mut writer = csv::Writer::from_path(&target).expect("a file");
        writer.write_record(&header).expect("a row");
        let note = header.iter().position(|name| name == "note_en");
        let is_changed = ["observations.csv", "programs.csv", "subsidies.csv", "events.csv"]
            .iter()
            .any(|name| path.ends_with(name));
        for row in reader.records() {
            let row = row.expect("a row");
            let mut cells: Vec<String> = row.iter().map(str::to_owned).collect();
            if let Some(note) = note.filter(|_| is_changed && left > 0) {
                cells[note] = format!("{} Revised.", cells[note]).trim().to_owned();
                left -= 1;
            }
            writer.write_record(&cells).expect("a row");
        }
        writer.flush().expect("a file");
    }
}

/// Starts a mail server that takes every message; returns its port and the number of messages.
async fn mail_server() -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let taken = Arc::new(AtomicUsize::new(0));
    let counter = taken.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(converse(stream, counter.clone()));
        }
    });
    (port, taken)
}

async fn converse(stream: TcpStream, taken: Arc<AtomicUsize>) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 bench\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let answer: &[u8] = match line.get(..4).unwrap_or_default() {
            "DATA" => {
                write.write_all(b"354 go on\r\n").await?;
                while lines.next_line().await?.is_some_and(|line| line != ".") {}
                taken.fetch_add(1, Ordering::Relaxed);
                b"250 taken\r\n"
            }
            "QUIT" => return write.write_all(b"221 bye\r\n").await,
            _ => b"250 OK\r\n",
        };
        write.write_all(answer).await?;
    }
    Ok(())
}

/// Returns the peak resident memory of this process; 0 where the system does not say.
fn peak_megabytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or_default() / 1024
}
