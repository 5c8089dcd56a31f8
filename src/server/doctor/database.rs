//! The database and its replicas: reachable, of which version, with which rights, and how old its data are.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sqlx::{PgConnection, postgres::PgConnectOptions};

use super::report::{Area, Finding};
use crate::{
    config::{self, DatabaseUrl},
    db::inspect::{self, Inspection, Migrations},
    domain::{
        programs,
        revisions::{self, model::Revision},
    },
    text::date,
};

/// The oldest supported major version.
const OLDEST: i32 = 15;

/// Days of a major version's last release (PostgreSQL versioning policy).
const END_OF_LIFE: [(i32, i32, u32, u32); 4] =
    [(15, 2027, 11, 11), (16, 2028, 11, 9), (17, 2029, 11, 8), (18, 2030, 11, 14)];

/// Free connections that a server needs: pages, deliveries, probes, an import.
const NEEDED_CONNECTIONS: i64 = 32;

/// Days after which a data set is called old.
const OLD_DAYS: i64 = 120;

const MIGRATE: &str = "run `observatory migrate --grant ROLE` as the owner of the schema";

/// Examines the database of the configuration, and its replicas.
pub async fn examine(config: &config::Database) -> Vec<Finding> {
    let is_private = config.url.is_none();
    let Some(options) = inspect::running(config) else {
        let found = "a private one, which is not running: its contents were not examined";
        return vec![Finding::ok(Area::Reachable, "database", found)];
    };
    let mut connection = match inspect::connect(&options).await {
        Ok(connection) => connection,
        Err(error) => return vec![unreachable("database", &options, &error)],
    };
    let mut findings = vec![Finding::ok(Area::Reachable, "database", format!("{} answers", place(&options)))];
    let newest = match inspect::inspect(&mut connection).await {
        Ok(found) => {
            findings.extend(judge(&found, is_private));
            let newest = revisions::store::latest(&mut connection).await.ok().flatten();
            findings.extend(age(newest.as_ref(), Utc::now()));
            findings.extend(confirmation(&mut connection, newest.as_ref()).await);
            newest
        }
        Err(error) => {
            let advice = crate::db::advice(&error).unwrap_or(MIGRATE);
            findings.push(Finding::error(Area::Reachable, "database", one_line(&error), advice));
            None
        }
    };
    for (at, url) in config.replica_urls.iter().enumerate() {
        findings.push(replica(&format!("replica {}", at + 1), url, newest.as_ref()).await);
    }
    findings
}

/// Examines whether the role that delivers may read the addresses of subscribers.
pub async fn deliveries(url: &DatabaseUrl) -> Finding {
    const SUBJECT: &str = "deliveries";
    let mut connection = match inspect::connect(&url.0).await {
        Ok(connection) => connection,
        Err(error) => return unreachable(SUBJECT, &url.0, &error),
    };
    match inspect::may_deliver(&mut connection).await {
        Ok(true) => Finding::ok(Area::Reachable, SUBJECT, format!("{} may deliver", url.0.get_username())),
        _ => Finding::error(
            Area::Reachable,
            SUBJECT,
            format!("the role {} may not read subscriptions", url.0.get_username()),
            "run `observatory migrate --grant-delivery ROLE` as the owner of the schema",
        ),
    }
}

/// Judges what was found; a private database has one role for everything.
pub fn judge(found: &Inspection, is_private: bool) -> Vec<Finding> {
    let mut findings = vec![version(found.version, &found.version_text, Utc::now().date_naive())];
    if is_private {
        findings.push(Finding::ok(
            Area::Reachable,
            "role",
            format!("{}, of the private database", found.role),
        ));
    } else {
        findings.push(role(found));
    }
    findings.push(match found.is_standby {
        false => Finding::ok(Area::Reachable, "writes", "a primary"),
        true => Finding::error(
            Area::Reachable,
            "writes",
            "a standby, which takes no imports and sends no notifications",
            "name the primary in DATABASE_URL, and standbys in DATABASE_REPLICA_URLS",
        ),
    });
    findings.push(migrations(&found.migrations));
    findings.push(clock(found.clock));
    let (open, most) = found.connections;
    let count = format!("{open} of {most} in use");
    findings.push(match most - open < NEEDED_CONNECTIONS {
        false => Finding::ok(Area::Reachable, "connections", count),
        true => Finding::warning(
            Area::Reachable,
            "connections",
            count,
            format!("a server opens up to {NEEDED_CONNECTIONS}; raise max_connections"),
        ),
    });
    if !found.dropped.is_empty() {
        findings.push(Finding::error(
            Area::Reachable,
            "session settings",
            format!("{} did not arrive", found.dropped.join(", ")),
            crate::db::POOLER,
        ));
    }
    findings
}

