//! Tests of the command line and its variables.

use super::*;

fn parsed(line: &str) -> Result<Command, Refusal> {
    parse(line.split(' ').map(OsString::from))
}

fn wrong(line: &str) -> String {
    match parsed(line) {
        Err(Refusal::Wrong(line)) => line,
        other => panic!("{line}: {other:?}"),
    }
}

#[test]
fn serving_is_the_default() {
    for line in ["observatory --port 4000", "observatory serve --port 4000"] {
        match parsed(line).unwrap() {
            Command::Serve(serve) => assert_eq!(serve.site.address().to_string(), "127.0.0.1:4000"),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_wrong_value_is_named_in_one_line() {
    for (line, part) in [
        ("observatory --port 99999", "'--port <PORT>'"),
        ("observatory --host nowhere", "not an IP address"),
        ("observatory --public-url https://a/b", "without a path"),
        ("observatory --database-url mysql://x", "postgres://user"),
        ("observatory --log-format xml", "plain, json"),
        ("observatory --log ==", "not a filter"),
        ("observatory --colour red", "'--colour'"),
        ("observatory publicise", "'publicise'"),
        ("observatory publish data", "--by"),
        ("observatory import", "<DIR|FILE>"),
        ("observatory import data --note ", "a note must not be empty"),
    ] {
        let message = wrong(line);
        assert!(message.contains(part), "{line}: {message}");
        assert!(!message.contains('\n'), "{message}");
    }
}

#[test]
fn no_password_is_ever_repeated() {
    for address in [
        "postgres://user:hunter2@host:port/name",
        "postgres://user:hunter2@host:99999/name",
        "postgres://user:hunter2@[::1/name",
        "postgres://user:hunter2/x@host/name",
        "postgres://user:hunter2#@host/name",
        "postgres://user:hun@hunter2@host:x/name",
        "postgres:/user:hunter2@host/name",
        "postgre://user:hunter2@host/name",
        "user:hunter2@host/name",
        "hunter2",
        "postgres://host/name?password=hunter2&sslmode=hunter2",
        "postgres://host/name?port=hunter2",
        "postgres://user:hunter2@host/name?statement-cache-capacity=hunter2",
        "POSTGRES://user:hunter2@host/name",
    ] {
        for line in [
            format!("observatory --database-url {address}"),
            format!("observatory --database-url={address}"),
            format!("observatory --database-url postgres://a@b/c --replica-urls postgres://a@b/c,{address}"),
            format!("observatory migrate --database-url {address}"),
        ] {
            let message = wrong(&line);
            assert!(!message.contains("hunter2") && message.contains("postgres://"), "{message}");
        }
    }
    for line in [
        "observatory postgres://user:hunter2@host/name",
        "observatory --port postgres://user:hunter2@host/name",
        "observatory import data more postgres://user:hun'ter@hunter2@host/name",
        "observatory --database-url postgres://a@b/c --database-url postgres://user:hunter2@host/name",
    ] {
        let message = wrong(line);
        assert!(!message.contains("hunter2"), "{message}");
    }
    let command = parsed("observatory --database-url postgres://user:hunter2@host/name").unwrap();
    assert!(!format!("{command:?}").contains("hunter2"), "{command:?}");
}

#[test]
fn every_flag_is_described() {
    for command in CommandLine::command().get_subcommands().chain([&CommandLine::command()]) {
        for argument in
            command.get_arguments().filter(|a| !["help", "version"].contains(&a.get_id().as_str()))
        {
            assert!(argument.get_help().is_some(), "{} {}", command.get_name(), argument.get_id());
        }
    }
}
