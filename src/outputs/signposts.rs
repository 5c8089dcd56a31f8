//! Links in the header of pages and files (RFC 8288), by which programs find their way without reading them: how to cite (`cite-as`,
//! RFC 8574), what describes the rows, their licence, other forms. The relations are those of FAIR Signposting
//! (<https://signposting.org/FAIR/>).

use super::{
    files::LICENCE_ADDRESS,
    link_header::{joined, uri},
    markdown,
};
use crate::{
    domain::registry::{Noun, SinglePage},
    text::{
        Locale,
        query::{self, AS_OF, STATE},
    },
};

/// Returns the path of the persistent identifier of a row: `/id/programs/pudong-visa`.
pub fn identifier(noun: Noun, id: &str) -> String {
    format!("/id/{}/{id}", noun.word())
}

/// What an address stands for.
struct Subject<'a> {
    /// Path of its page: `/en/programs`.
    page: String,
    /// File beside the page, if the address is one.
    file: Option<&'a str>,
    is_markdown: bool,
    /// Whether the page has files.
    has_rows: bool,
    /// The row that the page is about.
    row: Option<(Noun, &'a str)>,
    /// The list that the page is.
    list: Option<Noun>,
}

/// Returns the links of a path with its query string, for a site at `origin`; `revision` is the newest. None if the
/// address has none.
pub fn links(origin: &str, path: &str, raw: &str, revision: i32) -> Option<String> {
    let at = |address: &str| uri(origin, address);
    let mut links = vec![format!("<{LICENCE_ADDRESS}>; rel=\"license\"")];
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    if let ["api", "v1", rest @ ..] = &segments[..] {
        if let [noun, id] = rest
            && let Ok(noun) = noun.parse()
        {
            links.push(format!("<{}>; rel=\"cite-as\"", at(&in_state(&identifier(noun, id), raw))));
        }
        return joined(links);
    }
    let subject = subject(&segments)?;
    let page = with_query(&subject.page, raw);
    links.push(format!("<{}>; rel=\"cite-as\"", at(&cited(&subject, raw, revision))));
    // Programs that read CSV on the Web take the last description of a file for theirs, and would read this one instead of it.
    if subject.has_rows && subject.file.is_none() {
        let description = with_query(&format!("{}/metadata.json", subject.page), raw);
        links.push(format!("<{}>; rel=\"describedby\"; type=\"application/json\"", at(&description)));
    }
    if segments == [segments[0], "data"] {
        let catalogue = in_state("/data/catalog.jsonld", raw);
        links.push(format!("<{}>; rel=\"describedby\"; type=\"application/ld+json\"", at(&catalogue)));
    }
    if subject.file.is_some() {
        links.push(format!("<{}>; rel=\"collection\"; type=\"text/html\"", at(&page)));
    } else if subject.is_markdown {
        links.push(format!(
            "<{}>; rel=\"canonical\"",
            at(&with_query(&subject.page, &query::without_state(raw)))
        ));
        links.push(format!("<{}>; rel=\"alternate\"; type=\"text/html\"", at(&page)));
    } else {
        links.extend(
            alternates(&subject, &page, raw)
                .into_iter()
                .map(|(address, kind)| format!("<{}>; rel=\"alternate\"; type=\"{kind}\"", at(&address))),
        );
    }
    joined(links)
}

/// Returns the address to cite: the persistent identifier of a row, or else the page in the revision that it shows.
fn cited(subject: &Subject<'_>, raw: &str, revision: i32) -> String {
    match subject.row {
        Some((noun, id)) if query::without_state(raw).is_empty() || subject.file.is_some() => {
            in_state(&identifier(noun, id), raw)
        }
        _ if has(raw, AS_OF) => with_query(&subject.page, raw),
        _ => query::with(&with_query(&subject.page, raw), AS_OF, &revision.to_string()),
    }
}

/// Returns other forms of a page with their media types.
fn alternates(subject: &Subject<'_>, page: &str, raw: &str) -> Vec<(String, &'static str)> {
    let mut forms = vec![(markdown::address(page), "text/markdown")];
    if subject.has_rows {
        forms.push((with_query(&format!("{}/data.csv", subject.page), raw), "text/csv"));
    }
    // The API has the filters of a list, but reads it page by page in its own way.
    let row = subject.row.map(|(noun, id)| format!("/api/v1/{}/{id}", noun.word()));
    let list = subject.list.map(|noun| format!("/api/v1/{}", noun.word()));
    if let Some(address) = row.or(list).filter(|_| query::without_state(raw).is_empty()) {
        forms.push((with_query(&address, raw), "application/json"));
    }
    forms
}

