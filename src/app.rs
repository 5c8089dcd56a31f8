//! Every address of the site, in the order of the menu.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    ParamSegment, SsrMode, StaticSegment,
    components::{FlatRoutes, Route, Router},
};

use crate::{
    about,
    error::AppError,
    home, indicators, revisions, sources,
    ui::{
        furniture::{Masthead, MenuItem},
        here::{self, LocaleSegment},
        loaded::Failure,
    },
};

const MENU: [MenuItem; 4] = [
    MenuItem { path: "", en: "Overview", zh: "概览" },
    MenuItem { path: "/indicators", en: "Indicators", zh: "指标" },
    MenuItem { path: "/sources", en: "Sources", zh: "来源" },
    MenuItem { path: "/about", en: "About", zh: "关于" },
];

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let indicators = StaticSegment("indicators");
    let sources = StaticSegment("sources");
    let slug = ParamSegment("slug");
    view! {
        <Router>
            <Masthead menu=&MENU/>
            <main id="main">
                <FlatRoutes fallback=NoSuchPage>
                    <Route path=(LocaleSegment,) view=home::page::Home ssr=SsrMode::Async/>
                    <Route path=(LocaleSegment, indicators) view=indicators::list::List ssr=SsrMode::Async/>
                    <Route path=(LocaleSegment, indicators, slug) view=indicators::detail::Detail ssr=SsrMode::Async/>
                    <Route path=(LocaleSegment, sources) view=sources::list::List ssr=SsrMode::Async/>
                    <Route path=(LocaleSegment, sources, slug) view=sources::detail::Detail ssr=SsrMode::Async/>
                    <Route path=(LocaleSegment, StaticSegment("about")) view=about::About ssr=SsrMode::Async/>
                </FlatRoutes>
            </main>
            <revisions::colophon::Colophon/>
        </Router>
    }
}

#[component]
fn NoSuchPage() -> impl IntoView {
    view! { <Failure locale=here::locale() error=AppError::NotFound/> }
}
