//! Drop-down lists of the controls of explore.

use leptos::prelude::*;

/// Returns the words of a vocabulary as options; the first one is the default.
pub fn words<T: Copy>(words: &[(&'static str, T)], name: impl Fn(T) -> String) -> Vec<(String, String)> {
    words.iter().map(|(word, value)| ((*word).to_owned(), name(*value))).collect()
}

/// Drop-down list.
#[component]
pub fn Select(
    name: &'static str,
    label: &'static str,
    /// Label of the default, if the default is none of the options.
    #[prop(optional)]
    none: Option<String>,
    options: Vec<(String, String)>,
    chosen: Option<String>,
) -> impl IntoView {
    let id = format!("c-{name}");
    let default = none.map(|text| view! { <option value="" selected=chosen.is_none()>{text}</option> });
    let has_default = default.is_some();
    let options = options
        .into_iter()
        .enumerate()
        .map(|(at, (word, text))| {
            let selected = chosen.as_ref().map_or(!has_default && at == 0, |chosen| *chosen == word);
            // The first option is the default, which the address omits.
            let value = if !has_default && at == 0 { String::new() } else { word };
            view! { <option value=value selected=selected>{text}</option> }
        })
        .collect_view();
    view! {
        <p class="explore-control">
            <label for=id.clone()>{label}</label>
            <select id=id.clone() name=name>
                {default} {options}
            </select>
        </p>
    }
}

/// Returns the word of a choice; the default has none.
pub fn chosen_word(word: Option<&'static str>) -> Option<String> {
    word.map(str::to_owned)
}
