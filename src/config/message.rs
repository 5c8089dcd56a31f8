//! What is wrong with a command line, in one line without secrets.

use std::{ffi::OsString, fmt::Write};

use clap::{
    Command,
    error::{ContextKind, ContextValue, ErrorKind},
};

/// Formats a clap error as one line: its first paragraph, plus the environment variable if the value came from one.
pub(super) fn one_line(error: &clap::Error, arguments: &[OsString], declared: &Command) -> String {
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
        if let Some(variable) = variable_of(flag, declared)
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
pub(super) fn without_credentials(line: &str) -> String {
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

fn variable_of(flag: &str, declared: &Command) -> Option<String> {
    let name = flag.strip_prefix("--")?;
    let argument = declared.get_arguments().find(|argument| argument.get_long() == Some(name))?;
    Some(argument.get_env()?.to_string_lossy().into_owned())
}
