//! Routes and menu of the site.

use leptos::{prelude::*, tachys::view::iterators::StaticVec};
use leptos_meta::provide_meta_context;
use leptos_router::{
    ChooseView, NestedRoute, ParamSegment, PossibleRouteMatch, SsrMode, StaticSegment,
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    components::{FlatRoutes, Router},
};

use super::{
    about, api, brief, changes, check, dataset, disagreements, download::page::Download, entities, events,
    explore, follow, home, indicators, licences, map, organizations, programs, report, revisions, search,
    sources, subsidies,
};
use crate::{
    components::{
        async_page::Failure,
        layout::{Masthead, MenuItem},
        location::{self, LocaleSegment},
        title::ListLabels,
    },
    domain::registry::{Noun, SinglePage},
    error::AppError,
    loaders::labels,
    text::Locale,
};

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_context(ListLabels(labels::of));
    view! {
        <Router>
            <Masthead menu/>
            <revisions::colophon::PrintHead/>
            <main id="main">
                <revisions::preview::PreviewBanner/>
                <revisions::times::Banner/>
                <FlatRoutes fallback=NoSuchPage>
                    <Routes/>
                </FlatRoutes>
            </main>
            <revisions::colophon::Colophon/>
        </Router>
    }
}

/// Returns the menu: the front page, every noun, and the data set. Charts come after the indicators that they draw, the map after the places.
fn menu(locale: Locale) -> Vec<MenuItem> {
    let page = |page: SinglePage| MenuItem { path: page.path(), label: page.name(locale) };
    let mut items = vec![page(SinglePage::Home)];
    for noun in Noun::all() {
        items.push(MenuItem { path: format!("/{}", noun.word()), label: noun.name(locale) });
        match noun {
            Noun::Indicators => items.push(page(SinglePage::Explore)),
            Noun::Places => items.push(page(SinglePage::Map)),
            _ => {}
        }
    }
    items.push(MenuItem { path: "/data".to_owned(), label: locale.pick("Data", "数据") });
    items
}

/// Every route. The first that matches is taken, so fixed segments come before parameters.
#[component(transparent)]
fn Routes() -> AnyNestedRoute {
    let mut routes: Vec<AnyNestedRoute> = SinglePage::all().flat_map(single).collect();
    routes.extend([
        route((LocaleSegment, StaticSegment("data")), dataset::page::Data),
        route(
            (LocaleSegment, StaticSegment("data"), StaticSegment("revisions"), ParamSegment("number")),
            dataset::revision::Revision,
        ),
        route((LocaleSegment, StaticSegment("brief")), brief::page::Collected),
        route(
            (LocaleSegment, StaticSegment("brief"), ParamSegment("kind"), ParamSegment("slug")),
            brief::page::OfOne,
        ),
        route((LocaleSegment, StaticSegment("api")), api::Api),
        route((LocaleSegment, StaticSegment("about")), about::About),
        route((LocaleSegment, StaticSegment("licences")), licences::page::Licences),
        route((LocaleSegment, StaticSegment("report")), report::page::Report),
        route((LocaleSegment, StaticSegment("follow")), follow::page::Follow),
        route((LocaleSegment, StaticSegment("follow"), StaticSegment("confirm")), follow::token::Confirm),
        route((LocaleSegment, StaticSegment("follow"), StaticSegment("leave")), follow::token::Leave),
    ]);
    routes.extend(Noun::all().flat_map(of_noun));
    StaticVec::from(routes).into_any_nested_route()
}

