//! `/{language}/api`: documentation of the API for people.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    components::{async_page::loaded, location, page::Page},
    error::AppError,
    text::{Locale, query::Query},
};

/// Documentation of one noun of the API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NounView {
    pub name: String,
    pub label: String,
    pub about: String,
    pub has_details: bool,
    /// Example address.
    pub example: String,
    /// Parameters with their accepted values.
    pub parameters: Vec<(String, String)>,
    /// Fields with their meanings.
    pub fields: Vec<(String, String)>,
}

/// Server function: returns the documentation of every noun of the API. Public, no authorisation.
#[server(prefix = "/fn", endpoint = "api", input = leptos::server_fn::codec::GetUrl)]
pub async fn nouns(locale: Locale) -> Result<Vec<NounView>, AppError> {
    use crate::{
        domain::listing::parameter::Takes,
        outputs::api::{check::CHECK, nouns::NOUNS, search::SEARCH},
    };

    let takes = |takes: &Takes| match takes {
        Takes::Text => locale.pick("text", "文本").to_owned(),
        Takes::Id(of) => locale.pick(format!("an id of {of}"), format!("{of}的编号")),
        Takes::Ids(of) => locale.pick(format!("ids of {of}, repeated"), format!("{of}的编号，可重复")),
        Takes::Year => locale.pick("a year: 2025", "年份：2025").to_owned(),
        Takes::Day => locale.pick("a day: 2025-12-05", "日期：2025-12-05").to_owned(),
        Takes::State => {
            locale.pick("a revision or a day: 1, 2025-12-05", "版本号或日期：1、2025-12-05").to_owned()
        }
        Takes::Month => locale.pick("a month: 2025-12", "月份：2025-12").to_owned(),
        Takes::Words(words) => words.join(", "),
        Takes::Currency => locale.pick("a currency: CNY", "币种：CNY").to_owned(),
    };
    let described = |parameter: &crate::outputs::api::nouns::Parameter| {
        let takes = takes(&parameter.takes);
        match parameter.default {
            Some(word) => locale.pick(format!("{takes}; {word} by default"), format!("{takes}；默认{word}")),
            None => takes,
        }
    };
    let view = |resource: &crate::outputs::api::nouns::Resource| {
        let schema = (resource.schema)();
        let fields = schema.columns.iter().map(|column| {
            let label = column.label(locale);
            let meaning = match column.explained(locale) {
                Some(about) => locale.pick(format!("{label}. {about}"), format!("{label}。{about}")),
                None => label.to_owned(),
            };
            (column.name.to_owned(), meaning)
        });
        let example = match resource.name {
            "observations" => "/api/v1/observations?indicator=domestic-market-revenue&limit=5".to_owned(),
            "search" => "/api/v1/search?q=ReelShort+revenue".to_owned(),
            "check" => {
                let text = "中国微短剧市场规模2024年超500亿元".to_owned();
                crate::text::query::href("/api/v1/check", [("text", text)])
            }
            name => format!("/api/v1/{name}?limit=5"),
        };
        NounView {
            name: resource.name.to_owned(),
            label: schema.label(locale).to_owned(),
            about: resource.about.to_owned(),
            has_details: resource.noun().is_some(),
            example,
            parameters: (resource.parameters)()
                .iter()
                .map(|parameter| (parameter.name.to_owned(), described(parameter)))
                .collect(),
            fields: fields.collect(),
        }
    };
    Ok(NOUNS.iter().chain([&SEARCH, &CHECK]).map(view).collect())
}

#[component]
pub fn Api() -> impl IntoView {
    let (locale, search) = (location::locale(), location::search());
    let page = async move {
        Query::decode(&search).only(&[])?;
        nouns(locale).await
    };
    loaded(locale, page, move |nouns: Vec<NounView>| view! { <ApiPage locale nouns/> })
}

#[component]
fn ApiPage(locale: Locale, nouns: Vec<NounView>) -> impl IntoView {
    let nouns = nouns.into_iter().map(|schema| view! { <OneNoun locale schema/> }).collect_view();
    view! {
        <Page
            locale
            title=locale.pick("The API", "接口")
            description=locale
                .pick(
                    "The same rows for programs: no key, no limit on use, every answer with its data revision.",
                    "供程序使用的同样数据：无需密钥，不限用途，每个回答都注明数据版本。",
                )
            crumbs=vec![(locale.pick("Data", "数据").to_owned(), format!("/{locale}/data"))]
        >
            <Rules locale/>
            <Assistants locale/>
            {nouns}
        </Page>
    }
}

