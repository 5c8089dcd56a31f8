//! `/disagreements`: figures that contradict each other, and what each of them counts.

use crate::{
    components::{
        async_page::loaded,
        downloads::{Covers, ExportLinks},
        figure::Figure,
        list::{Choices, FacetGroup, FacetValue, Facets, ResultLine},
        location,
        page::{Page, RESULTS},
    },
    domain::{
        disagreements::model::{Differing, DisagreementsQuery, Puzzle, PuzzleKind},
        explore::query::{ChartKind, ExploreQuery},
        indicators::model::Indicator,
        observations::{disagree::Disagreement, model::Observation},
        sources::model::Mentioned,
    },
    loaders::disagreements::{
        data::{self, DisagreementsPage, DrawnDisagreements},
        titles::{description, title},
    },
    pages::observations::table::{Columns, FigureTable},
    text::{Locale, number::grouped, query},
};
use leptos::prelude::*;

#[component]
pub fn Disagreements() -> impl IntoView {
    let (locale, search) = (location::locale(), location::search());
    let page = async move { data::contradictions(locale, DisagreementsQuery::parse(&search)?).await };
    loaded(locale, page, move |page: DisagreementsPage| view! { <All locale page/> })
}

#[component]
fn All(locale: Locale, page: DisagreementsPage) -> impl IntoView {
    let DisagreementsPage { query, all, measured, all_puzzles, puzzles, indicators, topics, cited } = page;
    let (count, of) = (grouped(all.into()), grouped(measured.into()));
    let topics = FacetGroup::facet(
        locale,
        locale.pick("Topic", "主题"),
        topics.iter().map(|(_, count)| count).sum(),
        topics.iter().map(|(topic, count)| FacetValue::new(*topic, topic.name(locale), *count)),
        query.topic.as_ref(),
        |topic| DisagreementsQuery { topic: topic.copied() }.href(locale),
    );
    let reset = query.topic.is_some().then(|| DisagreementsQuery::default().href(locale));
    let puzzles = (!puzzles.is_empty())
        .then(|| view! { <Puzzles locale all=all_puzzles puzzles cited=cited.clone()/> });
    let mut drawn = 0;
    let sections = indicators
        .into_iter()
        .map(|one| {
            drawn += usize::from(one.strips.is_some());
            view! { <OneIndicator locale one picture=drawn cited=cited.clone()/> }
        })
        .collect_view();
    let state = query::encode(query.pairs());
    view! {
        <Page
            locale
            state
            take=ExportLinks::with(drawn > 0)
            covers=Covers::default()
            title=title(locale)
            description=description(locale)
            choices=vec![topics.clone()]
            results=true
            crumbs=vec![(locale.pick("Explore", "探索").to_owned(), format!("/{locale}/explore"))]
        >
            <div class="with-facets">
                <Facets locale>
                    <Choices group=topics/>
                </Facets>
                <div id=RESULTS>
                    <ResultLine
                        locale
                        text=locale
                            .pick(
                                format!("{count} {}, in {of} {}", if all == 1 { "case" } else { "cases" }, if measured == 1 { "indicator" } else { "indicators" }),
                                format!("{count}处分歧，涉及{of}个指标"),
                            )
                        reset
                    />
                    {puzzles}
                    <div class="small-multiples">{sections}</div>
                </div>
            </div>
        </Page>
    }
}

#[component]
fn Puzzles(locale: Locale, all: usize, puzzles: Vec<Puzzle>, cited: Mentioned) -> impl IntoView {
    let first = only_first(locale, puzzles.len(), all);
    let items = puzzles
        .into_iter()
        .map(|puzzle| {
            let Puzzle { kind, indicator, figures } = puzzle;
            let of = match kind {
                PuzzleKind::SameNumber => figures.first().map(|row| row.worded(&indicator.unit, locale)).unwrap_or_default(),
                PuzzleKind::TwoRates => figures.first().map(|row| row.source.short(locale)).unwrap_or_default(),
            };
            let sentence = match kind {
                PuzzleKind::SameNumber => same_number(&indicator, &figures, locale),
                PuzzleKind::TwoRates => two_rates(&indicator, &figures, locale),
            };
            view! {
                <div class="case">
                    <h3><a href=format!("/{locale}/indicators/{}", indicator.named.id)>{indicator.named.name(locale).to_owned()}</a></h3>
                    <p>{sentence}</p>
                    <details>
                        <summary>{locale.pick("The figures", "数据")}</summary>
                        <Sides locale indicator figures cited=cited.clone() of/>
                    </details>
                </div>
            }
        })
        .collect_view();
    view! {
        <section class="taken" id="puzzles">
            <h2>{locale.pick("Figures that cannot all be right", "不可能同时成立的数字")}</h2>
            {first}
            {items}
        </section>
    }
}

/// Explains why a value repeated by one producer for different periods is listed as a disagreement.
fn same_number(indicator: &Indicator, figures: &[Observation], locale: Locale) -> String {
    let Some(first) = figures.first() else { return String::new() };
    let amount = indicator.unit.amount(first.value, locale);
    let producer = first.producer.named.name(locale);
    let mut periods: Vec<String> = figures.iter().map(|row| row.period.label(locale)).collect();
    periods.dedup();
    let periods = locale.list(&periods);
    locale.pick(
        format!(
            "{amount} is given for {periods}, each time as {producer}’s count. Periods of such different length have the same total only by chance: probably one of the periods, or the number, is wrong. The notes say what else is known."
        ),
        format!("同为{producer}的数据，{periods}均为{amount}。长短不同的时段合计相同只会是巧合：很可能有一处时段或数字有误。详见说明。"),
    )
}

