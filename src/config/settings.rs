//! Settings as a command was given them: value and origin, read from the same declarations as the command line.

use clap::{ArgAction, ArgMatches, Command, parser::ValueSource};

/// A setting of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The environment variable, or the flag of a setting without one.
    pub name: String,
    pub flag: String,
    /// As it was given. `None` if it is not set, or a secret.
    pub value: Option<String>,
    pub origin: Origin,
    /// Whether the value is not to be shown.
    pub secret: bool,
}

/// Where a setting comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    Flag,
    Variable,
    /// Not given: the default, or nothing.
    Default,
}

impl Origin {
    pub fn name(self) -> &'static str {
        match self {
            Origin::Flag => "flag",
            Origin::Variable => "environment",
            Origin::Default => "default",
        }
    }
}

/// Returns every setting that can also be given by an environment variable. Flags without a variable belong to one call of the command.
pub fn of(command: &Command, matches: &ArgMatches) -> Vec<Setting> {
    let settings = command.get_arguments().filter_map(|argument| {
        let variable = argument.get_env()?.to_string_lossy().into_owned();
        let id = argument.get_id().as_str();
        let origin = match matches.value_source(id) {
            Some(ValueSource::CommandLine) => Origin::Flag,
            Some(ValueSource::EnvVariable) => Origin::Variable,
            _ => Origin::Default,
        };
        let secret = argument.is_hide_env_values_set();
        let value = match argument.get_action() {
            ArgAction::SetTrue => Some(matches.get_flag(id).to_string()),
            _ => matches.get_raw(id).map(|values| {
                let values: Vec<_> = values.map(|value| value.to_string_lossy()).collect();
                values.join(",")
            }),
        };
        Some(Setting {
            name: variable,
            flag: format!("--{}", argument.get_long().unwrap_or(id)),
            value: value.filter(|_| !secret),
            origin,
            secret,
        })
    });
    settings.collect()
}
