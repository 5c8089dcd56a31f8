//! Islands: everything of a page that runs in the browser. Compiled for both halves; nothing else of the crate is in the script but what
//! they use of [`crate::text`] and [`crate::charts::view`].

#[cfg(feature = "hydrate")]
pub mod fetch;
pub mod readout;
pub mod suggest;
pub mod theme;
pub mod workbench;

use crate::text::Locale;

/// The language of the page that an island stands in. Islands have no parameters: they would bring a reader of JSON along, which weighs
/// more than all of them.
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
