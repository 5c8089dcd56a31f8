//! Routes of the site, in the order of the menu.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    ParamSegment, SsrMode, StaticSegment,
    components::{FlatRoutes, Route, Router},
};

use super::{
    about, dataset, disagreements, download, entities, events, explore, home, indicators, organizations,
    programs, revisions, search, sources, subsidies,
};
use crate::{
    components::{
        async_page::Failure,
        layout::{Masthead, MenuItem},
        location::{self, LocaleSegment},
    },
    error::AppError,
    pages as api,
};

const MENU: [MenuItem; 10] = [
    MenuItem { path: "", en: "Overview", zh: "概览" },
    MenuItem { path: "/indicators", en: "Indicators", zh: "指标" },
    MenuItem { path: "/explore", en: "Explore", zh: "探索" },
    MenuItem { path: "/programs", en: "Programmes", zh: "政策" },
    MenuItem { path: "/subsidies", en: "Subsidies", zh: "补贴" },
    MenuItem { path: "/organizations", en: "Companies", zh: "企业" },
    MenuItem { path: "/events", en: "Events", zh: "事件" },
    MenuItem { path: "/places", en: "Places", zh: "地区" },
    MenuItem { path: "/sources", en: "Sources", zh: "来源" },
    MenuItem { path: "/data", en: "Data", zh: "数据" },
];

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let room = |name| (LocaleSegment, StaticSegment(name));
    let below = |room, name| (LocaleSegment, StaticSegment(room), StaticSegment(name));
    let one = |room| (LocaleSegment, StaticSegment(room), ParamSegment("slug"));
    let of_one = |room| (LocaleSegment, StaticSegment(room), ParamSegment("slug"), StaticSegment("download"));
    view! {
        <Router>
            <Masthead menu=&MENU/>
            <revisions::colophon::PrintHead/>
            <main id="main">
                <revisions::colophon::Frozen/>
                <FlatRoutes fallback=NoSuchPage>
                    <Route path=(LocaleSegment,) view=home::page::Home ssr=SsrMode::Async/>
                    <Route path=room("download") view=download::page::Download ssr=SsrMode::Async/>
                    <Route path=room("indicators") view=indicators::list::List ssr=SsrMode::Async/>
                    <Route path=below("indicators", "download") view=download::page::Download ssr=SsrMode::Async/>
                    <Route path=of_one("indicators") view=download::page::Download ssr=SsrMode::Async/>
                    <Route path=one("indicators") view=indicators::detail::Detail ssr=SsrMode::Async/>
                    <Route path=room("explore") view=explore::page::Explore ssr=SsrMode::Async/>
                    <Route path=below("explore", "download") view=download::page::Download ssr=SsrMode::Async/>
                    <Route path=room("disagreements") view=disagreements::page::Disagreements ssr=SsrMode::Async/>
                    <Route path=below("disagreements", "download") view=download::page::Download ssr=SsrMode::Async/>
                    <Route path=room("programs") view=programs::list::List ssr=SsrMode::Async/>
                    <Route path=below("programs", "compare") view=programs::compare::Compare ssr=SsrMode::Async/>
                    <Route path=below("programs", "match") view=programs::match_page::Fit ssr=SsrMode::Async/>
                    <Route path=below("programs", "download") view=download::page::Download ssr=SsrMode::Async/>
                    <Route path=of_one("programs") view=download::page::Download ssr=SsrMode::Async/>
                    <Route path=one("programs") view=programs::detail::Detail ssr=SsrMode::Async/>
                    <Route path=room("subsidies") view=subsidies::list::List ssr=SsrMode::Async/>
                    <Route path=below("subsidies", "download") view=download::page::Download ssr=SsrMode::Async/>
                    <Route path=of_one("subsidies") view=download::page::Download ssr=SsrMode::Async/>
                    <Route path=one("subsidies") view=subsidies::detail::Detail ssr=SsrMode::Async/>
                    <Route path=room("organizations") view=organizations::list::List ssr=SsrMode::Async/>
                    <Route path=below("organizations", "download") view=download::page::Download ssr=SsrMode::Async/>
                    <Route path=of_one("organizations") view=download::page::Download ssr=SsrMode::Async/>
                    <Route path=one("organizations") view=organizations::detail::Detail ssr=SsrMode::Async/>
                    <Route path=room("events") view=events::list::List ssr=SsrMode::Async/>
                    <Route path=below("events", "download") view=download::page::Download ssr=SsrMode::Async/>
                    <Route path=of_one("events") view=download::page::Download ssr=SsrMode::Async/>
                    <Route path=one("events") view=events::detail::Detail ssr=SsrMode::Async/>
                    <Route path=room("places") view=entities::list::List ssr=SsrMode::Async/>
                    <Route path=below("places", "download") view=download::page::Download ssr=SsrMode::Async/>
                    <Route path=of_one("places") view=download::page::Download ssr=SsrMode::Async/>
                    <Route path=one("places") view=entities::detail::Detail ssr=SsrMode::Async/>
                    <Route path=room("sources") view=sources::list::List ssr=SsrMode::Async/>
                    <Route path=below("sources", "download") view=download::page::Download ssr=SsrMode::Async/>
                    <Route path=of_one("sources") view=download::page::Download ssr=SsrMode::Async/>
                    <Route path=one("sources") view=sources::detail::Detail ssr=SsrMode::Async/>
                    <Route path=below("search", "download") view=download::page::Download ssr=SsrMode::Async/>
                    <Route path=room("search") view=search::page::Search ssr=SsrMode::Async/>
                    <Route path=room("data") view=dataset::page::Data ssr=SsrMode::Async/>
                    <Route
                        path=(LocaleSegment, StaticSegment("data"), StaticSegment("revisions"), ParamSegment("number"))
                        view=dataset::revision::Revision
                        ssr=SsrMode::Async
                    />
                    <Route path=room("api") view=api::api::Api ssr=SsrMode::Async/>
                    <Route path=room("about") view=about::About ssr=SsrMode::Async/>
                </FlatRoutes>
            </main>
            <revisions::colophon::Colophon/>
        </Router>
    }
}

#[component]
fn NoSuchPage() -> impl IntoView {
    view! { <Failure locale=location::locale() error=AppError::NotFound/> }
}
