//! Header and footer of the site.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::{
    islands::{suggest::Suggest, theme::ThemeSwitch},
    text::Locale,
};

/// Menu entry: its path below the language prefix, and its label.
#[derive(Clone, Debug)]
pub struct MenuItem {
    pub path: String,
    pub label: &'static str,
}

/// Header: site name, search, light/dark switch, language switch and menu. On a phone all but the name are a popover, which needs no script.
#[component]
pub fn Masthead(menu: fn(Locale) -> Vec<MenuItem>) -> impl IntoView {
    let location = use_location();
    let path = location.pathname.get_untracked();
    let locale = Locale::of_path(&path);
    let rest = path.strip_prefix(&format!("/{locale}")).unwrap_or_default().to_owned();
    let search = location.search.get_untracked();
    let query = if search.is_empty() { String::new() } else { format!("?{search}") };
    let other = locale.other();
    let items = menu(locale)
        .into_iter()
        .map(|MenuItem { path, label }| {
            let here = if path.is_empty() { rest.is_empty() } else { rest.starts_with(&path) };
            let current = here.then_some(if rest == path { "page" } else { "true" });
            view! {
                <li>
                    <a href=format!("/{locale}{path}") aria-current=current>{label}</a>
                </li>
            }
        })
        .collect_view();
    view! {
        <a class="skip" href="#main">{locale.pick("Skip to main content", "跳到正文")}</a>
        <header class="mast">
            <div class="wrap mast-top">
                <a class="site-name" href=format!("/{locale}")>
                    {locale.pick("Micro-Drama Observatory", "微短剧观察")} " "
                    <span class="site-name-other" lang=other.tag()>
                        {locale.pick("微短剧观察", "Micro-Drama Observatory")}
                    </span>
                </a>
                <a class="mast-find" href=format!("/{locale}/search") aria-label=locale.pick("Search", "搜索")>
                    <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
                        <path d="M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 21 21"></path>
                    </svg>
                </a>
                <button class="mast-open" type="button" popovertarget="site-menu">
                    {locale.pick("Menu", "菜单")}
                </button>
                <div class="mast-panel" id="site-menu" popover="auto">
                <div class="mast-tools">
                    <form class="mast-search" method="get" action=format!("/{locale}/search") role="search" aria-label=locale.pick("This site", "全站")>
                        <label for="site-search" class="visually-hidden">
                            {locale.pick("Search this site", "搜索本站")}
                        </label>
                        <Suggest>
                            <input
                                id="site-search"
                                type="search"
                                name="q"
                                maxlength="100"
                                autocomplete="off"
                                placeholder=locale.pick("Search", "搜索")
                            />
                        </Suggest>
                    </form>
                    <ThemeSwitch/>
                    <a class="language" href=format!("/{other}{rest}{query}") hreflang=other.tag() lang=other.tag()>
                        {other.own_name()}
                    </a>
                </div>
                <nav class="menu" aria-label=locale.pick("Main", "主导航")>
                    <ul>{items}</ul>
                </nav>
                </div>
            </div>
        </header>
    }
}

/// Footer: publisher, sources and licence; `children` describe the revision of the data.
#[component]
pub fn Footer(locale: Locale, children: Children) -> impl IntoView {
    let about = format!("/{locale}/about");
    view! {
        <footer class="foot">
            <div class="wrap foot-columns">
                <div>
                    <p class="foot-name">{locale.pick("Micro-Drama Observatory", "微短剧观察")}</p>
                    {children()}
                </div>
                <nav aria-label=locale.pick("About this site", "关于本站")>
                    <ul>
                        <li><a href=format!("/{locale}/check")>{locale.pick("Check a figure", "核对数据")}</a></li>
                        <li hidden><a href=format!("/{locale}/brief") data-brief>{locale.pick("Your brief", "我的简报")}</a></li>
                        <li><a href=format!("/{locale}/changes")>{locale.pick("What changed", "变更记录")}</a></li>
                        <li><a href=about.clone()>{locale.pick("Method and definitions", "方法与定义")}</a></li>
                        <li><a href=format!("{about}#corrections")>{locale.pick("Corrections", "更正")}</a></li>
                        <li><a href=format!("{about}#accessibility")>{locale.pick("Accessibility", "无障碍")}</a></li>
                    </ul>
                </nav>
                <div>
                    <p>
                        {locale.pick("Compiled data: ", "汇编数据：")}
                        <a href=format!("{about}#licence")>"CC BY 4.0"</a>
                        <br/>
                        {locale
                            .pick("The sources’ own texts remain theirs.", "来源原文的权利归其所有者。")}
                    </p>
                </div>
            </div>
        </footer>
    }
}
