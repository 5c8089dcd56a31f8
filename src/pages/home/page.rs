//! `/`: the front page.

use leptos::prelude::*;

use crate::{
    components::{
        async_page::loaded,
        downloads::{ExportLinks, TakeBar},
        feeds::Follow,
        figure::Figure,
        inline::{Date, Linked, Name},
        location,
        page::Head,
    },
    domain::{
        events::model::Event,
        home::model::{HeadlineFigure, headline},
        organizations::model::Organization,
    },
    islands::since_visit::SinceVisit,
    loaders::home::data::{self, HomePage, Package},
    pages::programs::closing::ClosingSoon,
    text::{
        Locale,
        number::{grouped, unbroken},
        query::Query,
    },
};

#[component]
pub fn Home() -> impl IntoView {
    let (locale, search) = (location::locale(), location::search());
    let page = async move {
        Query::decode(&search).only(&[])?;
        data::home(locale).await
    };
    loaded(locale, page, move |page: HomePage| view! { <FrontPage locale page/> })
}

#[component]
fn FrontPage(locale: Locale, page: HomePage) -> impl IntoView {
    let HomePage { answers, chart, findings, package, matrix, arriving, arrivals, events, closing, revision } =
        page;
    let take = ExportLinks::with(chart.is_some());
    let headline = unbroken(&headline(&answers, locale));
    // Pictures are numbered in the order of the downloads.
    let [of_matrix, of_findings] =
        [1, 1 + usize::from(matrix.is_some())].map(|at| at + usize::from(chart.is_some()));
    let findings = findings
        .into_iter()
        .enumerate()
        .map(|(at, chart)| {
            let id = format!("finding-{}", at + 1);
            view! { <Figure locale chart id small=true picture=of_findings + at/> }
        })
        .collect_view();
    let dek = locale.pick(
        "What China’s micro-drama industry is worth, what Pudong offers the companies that take it overseas, and what \
         happened lately: every figure with its period, producer and source.",
        "中国微短剧产业的规模、浦东为企业出海提供的支持，以及最近的动态：每项数据都注明时段、数据方和来源。",
    );
    view! {
        <Head
            locale
            title=locale.pick("China’s micro-drama industry in figures", "中国微短剧产业数据一览").to_owned()
            description=dek.to_owned()
            take
        />
        <div class="wrap home">
            <header class="home-lead">
                <h1>{headline}</h1>
                <p class="dek">{dek}</p>
                <TakeBar locale take/>
                {revision.map(|revision| view! { <div data-revision=revision><SinceVisit/></div> })}
            </header>
            <Answers locale answers/>
            <div class="home-two">
                <div class="home-main">
                    {chart.map(|chart| view! { <Figure locale chart id="main-chart" picture=1/> })}
                    <div class="home-findings">{findings}</div>
                </div>
                <aside class="home-side" aria-label=locale.pick("What Pudong offers", "浦东提供什么")>
                    {package.map(|package| view! { <PackageBrief locale package/> })}
                    <h2 class="home-closing">{locale.pick("Closing within 90 days", "90天内截止")}</h2>
                    <ClosingSoon locale closing list=format!("/{locale}/programs?sort=closing")/>
                </aside>
            </div>
            <div class="home-two">
                <div class="home-main">{matrix.map(|chart| view! { <Figure locale chart id="matrix" picture=of_matrix/> })} <Further locale/></div>
                <aside class="home-side" aria-label=locale.pick("Companies arriving", "签约企业")>
                    <Arriving locale arriving arrivals/>
                </aside>
            </div>
            <Lately locale events/>
        </div>
    }
}

#[component]
fn Answers(locale: Locale, answers: Vec<HeadlineFigure>) -> impl IntoView {
    let figures = answers.into_iter().map(|answer| view! { <AnswerFigure locale answer/> }).collect_view();
    view! {
        <section class="home-answers" aria-label=locale.pick("The industry in five figures", "五个数字看行业")>
            {figures}
        </section>
    }
}

/// Headline figure: value and unit, then period, qualifier and producer, then competing figures.
#[component]
fn AnswerFigure(locale: Locale, answer: HeadlineFigure) -> impl IntoView {
    let page = format!("/{locale}/indicators/{}", answer.indicator.named.id);
    let label = answer.label(locale).to_owned();
    let HeadlineFigure { indicator, lead, others, .. } = answer;
    let amount = indicator.unit.amount(lead.value, locale);
    let sign = lead.sign();
    let others = others.map(|(low, high)| {
        let (low, high) = (low.worded(&indicator.unit, locale), high.worded(&indicator.unit, locale));
        let text = if low == high {
            locale.pick(format!("Another producer: {low}"), format!("另一机构：{low}"))
        } else {
            locale.pick(format!("Other producers: {low} to {high}"), format!("其他机构：{low}至{high}"))
        };
        view! { <p class="home-answer-others"><a href=format!("{page}#differ")>{text}</a></p> }
    });
    view! {
        <div class="home-answer">
            <h2 class="home-answer-label"><a href=page.clone()>{label}</a></h2>
            <p class="home-value" title=lead.worded_exactly(&indicator.unit, locale)>
                {(!sign.is_empty()).then(|| view! { <span class="home-value-sign">{sign} " "</span> })}
                {(!amount.before.is_empty()).then(|| view! { <span class="home-value-unit">{amount.before.clone()} " "</span> })}
                <span class="home-value-figure">{amount.figure.clone()}</span>
                <span class="home-value-unit">{amount.after.clone()}</span>
            </p>
            <p class="home-answer-meta">
                {lead.period.label(locale)} " · " {lead.qualifier.name(locale)} " · "
                <a href=format!("/{locale}/sources/{}", lead.source.id)>
                    <Name locale of=lead.producer.named/>
                </a>
            </p>
            {others}
        </div>
    }
}

