//! The private Postgres: it starts and stops with the server and survives being killed.

use std::fs;

use nix::sys::signal::{Signal, kill};

use crate::support::{
    data::Folder,
    program::{Server, State, eventually, lives, run, stderr, stdout},
};

/// Asserts that revision 1 with all observations of the shipped data set is published.
async fn assert_whole(state: &State) {
    let shipped = fs::read_to_string(crate::support::shipped().join("observations.csv")).unwrap();
    let observations = i64::try_from(shipped.lines().count() - 1).unwrap();
    assert_eq!(state.published().await.unwrap(), (1, observations));
}

#[tokio::test]
async fn it_starts_and_stops_with_the_server() {
    let state = State::new();
    // The leftovers of a killed initialization do no harm.
    fs::create_dir_all(state.cluster().join("unfinished/base")).unwrap();
    if nix::unistd::Uid::effective().is_root() {
        // They belong to the user that root switches to.
        for left in ["unfinished/base", "unfinished"] {
            let nobody = nix::unistd::User::from_name("nobody").unwrap().unwrap();
            nix::unistd::chown(&state.cluster().join(left), Some(nobody.uid), Some(nobody.gid)).unwrap();
        }
    }
    let mut server = Server::start(&state);
    assert_whole(&state).await;
    let postmaster = state.postmaster().unwrap();
    let files = fs::read_dir(state.cluster()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(files.into_iter().any(|name| name == ".s.PGSQL.5432"), "the socket is in the state folder");

    // A second server on the same state folder names the process that holds it.
    let second = run(&["serve", "--port", "0", &state.flag()]);
    assert_eq!(second.status.code(), Some(1));
    let said = stderr(&second);
    let line = said.lines().last().unwrap();
    assert!(
        line.starts_with("observatory: another observatory (process ") && line.contains("--state"),
        "{said}"
    );

    // An import joins the cluster of the running server.
    let folder = Folder::small();
    let data = folder.path().to_str().unwrap();
    let dry = run(&["import", data, "--dry-run", &state.flag()]);
    assert!(stdout(&dry).contains("would become revision 2"), "{dry:?}");
    let imported = run(&["import", data, "--note", "Another data set", &state.flag()]);
    assert!(stdout(&imported).contains("published revision 2"), "{imported:?}");
    assert_eq!(state.published().await.unwrap(), (2, 5));

    server.signal(Signal::SIGTERM);
    assert!(server.wait(), "exits successfully on SIGTERM");
    assert_eq!(state.postmaster(), None);
    assert!(!lives(postmaster));

    // Without a server, an import starts the cluster itself.
    let again = run(&["import", data, &state.flag()]);
    assert!(stdout(&again).contains("the same content as revision 2"), "{again:?}");
    assert_eq!(state.postmaster(), None);
}

/// A clone in root's home: the user that the program switches to cannot enter it, and does not need to.
#[tokio::test]
async fn it_starts_from_a_folder_that_its_user_cannot_enter() {
    let (state, door) = (State::new(), tempfile::tempdir().unwrap());
    let server = Server::start_behind_a_closed_door(&state, door.path());
    assert_whole(&state).await;
    drop(server);
}

#[tokio::test]
async fn it_survives_the_death_of_the_server() {
    let state = State::new();
    Server::start(&state).kill();
    let orphan = state.postmaster().unwrap();
    assert!(lives(orphan), "the postmaster outlives the server");

    let server = Server::start(&state);
    assert_whole(&state).await;
    assert!(!lives(orphan), "the orphan was stopped before another was started");

    // Kill both at once; stop the server first so that it cannot start another postmaster.
    let postmaster = state.postmaster().unwrap();
    server.signal(Signal::SIGSTOP);
    kill(postmaster, Signal::SIGKILL).unwrap();
    server.kill();
    let _server = Server::start(&state);
    assert_whole(&state).await;
}

#[tokio::test]
async fn a_dead_postmaster_is_replaced_under_a_running_server() {
    let state = State::new();
    let server = Server::start(&state);
    let first = state.postmaster().unwrap();
    kill(first, Signal::SIGKILL).unwrap();
    eventually("another postmaster is running", || {
        state.postmaster().is_some_and(|second| second != first && lives(second))
    });
    eventually("the server answers again", || {
        server.get("/healthz").is_some_and(|answer| answer.starts_with("HTTP/1.1 200"))
    });
    let mut published = state.published().await;
    while published.is_err() {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        published = state.published().await;
    }
    assert_whole(&state).await;
}

#[tokio::test]
async fn a_pid_file_of_another_process_is_no_obstacle() {
    let state = State::new();
    let mut server = Server::start(&state);
    server.signal(Signal::SIGTERM);
    server.wait();
    // As after the restart of a container, when the pid belongs to another process.
    let data = state.cluster().join("data");
    let stale = format!("{}\n{}\n1764000000\n5432\n\n\n\nready\n", std::process::id(), data.display());
    fs::write(data.join("postmaster.pid"), stale).unwrap();
    let _server = Server::start(&state);
    assert_whole(&state).await;
}
