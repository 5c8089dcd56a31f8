//! The form that selects places and what counts.

use leptos::prelude::*;

use crate::{
    components::{
        inline::{Linked, Name},
        list::KeepState,
        location,
    },
    domain::programs::{
        choices::Within,
        comparison::{
            MAX,
            query::{CompareQuery, NotAdded, NotAddedReason},
        },
    },
    text::{Locale, Named, vocabulary::Word},
};

/// Selection of the places to compare, and of what counts.
#[component]
pub fn Chooser(
    locale: Locale,
    query: CompareQuery,
    chosen: Vec<Named>,
    not_added: Option<NotAdded>,
    others: Vec<(Named, Option<Named>)>,
) -> impl IntoView {
    let ids: Vec<String> = chosen.iter().map(|place| place.id.clone()).collect();
    let hidden =
        ids.iter().map(|id| view! { <input type="hidden" name="place" value=id.clone()/> }).collect_view();
    let options = others.into_iter().map(|(place, around)| {
        let around = around.map(|around| around.name(locale).to_owned());
        view! { <option value=place.name(locale).to_owned()>{around}</option> }
    });
    let options = options.collect_view();
    let full = ids.len() >= MAX;
    let typed = not_added.as_ref().map(|not_added| not_added.typed.clone());
    let scopes = CompareQuery::scopes().into_iter().map(|(word, scope)| {
        let label = match scope {
            Some(scope) => scope.label(locale),
            None => locale.pick("any, general ones included", "不限，含一般性措施").to_owned(),
        };
        view! { <option value=word selected=scope == query.scope>{label}</option> }
    });
    let scopes = scopes.collect_view();
    let within = Within::WORDS.iter().map(|(word, within)| {
        view! { <option value=*word selected=*within == query.within>{within.name(locale)}</option> }
    });
    let within = within.collect_view();
    view! {
        <section class="compare-chooser" aria-label=locale.pick("Places compared", "所比较的地区")>
            <Chosen locale query=query.clone() chosen/>
            {not_added.map(|not_added| view! { <Unresolved locale query=query.clone() ids=ids.clone() not_added/> })}
            <form method="get" action=format!("/{locale}/programs/compare")>
                {hidden}
                <p class="compare-field">
                    <label for="add">{locale.pick("Add a place", "加入地区")}</label>
                    <input
                        id="add"
                        type="text"
                        name="add"
                        list="add-places"
                        maxlength="100"
                        autocomplete="off"
                        value=typed
                        placeholder=locale.pick("Hangzhou, 北京, South Korea …", "杭州、北京、韩国……")
                        disabled=full
                    />
                    <datalist id="add-places">{options}</datalist>
                    {full
                        .then(|| {
                            let text = locale.pick(
                                format!("{MAX} places at most: remove one to add another."),
                                format!("最多{MAX}个地区，请先移除一个。"),
                            );
                            view! { <span class="under">{text}</span> }
                        })}
                </p>
                <p class="compare-field">
                    <label for="within">{locale.pick("A place counts", "地区计入")}</label>
                    <select id="within" name="within">{within}</select>
                </p>
                <p class="compare-field">
                    <label for="scope">{locale.pick("Scope", "范围")}</label>
                    <select id="scope" name="scope">{scopes}</select>
                </p>
                <KeepState/>
                <p class="compare-submit">
                    <button type="submit">{locale.pick("Compare", "比较")}</button>
                    <a href=location::keep_state(format!("/{locale}/programs/compare"))>{locale.pick("Reset", "重置")}</a>
                </p>
            </form>
        </section>
    }
}

/// The places compared, each with a link that removes it.
#[component]
fn Chosen(locale: Locale, query: CompareQuery, chosen: Vec<Named>) -> impl IntoView {
    let ids: Vec<String> = chosen.iter().map(|place| place.id.clone()).collect();
    let removable = chosen.len() > 1;
    let chips = chosen.into_iter().map(|place| {
        let rest: Vec<String> = ids.iter().filter(|id| **id != place.id).cloned().collect();
        let href = location::keep_state(query.of_places(rest).href(locale));
        let remove = removable.then(|| {
            let name = place.name(locale).to_owned();
            view! {
                <a class="compare-remove" href=href rel="nofollow">
                    {locale.pick("remove", "移除")}
                    <span class="visually-hidden">" " {name}</span>
                </a>
            }
        });
        view! {
            <li>
                <Linked locale room="places" of=place/>
                {remove}
            </li>
        }
    });
    view! { <ul class="chips compare-chips">{chips.collect_view()}</ul> }
}

/// Says why a typed place was not added, and offers those that may be meant.
#[component]
fn Unresolved(locale: Locale, query: CompareQuery, ids: Vec<String>, not_added: NotAdded) -> impl IntoView {
    let NotAdded { typed, reason } = not_added;
    let (text, candidates) = match reason {
        NotAddedReason::Full => (
            locale.pick(
                format!("“{typed}” was not added: {MAX} places are compared at most. Remove one first."),
                format!("未加入“{typed}”：最多比较{MAX}个地区，请先移除一个。"),
            ),
            Vec::new(),
        ),
        NotAddedReason::NotFound(candidates) if candidates.is_empty() => (
            locale.pick(
                format!("No place is called “{typed}”. Try its name in English or Chinese."),
                format!("没有名为“{typed}”的地区。请尝试中文或英文名称。"),
            ),
            candidates,
        ),
        NotAddedReason::NotFound(candidates) => (
            locale.pick(format!("Which place is “{typed}”?"), format!("“{typed}”是指哪个地区？")),
            candidates,
        ),
    };
    let candidates = candidates.into_iter().map(|place| {
        let mut more = ids.clone();
        if !more.contains(&place.id) {
            more.push(place.id.clone());
        }
        let href = location::keep_state(query.of_places(more).href(locale));
        view! { <li><a href=href rel="nofollow"><Name locale of=place/></a></li> }
    });
    let candidates = candidates.collect_view();
    view! {
        <div class="compare-unresolved" role="alert">
            <p>{text}</p>
            <ul class="chips">{candidates}</ul>
        </div>
    }
}
