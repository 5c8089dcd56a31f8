//! What can be taken away from a page: the line of links under its heading, and what machines read of it in its head.

use leptos::prelude::*;
use leptos_meta::{Link, Meta};
use leptos_router::hooks::use_location;
use serde_json::{Value, json};

use super::{location, markup::LinkedData, page::absolute};
use crate::text::{Locale, query};

/// Which files stand beside a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ExportLinks {
    #[default]
    Nothing,
    Rows,
    RowsAndChart,
}

impl ExportLinks {
    /// Rows, and the chart where the page has one.
    pub fn with(chart: bool) -> ExportLinks {
        if chart { ExportLinks::RowsAndChart } else { ExportLinks::Rows }
    }
}

/// What a page's rows cover, for search engines for data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Covers {
    /// What is measured, with its unit.
    pub measured: Option<(String, String)>,
    /// First and last day.
    pub period: Option<(String, String)>,
    pub places: Vec<String>,
    /// Addresses of the pages that the rows were taken from.
    pub sources: Vec<String>,
}

/// A set of data as schema.org has it, with what search engines for data ask of each.
/// <https://developers.google.com/search/docs/appearance/structured-data/dataset>
pub fn data_set(locale: Locale, title: &str, description: &str, address: &str) -> Value {
    let site = locale.pick("Micro-Drama Observatory", "微短剧观察");
    json!({
        "@type": "Dataset",
        "name": title,
        "description": locale.pick(
            format!("{description} Data of the {site}: China’s micro-drama industry and Pudong."),
            format!("{description}{site}的数据：中国微短剧产业与浦东新区。"),
        ),
        "url": address,
        "inLanguage": locale.tag(),
        "isAccessibleForFree": true,
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "creator": { "@type": "Organization", "name": site, "url": absolute(&format!("/{locale}")) },
    })
}

/// The page's rows as a schema.org Dataset, in the form that search engines read.
#[component]
pub fn DataSet(
    locale: Locale,
    title: String,
    description: String,
    /// The query string of the state that is shown.
    state: String,
    covers: Covers,
) -> impl IntoView {
    let site = locale.pick("Micro-Drama Observatory", "微短剧观察");
    let file = |name: &str, kind: &str| {
        json!({
            "@type": "DataDownload",
            "encodingFormat": kind,
            "contentUrl": absolute(&beside(name)),
        })
    };
    let address = absolute(&location::in_language(locale, &state));
    let mut set = data_set(locale, &title, &description, &address);
    set["@context"] = "https://schema.org".into();
    set["includedInDataCatalog"] =
        json!({ "@type": "DataCatalog", "name": site, "url": absolute(&format!("/{locale}/data")) });
    set["distribution"] = json!([
        file("data.csv", "text/csv"),
        file("data.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        file("data.json", "application/json"),
        file("data.zip", "application/zip"),
    ]);
    if let Some((name, unit)) = covers.measured {
        set["variableMeasured"] = json!({ "@type": "PropertyValue", "name": name, "unitText": unit });
    }
    if let Some((first, last)) = covers.period {
        set["temporalCoverage"] = format!("{first}/{last}").into();
    }
    if !covers.places.is_empty() {
        set["spatialCoverage"] = covers.places.into();
    }
    if !covers.sources.is_empty() {
        set["isBasedOn"] = covers.sources.into();
    }
    view! { <LinkedData json=set/> }
}

/// The address of a file beside this page, for what the reader chose and for the state of the data shown.
pub fn beside(file: &str) -> String {
    let (path, search) = (use_location().pathname.get_untracked(), location::search());
    let address =
        if search.is_empty() { format!("{path}/{file}") } else { format!("{path}/{file}?{search}") };
    location::keep_state(address)
}

/// Links to the files of this page as it stands, and to everything else that can be taken away.
#[component]
pub fn TakeBar(locale: Locale, take: ExportLinks) -> impl IntoView {
    (take != ExportLinks::Nothing).then(|| {
        let chart =
            (take == ExportLinks::RowsAndChart).then(|| view! { <a href=beside("chart.png")>"PNG"</a> });
        view! {
            <p class="take">
                <a href=beside("download")>{locale.pick("Download, cite, embed", "下载、引用、嵌入")}</a>
                <a href=beside("data.csv")>"CSV"</a>
                <a href=beside("data.xlsx")>"Excel"</a>
                {chart}
            </p>
        }
    })
}

/// What reference managers read of a page, and where oEmbed makes a frame of its link.
#[component]
pub fn TakeHead(
    locale: Locale,
    title: String,
    take: ExportLinks,
    /// The canonical address of the state that is shown.
    address: String,
) -> impl IntoView {
    (take != ExportLinks::Nothing).then(|| {
        // Consumers take the address as it stands: it has to be absolute.
        let oembed = absolute(&query::with("/oembed", "url", &address));
        let xml = query::with(&oembed, "format", "xml");
        view! {
            <Meta name="citation_title" content=title.clone()/>
            <Meta name="citation_author" content=locale.pick("Micro-Drama Observatory", "微短剧观察")/>
            <Meta name="citation_public_url" content=address/>
            <Link rel="alternate" type_="application/json+oembed" title=title.clone() href=oembed/>
            <Link rel="alternate" type_="text/xml+oembed" title=title href=xml/>
        }
    })
}
