//! `…/download`: all downloads of the parent page.

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{
    data::{self, Embeds, FileSet, Panel, PictureRow},
    dress::DressChart,
    snippets::Snippet,
};
use crate::{
    components::{async_page::loaded, location, markup::CopyField, page::Page},
    text::{Locale, date::day, number::grouped, query},
};

#[component]
pub fn Download() -> impl IntoView {
    let (locale, search) = (location::locale(), location::search());
    let path = use_location().pathname.get_untracked();
    let path = path.trim_end_matches("/download").trim_start_matches(&format!("/{locale}")).to_owned();
    let page = async move { data::of_page(locale, path, search).await };
    loaded(locale, page, move |panel: Panel| view! { <PanelPage locale panel/> })
}

#[component]
fn PanelPage(locale: Locale, panel: Panel) -> impl IntoView {
    let Panel { title, page, .. } = panel.clone();
    let state = page.split_once('?').map(|(_, query)| query::without_state(query)).unwrap_or_default();
    let sets = panel.sets.into_iter().map(|set| view! { <Files locale set/> }).collect_view();
    let pictures = panel.pictures.into_iter().map(|row| view! { <Pictures locale row/> }).collect_view();
    view! {
        <Page
            locale
            state
            title=locale.pick(format!("Download, cite, embed: {title}"), format!("下载、引用、嵌入：{title}"))
            description=locale
                .pick(
                    "Rows, pictures, links, embeds and citations of this page, as you left it. Free to use under CC BY 4.0.",
                    "本页（按您的筛选）的数据、图片、链接、嵌入代码和引用格式。依CC BY 4.0许可自由使用。",
                )
            crumbs=panel.section.into_iter().chain([(title.clone(), page)]).collect()
            index=false
        >
            <div class="columns-two">
                <div>
                    <section class="taken" id="files">
                        <h2>{locale.pick("Data", "数据")}</h2>
                        {sets}
                    </section>
                    <section class="taken" id="copy">
                        <h2>{locale.pick("Copy the table", "复制表格")}</h2>
                        <p>
                            {locale.pick("Select all of it, copy, and paste it into a spreadsheet.", "全选、复制，然后粘贴到电子表格中。")}
                            {panel.only.map(|rows| only(locale, rows))}
                        </p>
                        <CopyField label=locale.pick("The rows shown", "当前显示的数据") text=panel.table rows=6 wrap=false/>
                    </section>
                    {panel.dress.map(|form| view! { <DressChart locale form/> })}
                    {pictures}
                </div>
                <div>
                    <Links locale live=panel.live frozen=panel.frozen known=panel.known revision=panel.revision/>
                    <Citations locale citations=panel.citations references=panel.references/>
                    <EmbedCodes locale codes=panel.embeds preview=panel.embed_preview title/>
                    <Snippets locale snippets=panel.snippets/>
                    {(!panel.feeds.is_empty()).then(|| view! { <Feeds locale feeds=panel.feeds/> })}
                </div>
            </div>
        </Page>
    }
}

