//! `/indicators/{slug}`: chart, table, disagreements, definition, sources and related indicators of one indicator.

use leptos::prelude::*;

use crate::{
    charts::ChartView,
    components::{
        async_page::loaded,
        downloads::{Covers, ExportLinks},
        figure::Figure,
        inline::Name,
        list::{Alternatives, FacetGroup, Facets, KeepState},
        location,
        page::Page,
    },
    domain::{
        explore::query::ExploreQuery,
        indicators::model::{Indicator, SeriesQuery},
        observations::{breaks::SeriesBreak, model::Observation},
        sources::model::{Mentioned, SourceRef},
    },
    loaders::indicators::{
        data::{self, IndicatorPage},
        select::ProducerChoice,
    },
    pages::{
        explore::link::ExploreLink,
        observations::{
            disagreement_view::Differences,
            table::{Columns, FigureTable},
        },
        sources::cited::Note,
    },
    text::{Locale, Named, Unit, date, number::grouped, query},
};

#[component]
pub fn Detail() -> impl IntoView {
    let (locale, search, id) = (location::locale(), location::search(), location::param("slug"));
    let page = async move { data::one(locale, id, SeriesQuery::parse(&search)?).await };
    loaded(locale, page, move |page: IndicatorPage| view! { <OneIndicator locale page/> })
}

#[component]
fn OneIndicator(locale: Locale, page: IndicatorPage) -> impl IntoView {
    let IndicatorPage { indicator, query, rows, cited, disagreements, .. } = page;
    let name = indicator.named.name(locale).to_owned();
    let unit = indicator.unit.clone();
    let slug = indicator.named.id.clone();
    let covers = covers(&indicator, &rows, locale);
    let several = rows.iter().any(|row| row.entity != rows[0].entity);
    let explore = ExploreQuery::of_rows(&slug, &rows);
    let find = ExploreQuery { find: Some(name.clone()), ..Default::default() }.href(locale);
    let of_strips = if page.chart.is_some() { 2 } else { 1 };
    let choice = page.choice;
    let form = view! { <SeriesForm locale slug=slug.clone() query=query.clone() choice find/> };
    let state = query::encode(query.pairs());
    view! {
        <Page
            locale
            state
            take=ExportLinks::with(page.chart.is_some() || page.strips.is_some())
            chart=page.chart.as_ref().map(|_| "chart")
            covers
            title=name.clone()
            description=indicator.description.get(locale).unwrap_or_default().to_owned()
            crumbs=vec![
                (locale.pick("Indicators", "指标").to_owned(), format!("/{locale}/indicators")),
                (
                    indicator.topic.name(locale).to_owned(),
                    format!("/{locale}/indicators?topic={}", indicator.topic.word()),
                ),
            ]
        >
            <div class="with-facets">
                <Facets locale>
                    {form}
                </Facets>
                <div>
                    {page.lead.map(|lead| view! { <Lead locale unit=unit.clone() lead/> })}
                    <Drawing
                        locale
                        unit=unit.clone()
                        finding=page.finding
                        chart=page.chart
                        lengths=page.lengths
                        unlabelled=page.unlabelled
                        several
                    />
                    <BreakList locale breaks=page.breaks cited=cited.clone() several/>
                    <ExploreLink locale query=explore/>
                    <section class="taken" id="figures">
                        <h2>{locale.pick("The figures", "数据")}</h2>
                        <RowsLine locale slug query left_out=page.left_out shown=rows.len()/>
                        <FigureTable
                            locale
                            indicator=indicator.clone()
                            rows
                            columns=Columns { entity: several, source: true }
                            cited
                            caption=name
                        />
                    </section>
                    <Differences locale unit disagreements strips=page.strips picture=of_strips several/>
                    <Definition locale indicator twins=page.twins/>
                    <SourceList locale sources=page.sources/>
                    <Related locale related=page.related/>
                </div>
            </div>
        </Page>
    }
}