/// Returns the routes of a page that exists once. The download pages of those below a noun are routes of that noun.
fn single(page: SinglePage) -> Vec<AnyNestedRoute> {
    let name = StaticSegment(page.word());
    let download = StaticSegment("download");
    let of_noun = |noun: Noun, name| (LocaleSegment, StaticSegment(noun.word()), StaticSegment(name));
    let of_program = |name| of_noun(Noun::Programs, name);
    let of_organization = |name| of_noun(Noun::Organizations, name);
    match page {
        SinglePage::Home => {
            vec![route((LocaleSegment,), home::page::Home), route((LocaleSegment, download), Download)]
        }
        SinglePage::Explore => vec![
            route((LocaleSegment, name), explore::page::Explore),
            route((LocaleSegment, name, download), Download),
        ],
        SinglePage::Disagreements => vec![
            route((LocaleSegment, name), disagreements::page::Disagreements),
            route((LocaleSegment, name, download), Download),
        ],
        SinglePage::Map => vec![
            route((LocaleSegment, name), map::page::Map),
            route((LocaleSegment, name, download), Download),
        ],
        SinglePage::Deals => vec![
            route((LocaleSegment, name), events::deals::Deals),
            route((LocaleSegment, name, download), Download),
        ],
        SinglePage::Check => vec![
            route((LocaleSegment, name), check::page::Check),
            route((LocaleSegment, name, download), Download),
        ],
        SinglePage::Changes => vec![
            route((LocaleSegment, name), changes::page::Changes),
            route((LocaleSegment, name, download), Download),
        ],
        SinglePage::Search => vec![
            route((LocaleSegment, name), search::page::Search),
            route((LocaleSegment, name, download), Download),
        ],
        SinglePage::Compare => vec![route(of_program("compare"), programs::compare::Compare)],
        SinglePage::Match => vec![route(of_program("match"), programs::match_page::Fit)],
        SinglePage::Screen => vec![route(of_organization("screen"), organizations::screen::Screen)],
    }
}

/// Returns the routes of a noun: its list, the page of each row, and their download pages; of indicators also the history of a figure, of
/// programmes what changed.
fn of_noun(noun: Noun) -> Vec<AnyNestedRoute> {
    match noun {
        Noun::Indicators => {
            let mut routes = list_and_details(noun, indicators::list::List, indicators::detail::Detail);
            routes.push(route(below(noun, "history"), indicators::history::History));
            routes
        }
        Noun::Programs => {
            let mut routes = list_and_details(noun, programs::list::List, programs::detail::Detail);
            routes.push(route(below(noun, "changes"), programs::changes::Changes));
            routes
        }
        Noun::Subsidies => list_and_details(noun, subsidies::list::List, subsidies::detail::Detail),
        Noun::Organizations => {
            list_and_details(noun, organizations::list::List, organizations::detail::Detail)
        }
        Noun::Events => list_and_details(noun, events::list::List, events::detail::Detail),
        Noun::Places => list_and_details(noun, entities::list::List, entities::detail::Detail),
        Noun::Sources => list_and_details(noun, sources::list::List, sources::detail::Detail),
    }
}

/// Path of a page below that of a row.
fn below(
    noun: Noun,
    word: &'static str,
) -> (LocaleSegment, StaticSegment<&'static str>, ParamSegment, StaticSegment<&'static str>) {
    (LocaleSegment, StaticSegment(noun.word()), ParamSegment("slug"), StaticSegment(word))
}

fn list_and_details<List, Detail>(noun: Noun, list: List, detail: Detail) -> Vec<AnyNestedRoute>
where
    List: ChooseView + Clone + 'static,
    Detail: ChooseView + Clone + 'static,
{
    let (noun, slug, download) =
        (StaticSegment(noun.word()), ParamSegment("slug"), StaticSegment("download"));
    vec![
        route((LocaleSegment, noun), list),
        route((LocaleSegment, noun, download), Download),
        route((LocaleSegment, noun, slug), detail),
        route((LocaleSegment, noun, slug, download), Download),
    ]
}

/// Returns a route whose page is rendered whole before it is sent.
fn route<Path, View>(path: Path, view: View) -> AnyNestedRoute
where
    Path: PossibleRouteMatch + std::fmt::Debug + Clone + Send + Sync + 'static,
    View: ChooseView + Clone + 'static,
{
    NestedRoute::new(path, view).ssr_mode(SsrMode::Async).into_any_nested_route()
}

#[component]
fn NoSuchPage() -> impl IntoView {
    view! { <Failure locale=location::locale() error=AppError::NotFound/> }
}
