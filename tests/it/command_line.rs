//! What the program says, and with which exit code.

use crate::support::{
    data::Folder,
    program::{run, stderr, stdout},
    shipped,
};

#[test]
fn a_wrong_argument_is_one_line_and_code_2() {
    for (arguments, part) in [
        (&["--port", "many"][..], "--port"),
        (&["--database-url", "sqlite:x"], "--database-url"),
        (&["import"], "<DIR|FILE>"),
        (&["sing"], "sing"),
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let said = stderr(&output);
        assert!(said.starts_with("observatory: ") && said.contains(part), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
}

#[test]
fn a_wrong_variable_is_named() {
    let output = crate::support::program::observatory(&["serve"]).env("PORT", "many").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("environment variable PORT"), "{}", stderr(&output));
}

#[test]
fn help_names_every_variable() {
    let help = stdout(&run(&["--help"]));
    for variable in [
        "HOST",
        "PORT",
        "DATABASE_URL",
        "PUBLIC_URL",
        "OBSERVATORY_DATA",
        "OBSERVATORY_STATE",
        "LEPTOS_SITE_ROOT",
        "LOG_FORMAT",
        "RUST_LOG",
    ] {
        assert!(help.contains(&format!("[env: {variable}")), "{variable}: {help}");
    }
}

#[test]
fn check_answers_with_text_and_code() {
    let good = run(&["check", shipped().to_str().unwrap()]);
    assert_eq!(good.status.code(), Some(0));
    assert!(stdout(&good).contains("nothing is wrong: 13 files, "));

    let folder = Folder::small();
    folder.set("observations.csv", 2, "value", "1,5");
    let bad = run(&["check", folder.path().to_str().unwrap()]);
    assert_eq!(bad.status.code(), Some(1));
    assert_eq!(
        stdout(&bad),
        "observations.csv, row 2: has 15 cells; the header has 14\n1 problem; nothing was changed\n"
    );

    let nowhere = run(&["check", "/nowhere"]);
    assert_eq!(nowhere.status.code(), Some(1));
    assert!(stderr(&nowhere).starts_with("observatory: the data set in /nowhere cannot be read: "));
}

#[test]
fn a_database_that_refuses_is_told_in_one_line() {
    let there = std::env::var("DATABASE_URL").unwrap();
    let (server, query) = there.split_once('?').unwrap_or((&there, ""));
    let (server, _) = server.rsplit_once('/').unwrap();
    let output = run(&[
        "import",
        shipped().to_str().unwrap(),
        "--database-url",
        &format!("{server}/nothing-here?{query}"),
    ]);
    assert_eq!(output.status.code(), Some(1));
    let said = stderr(&output);
    let last = said.lines().last().unwrap();
    assert!(last.starts_with("observatory: the database “nothing-here” on "), "{said}");
    assert!(last.contains("does not exist"), "{said}");
}