/// The leading figure, with its qualifier, period, producer and source.
#[component]
fn Lead(locale: Locale, unit: Unit, lead: Observation) -> impl IntoView {
    let amount = unit.amount(lead.value, locale);
    let upper = lead.high.map(|high| format!("–{}", unit.amount(high, locale).figure));
    let sign = lead.sign();
    let basis = lead.basis.map(|basis| format!(" · {}", basis.name(locale)));
    view! {
        <div class="lead-figure">
            <p class="home-value" title=lead.worded_exactly(&unit, locale)>
                {(!sign.is_empty()).then(|| view! { <span class="home-value-sign">{sign} " "</span> })}
                {(!amount.before.is_empty()).then(|| view! { <span class="home-value-unit">{amount.before.clone()} " "</span> })}
                <span class="home-value-figure">{amount.figure.clone()} {upper}</span>
                <span class="home-value-unit">{amount.after.clone()}</span>
            </p>
            <p class="home-answer-meta">
                <Name locale of=lead.entity/> " · " {lead.period.label(locale)} " · " {lead.qualifier.name(locale)} {basis} " · "
                <Name locale of=lead.producer.named/> " · "
                <a href=format!("/{locale}/sources/{}", lead.source.id)>{lead.source.short(locale)}</a>
            </p>
        </div>
    }
}

/// The chart under its finding, the choice of its periods, and the figures that it does not label. Where nothing can be drawn, the finding
/// alone.
#[component]
fn Drawing(
    locale: Locale,
    unit: Unit,
    finding: Option<String>,
    chart: Option<ChartView>,
    lengths: FacetGroup,
    unlabelled: Vec<Observation>,
    /// Whether the page covers several entities.
    several: bool,
) -> impl IntoView {
    let Some(chart) = chart else {
        return finding.map(|finding| view! { <h2 class="finding">{finding}</h2> }).into_any();
    };
    let lengths = (lengths.choices.len() > 1).then(|| view! { <Alternatives group=lengths/> });
    view! {
        {finding.map(|finding| view! { <h2 class="finding">{finding}</h2> })}
        {lengths}
        <Figure locale chart id="chart" untitled=true picture=1/>
        <AlsoPublished locale unit rows=unlabelled several/>
    }
    .into_any()
}

/// Number of figures listed before the rest is collapsed.
const LISTED: usize = 8;

/// Figures that the chart draws without a label.
#[component]
fn AlsoPublished(locale: Locale, unit: Unit, rows: Vec<Observation>, several: bool) -> impl IntoView {
    if rows.is_empty() {
        return ().into_any();
    }
    let count = grouped(rows.len().into());
    let title = locale.pick("Also published", "其他已公布数据");
    let summary = locale.pick(format!("{title}: {count} figures"), format!("{title}：{count}项"));
    let folded = rows.len() > LISTED;
    let items = rows
        .into_iter()
        .map(|row| {
            let about = several.then(|| view! { " · " <Name locale of=row.entity.clone()/> });
            view! {
                <li>
                    {row.period.label(locale)} {locale.pick(": ", "：")} <b>{row.worded(&unit, locale)}</b> {about} " · "
                    <Name locale of=row.producer.named.clone()/> " · "
                    <a href=format!("/{locale}/sources/{}", row.source.id)>{row.source.short(locale)}</a>
                </li>
            }
        })
        .collect_view();
    let list = view! { <ul class="plain columns">{items}</ul> };
    match folded {
        true => view! { <details class="also"><summary>{summary}</summary>{list}</details> }.into_any(),
        false => view! { <div class="also"><h3>{title}</h3>{list}</div> }.into_any(),
    }
}