fn version(version: i32, text: &str, today: NaiveDate) -> Finding {
    let (subject, major) = ("Postgres", version / 10_000);
    if major < OLDEST {
        let advice = format!("Postgres {OLDEST} or newer is needed");
        return Finding::error(Area::Reachable, subject, text, advice);
    }
    let end = END_OF_LIFE.iter().find(|(known, ..)| *known == major);
    match end.and_then(|(_, year, month, day)| NaiveDate::from_ymd_opt(*year, *month, *day)) {
        Some(end) if end < today => Finding::warning(
            Area::Old,
            subject,
            format!("{text}; had its last release on {end}"),
            "upgrade to a newer major version",
        ),
        _ => Finding::ok(Area::Reachable, subject, text),
    }
}

fn role(found: &Inspection) -> Finding {
    let (subject, role) = ("role", &found.role);
    match (found.missing.split_first(), found.may_destroy) {
        (Some((first, rest)), _) => {
            let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
            let said = format!("{role} lacks {first}{more}");
            Finding::error(Area::Reachable, subject, said, MIGRATE)
        }
        (None, true) => Finding::warning(
            Area::Reachable,
            subject,
            format!("{role} may alter and remove what was published"),
            format!("let the server use a role of its own: {MIGRATE}"),
        ),
        (None, false) => {
            Finding::ok(Area::Reachable, subject, format!("{role} reads and publishes, and no more"))
        }
    }
}

fn migrations(found: &Migrations) -> Finding {
    const SUBJECT: &str = "migrations";
    let list = |versions: &[i64]| versions.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let Migrations { done, pending, different, unknown } = found;
    if !different.is_empty() {
        let said = format!("{} ran with another content than in this program", list(different));
        return Finding::error(
            Area::Reachable,
            SUBJECT,
            said,
            "another program made this schema: use its version, or a new database and import the data set",
        );
    }
    match (done, pending.is_empty(), unknown.is_empty()) {
        (0, false, _) => Finding::warning(
            Area::Reachable,
            SUBJECT,
            "none has run: the database is empty",
            format!("a server whose role may create tables runs them; otherwise {MIGRATE}"),
        ),
        (_, false, _) => Finding::error(
            Area::Reachable,
            SUBJECT,
            format!("behind: {} have not run", list(pending)),
            MIGRATE,
        ),
        (_, true, false) => Finding::warning(
            Area::Reachable,
            SUBJECT,
            format!("ahead: {} are not of this program", list(unknown)),
            "a newer program has upgraded the schema; upgrade this one",
        ),
        _ => Finding::ok(Area::Reachable, SUBJECT, format!("all {done} have run")),
    }
}

fn clock(ahead: TimeDelta) -> Finding {
    let (subject, millis) = ("clock", ahead.num_milliseconds());
    let said = format!(
        "the database's is {:.1} s {}",
        millis.abs() as f64 / 1000.0,
        match millis {
            0.. => "ahead",
            _ => "behind",
        }
    );
    let advice = "synchronize both clocks (chrony, systemd-timesyncd)";
    match millis.abs() {
        0..2_000 => Finding::ok(Area::Reachable, subject, said),
        2_000..60_000 => Finding::warning(Area::Reachable, subject, said, advice),
        _ => Finding::error(Area::Reachable, subject, said, advice),
    }
}

fn age(newest: Option<&Revision>, now: DateTime<Utc>) -> Vec<Finding> {
    let subject = "data set";
    let Some(newest) = newest else {
        let advice = "run `observatory import DIR`; a server that starts publishes its data folder";
        return vec![Finding::warning(Area::Old, subject, "nothing has been published", advice)];
    };
    let days = (now - newest.published_at).num_days();
    let day = date::in_china(newest.published_at);
    let said = format!("revision {} of {day}, {days} days old", newest.number);
    vec![match days > OLD_DAYS {
        false => Finding::ok(Area::Old, subject, said),
        true => Finding::warning(Area::Old, subject, said, "look for newer sources, and import them"),
    }]
}

async fn confirmation(connection: &mut PgConnection, newest: Option<&Revision>) -> Option<Finding> {
    let oldest = programs::store::oldest_confirmation(connection, newest?.number).await.ok()??;
    let said = format!("{}, of the programme {}", oldest.on, oldest.program);
    Some(Finding::ok(Area::Old, "oldest confirmation", said))
}

