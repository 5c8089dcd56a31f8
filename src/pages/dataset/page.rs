//! `/data`: catalogue of all downloads and the structure of the data.

use chrono::NaiveDate;
use leptos::prelude::*;
use serde_json::json;

use super::data::{self, DataPage, FileView, RevisionRow};
use crate::{
    components::{
        async_page::loaded,
        downloads,
        location::{self, absolute},
        markup::LinkedData,
        page::Page,
    },
    domain::registry::Noun,
    loaders::registry::{self, List},
    text::{Locale, date, number::grouped, query::Query},
};

#[component]
pub fn Data() -> impl IntoView {
    let (locale, search) = (location::locale(), location::search());
    let page = async move {
        Query::decode(&search).only(&[])?;
        data::all(locale).await
    };
    loaded(locale, page, move |page: DataPage| view! { <DataPage locale page/> })
}

#[component]
fn DataPage(locale: Locale, page: DataPage) -> impl IntoView {
    let DataPage { days, files, revisions } = page;
    let description = locale.pick(
        "The whole data set, in files, through the API, as it is and as it was. Free to use under CC BY 4.0.",
        "完整数据集：可下载文件，可调用接口，当前与以往版本俱全。依CC BY 4.0许可自由使用。",
    );
    let dictionary = files.clone().into_iter().map(|file| view! { <Dictionary locale file/> }).collect_view();
    view! {
        <Page
            locale
            title=locale.pick("Data", "数据")
            description
        >
            <CatalogueForMachines locale description days/>
            <Files locale files/>
            <Ways locale/>
            <Revisions locale revisions/>
            <section class="taken" id="dictionary">
                <h2>{locale.pick("Data dictionary", "数据字典")}</h2>
                <p>
                    {locale
                        .pick(
                            "What each column may contain. A blank cell means not known, or not applicable. The same in prose, with what one has to know to use the figures: ",
                            "各列可填的内容。空白表示不详或不适用。文字说明（含使用数据须知）：",
                        )}
                    <a href=format!("/{locale}/data/README.md")>"README"</a>
                </p>
                {dictionary}
            </section>
            <section class="taken" id="errors">
                <h2>{locale.pick("Report an error", "报告错误")}</h2>
                <p>
                    {locale
                        .pick(
                            "Every correction is published as a new revision, and what it changed is listed above. ",
                            "每次更正都作为新版本发布，改动列于上方。",
                        )}
                    <a href=format!("/{locale}/about#corrections")>{locale.pick("How to report one", "如何报告")}</a>
                </p>
            </section>
        </Page>
    }
}

/// The catalogue as a schema.org DataCatalog.
#[component]
fn CatalogueForMachines(
    locale: Locale,
    description: &'static str,
    days: Option<(NaiveDate, NaiveDate)>,
) -> impl IntoView {
    let at = |path: &str| absolute(&format!("/{locale}{path}"));
    let sets = Noun::all().map(|noun| {
        let List { title, description } = registry::list(noun, locale);
        let address = at(&format!("/{}", noun.word()));
        let mut set = downloads::data_set(locale, title, description, &address);
        set["@id"] = address.into();
        set
    });
    let whole = [(locale.pick("The whole data set", "完整数据集"), "data", "zip", "application/zip")];
    let figures = [
        (locale.pick("All figures", "全部数据"), "figures", "csv", "text/csv"),
        (locale.pick("All figures", "全部数据"), "figures", "parquet", "application/vnd.apache.parquet"),
    ];
    let of_files = |files: &[(&str, &str, &str, &str)]| {
        let name = files.first().map(|(name, ..)| *name).unwrap_or_default();
        let mut set = downloads::data_set(locale, name, description, &at("/data"));
        let file = |(_, stem, end, kind): &(&str, &str, &str, &str)| {
            let path = location::keep_revision(format!("/{locale}/data/{stem}.{end}"));
            downloads::download(&absolute(&path), kind)
        };
        set["distribution"] = files.iter().map(file).collect::<Vec<_>>().into();
        set["variableMeasured"] =
            locale.pick("Indicators of the micro-drama industry", "微短剧产业指标").into();
        if let Some((first, last)) = days {
            set["temporalCoverage"] = format!("{first}/{last}").into();
        }
        set
    };
    let sets = [of_files(&whole), of_files(&figures)].into_iter().chain(sets);
    let index = json!({
        "@context": "https://schema.org",
        "@type": "DataCatalog",
        "name": locale.pick("Micro-Drama Observatory", "微短剧观察"),
        "description": description,
        "url": at("/data"),
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "inLanguage": locale.tag(),
        "dataset": sets.collect::<Vec<_>>(),
    });
    view! { <LinkedData json=index/> }
}

