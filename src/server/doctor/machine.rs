//! This machine: folders, disks, programs of Postgres, the files of the site, and settings that do not fit together.

use std::{env, path::Path};

use nix::sys::statvfs::statvfs;

use super::report::{Area, Finding};
use crate::{
    config::{Database, Serve, SiteConfig},
    db::inspect,
    import::{self, DataSet},
    server::assets,
};

/// Free bytes below which a disk is called nearly full, and full.
const LOW: u64 = 2 << 30;
const FULL: u64 = 200 << 20;

/// Programs of Postgres that back up and restore.
const BACKUP: [&str; 2] = ["pg_dump", "pg_restore"];

/// Judges settings that do not fit together.
pub fn settings(site: &SiteConfig, database: &Database) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut warn = |subject: &str, found: &str, advice: &str| {
        findings.push(Finding::warning(Area::Set, subject, found, advice));
    };
    if !site.host.is_loopback() && site.public_url.is_none() {
        let found = "readers come from other machines, and links take their address from each request";
        warn("public address", found, "set PUBLIC_URL, such as https://observatory.example");
    }
    if site.public_url.as_deref().is_some_and(|url| url.starts_with("https:"))
        && site.trusted_proxies.is_empty()
    {
        let found =
            "the site is public by https, which something in front must speak, and no proxy is trusted";
        warn("proxies", found, "name it in TRUSTED_PROXIES; otherwise all readers share one rate limit");
    }
    if site.contact.is_none() {
        warn("contact", "readers cannot report errors", "set CONTACT to an e-mail address or a page");
    }
    let delivery = &site.delivery;
    if delivery.delivery_key.is_none()
        && database.url.is_some()
        && (delivery.smtp_url.is_some() || delivery.webhooks)
    {
        let found = "SMTP_URL or WEBHOOKS is set without DELIVERY_KEY: nobody can subscribe";
        warn("subscriptions", found, "set DELIVERY_KEY; make one with: openssl rand -hex 32");
    }
    findings
}

/// Examines folders, programs and files.
pub fn examine(config: &Serve, shipped: anyhow::Result<DataSet>) -> Vec<Finding> {
    let mut findings =
        vec![folder("temporary folder", &env::temp_dir(), "set TMPDIR to a folder that can be written")];
    if config.database.url.is_none() {
        let advice = "choose a folder that this user can write in OBSERVATORY_STATE, or set DATABASE_URL";
        findings.push(folder("state folder", &config.database.state, advice));
    }
    findings.extend(programs(&config.database));
    findings.push(site(&config.site.site_root));
    findings.push(data(&config.data, shipped));
    findings.push(Finding::ok(Area::Missing, "fonts", "nothing: they are part of the program"));
    findings.push(Finding::ok(Area::Old, "program", format!("version {}", env!("CARGO_PKG_VERSION"))));
    findings
}

/// Examines whether a folder, or the nearest one above it, can be written to, and how much room it has.
fn folder(subject: &str, path: &Path, advice: &str) -> Finding {
    let Some(existing) = path.ancestors().find(|above| above.as_os_str().is_empty() || above.is_dir()) else {
        return Finding::error(
            Area::Reachable,
            subject,
            format!("{} does not exist", path.display()),
            advice,
        );
    };
    let existing = if existing.as_os_str().is_empty() { Path::new(".") } else { existing };
    if let Err(error) = tempfile::tempfile_in(existing) {
        let found = format!("{} cannot be written: {error}", existing.display());
        return Finding::error(Area::Reachable, subject, found, advice);
    }
    match statvfs(existing) {
        Ok(disk) => room(subject, path, disk.blocks_available() * disk.fragment_size()),
        Err(error) => {
            Finding::warning(Area::Reachable, subject, format!("its disk cannot be read: {error}"), advice)
        }
    }
}

fn room(subject: &str, path: &Path, free: u64) -> Finding {
    let found = format!("{} can be written; {} MB free", path.display(), free >> 20);
    let advice = "free some space: a full disk stops imports and the private database";
    match free {
        ..FULL => Finding::error(Area::Reachable, subject, found, advice),
        FULL..LOW => Finding::warning(Area::Reachable, subject, found, advice),
        _ => Finding::ok(Area::Reachable, subject, found),
    }
}

