//! Sections of a detail page, with an anchor each.

use leptos::prelude::*;

/// A section of a detail page.
pub struct Section {
    /// Its anchor in the address.
    pub id: &'static str,
    pub title: &'static str,
    body: AnyView,
}

impl Section {
    pub fn new(id: &'static str, title: &'static str, body: impl IntoView + 'static) -> Section {
        Section { id, title, body: body.into_any() }
    }

    pub fn view(self) -> impl IntoView {
        view! {
            <section class="taken" id=self.id>
                <h2>{self.title}</h2>
                {self.body}
            </section>
        }
    }
}
