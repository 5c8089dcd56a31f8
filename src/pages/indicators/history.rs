//! `/indicators/{slug}/history`: everything published about one figure, and how far first figures were from last ones.

use chrono::NaiveDate;
use leptos::prelude::*;
use rust_decimal::Decimal;

use crate::{
    charts::ChartView,
    components::{
        async_page::loaded,
        figure::Figure,
        inline::{Date, Name},
        list::KeepState,
        location,
        page::Page,
    },
    domain::{
        explore::query::{ChartKind, ExploreQuery},
        indicators::model::SeriesQuery,
        observations::{
            history::{Correction, FirstToLast, HistoryQuery, MIN_PERIODS, Movement, Revised},
            model::Observation,
        },
        sources::model::Mentioned,
    },
    loaders::indicators::{
        history::{self, FigureHistory},
        titles,
    },
    pages::sources::cited::Note,
    text::{Locale, Named, Period, Unit, date, number::rounded, query},
};

#[component]
pub fn History() -> impl IntoView {
    let (locale, search, id) = (location::locale(), location::search(), location::param("slug"));
    let page = async move { history::history(locale, id, HistoryQuery::parse(&search)?).await };
    loaded(locale, page, move |page: FigureHistory| view! { <OneFigure locale page/> })
}

#[component]
fn OneFigure(locale: Locale, page: FigureHistory) -> impl IntoView {
    let FigureHistory { indicator, entity, period, dated, undated, cited, .. } = page;
    let (unit, slug) = (indicator.unit.clone(), indicator.named.id.clone());
    let name = indicator.named.name(locale).to_owned();
    let state = query::encode(HistoryQuery { entity: Some(entity.id.clone()), period: Some(period) }.pairs());
    // The sentence is the heading of the chart, whose title says what is drawn.
    let chart = page.chart.map(|chart| {
        let subtitle = [chart.title.as_str(), &chart.subtitle].join(" · ");
        ChartView { subtitle, ..chart }
    });
    let sentence = sentence(&dated, undated.len(), &unit, locale);
    let explore = ExploreQuery {
        kind: Some(ChartKind::Vintages),
        of: Some(period),
        ..ExploreQuery::of_all_rows(&slug, &dated)
    };
    let links = view! {
        <Elsewhere locale slug=slug.clone() entity=entity.id.clone() explore/>
    };
    view! {
        <Page
            locale
            state
            title=titles::history_title(&indicator.named, &entity, period, locale)
            description=titles::history_description(locale).to_owned()
            index=false
            crumbs=vec![
                (locale.pick("Indicators", "指标").to_owned(), format!("/{locale}/indicators")),
                (name, format!("/{locale}/indicators/{slug}")),
            ]
        >
            <Chooser locale slug entities=page.entities entity=entity periods=page.periods period/>
            <h2 class="finding">{sentence}</h2>
            {chart.map(|chart| view! { <Figure locale chart id="chart" untitled=true/> })}
            <Publications locale unit=unit.clone() dated undated cited/>
            <ByProducer locale unit=unit.clone() revised=page.revised/>
            <Corrections locale unit=unit.clone() corrections=page.corrections/>
            <Distances locale unit all=page.first_to_last/>
            {links}
        </Page>
    }
}

/// States what was published first and last.
fn sentence(dated: &[Observation], undated: usize, unit: &Unit, locale: Locale) -> String {
    let said = |row: &Observation| {
        let producer = row.producer.named.name(locale);
        let amount = row.worded(unit, locale);
        let on = row.source.published_on.map(|on| on.label(locale)).unwrap_or_default();
        locale.pick(format!("{amount} by {producer} ({on})"), format!("{producer}的{amount}（{on}）"))
    };
    match (dated, undated) {
        ([], 0) => locale
            .pick(
                "Nothing is known about this period. Choose another above.",
                "该时段没有已公布的数据。请在上方另选时段。",
            )
            .to_owned(),
        ([], _) => locale
            .pick("No source of this figure says when it was published.", "该数据的来源均未注明发布日期。")
            .to_owned(),
        ([only], _) => {
            let only = said(only);
            locale.pick(
                format!("Published once with a date: {only}."),
                format!("注明日期的公布仅一次：{only}。"),
            )
        }
        ([first, .., last], _) => {
            let (count, first, last) = (dated.len(), said(first), said(last));
            locale.pick(
                format!("{count} dated publications. First: {first}. Latest: {last}."),
                format!("注明日期的公布共{count}次。最早：{first}；最新：{last}。"),
            )
        }
    }
}

