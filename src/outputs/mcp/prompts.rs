//! Prompts for the three readers: an official, an investor, a journalist.

use rmcp::model::{GetPromptResult, JsonObject, Prompt, PromptArgument, PromptMessage, Role};
use serde_json::Value;

/// A prompt with one argument, which stands for `{}` in its text.
struct Written {
    name: &'static str,
    title: &'static str,
    about: &'static str,
    argument: (&'static str, &'static str),
    text: &'static str,
}

static PROMPTS: [Written; 3] = [
    Written {
        name: "policy_brief",
        title: "Brief on the programmes of a place",
        about: "For an official: what a place offers to micro-dramas, what has been paid, and how that compares.",
        argument: ("place", "Name of the place"),
        text: "Write a one-page brief on what {} offers to the micro-drama industry. Find its id with `search`; use `list_programs` for its programmes in force and announced, `subsidies` for what was budgeted, approved and paid (never added up across these), and `compare_places` for two places that compete with it. Name instrument, amount, who is eligible, status and closing date of each measure, with its source. End with what is not known.",
    },
    Written {
        name: "company_profile",
        title: "Profile of a company",
        about: "For an investor: figures, apps, deals, public money and presence in Pudong of one company.",
        argument: ("company", "Name of the company or of one of its apps"),
        text: "Write a profile of {}. Find its id with `search`; use `organization` for the company and `get_series` for the figures of its apps. Give each figure with period, qualifier, producer and source; say where producers disagree, and what is an estimate or a forecast. Do not compute growth across different producers, bases or breaks.",
    },
    Written {
        name: "fact_check",
        title: "Check the figures of a text",
        about: "For a journalist: every figure of a text against what is held.",
        argument: ("text", "The text"),
        text: "Check every figure in the text below with `check_claim`. For each give the verdict, the reason, the figure held with period, producer and source, and a corrected sentence where the text is wrong. “not-held” means that nothing is held here, not that the text is wrong.\n\n{}",
    },
];

/// Returns the description of every prompt.
pub fn all() -> Vec<Prompt> {
    let described = |prompt: &Written| {
        let (name, about) = prompt.argument;
        let argument = PromptArgument::new(name).with_description(about).with_required(true);
        Prompt::new(prompt.name, Some(prompt.about), Some(vec![argument])).with_title(prompt.title)
    };
    PROMPTS.iter().map(described).collect()
}

/// Writes a prompt.
///
/// # Errors
///
/// Says which prompts there are, or which argument is missing.
pub fn written(name: &str, arguments: &JsonObject) -> Result<GetPromptResult, String> {
    let Some(prompt) = PROMPTS.iter().find(|prompt| prompt.name == name) else {
        let names: Vec<&str> = PROMPTS.iter().map(|prompt| prompt.name).collect();
        return Err(format!("There is no prompt “{name}”. Prompts: {}.", names.join(", ")));
    };
    let (argument, _) = prompt.argument;
    let Some(value) = arguments.get(argument).and_then(Value::as_str) else {
        return Err(format!("The argument “{argument}” is missing."));
    };
    let message = PromptMessage::new_text(Role::User, prompt.text.replacen("{}", value, 1));
    Ok(GetPromptResult::new(vec![message]).with_description(prompt.about))
}
