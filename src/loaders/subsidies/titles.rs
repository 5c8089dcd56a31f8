//! Titles and descriptions of the pages about subsidies; their files and feeds use them too.

use crate::text::Locale;

/// Title of the page; its files use it too.
pub fn title(locale: Locale) -> &'static str {
    locale.pick("Subsidies", "补贴")
}

pub fn description(locale: Locale) -> &'static str {
    locale.pick(
        "Public money on the public record: budgeted, approved, paid, or disclosed by the recipient. The four are never added together.",
            "有公开记录的公共资金：预算安排、已核准、已拨付，或由受助方披露。四类绝不相加。",
    )
}
