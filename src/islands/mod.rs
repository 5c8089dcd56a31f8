//! Islands: all parts of a page that run in the browser. Compiled for server and browser; the browser script otherwise contains only what
//! islands use of [`crate::text`].

#[cfg(feature = "hydrate")]
mod fetch;
#[cfg(feature = "hydrate")]
mod period_drag;
pub mod readout;
pub mod since_visit;
pub mod suggest;
pub mod suggestions;
pub mod theme;
pub mod workbench;

use crate::text::Locale;

/// Returns the language of the page that contains the island. Islands have no properties, because these require a JSON parser that weighs
/// more than all islands together.
fn page_locale() -> Locale {
    #[cfg(feature = "hydrate")]
    let path = leptos::prelude::window().location().pathname().unwrap_or_default();
    #[cfg(not(feature = "hydrate"))]
    let path = {
        use leptos::prelude::GetUntracked;
        leptos_router::hooks::use_location().pathname.get_untracked()
    };
    Locale::of_path(&path)
}