#[component]
fn Files(locale: Locale, set: FileSet) -> impl IntoView {
    let caption = set.title.clone();
    let rows = set
        .files
        .into_iter()
        .map(|file| {
            view! {
                <tr>
                    <th scope="row">
                        <a href=file.href download>{file.name}</a>
                        <span class="under">{file.about}</span>
                    </th>
                    <td class="number">{grouped(file.rows.into())}</td>
                    <td class="number">{file.reckoned.then(|| locale.pick("about ", "约"))} {size(file.size)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-box" role="region" aria-label=caption tabindex="0">
            <table class="facts">
                <caption>{set.title}</caption>
                <thead>
                    <tr>
                        <th scope="col">{locale.pick("File", "文件")}</th>
                        <th scope="col" class="number">{locale.pick("Rows", "行数")}</th>
                        <th scope="col" class="number">{locale.pick("Size", "大小")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// Note below a truncated table: how many rows it contains.
fn only(locale: Locale, rows: usize) -> String {
    let rows = grouped(rows.into());
    locale.pick(
        format!(" These are the first {rows} rows; the files have all."),
        format!("此处为前{rows}行，文件包含全部数据。"),
    )
}

/// Formats a file size with three significant digits. Rounding is acceptable here because it is not a figure of the data.
fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", (bytes + 500) / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

#[component]
fn Pictures(locale: Locale, row: PictureRow) -> impl IntoView {
    let shapes = row
        .shapes
        .into_iter()
        .map(|(name, [svg, png, large])| {
            view! {
                <li>
                    {name} {locale.pick(": ", "：")}
                    <a href=svg download>"SVG"</a>
                    " · "
                    <a href=png download>"PNG"</a>
                    " · "
                    <a href=large download>"PNG 2×"</a>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="taken">
            <h2>{locale.pick("The chart as a picture", "图表图片")}</h2>
            <img class="picture" src=row.preview alt=row.title width="1600" height="900" loading="lazy"/>
            <ul class="plain">
                {shapes}
                <li><a href=row.frame>{locale.pick("As it looks in a frame", "嵌入效果")}</a></li>
            </ul>
        </section>
    }
}

#[component]
fn Links(
    locale: Locale,
    live: String,
    frozen: String,
    known: Option<(String, NaiveDate)>,
    revision: i32,
) -> impl IntoView {
    let link = |address: String| view! { <a class="address" href=address.clone()>{address.clone()}</a> };
    view! {
        <section class="taken" id="links">
            <h2>{locale.pick("Links", "链接")}</h2>
            <dl class="particulars">
                <dt>{locale.pick("Permanent", "固定")}</dt>
                <dd>
                    {link(frozen)}
                    <span class="under">
                        {locale
                            .pick(
                                format!("Data revision {revision}, for ever: for articles."),
                                format!("永远显示数据版本{revision}：适合文章引用。"),
                            )}
                    </span>
                </dd>
                {known
                    .map(|(address, today)| {
                        let today = day(today, locale);
                        view! {
                            <dt>{locale.pick("As known today", "截至今日所知")}</dt>
                            <dd>
                                {link(address)}
                                <span class="under">
                                    {locale
                                        .pick(
                                            format!("What sources had published by {today}, with our later corrections."),
                                            format!("截至{today}来源已发布的内容；本站此后的更正会体现。"),
                                        )}
                                </span>
                            </dd>
                        }
                    })}
                <dt>{locale.pick("Live", "最新")}</dt>
                <dd>
                    {link(live)}
                    <span class="under">{locale.pick("Always the newest data.", "始终显示最新数据。")}</span>
                </dd>
            </dl>
        </section>
    }
}

#[component]
fn Citations(
    locale: Locale,
    citations: Vec<(String, String)>,
    references: Vec<(String, String)>,
) -> impl IntoView {
    let words = citations
        .into_iter()
        .map(|(name, text)| view! { <dt>{name}</dt> <dd class="address">{text}</dd> })
        .collect_view();
    let files = references
        .into_iter()
        .enumerate()
        .map(|(at, (name, href))| {
            let joint = (at > 0).then_some(" · ");
            view! { {joint} <a href=href>{name}</a> }
        })
        .collect_view();
    view! {
        <section class="taken" id="cite">
            <h2>{locale.pick("Cite", "引用")}</h2>
            <dl class="particulars">{words}</dl>
            <p class="links">{files}</p>
        </section>
    }
}

#[component]
fn EmbedCodes(locale: Locale, codes: Embeds, preview: String, title: String) -> impl IntoView {
    let Embeds { live, frozen, known } = codes;
    let code = |label: &'static str, text: String| {
        view! {
            <p><strong>{label}</strong></p>
            <CopyField label text rows=4/>
        }
    };
    view! {
        <section class="taken" id="embed">
            <h2>{locale.pick("Embed", "嵌入")}</h2>
            {code(locale.pick("As it is now, for articles", "固定为当前版本，适合文章"), frozen)}
            {known.map(|known| code(locale.pick("As known today, with later corrections", "截至今日所知，含此后更正"), known))}
            {code(locale.pick("Live, for dashboards", "随数据更新，适合看板"), live)}
            <p>
                {locale
                    .pick(
                        "The second line fits the frame to its contents; without it the frame keeps its height. The frame is light or \
                         dark as the page around it declares with color-scheme, otherwise as the reader’s system; theme=light or \
                         theme=dark in its address fixes it. ",
                        "第二行使框架高度随内容调整；没有它，框架保持固定高度。框架随外层页面声明的color-scheme显示浅色或深色，\
                         未声明时随读者系统；在地址中加theme=light或theme=dark可固定。",
                    )}
                <a href=preview>{locale.pick("See what is embedded", "查看嵌入效果")}<span class="visually-hidden">": " {title}</span></a>
            </p>
        </section>
    }
}

#[component]
fn Snippets(locale: Locale, snippets: Vec<Snippet>) -> impl IntoView {
    let blocks = snippets
        .into_iter()
        .map(|snippet| {
            // Lines wrap at about sixty characters.
            let lines = snippet.code.lines().map(|line| 1 + line.len() / 60).sum::<usize>();
            let rows = lines.max(2);
            view! {
                <dt>{snippet.tool.clone()}</dt>
                <dd><CopyField label=snippet.tool text=snippet.code rows/></dd>
            }
        })
        .collect_view();
    view! {
        <section class="taken" id="api">
            <h2>{locale.pick("From a program", "程序调用")}</h2>
            <p>
                {locale
                    .pick(
                        "The same rows of the same revision. Leave as_of away to get the newest data. ",
                        "同一版本的同样数据。去掉as_of参数即取最新数据。",
                    )}
                <a href=format!("/{locale}/api")>{locale.pick("API documentation", "接口文档")}</a>
            </p>
            <dl class="snippets">{blocks}</dl>
        </section>
    }
}

#[component]
fn Feeds(locale: Locale, feeds: Vec<(String, String)>) -> impl IntoView {
    let links = feeds.into_iter().map(|(name, href)| view! { <a href=href>{name}</a> " " }).collect_view();
    view! {
        <section class="taken" id="follow">
            <h2>{locale.pick("Follow", "订阅")}</h2>
            <p class="links">{links}</p>
        </section>
    }
}
