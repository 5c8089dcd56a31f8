//! `/check`: the numbers of a text, each compared with what is held.

use leptos::prelude::*;

use crate::{
    components::{
        async_page::loaded,
        downloads::ExportLinks,
        inline::Name,
        location,
        markup::{CopyField, TextField},
        page::Page,
    },
    domain::{
        check::model::{Candidate, CheckQuery, Claim, MAX_CHARACTERS, Verdict},
        observations::history::HistoryQuery,
    },
    loaders::check::{
        data::{self, CheckPage},
        titles::{description, title},
    },
    pages::sources::cited::Cited,
    text::{Locale, query},
};

#[component]
pub fn Check() -> impl IntoView {
    let (locale, search) = (location::locale(), location::search());
    let posted = location::posted();
    let is_posted = posted.is_some();
    let page = async move { data::check(CheckQuery::parse(&posted.unwrap_or(search))?).await };
    loaded(locale, page, move |page: CheckPage| view! { <Checked locale page is_posted/> })
}

#[component]
fn Checked(
    locale: Locale,
    page: CheckPage,
    /// Whether the text is too long for an address, and came in the body of the request.
    is_posted: bool,
) -> impl IntoView {
    let CheckPage { query, claims } = page;
    let state = if is_posted { String::new() } else { query::encode(query.pairs()) };
    let take = match claims.as_deref() {
        Some([_, ..]) if !is_posted => ExportLinks::Rows,
        _ => ExportLinks::Nothing,
    };
    let asked = claims.is_some();
    let offers_files = is_posted && claims.as_ref().is_some_and(|claims| !claims.is_empty());
    let description = description(claims.as_deref(), locale);
    let note = claims
        .as_deref()
        .filter(|claims| !claims.is_empty())
        .map(|claims| note(claims, (!is_posted).then_some(&query), locale));
    let results = claims
        .map(|claims| claims.into_iter().map(|claim| view! { <OneClaim locale claim/> }).collect_view())
        .map(|items| view! { <ol class="claims">{items}</ol> });
    let note = note.map(|text| {
        view! {
            <section class="taken">
                <h2>{locale.pick("Note to copy", "可复制的说明")}</h2>
                <CopyField label=locale.pick("Note with citations", "含引用的说明") text rows=10/>
            </section>
        }
    });
    view! {
        <Page locale state title=title(locale) description take index=!asked>
            <Form locale text=query.text.unwrap_or_default() offers_files/>
            {results}
            {note}
            <Examples locale/>
            <Method locale/>
        </Page>
    }
}

#[component]
fn Form(
    locale: Locale,
    text: String,
    /// Whether files are offered by buttons, because no address leads to them.
    offers_files: bool,
) -> impl IntoView {
    let hint = locale.pick(
        "Up to 5,000 characters. A short text stands in the address of its result, which can be linked. Nothing is stored.",
        "最多5000字符。较短的文字写入结果页网址，可作为链接分享。本站不保存所粘贴的文字。",
    );
    let address = |rest: &str| location::keep_state(format!("/{locale}/check{rest}"));
    let files = offers_files.then(|| {
        let unlinked = locale.pick(
            "This text is too long for an address, so its result cannot be linked; it can be downloaded or copied:",
            "文字过长，无法写入网址，因此结果页不能作为链接分享，但可以下载或复制：",
        );
        let buttons = [("data.csv", "CSV"), ("data.xlsx", "XLSX"), ("data.json", "JSON")].map(|(file, name)| {
            view! { <button type="submit" formaction=address(&format!("/{file}"))>{name}</button> " " }
        });
        view! { <p class="result" role="status">{unlinked}</p> <p class="check-files">{buttons.collect_view()}</p> }
    });
    view! {
        <form class="check-form" method="post" action=address("")>
            <label for="text">{locale.pick("Text to check", "待核对的文字")}</label>
            <TextField id="text" name="text" text rows=5 most=MAX_CHARACTERS described="text-hint"/>
            <p class="result" id="text-hint">{hint}</p>
            <button type="submit">{locale.pick("Check", "核对")}</button>
            {files}
        </form>
    }
}

/// A number with its verdict, why, and the figures held.
#[component]
fn OneClaim(locale: Locale, claim: Claim) -> impl IntoView {
    let why = claim.reason(locale);
    let Claim { text, written, verdict, candidates, .. } = claim;
    let figures = (!candidates.is_empty()).then(|| {
        let items = candidates.into_iter().map(|one| view! { <Held locale one/> }).collect_view();
        view! { <ul class="prose-list">{items}</ul> }
    });
    view! {
        <li class=format!("claim claim-{}", verdict.word())>
            <h2>{written} {locale.pick(": ", "：")} <strong class="verdict">{verdict.name(locale)}</strong></h2>
            <blockquote>{text}</blockquote>
            <p>{why}</p>
            {figures}
        </li>
    }
}