fn two_rates(indicator: &Indicator, figures: &[Observation], locale: Locale) -> String {
    let Some(first) = figures.first() else { return String::new() };
    let rates: Vec<String> =
        figures.iter().map(|row| indicator.unit.amount(row.value, locale).to_string()).collect();
    let rates = locale.list(&rates);
    let source = first.source.short(locale);
    locale.pick(
        format!(
            "Amounts given in both currencies by one source ({source}) imply {rates}. One rate would give one number: the \
             conversions were made at different times or taken from different places."
        ),
        format!("同一来源（{source}）的两种币种金额隐含的汇率为{rates}。若按同一汇率折算应只有一个数：折算时间或出处不同。"),
    )
}

/// Note for a truncated list: the total number of cases, with a link to all of them.
fn only_first(locale: Locale, shown: usize, all: usize) -> Option<impl IntoView> {
    (shown < all).then(|| {
        let (shown, all) = (grouped(shown.into()), grouped(all.into()));
        let text = locale.pick(
            format!("The first {shown} of {all} cases; the downloads have all."),
            format!("共{all}处，仅列前{shown}处，完整内容见下载文件。"),
        );
        view! { <p class="result">{text}</p> }
    })
}

#[component]
fn OneIndicator(
    locale: Locale,
    one: DrawnDisagreements,
    /// Number of its drawing among the pictures of the page.
    picture: usize,
    cited: Mentioned,
) -> impl IntoView {
    let DrawnDisagreements { differing: Differing { indicator, all, cases }, strips } = one;
    let first = only_first(locale, cases.len(), all);
    let name = indicator.named.name(locale).to_owned();
    let definition = indicator.description.get(locale).unwrap_or_default().to_owned();
    let id = indicator.named.id.clone();
    let figures = cases.iter().map(|case| case.figures.len()).sum::<usize>();
    let more = match (cases.len(), locale) {
        (1, Locale::En) => format!("The {figures} figures as a table"),
        (count, Locale::En) => format!("The {figures} figures of {count} cases as tables"),
        (count, Locale::Zh) => format!("{count}处分歧的{figures}项数据（表格）"),
    };
    let drawn = match strips {
        Some(chart) => view! {
            <h3>{chart.title.clone()}</h3>
            <Figure locale chart id=format!("{id}-strips") untitled=true small=true picture/>
        }
        .into_any(),
        None => {
            let text = locale.pick(
                "No two of these figures count the same thing, so none are drawn side by side.",
                "这些数据口径各异，不宜并列绘制。",
            );
            view! { <p>{text}</p> }.into_any()
        }
    };
    let tables = cases
        .into_iter()
        .map(|case| view! { <Case locale indicator=indicator.clone() case cited=cited.clone()/> })
        .collect_view();
    view! {
        <section class="taken" id=id.clone()>
            <h2><a href=format!("/{locale}/indicators/{id}")>{name}</a></h2>
            {drawn}
            {first}
            <details><summary>{more}</summary> <p>{definition}</p> {tables}</details>
        </section>
    }
}

#[component]
fn Case(locale: Locale, indicator: Indicator, case: Disagreement, cited: Mentioned) -> impl IntoView {
    let sentence = case.sentence(&indicator.unit, locale);
    let is_relative = indicator.unit != crate::text::Unit::Percent && !indicator.unit.is_rank();
    let spread = case.spread().filter(|_| is_relative).map(|spread| {
        let spread = grouped(spread.round_dp(1));
        locale
            .pick(format!("The highest is {spread}% above the lowest. "), format!("最高比最低高{spread}%。"))
    });
    let heading = format!("{} · {}", case.period.label(locale), case.entity.name(locale));
    let vintages = ExploreQuery::of_all_rows(&indicator.named.id, &case.figures);
    let vintages =
        vintages.with(|query| (query.kind, query.of) = (Some(ChartKind::Vintages), Some(case.period)));
    let href = location::keep_state(vintages.href(locale));
    view! {
        <div class="case">
            <h3>{heading.clone()}</h3>
            <p>
                {sentence} " " {spread}
                <a href=href>{locale.pick("By date of publication", "按发布日期查看")}</a>
            </p>
            <Sides locale indicator figures=case.figures cited of=heading/>
        </div>
    }
}

#[component]
fn Sides(
    locale: Locale,
    indicator: Indicator,
    figures: Vec<Observation>,
    cited: Mentioned,
    /// Label of the case within its indicator.
    of: String,
) -> impl IntoView {
    let several = figures.iter().any(|row| row.entity != figures[0].entity);
    let name = indicator.named.name(locale);
    let caption = locale.pick(format!("{name}: {of}"), format!("{name}：{of}"));
    view! {
        <FigureTable
            locale
            indicator=indicator.clone()
            rows=figures
            columns=Columns { entity: several, source: true }
            cited
            caption
        />
    }
}