/// Chooses entity and period by a plain form.
#[component]
fn Chooser(
    locale: Locale,
    slug: String,
    entities: Vec<Named>,
    entity: Named,
    periods: Vec<(Period, usize)>,
    period: Period,
) -> impl IntoView {
    let entities = entities
        .into_iter()
        .map(|one| {
            let selected = one.id == entity.id;
            view! { <option value=one.id.clone() selected=selected>{one.name(locale).to_owned()}</option> }
        })
        .collect_view();
    let is_known = periods.iter().any(|(one, _)| *one == period);
    let unknown = (!is_known)
        .then(|| view! { <option value=period.code() selected=true>{period.label(locale)}</option> });
    let periods = periods
        .into_iter()
        .map(|(one, count)| {
            let label = one.label(locale);
            let figures = if count == 1 { "figure" } else { "figures" };
            let text = locale.pick(format!("{label} ({count} {figures})"), format!("{label}（{count}项）"));
            view! { <option value=one.code() selected=one == period>{text}</option> }
        })
        .collect_view();
    view! {
        <form
            class="history-form"
            method="get"
            action=format!("/{locale}/indicators/{slug}/history")
            aria-label=locale.pick("Choose a figure", "选择数据")
        >
            <p>
                <label for="h-entity">{locale.pick("About", "对象")}</label>
                <select id="h-entity" name="entity">{entities}</select>
            </p>
            <p>
                <label for="h-period">{locale.pick("Period", "时段")}</label>
                <select id="h-period" name="period">{unknown} {periods}</select>
            </p>
            <KeepState/>
            <p><button type="submit">{locale.pick("Show", "显示")}</button></p>
        </form>
    }
}

