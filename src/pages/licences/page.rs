//! `/licences`: the licences of the program, its fonts and the crates that are compiled into it.

use leptos::prelude::*;

use super::crates::{self, Dependency};
use crate::{
    components::{async_page::loaded, location, page::Page},
    text::{Locale, query::Query},
};

/// The fonts that are compiled in: name, whose they are.
const FONTS: [(&str, &str); 2] = [
    ("Noto Sans CJK SC", "© 2014–2021 Adobe (http://www.adobe.com/)"),
    ("Noto Sans", "© 2015–2020 Google LLC"),
];

const OPEN_FONT_LICENSE: &str = "https://openfontlicense.org";

#[component]
pub fn Licences() -> impl IntoView {
    let (locale, search) = (location::locale(), location::search());
    let page = async move { Query::decode(&search).only(&[]).map_err(Into::into) };
    loaded(locale, page, move |()| view! { <LicencesPage locale/> })
}

#[component]
fn LicencesPage(locale: Locale) -> impl IntoView {
    let (shipped, others): (Vec<Dependency>, Vec<Dependency>) = crates::all().partition(|one| one.is_shipped);
    let (count, others) = (shipped.len(), others.len());
    view! {
        <Page
            locale
            title=locale.pick("Software and licences", "软件与许可")
            description=locale
                .pick(
                    "What this site is built from, whose work it is, and under which licences it may be used.",
                    "本站由哪些软件构成、出自何人、按何种许可使用。",
                )
            crumbs=vec![(
                locale.pick("Method, definitions, licence", "方法、定义与许可").to_owned(),
                format!("/{locale}/about"),
            )]
        >
            <div class="prose">
                <section id="program">
                    <h2>{locale.pick("Program and data", "程序与数据")}</h2>
                    <p>
                        {locale
                            .pick(
                                "The program is under MIT or Apache 2.0, as you choose. The compiled data set is under CC BY 4.0: ",
                                "程序采用MIT或Apache 2.0许可，任选其一。汇编数据集采用CC BY 4.0许可：",
                            )}
                        <a href=format!("/{locale}/about#licence")>{locale.pick("what that allows", "许可说明")}</a>
                        {locale.pick(".", "。")}
                    </p>
                </section>
                <Fonts locale/>
                <section id="crates">
                    <h2>{locale.pick("Crates in the program", "程序所含组件")}</h2>
                    <p>
                        {locale
                            .pick(
                                format!("{count} crates are compiled into it, some of them on certain systems only. {others} more are only used to build and test it, and are listed in its source code. Names are those that the crates state; where several licences are joined by OR, any of them may be chosen."),
                                format!("程序中编入了{count}个Rust组件（部分仅用于特定系统）；另有{others}个仅用于构建和测试，列于源代码中。作者名称以各组件自述为准；以OR相连的许可可任选其一。"),
                            )}
                    </p>
                </section>
            </div>
            <Crates locale shipped/>
        </Page>
    }
}

#[component]
fn Fonts(locale: Locale) -> impl IntoView {
    let fonts = FONTS.map(|(name, whose)| view! { <li>{name} " · " {whose}</li> }).collect_view();
    view! {
        <section id="fonts">
            <h2>{locale.pick("Fonts of pictures and PDF files", "图片和PDF文件所用字体")}</h2>
            <ul>{fonts}</ul>
            <p>
                {locale.pick("Subsets of both, under the ", "均为子集，采用")}
                <a href=OPEN_FONT_LICENSE>{locale.pick("SIL Open Font License 1.1", "SIL开放字体许可1.1")}</a>
                {locale
                    .pick(
                        ". Pages are set in the fonts of your own device.",
                        "。网页使用您设备上的字体。",
                    )}
            </p>
        </section>
    }
}

#[component]
fn Crates(locale: Locale, shipped: Vec<Dependency>) -> impl IntoView {
    let caption = locale.pick("Crates in the program", "程序所含组件");
    let rows = shipped
        .into_iter()
        .map(|Dependency { name, version, licence, authors, address, .. }| {
            let name = match address {
                "" => name.into_any(),
                address => view! { <a href=address>{name}</a> }.into_any(),
            };
            view! {
                <tr>
                    <th scope="row">{name} " " {version}</th>
                    <td>{licence}</td>
                    <td>{authors}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-box" role="region" aria-label=caption tabindex="0">
            <table class="cards">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{locale.pick("Crate", "组件")}</th>
                        <th scope="col">{locale.pick("Licence", "许可")}</th>
                        <th scope="col">{locale.pick("Authors", "作者")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