#[component]
fn Files(locale: Locale, files: Vec<FileView>) -> impl IntoView {
    let rows = files
        .into_iter()
        .map(|FileView { file, about, rows, .. }| {
            let address = location::keep_revision(format!("/{locale}/data/{file}"));
            let stem = file.trim_end_matches(".csv");
            let typed = location::keep_revision(format!("/{locale}/data/{stem}.parquet"));
            let about_typed = locale.pick(format!("{stem} as Parquet"), format!("{stem} Parquet"));
            view! {
                <tr>
                    <th scope="row">
                        <a href=address download>{file}</a>
                        " · "
                        <a href=typed download aria-label=about_typed>"Parquet"</a>
                    </th>
                    <td>{about}</td>
                    <td class="number">{grouped(rows.into())}</td>
                </tr>
            }
        })
        .collect_view();
    let whole = location::keep_revision(format!("/{locale}/data/data.zip"));
    let figures = location::keep_state(format!("/{locale}/data/figures.csv"));
    let typed = location::keep_state(format!("/{locale}/data/figures.parquet"));
    let package = |version| {
        let name = if version == 1 { "datapackage.json" } else { "datapackage-2.json" };
        location::keep_revision(format!("/{locale}/data/{name}"))
    };
    view! {
        <section class="taken" id="files">
            <h2>{locale.pick("The whole data set", "完整数据集")}</h2>
            <p>
                <a href=whole download>{locale.pick("Everything as a ZIP", "全部数据（ZIP）")}</a>
                {locale
                    .pick(
                        ": all CSV files with their dictionary and a Frictionless data package: the data that this site itself is made from. ",
                        "：全部CSV文件，附数据字典和Frictionless数据包描述，即本站所用的数据。",
                    )}
                {locale.pick("The description alone: ", "仅取描述：")}
                <a href=package(1)>"Data Package 1"</a>
                {locale.pick(", ", "、")}
                <a href=package(2)>"Data Package 2"</a>
                {locale.pick(". ", "。")}
                <a href=figures download>{locale.pick("All figures in one table", "全部数据合为一表")}</a>
                {locale
                    .pick(", with names, units and sources beside the ids (", "，编号旁附名称、单位和来源（")}
                <a href=typed download>{locale.pick("as Parquet", "Parquet格式")}</a>
                {locale.pick(
                    "). Parquet has typed columns: DuckDB, Polars and others read it from its address, only the parts that they need.",
                    "）。Parquet的列带类型，DuckDB、Polars等软件可直接从网址读取所需部分。",
                )}
                {locale.pick(" With labels=both, the files of figures and of every page have names and texts in English and Chinese side by side.", "在数据文件及各页面文件的网址后加labels=both，名称和文字即以中英文并列给出。")}
            </p>
            <div class="table-box" role="region" aria-label=locale.pick("Files", "文件") tabindex="0">
                <table class="facts">
                    <caption class="visually-hidden">{locale.pick("Files", "文件")}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{locale.pick("File", "文件")}</th>
                            <th scope="col">{locale.pick("One row is", "每行为")}</th>
                            <th scope="col" class="number">{locale.pick("Rows", "行数")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

/// Other ways to access the same data.
#[component]
fn Ways(locale: Locale) -> impl IntoView {
    let ways = [
        (
            format!("/{locale}/api"),
            locale.pick("The API", "接口"),
            locale.pick("everything, in any revision, as JSON; OpenAPI 3.1", "全部内容、任一版本，JSON格式；OpenAPI 3.1"),
        ),
        (
            "/sdmx/v2/structure/dataflow/MDO/OBSERVATIONS/1.0?references=all".to_owned(),
            "SDMX",
            locale.pick(
                "all figures for statistical software: REST 2, SDMX-JSON 2.0, SDMX-CSV 2.0, SDMX-ML 2.1",
                "供统计软件使用的全部数据：REST 2、SDMX-JSON 2.0、SDMX-CSV 2.0、SDMX-ML 2.1",
            ),
        ),
        (
            "/data/catalog.ttl".to_owned(),
            locale.pick("Catalogue", "数据目录"),
            locale.pick(
                "DCAT-AP 3 in Turtle; as JSON-LD at /data/catalog.jsonld; for machine learning, Croissant 1.1 at /data/croissant.json",
                "DCAT-AP 3（Turtle）；JSON-LD格式见/data/catalog.jsonld；供机器学习使用的Croissant 1.1见/data/croissant.json",
            ),
        ),
        (
            format!("/{locale}/download"),
            locale.pick("From any page", "从任一页面"),
            locale.pick(
                "each list, chart and profile has its rows, pictures, citation and embed under “Download, cite, embed”",
                "各列表、图表和档案页的“下载、引用、嵌入”",
            ),
        ),
        (
            format!("/{locale}.md"),
            "Markdown",
            locale.pick(
                "any page as text for programs that read: .md at the end of its path, or Accept: text/markdown; same figures, links, as_of and known_on; the pages that explain, as one text, at /llms-full.txt",
                "任一页面的纯文本，供程序阅读：在网址路径末尾加.md，或请求时带Accept: text/markdown；数据、链接及as_of、known_on均与页面相同；说明性页面汇总于/llms-full.txt",
            ),
        ),
        (
            format!("/{locale}/feed.atom"),
            locale.pick("Feeds", "订阅"),
            locale.pick(
                "events as Atom; every list with its filters, every indicator, place, company and programme has its own, also as JSON Feed",
                "事件（Atom）；各列表（含筛选）、指标、地区、企业和政策另有专属订阅，亦有JSON Feed",
            ),
        ),
        (
            format!("/{locale}/changes"),
            locale.pick("What changed", "变更记录"),
            locale.pick("rows added, corrected (from → to, why) and withdrawn, by revision", "各版本新增、更正（前后对照与原因）和撤回的行"),
        ),
        (
            format!("/{locale}/programs/dates.ics"),
            locale.pick("Calendar", "日历"),
            locale.pick("the dates of all programmes", "全部政策的日期"),
        ),
    ];
    let items = ways
        .map(|(href, name, about)| view! { <li><a href=href>{name}</a> <span class="under">{about}</span></li> })
        .collect_view();
    view! {
        <section class="taken" id="ways">
            <h2>{locale.pick("Other ways", "其他途径")}</h2>
            <ul class="plain">{items}</ul>
        </section>
    }
}

#[component]
fn Revisions(locale: Locale, revisions: Vec<RevisionRow>) -> impl IntoView {
    let rows = revisions
        .into_iter()
        .map(|row| {
            let number = row.number;
            view! {
                <tr>
                    <th scope="row">
                        <a href=format!("/{locale}/data/revisions/{number}")>{locale.pick("Revision ", "版本")}{number}</a>
                        {row.note.map(|note| view! { <span class="under">{note}</span> })}
                    </th>
                    <td><time datetime=row.published_on.to_string()>{date::day(row.published_on, locale)}</time></td>
                    <td class="number">{grouped(row.added.into())}</td>
                    <td class="number">{grouped(row.changed.into())}</td>
                    <td class="number">{grouped(row.removed.into())}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="taken" id="revisions">
            <h2>{locale.pick("Revisions", "数据版本")}</h2>
            <p class="result links">
                {locale.pick("Follow: ", "订阅：")}
                <a href=format!("/{locale}/data/revisions/feed.atom")>"Atom"</a>
                " · "
                <a href=format!("/{locale}/data/revisions/feed.json")>"JSON Feed"</a>
            </p>
            <p>
                {locale
                    .pick(
                        "Every published state is kept. Any page, file or call takes as_of with a revision’s number or a day, and then shows that state for ever. With known_on and a day it shows what sources had published by that day.",
                        "每个已发布的版本都会保留。任何页面、文件或接口都可带as_of参数（版本号或日期），从此固定显示该版本；带known_on参数和日期，则显示截至该日来源已发布的内容。",
                    )}
            </p>
            <div class="table-box" role="region" aria-label=locale.pick("Revisions", "数据版本") tabindex="0">
                <table class="facts">
                    <caption class="visually-hidden">{locale.pick("Revisions", "数据版本")}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{locale.pick("Revision", "版本")}</th>
                            <th scope="col">{locale.pick("Published", "发布")}</th>
                            <th scope="col" class="number">{locale.pick("Rows added", "新增行")}</th>
                            <th scope="col" class="number">{locale.pick("Changed", "修改行")}</th>
                            <th scope="col" class="number">{locale.pick("Removed", "删除行")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

#[component]
fn Dictionary(locale: Locale, file: FileView) -> impl IntoView {
    let FileView { file, about, columns, .. } = file;
    let rows = columns
        .into_iter()
        .map(|column| {
            let marks = [
                column.key.then(|| locale.pick("key", "主键")),
                column.required.then(|| locale.pick("required", "必填")),
            ];
            let marks: Vec<&str> = marks.into_iter().flatten().collect();
            view! {
                <dt><code>{column.name}</code></dt>
                <dd>
                    {column.takes}
                    {(!marks.is_empty()).then(|| view! { <span class="under">{marks.join(" · ")}</span> })}
                </dd>
            }
        })
        .collect_view();
    view! {
        <details>
            <summary><code>{file}</code> " " {about}</summary>
            <dl class="particulars">{rows}</dl>
        </details>
    }
}