async fn replica(subject: &str, url: &DatabaseUrl, newest: Option<&Revision>) -> Finding {
    let mut connection = match inspect::connect(&url.0).await {
        Ok(connection) => connection,
        Err(error) => return unreachable(subject, &url.0, &error),
    };
    let has = revisions::store::latest(&mut connection).await;
    let number = |revision: Option<&Revision>| revision.map_or(0, |revision| revision.number);
    match has {
        Err(error) => Finding::error(
            Area::Reachable,
            subject,
            format!("{} cannot be read: {error}", place(&url.0)),
            "grant its role the rights of the server's",
        ),
        Ok(has) if number(has.as_ref()) == number(newest) => {
            Finding::ok(Area::Reachable, subject, format!("{} has the newest revision", place(&url.0)))
        }
        Ok(has) => Finding::warning(
            Area::Reachable,
            subject,
            format!("{} has revision {}, not {}", place(&url.0), number(has.as_ref()), number(newest)),
            "it is not read until it has caught up; look at pg_stat_replication",
        ),
    }
}

fn unreachable(subject: &str, options: &PgConnectOptions, error: &anyhow::Error) -> Finding {
    let advice = crate::db::advice(error)
        .unwrap_or("check its URL, and that Postgres runs there and admits this role");
    Finding::error(Area::Reachable, subject, format!("{}: {}", place(options), one_line(error)), advice)
}

fn place(options: &PgConnectOptions) -> String {
    let name = options.get_database().unwrap_or("postgres");
    match options.get_socket() {
        Some(socket) => format!("“{name}” on {}", socket.display()),
        None => format!("“{name}” on {}:{}", options.get_host(), options.get_port()),
    }
}

fn one_line(error: &anyhow::Error) -> String {
    format!("{error:#}").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{super::report::Status, *};

    fn sound() -> Inspection {
        Inspection {
            version: 170_002,
            version_text: "17.2".to_owned(),
            role: "observatory".to_owned(),
            may_destroy: false,
            missing: Vec::new(),
            is_standby: false,
            migrations: Migrations { done: 17, ..Migrations::default() },
            clock: TimeDelta::milliseconds(40),
            connections: (4, 97),
            dropped: Vec::new(),
        }
    }

    /// The findings that are not fine.
    fn faults(found: &Inspection) -> Vec<(String, Status)> {
        let faults = judge(found, false).into_iter().filter(|finding| finding.status != Status::Ok);
        faults
            .map(|finding| {
                assert!(finding.advice.is_some(), "{finding:?}");
                (finding.subject, finding.status)
            })
            .collect()
    }

    #[test]
    fn every_fault_is_found_alone() {
        assert_eq!(faults(&sound()), []);
        let behind = Migrations { done: 16, pending: vec![17], ..Migrations::default() };
        let ahead = Migrations { done: 17, unknown: vec![18], ..Migrations::default() };
        let other = Migrations { done: 16, different: vec![3], ..Migrations::default() };
        let empty = Migrations { pending: vec![1, 2], ..Migrations::default() };
        for (found, subject, status) in [
            (Inspection { version: 140_011, ..sound() }, "Postgres", Status::Error),
            (Inspection { may_destroy: true, ..sound() }, "role", Status::Warning),
            (Inspection { missing: vec!["event (insert)".to_owned()], ..sound() }, "role", Status::Error),
            (Inspection { is_standby: true, ..sound() }, "writes", Status::Error),
            (Inspection { migrations: behind, ..sound() }, "migrations", Status::Error),
            (Inspection { migrations: ahead, ..sound() }, "migrations", Status::Warning),
            (Inspection { migrations: other, ..sound() }, "migrations", Status::Error),
            (Inspection { migrations: empty, ..sound() }, "migrations", Status::Warning),
            (Inspection { clock: TimeDelta::seconds(-5), ..sound() }, "clock", Status::Warning),
            (Inspection { clock: TimeDelta::seconds(90), ..sound() }, "clock", Status::Error),
            (Inspection { connections: (90, 97), ..sound() }, "connections", Status::Warning),
            (Inspection { dropped: vec!["jit"], ..sound() }, "session settings", Status::Error),
        ] {
            assert_eq!(faults(&found), [(subject.to_owned(), status)], "{found:?}");
        }
    }

    #[test]
    fn versions_and_data_grow_old() {
        let day = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        assert_eq!(version(150_014, "15.14", day(2027)).status, Status::Ok);
        assert_eq!(version(150_014, "15.14", day(2028)).status, Status::Warning);
        assert_eq!(version(250_001, "25.1", day(2033)).status, Status::Ok);
        assert_eq!(age(None, Utc::now())[0].status, Status::Warning);
    }
}