/// Every publication of the figure; those without a date at the end.
#[component]
fn Publications(
    locale: Locale,
    unit: Unit,
    dated: Vec<Observation>,
    undated: Vec<Observation>,
    cited: Mentioned,
) -> impl IntoView {
    if dated.is_empty() && undated.is_empty() {
        return ().into_any();
    }
    let caption = locale.pick("Publications", "各次公布");
    let body = dated
        .into_iter()
        .chain(undated)
        .map(|row| view! { <Publication locale unit=unit.clone() row cited=cited.clone()/> })
        .collect_view();
    view! {
        <section class="taken" id="publications">
            <h2>{caption}</h2>
            <div class="table-box" role="region" aria-label=caption tabindex="0">
                <table class="cards">
                    <caption class="visually-hidden">{caption}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{locale.pick("Published", "发布日期")}</th>
                            <th scope="col" class="n">{locale.pick("Value", "数值")}</th>
                            <th scope="col">{locale.pick("Measured by", "数据方")}</th>
                            <th scope="col">{locale.pick("Source", "来源")}</th>
                            <th scope="col">{locale.pick("Note", "说明")}</th>
                        </tr>
                    </thead>
                    <tbody>{body}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Publication(locale: Locale, unit: Unit, row: Observation, cited: Mentioned) -> impl IntoView {
    let on = match row.source.published_on {
        Some(of) => view! { <Date locale of/> }.into_any(),
        None => locale.pick("day not known", "日期不详").into_any(),
    };
    let note = row.note.get(locale).map(str::to_owned);
    let outlier = row.outlier.then(|| locale.pick("outlier: not to be used", "异常值，不宜使用"));
    let under: Vec<&str> = row.basis.map(|basis| basis.name(locale)).into_iter().chain(outlier).collect();
    view! {
        <tr>
            <th scope="row" class="nowrap">{on}</th>
            <td class="n" title=row.worded_exactly(&unit, locale)>
                {row.worded(&unit, locale)}
                {(!under.is_empty()).then(|| view! { <span class="under">{under.join(" · ")}</span> })}
            </td>
            <td><Name locale of=row.producer.named/></td>
            <td class="seen">
                <a href=format!("/{locale}/sources/{}", row.source.id)>{row.source.short(locale)}</a>
            </td>
            <td class="note">{note.map(|text| view! { <Note locale text sources=cited/> })}</td>
        </tr>
    }
}

/// Links to the indicator, to explore and to the API.
#[component]
fn Elsewhere(locale: Locale, slug: String, entity: String, explore: ExploreQuery) -> impl IntoView {
    let indicator =
        SeriesQuery { entities: vec![entity.clone()], ..SeriesQuery::default() }.href(locale, &slug);
    let api = query::href(
        "/api/v1/observations",
        [("indicator", slug), ("entity", entity), ("include_history", "true".to_owned())],
    );
    let explore = (!explore.series.is_empty()).then(|| {
        view! {
            <li>
                <a href=location::keep_state(explore.href(locale))>
                    {locale.pick("These publications in explore, with files", "在探索页查看这些公布值，可下载文件")}
                </a>
            </li>
        }
    });
    view! {
        <section class="taken" id="elsewhere">
        <h2>{locale.pick("See also", "另见")}</h2>
        <ul class="plain">
            <li>
                <a href=location::keep_state(indicator)>
                    {locale.pick("All periods of this indicator", "该指标的全部时段")}
                </a>
            </li>
            {explore}
            <li><a href=api rel="nofollow">{locale.pick("Every version of these rows, as JSON", "这些行的全部版本（JSON）")}</a></li>
        </ul>
        </section>
    }
}

/// First and last figure of each producer that published more than once.
#[component]
fn ByProducer(locale: Locale, unit: Unit, revised: Vec<Revised>) -> impl IntoView {
    if revised.is_empty() {
        return ().into_any();
    }
    let caption = locale.pick("First and last figure of each producer", "各数据方的首次与最新公布值");
    let body = revised
        .into_iter()
        .map(|one| {
            let (first, last) = (said(&one.first, &unit, locale), said(&one.last, &unit, locale));
            let basis = one.last.basis.map(|basis| view! { <span class="under">{basis.name(locale)}</span> });
            let changed = one.changed.map(|(from, kind)| {
                let (kind, from) = (kind.name(locale), date::day(from, locale));
                let text = locale.pick(format!("{kind} from {from}"), format!("自{from}起{kind}"));
                view! { <span class="under">{text}</span> }
            });
            view! {
                <tr>
                    <th scope="row"><Name locale of=one.last.producer.named/> {basis}</th>
                    <td class="n">{one.publications}</td>
                    <td>{first}</td>
                    <td>{last}</td>
                    <td>{moved(one.movement, locale)} {changed}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="taken" id="producers">
            <h2>{caption}</h2>
            <p class="result">
                {locale
                    .pick(
                        "Calculated here: (last − first) ÷ first. “Unchanged” includes the same number written with more or fewer digits. Outliers, undated figures and figures without a named producer do not count.",
                        "本站计算：（最新值－首次值）÷首次值。“未变”包括同一数值的不同取位；不含异常值、未注明日期和未注明数据方的数据。",
                    )}
            </p>
            <div class="table-box" role="region" aria-label=caption tabindex="0">
                <table class="cards">
                    <caption class="visually-hidden">{caption}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{locale.pick("Producer", "数据方")}</th>
                            <th scope="col" class="n">{locale.pick("Publications", "公布次数")}</th>
                            <th scope="col">{locale.pick("First", "首次")}</th>
                            <th scope="col">{locale.pick("Last", "最新")}</th>
                            <th scope="col">{locale.pick("Change", "变化")}</th>
                        </tr>
                    </thead>
                    <tbody>{body}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// A figure with the date of its publication and a link to its source.
fn said(row: &Observation, unit: &Unit, locale: Locale) -> impl IntoView + use<> {
    let href = format!("/{locale}/sources/{}", row.source.id);
    let on = row.source.published_on.map(|on| on.label(locale)).unwrap_or_default();
    view! { {row.worded(unit, locale)} " " <a class="under" href=href>{on}</a> }
}

fn moved(movement: Movement, locale: Locale) -> String {
    match movement {
        Movement::Percent(by) => signed(by, &Unit::Percent, locale),
        Movement::Points(by) => signed(by, &Unit::Points, locale),
        Movement::Unchanged => locale.pick("unchanged", "未变").to_owned(),
        Movement::NotComparable => locale
            .pick("not comparable: a bound, a range or a loss", "不可比：含上下限、区间或亏损")
            .to_owned(),
        Movement::OrderUnknown => locale.pick("order of publication not known", "发布先后不详").to_owned(),
    }
}

/// Formats a difference, rounded for reading, with its sign.
fn signed(value: Decimal, unit: &Unit, locale: Locale) -> String {
    let short = rounded(value);
    let sign = match short {
        short if short.is_zero() => "",
        short if short > Decimal::ZERO => "+",
        _ => "−",
    };
    format!("{sign}{}", unit.amount(short.abs(), locale))
}

/// What this site itself corrected, apart from what sources revised.
#[component]
fn Corrections(locale: Locale, unit: Unit, corrections: Vec<(Correction, NaiveDate)>) -> impl IntoView {
    let none = corrections.is_empty().then(|| {
        let text = locale.pick(
            "None: this site has shown these figures unchanged since it first published them.",
            "无：自首次收录以来，本站从未改动这些数据。",
        );
        view! { <p>{text}</p> }
    });
    let items = corrections
        .into_iter()
        .map(|(one, on)| {
            let Correction { before, now, revision } = one;
            let text = match &now {
                None => locale.pick("withdrawn".to_owned(), "已撤回".to_owned()),
                Some(now) if now.worded_exactly(&unit, locale) == before.worded_exactly(&unit, locale) => locale
                    .pick(
                        "figure unchanged; its note, producer or standing was corrected".to_owned(),
                        "数值未变，更正了说明、数据方或主次".to_owned(),
                    ),
                Some(now) => format!("→ {}", now.worded_exactly(&unit, locale)),
            };
            let day = date::day(on, locale);
            let named = locale.pick(
                format!("Revision {revision}, {day}"),
                format!("数据版本{revision}（{day}）"),
            );
            view! {
                <li>
                    <a href=format!("/{locale}/data/revisions/{revision}")>{named}</a>
                    {locale.pick(": ", "：")}
                    {before.worded_exactly(&unit, locale)} " " {text} " · " <Name locale of=before.producer.named/> " · "
                    <a href=format!("/{locale}/sources/{}", before.source.id)>{before.source.short(locale)}</a>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="taken" id="corrections">
            <h2>{locale.pick("Corrections by this site", "本站的更正")}</h2>
            {none}
            <ul class="plain">{items}</ul>
        </section>
    }
}

/// How far first figures were from last ones, by producer.
#[component]
fn Distances(locale: Locale, unit: Unit, all: Vec<FirstToLast>) -> impl IntoView {
    let title = locale.pick("How far first figures were from last ones", "首次公布值与最新值的差距");
    let differences = if unit == Unit::Percent { Unit::Points } else { Unit::Percent };
    let explained = locale.pick(
        format!(
            "Calculated here over all periods of the main entities of this indicator, for producers with at least {MIN_PERIODS} figures \
             published on two days or more: (last − first) ÷ first, for figures in percent last − first. The same number written with more \
             or fewer digits counts as zero. Periods within which the producer changed its scope or method, and figures whose last word is a forecast, a bound or a range, do not count."
        ),
        format!(
            "本站计算：取该指标主要对象的全部时段，仅列至少有{MIN_PERIODS}项数据在两个以上日期公布的数据方。（最新值－首次值）÷首次值；百分比指标取最新值－首次值。\
             同一数值的不同取位按零计；数据方在时段内变更口径的，以及最新值为预测、上下限或区间的，不计。"
        ),
    );
    if all.is_empty() {
        let none = locale.pick(
            format!("No producer of this indicator has {MIN_PERIODS} figures that were published on two days or more."),
            format!("该指标没有数据方有{MIN_PERIODS}项以上数据在两个以上日期公布。"),
        );
        return view! { <section class="taken" id="distances"><h2>{title}</h2><p>{none}</p></section> }
            .into_any();
    }
    let body = all
        .into_iter()
        .map(|one| {
            let basis = one.basis.map(|basis| view! { <span class="under">{basis.name(locale)}</span> });
            let absolute = |value: Decimal| differences.amount(rounded(value), locale).to_string();
            view! {
                <tr>
                    <th scope="row"><Name locale of=one.producer.named/> {basis}</th>
                    <td class="n">{one.count}</td>
                    <td class="n">{one.changed}</td>
                    <td class="n">{signed(one.mean, &differences, locale)}</td>
                    <td class="n">{absolute(one.mean_absolute)}</td>
                    <td class="n">{absolute(one.median_absolute)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="taken" id="distances">
            <h2>{title}</h2>
            <p class="result">{explained}</p>
            <div class="table-box" role="region" aria-label=title tabindex="0">
                <table class="cards">
                    <caption class="visually-hidden">{title}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{locale.pick("Producer", "数据方")}</th>
                            <th scope="col" class="n">{locale.pick("Figures (n)", "数据项数（n）")}</th>
                            <th scope="col" class="n">{locale.pick("Changed", "有变化")}</th>
                            <th scope="col" class="n">{locale.pick("Mean", "平均")}</th>
                            <th scope="col" class="n">{locale.pick("Mean, without sign", "平均（绝对值）")}</th>
                            <th scope="col" class="n">{locale.pick("Median, without sign", "中位数（绝对值）")}</th>
                        </tr>
                    </thead>
                    <tbody>{body}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}
