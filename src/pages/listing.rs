//! Frame of the list pages: search and facets beside the rows, their number, the way to the next page.

use leptos::prelude::*;

use crate::{
    components::{
        downloads::{Covers, ExportLinks},
        feeds::FollowList,
        list::{Choices, FacetGroup, Facets, Pager, ResultLine, TextFilter},
        page::{Crumb, Page, RESULTS},
    },
    domain::listing::{
        parameter::ListQuery,
        view::{ListView, joined},
    },
    text::{
        Locale,
        query::{self, href},
    },
};

/// State of a list, as the frame shows it: where its form, its pages and its reset lead.
#[derive(Clone, Debug)]
pub struct ListState {
    /// Canonical query string.
    state: String,
    /// Address of the list without parameters.
    action: String,
    text: Option<String>,
    /// Parameters that a search keeps.
    kept: Vec<(&'static str, String)>,
    /// Address of the first page, unless this is it.
    first: Option<String>,
    /// Address of the next page, if there is one.
    next: Option<String>,
    /// Address without filters, if there are any.
    reset: Option<String>,
}

impl ListState {
    /// Returns the state of a list. `next` is the cursor of the next page.
    pub fn of<Q: ListQuery>(locale: Locale, query: &Q, next: Option<String>) -> Self {
        Self::new(locale, Q::PATH, query, Vec::new(), next)
    }

    /// Returns the state of a view of a list. `next` is the cursor of the next page.
    pub fn of_view<V: ListView>(locale: Locale, view: &V, next: Option<String>) -> Self {
        Self::new(locale, V::PATH, view.list(), view.own_pairs(), next)
    }

    fn new<Q: ListQuery>(
        locale: Locale,
        path: &str,
        query: &Q,
        own: Vec<(&'static str, String)>,
        next: Option<String>,
    ) -> Self {
        let action = format!("/{locale}/{path}");
        let with_own = |pairs| joined(pairs, own.clone());
        let (here, first) = (query.pairs(), query.on_page(None).pairs());
        let searched = first.iter().filter(|(name, _)| *name != "q").cloned().collect();
        ListState {
            state: query::encode(with_own(here.clone())),
            text: query.text(),
            kept: with_own(searched),
            first: (first != here).then(|| href(&action, with_own(first.clone()))),
            next: next.map(|after| href(&action, with_own(query.on_page(Some(after)).pairs()))),
            reset: query.is_filtered().then(|| href(&action, with_own(query.unfiltered_pairs()))),
            action,
        }
    }
}

/// A list page. Its children are the rows, and what stands between their number and them.
#[component]
pub fn ListPage(
    locale: Locale,
    list: ListState,
    #[prop(into)] title: String,
    #[prop(into)] description: String,
    #[prop(optional)] crumbs: Vec<Crumb>,
    take: ExportLinks,
    /// Label of the search field: what it looks in.
    search: &'static str,
    groups: Vec<FacetGroup>,
    /// Id of its chart, if it has one.
    #[prop(optional_no_strip)]
    chart: Option<&'static str>,
    /// Further forms between the search field and the facets.
    #[prop(optional, into)]
    forms: ViewFnOnce,
    /// What stands above facets and rows.
    #[prop(optional, into)]
    above: ViewFnOnce,
    /// What stands above the number of rows.
    #[prop(optional, into)]
    lead: ViewFnOnce,
    /// The number of rows, in words.
    count: String,
    /// What stands below the last row.
    #[prop(optional, into)]
    below: ViewFnOnce,
    children: Children,
) -> impl IntoView {
    let ListState { state, action, text, kept, first, next, reset } = list;
    let choices = groups.clone();
    let groups = groups.into_iter().map(|group| view! { <Choices group/> }).collect_view();
    view! {
        <Page locale state take covers=Covers::default() title description choices crumbs chart results=true>
            {above.run()}
            <div class="with-facets">
                <Facets locale>
                    <TextFilter locale label=search action value=text keep=kept/>
                    {forms.run()}
                    {groups}
                </Facets>
                <div>
                    {lead.run()}
                    <div id=RESULTS>
                        <ResultLine locale text=count reset/>
                        {children()}
                        <Pager locale first next/>
                        <FollowList locale/>
                    </div>
                    {below.run()}
                </div>
            </div>
        </Page>
    }
}