/// Support offered by Pudong: the measures of its latest package that the source names.
#[component]
fn PackageBrief(locale: Locale, package: Package) -> impl IntoView {
    let Package { program, measures } = package;
    let place = program.jurisdiction.name(locale).to_owned();
    let count = measures.len();
    let all = format!("/{locale}/programs?place={}", program.jurisdiction.id);
    let compare = format!("/{locale}/programs/compare");
    let items = measures
        .into_iter()
        .map(|measure| {
            view! {
                <li>
                    <span class="home-measure-kind">{measure.instrument.name(locale)}</span>
                    <Linked locale room="programs" of=measure.named/>
                </li>
            }
        })
        .collect_view();
    view! {
        <h2>{locale.pick(format!("What {place} offers"), format!("{place}提供什么"))}</h2>
        <p class="home-side-dek">
            <Linked locale room="programs" of=program.named/>
            {program
                .announced_on
                .map(|date| view! { {locale.pick(", announced ", "，公布于")} <Date locale of=date/> })}
            {locale.pick(format!(". {count} measures are named in the "), format!("。其中{count}项已列明，见"))}
            <a href=format!("/{locale}/sources/{}", program.source.id)>{locale.pick("source", "来源")}</a>
            {locale.pick(".", "。")}
        </p>
        <ul class="home-measures">{items}</ul>
        <p class="home-side-dek home-further">
            <a href=all>{locale.pick(format!("All programmes of {place}"), format!("{place}全部政策"))}</a>
            " · "
            <a href=compare>{locale.pick("Compare with other places", "与其他地区比较")}</a>
        </p>
    }
}

/// Links from the matrix to its underlying rows.
#[component]
fn Further(locale: Locale) -> impl IntoView {
    view! {
        <p class="home-side-dek home-further">
            <a href=format!("/{locale}/programs/compare")>{locale.pick("Compare other places", "比较其他地区")}</a>
            " · "
            <a href=format!("/{locale}/map")>{locale.pick("On a map", "地图分布")}</a>
            " · "
            <a href=format!("/{locale}/programs")>{locale.pick("All programmes", "全部政策")}</a>
            " · "
            <a href=format!("/{locale}/programs/match")>{locale.pick("Which fit my firm?", "哪些适合我的企业？")}</a>
            " · "
            <a href=format!("/{locale}/subsidies")>{locale.pick("What was paid", "实际发放")}</a>
        </p>
    }
}

/// Companies that signed to come to Pudong. Signing does not mean that an office has opened.
#[component]
fn Arriving(locale: Locale, arriving: Vec<Organization>, arrivals: usize) -> impl IntoView {
    let more = (arriving.len() < arrivals).then(|| {
        let href = format!("/{locale}/organizations?pudong=overseas-hq-signed");
        let count = grouped(arrivals.into());
        view! { <li><a href=href>{locale.pick(format!("All {count}"), format!("全部{count}家"))}</a></li> }
    });
    let first = arriving.iter().filter_map(|organization| organization.pudong_date).min();
    let since = first.map(|date| date.first_day().format("%Y-%m").to_string());
    let items = arriving
        .into_iter()
        .map(|organization| {
            let seat = organization.seat.map(|seat| view! { <Name locale of=seat/> " · " });
            view! {
                <li>
                    <Linked locale room="organizations" of=organization.named/>
                    <span class="under">
                        {seat}
                        {locale.pick("signed ", "签约于")}
                        {organization.pudong_date.map(|date| view! { <Date locale of=date/> })}
                        " · "
                        <a href=format!(
                            "/{locale}/sources/{}",
                            organization.source.id,
                        )>{locale.pick("source", "来源")}</a>
                    </span>
                </li>
            }
        })
        .collect_view();
    view! {
        <h2>{locale.pick("Companies arriving", "签约企业")}</h2>
        <p class="home-side-dek">
            {locale
                .pick(
                    "They signed to set up the headquarters of their overseas business in Pudong. Whether those have opened is not known. ",
                    "已签约在浦东设立海外业务总部，是否启用不详。",
                )}
            {since
                .map(|month| {
                    let text = locale.pick("What each received", "各企业获得的公共资金");
                    view! { <a href=format!("/{locale}/organizations?since={month}")>{text}</a> " · " }
                })}
            <a href=format!("/{locale}/organizations")>{locale.pick("All companies", "全部企业")}</a>
        </p>
        <ul class="home-arriving">{items} {more}</ul>
    }
}

#[component]
fn Lately(locale: Locale, events: Vec<Event>) -> impl IntoView {
    let items = events
        .into_iter()
        .map(|event| {
            let place = event.jurisdiction.map(|place| view! { " · " <Name locale of=place/> });
            view! {
                <li>
                    <p class="event-date"><Date locale of=event.date/></p>
                    <p class="event-title"><Linked locale room="events" of=event.named.clone()/></p>
                    <p class="under">
                        {event.kind.name(locale)} {place} " · "
                        <a href=format!("/{locale}/sources/{}", event.source.id)>{event.source.publisher(locale).to_owned()}</a>
                    </p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="home-lately">
            <h2>{locale.pick("What happened lately", "最近动态")}</h2>
            <p class="home-side-dek">
                <a href=format!("/{locale}/events")>{locale.pick("All events", "全部事件")}</a>
                " · "
                <a href=format!("/{locale}/changes")>{locale.pick("What changed in the data", "数据变更记录")}</a>
                " · "
                {locale.pick("Follow: ", "订阅：")} <Follow/>
            </p>
            <ol class="home-events">{items}</ol>
        </section>
    }
}