/// Changes of scope, method or basis in the lines drawn.
#[component]
fn BreakList(locale: Locale, breaks: Vec<SeriesBreak>, cited: Mentioned, several: bool) -> impl IntoView {
    if breaks.is_empty() {
        return ().into_any();
    }
    let items = breaks
        .into_iter()
        .map(|one| {
            let about = several.then(|| view! { <Name locale of=one.entity.clone()/> " · " });
            let note = one.note.get(locale).unwrap_or_default().to_owned();
            view! {
                <li>
                    <b>{about} <Name locale of=one.producer.clone()/></b>
                    {locale.pick(format!(", {} from ", one.kind.name(locale)), "，自".to_owned())}
                    {date::day(one.from, locale)}
                    {locale.pick(". ".to_owned(), format!("起{}。", one.kind.name(locale)))}
                    <Note locale text=note sources=cited.clone()/> " "
                    <a href=format!("/{locale}/sources/{}", one.source.id)>{one.source.short(locale)}</a>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="breaks" id="breaks">
            <h3>{locale.pick("Changes within the lines", "序列中的口径变化")}</h3>
            <ul>{items}</ul>
        </section>
    }
    .into_any()
}

/// Returns the coverage of the displayed figures.
fn covers(indicator: &Indicator, rows: &[Observation], locale: Locale) -> Covers {
    let mut places: Vec<String> = rows.iter().map(|row| row.entity.name(locale).to_owned()).collect();
    places.sort();
    places.dedup();
    let mut sources: Vec<String> = rows.iter().map(|row| row.source.url.clone()).collect();
    sources.sort();
    sources.dedup();
    let first = rows.iter().map(|row| row.period.start).min();
    let last = rows.iter().map(|row| row.period.end).max();
    Covers {
        measured: Some((indicator.named.name(locale).to_owned(), indicator.unit.word().to_owned())),
        period: first.zip(last).map(|(first, last)| (first.to_string(), last.to_string())),
        places,
        sources,
    }
}

/// Filter by producer: checkboxes in a plain form.
#[component]
fn SeriesForm(
    locale: Locale,
    slug: String,
    query: SeriesQuery,
    choice: ProducerChoice,
    find: String,
) -> impl IntoView {
    let path = format!("/{locale}/indicators/{slug}");
    let narrowed = (query != SeriesQuery::default()).then(|| path.clone());
    let ProducerChoice { offered, not_offered, producers, .. } = choice;
    let producers =
        producers.into_iter().map(|(producer, count, chosen)| (producer.named, count, chosen)).collect();
    let more = (not_offered > 0).then(|| {
        let count = grouped(not_offered.into());
        let text =
            locale.pick(format!("{count} more with fewer figures"), format!("另有{count}个，数据较少"));
        view! { <p class="boxes-more"><a href=find>{text}</a></p> }
    });
    view! {
        <form class="series-form" method="get" action=path aria-label=locale.pick("Choose figures", "选择数据")>
            <Boxes locale name="entity" legend=locale.pick("About", "对象") options=offered/>
            {more}
            <Boxes locale name="producer" legend=locale.pick("Measured by", "数据方") options=producers/>
            {query.all_rows.then(|| view! { <input type="hidden" name="rows" value="all"/> })}
            {query.every.map(|every| view! { <input type="hidden" name="every" value=every.word()/> })}
            <KeepState/>
            <p class="series-form-end">
                <button type="submit">{locale.pick("Show", "显示")}</button>
                {narrowed.map(|href| view! { <a href=location::keep_state(href)>{locale.pick("Reset", "重置")}</a> })}
            </p>
        </form>
    }
}

#[component]
fn Boxes(
    locale: Locale,
    name: &'static str,
    legend: &'static str,
    options: Vec<(Named, u32, bool)>,
) -> impl IntoView {
    if options.len() < 2 {
        return ().into_any();
    }
    let boxes = options
        .into_iter()
        .map(|(named, count, chosen)| {
            view! {
                <label class="box">
                    <input type="checkbox" name=name value=named.id.clone() checked=chosen/>
                    <span><Name locale of=named/></span>
                    <span class="count">{grouped(count.into())}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="boxes">
            <legend>{legend}</legend>
            {boxes}
        </fieldset>
    }
    .into_any()
}

/// Number of rows, and a link to the remaining ones.
#[component]
fn RowsLine(locale: Locale, slug: String, query: SeriesQuery, left_out: u32, shown: usize) -> impl IntoView {
    let all = query.with_all_rows(true).href(locale, &slug);
    let fewer = query.with_all_rows(false).href(locale, &slug);
    let shown = grouped(shown.into());
    let left = grouped(left_out.into());
    let rows = if shown == "1" { "row" } else { "rows" };
    let text = match (query.all_rows, left_out) {
        (false, 0) => locale.pick(format!("All figures: {shown} {rows}."), format!("共{shown}行，为全部数据。")),
        (false, _) => locale.pick(
            format!(
                "{shown} {rows}: for each producer and period the row closest to its origin. {left} more repeat, \
                 round or contradict these, or are set aside for a reason in their note."
            ),
            format!("显示{shown}行：每个数据方和时段取最接近原始出处的一行。另有{left}行重复、约化或与之矛盾，或在说明中注明不采用。"),
        ),
        (true, _) => locale.pick(format!("All figures: {shown} {rows}."), format!("共{shown}行，为全部数据。")),
    };
    view! {
        <p class="result">
            {text} " "
            {(left_out > 0).then(|| view! { <a href=location::keep_state(all)>{locale.pick("Show all rows", "显示全部行")}</a> })}
            {query.all_rows.then(|| view! { <a href=location::keep_state(fewer)>{locale.pick("Show headline rows only", "只显示主要行")}</a> })}
        </p>
    }
}

#[component]
fn Definition(locale: Locale, indicator: Indicator, twins: Vec<Named>) -> impl IntoView {
    let (before, after) = locale.pick(
        (
            "Sub-periods may be summed to the longer period, within one producer.",
            "Values must not be summed: ",
        ),
        ("同一数据方的分时段数值可以加总为更长时段。", "数值不可加总："),
    );
    let stock = locale.pick(
        "a stock, share, rate, average or peak does not add up over time.",
        "存量、占比、比率、平均值和峰值不能按时间相加。",
    );
    let summing = if indicator.additive { before.to_owned() } else { format!("{after}{stock}") };
    let unit = match indicator.unit {
        crate::text::Unit::Ratio => locale.pick("a multiple", "倍数").to_owned(),
        ref unit => unit.axis(unit.scale_of(Default::default(), locale), locale),
    };
    let twins = twins
        .into_iter()
        .map(|twin| view! { <li><a href=format!("/{locale}/indicators/{}", twin.id)>{twin.name(locale).to_owned()}</a></li> })
        .collect_view();
    view! {
        <section class="taken" id="definition">
            <h2>{locale.pick("Definition", "定义")}</h2>
            <p>{indicator.description.get(locale).unwrap_or_default().to_owned()}</p>
            <dl class="particulars">
                <dt>{locale.pick("Unit", "单位")}</dt>
                <dd>{unit}</dd>
                <dt>{locale.pick("Published", "发布频率")}</dt>
                <dd>{indicator.frequency.name(locale)}</dd>
                <dt>{locale.pick("Summing", "加总")}</dt>
                <dd>{summing}</dd>
                <dt>{locale.pick("Id", "编号")}</dt>
                <dd><code>{indicator.named.id}</code></dd>
            </dl>
            {(!twins.is_empty())
                .then(|| {
                    view! {
                        <p>{locale.pick("The same quantity in another currency:", "同一数量的其他币种：")}</p>
                        <ul class="plain">{twins}</ul>
                    }
                })}
        </section>
    }
}

#[component]
fn SourceList(locale: Locale, sources: Vec<(SourceRef, u32)>) -> impl IntoView {
    let items = sources
        .into_iter()
        .map(|(source, count)| {
            let (title, lang) = source.title_for(locale);
            let figures = locale.pick(
                format!("{} {}", grouped(count.into()), if count == 1 { "figure" } else { "figures" }),
                format!("{}项数据", grouped(count.into())),
            );
            view! {
                <li>
                    <a href=format!("/{locale}/sources/{}", source.id) lang=lang.to_owned()>{title.to_owned()}</a>
                    <span class="under">{source.short(locale)} " · " {figures}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="taken" id="sources">
            <h2>{locale.pick("Sources", "来源")}</h2>
            <ol class="source-list">{items}</ol>
        </section>
    }
}

#[component]
fn Related(locale: Locale, related: Vec<Named>) -> impl IntoView {
    let items = related
        .into_iter()
        .map(|other| view! { <li><a href=format!("/{locale}/indicators/{}", other.id)>{other.name(locale).to_owned()}</a></li> })
        .collect_view();
    view! {
        <section class="taken" id="related">
            <h2>{locale.pick("Related indicators", "相关指标")}</h2>
            <ul class="plain columns">{items}</ul>
        </section>
    }
}