fn subject<'a>(segments: &[&'a str]) -> Option<Subject<'a>> {
    let (locale, rest) = match segments {
        ["embed", locale, rest @ ..] => (*locale, rest),
        [locale, rest @ ..] => (*locale, rest),
        [] => return None,
    };
    let is_markdown = segments.last()?.ends_with(".md");
    // The front page as Markdown has no other segment.
    let locale = if rest.is_empty() { locale.trim_end_matches(".md") } else { locale };
    locale.parse::<Locale>().ok()?;
    let mut below: Vec<&str> = rest.to_vec();
    let mut file = None;
    match below.pop() {
        Some(last) if is_markdown => below.extend(last.strip_suffix(".md")),
        Some(last) if last.contains('.') => file = Some(last),
        last => below.extend(last),
    }
    let single = SinglePage::at(&below).is_some();
    let (list, row) = match below[..] {
        [noun] => (noun.parse().ok(), None),
        [noun, id] if !single && id != "download" => (None, noun.parse().ok().map(|noun| (noun, id))),
        _ => (None, None),
    };
    let page =
        std::iter::once(locale).chain(below.iter().copied()).map(|segment| format!("/{segment}")).collect();
    Some(Subject { page, file, is_markdown, has_rows: single || list.is_some() || row.is_some(), row, list })
}

fn with_query(path: &str, raw: &str) -> String {
    if raw.is_empty() { path.to_owned() } else { format!("{path}?{raw}") }
}

/// Adds to a path the state that a query string asks for.
fn in_state(path: &str, raw: &str) -> String {
    let state = query::without_pairs(raw, |name, _| !STATE.contains(&name));
    with_query(path, &state)
}

fn has(raw: &str, name: &str) -> bool {
    query::Query::decode(raw).pairs().any(|(known, _)| known == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LICENSE: &str = "<https://creativecommons.org/licenses/by/4.0/>; rel=\"license\"";

    fn of(address: &str) -> Vec<String> {
        let (path, raw) = address.split_once('?').unwrap_or((address, ""));
        let links = links("https://o.example", path, raw, 7).unwrap_or_default();
        links
            .split(", ")
            .filter(|link| *link != LICENSE)
            .map(|link| link.replace("https://o.example", ""))
            .collect()
    }

    #[test]
    fn the_page_of_a_row_is_cited_by_its_identifier() {
        assert_eq!(
            of("/en/programs/pudong-visa"),
            [
                "</id/programs/pudong-visa>; rel=\"cite-as\"",
                "</en/programs/pudong-visa/metadata.json>; rel=\"describedby\"; type=\"application/json\"",
                "</en/programs/pudong-visa.md>; rel=\"alternate\"; type=\"text/markdown\"",
                "</en/programs/pudong-visa/data.csv>; rel=\"alternate\"; type=\"text/csv\"",
                "</api/v1/programs/pudong-visa>; rel=\"alternate\"; type=\"application/json\"",
            ]
        );
        for (address, cited) in [
            ("/zh/indicators/jobs?as_of=2", "/id/indicators/jobs?as_of=2"),
            (
                "/zh/indicators/jobs?known_on=2025-12-05&entity=a",
                "/zh/indicators/jobs?known_on=2025-12-05&entity=a&as_of=7",
            ),
            ("/en/indicators/jobs/data.csv?entity=a&as_of=2", "/id/indicators/jobs?as_of=2"),
            ("/en/indicators/jobs.md", "/id/indicators/jobs"),
            ("/api/v1/indicators/jobs?lang=zh", "/id/indicators/jobs"),
            ("/embed/en/indicators/jobs", "/id/indicators/jobs"),
            ("/en/programs?q=a", "/en/programs?q=a&as_of=7"),
            ("/en/programs/compare", "/en/programs/compare?as_of=7"),
            ("/en", "/en?as_of=7"),
            ("/en.md", "/en?as_of=7"),
        ] {
            assert!(
                of(address).contains(&format!("<{cited}>; rel=\"cite-as\"")),
                "{address}: {:?}",
                of(address)
            );
        }
    }

    #[test]
    fn files_and_markdown_lead_to_their_page() {
        let links = of("/en/programs/data.csv?q=a");
        assert!(!links.iter().any(|link| link.contains("describedby")), "{links:?}");
        assert!(
            links.contains(&"</en/programs?q=a>; rel=\"collection\"; type=\"text/html\"".to_owned()),
            "{links:?}"
        );
        let links = of("/en.md?as_of=2");
        assert!(links.contains(&"</en>; rel=\"canonical\"".to_owned()), "{links:?}");
        assert!(
            links.contains(&"</en?as_of=2>; rel=\"alternate\"; type=\"text/html\"".to_owned()),
            "{links:?}"
        );
        assert!(!of("/en/about").iter().any(|link| link.contains("text/csv")));
        assert!(of("/en/data").iter().any(|link| link.contains("/data/catalog.jsonld")));
        assert!(!of("/en/programs?q=a").iter().any(|link| link.contains("/api/")));
        assert!(
            of("/sdmx/v2").iter().all(String::is_empty)
                && of("/api/v1/programs").iter().all(String::is_empty)
        );
    }

    #[test]
    fn an_address_cannot_end_its_link() {
        let links = links("https://o.example", "/en/search", "q=\"><x>; rel=evil", 1).unwrap();
        assert!(!links.contains("\"><x>"), "{links}");
    }
}