/// Conventions that apply to every endpoint.
#[component]
fn Rules(locale: Locale) -> impl IntoView {
    let rules = locale.pick(
        [
            "No parameter is required: without any, a list returns every row, page by page. Filters narrow it.",
            "limit: rows per page, 100 by default, at most 1000. meta.next is the address of the next page, in the same revision; it is null on the last.",
            "as_of: the number of a revision or a day. The answer then never changes. One row for each item, as it was known then.",
            "known_on: a day. Leaves out every row whose source had not been published by then, or whose day of publication is not known; statuses are those of that day.",
            "include_history=true: every version of each row in pages, with valid_from and valid_to (the revisions in which it is valid) and when those were published.",
            "updated_after: a day or a time. Only rows whose current version was published after it. What was corrected, from and to, and what was withdrawn is in /api/v1/changes.",
            "lang: en or zh, for names and texts. Ids, words and numbers are the same in both.",
            "An unknown parameter or value is refused by name with status 400; an id that does not exist is 404. Errors are application/problem+json.",
            "Any page of this site is also Markdown: .md at the end of its path, or Accept: text/markdown.",
            "/id/{noun}/{id} is the persistent identifier of a row (/id/programs/pudong-visa): it answers 303 to its page, its row here (Accept: application/json) or its Markdown. Link headers name it (cite-as), the licence, the description and other forms.",
            "Ids are this site’s own: no register has all the rows, and numbers of registers change with a merger or a redrawn border. /api/v1/search also finds places by their codes in ISO 3166 and GB/T 2260 (CN-SH, 310115), companies by stock code, notices by number. \
             Credit codes of Chinese companies and LEIs are not recorded, because hardly any source names them.",
            "ETag and If-None-Match are honoured; HEAD works wherever GET does; any site may call it (CORS).",
        ],
        [
            "所有参数均可省略：不带参数的列表逐页给出全部行，筛选参数用于缩小范围。",
            "limit：每页行数，默认100，最多1000。meta.next为下一页地址，固定在同一版本，最后一页为null。",
            "as_of：版本号或日期。此后回答不再变化；每个条目一行，为当时所知。",
            "known_on：日期。不含该日之后发布的来源以及发布日期不确切的来源；政策状态为该日的状态。",
            "include_history=true：分页给出每行的全部版本，以valid_from和valid_to注明所适用的数据版本及其发布时间。",
            "updated_after：日期或时间，仅含当前版本在此之后发布的行。更正前后的内容和撤回的行见/api/v1/changes。",
            "lang：en或zh，决定名称和文字的语言；编号、代码和数值两种语言相同。",
            "未知参数或取值返回400并指明名称；不存在的对象返回404。错误格式为application/problem+json。",
            "本站任一页面均可取得Markdown文本：在网址路径末尾加.md，或请求时带Accept: text/markdown。",
            "/id/{类别}/{编号}为每一行的永久标识符（如/id/programs/pudong-visa）：以303转至页面、本接口的行（Accept: application/json）或Markdown。Link响应头给出引用地址（cite-as）、许可、说明和其他格式。",
            "编号为本站自编：没有一种登记代码能涵盖全部对象，企业合并、区划调整后登记代码也会变化。/api/v1/search也可按ISO 3166和GB/T 2260代码（CN-SH、310115）查地区，按证券代码查企业，按文号查文件。统一社会信用代码和LEI很少见于来源，未予收录。",
            "支持ETag和If-None-Match；凡可GET处均可HEAD；任何网站均可调用（CORS）。",
        ],
    );
    let items = rules.map(|rule| view! { <li>{rule}</li> }).collect_view();
    view! {
        <section class="taken">
            <h2>{locale.pick("In general", "通则")}</h2>
            <ul class="prose-list">{items}</ul>
            <p class="links">
                <a href="/api/openapi.json">{locale.pick("OpenAPI 3.1 document", "OpenAPI 3.1文档")}</a>
            </p>
        </section>
    }
}

/// How an AI assistant reads the same rows.
#[component]
fn Assistants(locale: Locale) -> impl IntoView {
    let about = locale.pick(
        "Assistants read the same rows by the Model Context Protocol: twelve tools (search, figures, charts, programmes, comparison of places, subsidies, companies, checks of a claim, changes, citations), without a key and read-only. Every figure comes with a sentence to quote, its source and its data revision.",
        "AI助手可通过模型上下文协议（MCP）读取同样的数据：共12个工具（搜索、数据、图表、政策、地区对比、补贴、企业、核对、变更、引用），无需密钥，仅供读取。每项数据附可直接引用的句子、来源和数据版本。",
    );
    let add = locale.pick("Address to add to the assistant:", "在AI助手中添加的地址：");
    let local = locale.pick("On a computer with this program:", "在安装了本程序的电脑上：");
    view! {
        <section class="taken" id="mcp">
            <h2>{locale.pick("AI assistants", "AI助手")}</h2>
            <p>{about}</p>
            <p class="address">{add} " " <code>{location::absolute("/mcp")}</code> <br/> {local} " " <code>"observatory mcp"</code></p>
        </section>
    }
}

#[component]
fn OneNoun(locale: Locale, schema: NounView) -> impl IntoView {
    let NounView { name, label, about, has_details, example, parameters, fields } = schema;
    let about = locale.pick(Some(about), None);
    let terms = |pairs: Vec<(String, String)>| {
        pairs
            .into_iter()
            .map(|(name, text)| view! { <dt><code>{name}</code></dt> <dd>{text}</dd> })
            .collect_view()
    };
    let has_parameters = !parameters.is_empty();
    view! {
        <section class="taken" id=name.clone()>
            <h2>{label}</h2>
            {about.map(|about| view! { <p>{about}</p> })}
            <p class="address">
                <code>"GET "</code>
                <a href=example.clone()><code>{example.clone()}</code></a>
                {has_details.then(|| view! { <br/> <code>{format!("GET /api/v1/{name}/{{id}}")}</code> })}
            </p>
            {has_parameters
                .then(|| {
                    view! {
                        <h3>{locale.pick("Parameters", "参数")}</h3>
                        <dl class="particulars">{terms(parameters)}</dl>
                    }
                })}
            <details>
                <summary>{locale.pick("Fields", "字段")}</summary>
                <dl class="particulars">{terms(fields)}</dl>
            </details>
        </section>
    }
}
