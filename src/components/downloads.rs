//! Export links of a page: the line under its heading, and the metadata in its head.

use leptos::prelude::*;
use leptos_meta::{Link, Meta};
use leptos_router::hooks::use_location;
use serde_json::{Value, json};

use super::{
    location::{self, ShownRevision, absolute},
    markup::LinkedData,
};
use crate::{
    domain::brief::query::{BriefItem, BriefQuery},
    text::{Locale, query},
};

/// Export files that a page offers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ExportLinks {
    #[default]
    Nothing,
    Rows,
    RowsAndChart,
}

impl ExportLinks {
    /// Rows, and the chart if the page has one.
    pub fn with(chart: bool) -> ExportLinks {
        if chart { ExportLinks::RowsAndChart } else { ExportLinks::Rows }
    }
}

/// Coverage of a page's rows, for dataset search engines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Covers {
    /// Measured variable with its unit.
    pub measured: Option<(String, String)>,
    /// First and last day.
    pub period: Option<(String, String)>,
    pub places: Vec<String>,
    /// Addresses of the source pages.
    pub sources: Vec<String>,
}

/// Builds a schema.org Dataset with the properties that dataset search engines require.
/// <https://developers.google.com/search/docs/appearance/structured-data/dataset>
pub fn data_set(locale: Locale, title: &str, description: &str, address: &str) -> Value {
    let site = locale.pick("Micro-Drama Observatory", "微短剧观察");
    let publisher = json!({ "@type": "Organization", "name": site, "url": absolute(&format!("/{locale}")) });
    let mut set = json!({
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
        "creator": publisher.clone(),
        "publisher": publisher,
        "measurementTechnique": locale.pick(
            "Compiled from published sources; every figure names who measured or estimated it.",
            "据公开来源汇编；每项数据均注明测算或估算者。",
        ),
        "spatialCoverage": locale.pick("China", "中国"),
    });
    let shown = use_context::<ShownRevision>().and_then(|ShownRevision(shown)| shown.get().copied());
    if let Some((revision, published_on)) = shown {
        set["version"] = revision.to_string().into();
        set["dateModified"] = published_on.to_string().into();
        set["identifier"] = query::with(address, query::AS_OF, &revision.to_string()).into();
    }
    set
}

/// Builds the schema.org description of a file at an absolute address.
pub fn download(address: &str, kind: &str) -> Value {
    json!({ "@type": "DataDownload", "encodingFormat": kind, "contentUrl": address })
}

/// The page's rows as a schema.org Dataset in JSON-LD.
#[component]
pub fn DataSet(
    locale: Locale,
    title: String,
    description: String,
    /// Query string of the displayed state.
    state: String,
    covers: Covers,
) -> impl IntoView {
    let site = locale.pick("Micro-Drama Observatory", "微短剧观察");
    let file = |name: &str, kind: &str| download(&absolute(&beside(name)), kind);
    let address = absolute(&location::in_language(locale, &state));
    let mut set = data_set(locale, &title, &description, &address);
    set["@context"] = "https://schema.org".into();
    set["includedInDataCatalog"] =
        json!({ "@type": "DataCatalog", "name": site, "url": absolute(&format!("/{locale}/data")) });
    set["distribution"] = json!([
        file("data.csv", "text/csv"),
        file("data.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        file("data.json", "application/json"),
        file("data.parquet", "application/vnd.apache.parquet"),
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

/// Returns the address of an export file of this page, for the current query string and revision.
pub fn beside(file: &str) -> String {
    let (path, search) = (use_location().pathname.get_untracked(), location::search());
    let address =
        if search.is_empty() { format!("{path}/{file}") } else { format!("{path}/{file}?{search}") };
    location::keep_state(address)
}

/// Returns the address of the picture of a chart of this page, by its number from 1.
pub fn picture(number: usize) -> String {
    let address = beside("chart.png");
    if number == 1 { address } else { query::with(&address, "chart", &number.to_string()) }
}

/// Links to the export files of this page in its current state, and to its download page.
#[component]
pub fn TakeBar(locale: Locale, take: ExportLinks) -> impl IntoView {
    (take != ExportLinks::Nothing).then(|| {
        let path = use_location().pathname.get_untracked();
        let path = path.strip_prefix(&format!("/{locale}")).unwrap_or_default().to_owned();
        let item = BriefItem::of_page(&path, &location::search());
        let chart =
            (take == ExportLinks::RowsAndChart).then(|| view! { <a href=beside("chart.png")>"PNG"</a> });
        view! {
            <p class="take">
                <a href=beside("download")>{locale.pick("Download, cite, embed", "下载、引用、嵌入")}</a>
                <a href=beside("data.csv")>"CSV"</a>
                <a href=beside("data.xlsx")>"Excel"</a>
                {chart}
                {item.map(|item| view! { <BriefLinks locale item/> })}
            </p>
        }
    })
}

/// Links to the brief of the thing that this page is about, and to a reader’s own brief with it.
#[component]
fn BriefLinks(locale: Locale, item: BriefItem) -> impl IntoView {
    let brief = item.brief(locale).map(|href| {
        view! { <a href=location::keep_state(href)>{locale.pick("Brief", "简报")}</a> }
    });
    view! { {brief} <AddToBrief locale item/> }
}

/// Link to a reader’s own brief with an item; where scripts run, it adds the item to what was collected before.
#[component]
pub fn AddToBrief(locale: Locale, item: BriefItem) -> impl IntoView {
    let word = item.word();
    let collected = BriefQuery { items: vec![item], ..BriefQuery::default() }.href(locale);
    view! {
        <a href=location::keep_state(collected) rel="nofollow" data-item=word>
            {locale.pick("Add to a brief", "加入简报")}
        </a>
    }
}

/// Metadata for reference managers, and oEmbed discovery.
#[component]
pub fn TakeHead(
    locale: Locale,
    title: String,
    take: ExportLinks,
    /// Canonical address of the displayed state.
    address: String,
) -> impl IntoView {
    (take != ExportLinks::Nothing).then(|| {
        // Consumers use the address unresolved, so it has to be absolute.
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
