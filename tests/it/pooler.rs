//! PgBouncer in transaction mode is refused with advice, at the start of the server and by `observatory doctor`.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use sqlx::PgPool;

use crate::support::{
    built_site,
    program::{eventually, free_address, observatory, run, stdout},
    shipped,
};

/// A running pooler; killed on drop.
struct Pooler(Child);

impl Drop for Pooler {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn installed() -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    let folders = std::env::split_paths(&folders).chain([PathBuf::from("/usr/sbin")]);
    folders.map(|folder| folder.join("pgbouncer")).find(|path| path.is_file())
}

/// Starts PgBouncer before a database; returns the URL behind it.
fn start(program: &Path, folder: &Path, db: &PgPool, settings: &str) -> (Pooler, String) {
    let options = db.connect_options();
    let host =
        options.get_socket().map_or_else(|| options.get_host().to_owned(), |path| path.display().to_string());
    let (port, user) = (options.get_port(), options.get_username());
    let database = options.get_database().unwrap();
    let address = free_address();
    let file = folder.join("pgbouncer.ini");
    fs::write(
        &file,
        format!(
            "[databases]\ntested = host={host} port={port} user={user} dbname={database}\n\
             [pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {}\nunix_socket_dir =\nauth_type = any\n\
             pool_mode = transaction\n{settings}\n",
            address.port()
        ),
    )
    .unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let mut command = Command::new(program);
    if nix::unistd::Uid::effective().is_root() {
        command.args(["-u", "nobody"]);
    }
    let child =
        command.arg(&file).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let pooler = Pooler(child);
    eventually("the pooler listens", || std::net::TcpStream::connect(address).is_ok());
    (pooler, format!("postgres://anyone@{address}/tested"))
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_pooler_in_transaction_mode_is_refused_with_advice(db: PgPool) {
    let Some(program) = installed() else {
        eprintln!("PgBouncer is not installed: not tried");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    for settings in ["", "ignore_startup_parameters = extra_float_digits,options"] {
        let (_pooler, url) = start(&program, folder.path(), &db, settings);
        let site = format!("--site-root={}", built_site(folder.path()).display());
        let data = format!("--data={}", shipped().display());
        let log = folder.path().join("log");
        let mut server = observatory(&["--port=0", "--database-url", &url, &site, &data])
            .stderr(fs::File::create(&log).unwrap())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        eventually("the server gives up", || server.try_wait().unwrap().is_some());
        assert_eq!(server.wait().unwrap().code(), Some(1));
        let said = fs::read_to_string(&log).unwrap();
        assert!(
            said.lines().last().unwrap().contains("a connection pooler is in between"),
            "{settings}: {said}"
        );
        let examined = run(&["doctor", "--database-url", &url, &site, &data]);
        assert_eq!(examined.status.code(), Some(1));
        assert!(stdout(&examined).contains("a connection pooler is in between"), "{settings}: {examined:?}");
    }
}