/// Examines the programs of Postgres. Only the private database and previews cannot do without.
fn programs(config: &Database) -> Vec<Finding> {
    let (subject, install) = ("Postgres programs", "install Postgres (Debian: apt install postgresql)");
    let (folder, major) = match inspect::programs(&config.state) {
        Ok(found) => found,
        Err(error) if config.url.is_none() => {
            return vec![Finding::error(
                Area::Missing,
                subject,
                format!("{error:#}"),
                format!("{install}, or set DATABASE_URL"),
            )];
        }
        Err(_) => {
            let found = "none here: no previews, and no backups by this program";
            return vec![Finding::warning(Area::Missing, subject, found, install)];
        }
    };
    let lacking: Vec<&str> = BACKUP.into_iter().filter(|name| !folder.join(name).is_file()).collect();
    let found = format!("version {major} in {}", folder.display());
    vec![
        Finding::ok(Area::Missing, subject, found),
        match lacking.is_empty() {
            true => Finding::ok(Area::Missing, "pg_dump", "beside them"),
            false => Finding::warning(
                Area::Missing,
                "pg_dump",
                format!("{} not found beside them", lacking.join(" and ")),
                "install the client programs of Postgres (Debian: apt install postgresql-client)",
            ),
        },
    ]
}

/// Examines the files that browsers load.
fn site(root: &Path) -> Finding {
    let subject = "site files";
    let advice = "build them with `./run --build`, and name their folder in LEPTOS_SITE_ROOT";
    match assets::build_id(root) {
        Err(error) => Finding::error(Area::Missing, subject, format!("{error:#}"), advice),
        Ok(id) => {
            let files = ["observatory.css", "observatory.js", "observatory.wasm"];
            let lacking: Vec<&str> =
                files.into_iter().filter(|name| !root.join("pkg").join(name).is_file()).collect();
            match lacking.is_empty() {
                true => Finding::ok(Area::Missing, subject, format!("build {id} in {}", root.display())),
                false => Finding::error(
                    Area::Missing,
                    subject,
                    format!("{} lacks {}", root.join("pkg").display(), lacking.join(", ")),
                    advice,
                ),
            }
        }
    }
}

/// Examines the data folder, which a server publishes into an empty database.
fn data(folder: &Path, shipped: anyhow::Result<DataSet>) -> Finding {
    let subject = "data folder";
    let advice =
        "name the folder of the data set in OBSERVATORY_DATA; `observatory check` lists its problems";
    let checked = shipped.map(|data| import::check(&data));
    match checked {
        Ok(Ok(_)) => Finding::ok(Area::Missing, subject, format!("{} is complete", folder.display())),
        Ok(Err(_)) => Finding::warning(
            Area::Missing,
            subject,
            format!("{} cannot be published", folder.display()),
            advice,
        ),
        Err(error) => Finding::warning(Area::Missing, subject, format!("{error:#}"), advice),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::report::Status, *};

    #[test]
    fn a_disk_fills_up() {
        for (free, status) in [(FULL - 1, Status::Error), (LOW - 1, Status::Warning), (LOW, Status::Ok)] {
            assert_eq!(room("x", Path::new("/x"), free).status, status);
        }
    }

    #[test]
    fn folders_and_files_that_are_not_there_are_named() {
        let root = tempfile::tempdir().unwrap();
        assert_eq!(folder("x", &root.path().join("a/b"), "").status, Status::Ok, "it can be made");
        let file = root.path().join("file");
        std::fs::write(&file, "").unwrap();
        assert_eq!(site(root.path()).status, Status::Error);
        std::fs::create_dir(root.path().join("pkg")).unwrap();
        std::fs::write(root.path().join("pkg/observatory.js"), "").unwrap();
        let found = site(root.path());
        assert!(found.found.ends_with("lacks observatory.css, observatory.wasm"), "{found:?}");
        let nowhere = root.path().join("nowhere");
        assert_eq!(data(&nowhere, DataSet::open(&nowhere)).status, Status::Warning);
    }
}