/// A figure held, with its indicator, entity, period, producer and source.
#[component]
fn Held(locale: Locale, one: Candidate) -> impl IntoView {
    let Candidate { indicator, observation } = one;
    let href = format!("/{locale}/indicators/{}?entity={}", indicator.named.id, observation.entity.id);
    let worded = observation.worded(&indicator.unit, locale);
    let period = observation.period.label(locale);
    let history = HistoryQuery::of(&observation).href(locale, &indicator.named.id);
    view! {
        <li>
            <strong>{worded}</strong> " · " <a href=href><Name locale of=indicator.named/></a>
            " · " <Name locale of=observation.entity/> " · " <a href=location::keep_state(history)>{period}</a> " · "
            <Name locale of=observation.producer.named/>
            <br/>
            <Cited locale source=observation.source/>
        </li>
    }
}

/// The results in plain text, with the sources.
fn note(claims: &[Claim], query: Option<&CheckQuery>, locale: Locale) -> String {
    const MAX_CITED: usize = 3;

    let mut lines = Vec::new();
    for claim in claims {
        let colon = locale.pick(": ", "：");
        lines.push(format!("{}{colon}{}", claim.written, claim.verdict.name(locale)));
        lines.push(claim.reason(locale));
        lines.extend(claim.candidates.iter().take(MAX_CITED).map(|one| format!("- {}", one.cited(locale))));
        lines.push(String::new());
    }
    let site = locale.pick("Checked against the Micro-Drama Observatory: ", "据微短剧观察核对：");
    let address = query.map_or_else(|| format!("/{locale}/check"), |query| query.href(locale));
    lines.push(format!("{site}{}", location::absolute(&address)));
    lines.join("\n")
}

#[component]
fn Examples(locale: Locale) -> impl IntoView {
    let examples = locale.pick(
        [
            "China’s micro-dramas earned CNY 50 billion in the first eight months of 2025.",
            "Chinese micro-dramas earned USD 15 billion overseas in the first eight months of 2025.",
            "Micro-dramas earned USD 1.525 billion overseas in 2024.",
        ],
        [
            "2025年前八个月，国内微短剧收入达500亿元。",
            "2025年前八个月，中国微短剧收入达5亿元。",
            "截至2025年6月，我国微短剧用户规模达6.96亿人。",
        ],
    );
    let items = examples
        .map(|text| {
            let href = CheckQuery { text: Some(text.to_owned()) }.href(locale);
            view! { <li><a href=location::keep_state(href) rel="nofollow">{text}</a></li> }
        })
        .collect_view();
    view! {
        <section>
            <h2>{locale.pick("Examples", "示例")}</h2>
            <ul class="plain">{items}</ul>
        </section>
    }
}

#[component]
fn Method(locale: Locale) -> impl IntoView {
    let verdicts = Verdict::WORDS
        .iter()
        .map(|(_, verdict)| view! { <dt>{verdict.name(locale)}</dt> <dd>{meaning(*verdict, locale)}</dd> })
        .collect_view();
    let limits = locale.pick(
        [
            "Words are looked up in lists; no language model reads the text. Words it does not know are passed over.",
            "A match needs an indicator, a place or company, and a period in the text, and the right currency. “Last year” is no period.",
            "It compares with what is held here. “Not held” does not mean wrong, and “matches” means that a source gives the same figure.",
        ],
        [
            "按词表查找，不使用语言模型；不认识的词会被忽略。",
            "判为“相符”须文中写明指标、地区或企业、时段，且币种正确；“去年”之类不能确定时段。",
            "仅与本站收录的数据比较：“未收录”不等于有误，“相符”指有来源给出同样的数据。",
        ],
    );
    let limits = limits.map(|text| view! { <li>{text}</li> }).collect_view();
    view! {
        <section class="check-method">
            <h2>{locale.pick("How it works, and what it cannot do", "如何核对，以及局限")}</h2>
            <ul class="prose-list">{limits}</ul>
            <dl>{verdicts}</dl>
        </section>
    }
}

fn meaning(verdict: Verdict, locale: Locale) -> &'static str {
    match verdict {
        Verdict::Matches => locale.pick(
            "A figure of the same indicator, entity and period agrees, within the rounding as written.",
            "同一指标、对象和时段的数据与之相符（按所写精度）。",
        ),
        Verdict::MatchesOlder => locale.pick(
            "It was right when written; the same producer has published another figure since.",
            "发布时无误，同一数据方此后给出了新的数据。",
        ),
        Verdict::OtherScope => locale.pick(
            "The value is held, but for another period, place or producer than the text says.",
            "该数值已收录，但时段、地区或数据方与文中不同。",
        ),
        Verdict::Differs => locale.pick(
            "Figures are held for what the text says, and they are others, or are worded otherwise.",
            "文中所指的数据已收录，但数值或限定词不同。",
        ),
        Verdict::UnitSlip => locale.pick(
            "The digits agree, but the power of ten or the currency does not.",
            "数字相同，但数量级或币种不同。",
        ),
        Verdict::NotHeld => locale.pick(
            "Nothing is held to compare with, or the text could not be understood.",
            "没有可比较的数据，或未能理解文中所指。",
        ),
    }
}
