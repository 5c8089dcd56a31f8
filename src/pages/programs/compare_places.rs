//! Places side by side: the finding, the chooser, how many measures each place has by instrument, and their names.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use leptos::{either::Either, prelude::*};

use crate::{
    charts::ChartView,
    components::{
        figure::Figure,
        inline::{Linked, Name},
        list::KeepState,
        location,
    },
    domain::{
        listing::parameter::ListQuery,
        programs::{
            comparison::{
                Cell, ComparedPlace, ComparisonTable, MAX, PlaceRow,
                query::{CompareQuery, NotAdded, NotAddedReason},
            },
            model::{Instrument, Program},
            query::{ProgramKind, ProgramQuery, Within},
        },
    },
    loaders::programs::titles::counted,
    text::{Locale, Named, Unit, date, number::unbroken, vocabulary::Word},
};

#[component]
pub fn PlacesCompared(
    locale: Locale,
    query: CompareQuery,
    table: ComparisonTable<Program>,
    not_added: Option<NotAdded>,
    /// Places that can be added, each with the one around it.
    others: Vec<(Named, Option<Named>)>,
    matrix: Option<ChartView>,
    /// Charts of the amounts offered.
    caps: impl IntoView + 'static,
    all: Vec<PlaceRow>,
    /// Day of the standings.
    day: NaiveDate,
) -> impl IntoView {
    let chosen: Vec<Named> = table.places.iter().map(|place| place.named.clone()).collect();
    view! {
        <Findings locale table=table.clone()/>
        <Chooser locale query=query.clone() chosen not_added others/>
        <Numbers locale query=query.clone() table=table.clone()/>
        <Counted locale query=query.clone() day/>
        <Names locale query=query.clone() table/>
        <div class="compare-charts">
            {matrix.map(|chart| view! { <Figure locale chart id="matrix"/> })}
            {caps}
        </div>
        <EveryPlace locale query all/>
    }
}

/// What others offer and the own place does not, the highest amounts per work, and which places contain others.
#[component]
fn Findings(locale: Locale, table: ComparisonTable<Program>) -> impl IntoView {
    let finding = table.finding(locale).map(|finding| view! { <p class="compare-finding">{finding}</p> });
    let containing = table.containing.iter().map(|(larger, inside)| {
        let inside: Vec<String> = inside.iter().map(|place| place.name(locale).to_owned()).collect();
        let (larger, inside) = (larger.name(locale), locale.list(&inside));
        let text = locale.pick(
            format!("{larger} contains {inside}: its numbers include those."),
            format!("{larger}包含{inside}，其数字含后者。"),
        );
        view! { <p class="result">{text}</p> }
    });
    let containing = containing.collect_view();
    view! {
        <section class="compare-findings" aria-label=locale.pick("Finding", "结论")>
            {finding}
            <PerWork locale table/>
            {containing}
        </section>
    }
}

/// The highest amount per work of each place, linked to the measure.
#[component]
fn PerWork(locale: Locale, table: ComparisonTable<Program>) -> impl IntoView {
    let ComparisonTable { places, per_work, .. } = table;
    let mut known: Vec<(Named, Program)> = Vec::new();
    let mut unknown: Vec<String> = Vec::new();
    for (place, program) in places.into_iter().zip(per_work) {
        match program {
            Some(program) => known.push((place.named, program)),
            None => unknown.push(place.named.name(locale).to_owned()),
        }
    }
    if known.is_empty() {
        let text = locale.pick(
            "No amount per work is known of any of these places in force or announced.",
            "各地施行中或已公布的措施均未查到每部作品的金额。",
        );
        return Either::Left(view! { <p>{text}</p> });
    }
    known.sort_by_key(|(_, program)| std::cmp::Reverse(program.max_amount_cny));
    let amounts = known.into_iter().enumerate().map(|(number, (place, program))| {
        let amount = Unit::Money("CNY".into()).amount(program.max_amount_cny.unwrap_or_default(), locale);
        let before = if number == 0 { "" } else { locale.pick(", ", "、") };
        let href = location::keep_state(format!("/{locale}/programs/{}", program.named.id));
        let title = program.named.name(locale).to_owned();
        view! { {before} <Name locale of=place/> {locale.pick(" ", "")} <a href=href title=title>{unbroken(&amount.to_string())}</a> }
    });
    let amounts = amounts.collect_view();
    let unknown = (!unknown.is_empty()).then(|| {
        let places = locale.list(&unknown);
        locale.pick(format!("; none known of {places}"), format!("；{places}暂未查到"))
    });
    Either::Right(view! {
        <p>
            {locale.pick("Highest amount per work, in force or announced: ", "每部作品最高金额（施行中或已公布）：")}
            {amounts}
            {unknown}
            {locale.pick(".", "。")}
        </p>
    })
}

/// Selection of the places to compare, and of what counts.
#[component]
fn Chooser(
    locale: Locale,
    query: CompareQuery,
    chosen: Vec<Named>,
    not_added: Option<NotAdded>,
    others: Vec<(Named, Option<Named>)>,
) -> impl IntoView {
    let ids: Vec<String> = chosen.iter().map(|place| place.id.clone()).collect();
    let hidden =
        ids.iter().map(|id| view! { <input type="hidden" name="place" value=id.clone()/> }).collect_view();
    let removable = chosen.len() > 1;
    let chips = chosen.into_iter().map(|place| {
        let rest: Vec<String> = ids.iter().filter(|id| **id != place.id).cloned().collect();
        let href = location::keep_state(query.of_places(rest).href(locale));
        let remove = removable.then(|| {
            let name = place.name(locale).to_owned();
            view! {
                <a class="compare-remove" href=href rel="nofollow">
                    {locale.pick("remove", "移除")}
                    <span class="visually-hidden">" " {name}</span>
                </a>
            }
        });
        view! {
            <li>
                <Linked locale room="places" of=place/>
                {remove}
            </li>
        }
    });
    let chips = chips.collect_view();
    let options = others.into_iter().map(|(place, around)| {
        let around = around.map(|around| around.name(locale).to_owned());
        view! { <option value=place.name(locale).to_owned()>{around}</option> }
    });
    let options = options.collect_view();
    let full = ids.len() >= MAX;
    let typed = not_added.as_ref().map(|not_added| not_added.typed.clone());
    let scopes = CompareQuery::scopes().into_iter().map(|(word, scope)| {
        let label = match scope {
            Some(scope) => scope.label(locale),
            None => locale.pick("any, general ones included", "不限，含一般性措施").to_owned(),
        };
        view! { <option value=word selected=scope == query.scope>{label}</option> }
    });
    let scopes = scopes.collect_view();
    let within = Within::WORDS.iter().map(|(word, within)| {
        view! { <option value=*word selected=*within == query.within>{within.name(locale)}</option> }
    });
    let within = within.collect_view();
    view! {
        <section class="compare-chooser" aria-label=locale.pick("Places compared", "所比较的地区")>
            <ul class="chips compare-chips">{chips}</ul>
            {not_added.map(|not_added| view! { <Unresolved locale query=query.clone() ids=ids.clone() not_added/> })}
            <form method="get" action=format!("/{locale}/programs/compare")>
                {hidden}
                <p class="compare-field">
                    <label for="add">{locale.pick("Add a place", "加入地区")}</label>
                    <input
                        id="add"
                        type="text"
                        name="add"
                        list="add-places"
                        maxlength="100"
                        autocomplete="off"
                        value=typed
                        placeholder=locale.pick("Hangzhou, 北京, South Korea …", "杭州、北京、韩国……")
                        disabled=full
                    />
                    <datalist id="add-places">{options}</datalist>
                    {full
                        .then(|| {
                            let text = locale.pick(
                                format!("{MAX} places at most: remove one to add another."),
                                format!("最多{MAX}个地区，请先移除一个。"),
                            );
                            view! { <span class="under">{text}</span> }
                        })}
                </p>
                <p class="compare-field">
                    <label for="within">{locale.pick("A place counts", "地区计入")}</label>
                    <select id="within" name="within">{within}</select>
                </p>
                <p class="compare-field">
                    <label for="scope">{locale.pick("Scope", "范围")}</label>
                    <select id="scope" name="scope">{scopes}</select>
                </p>
                <KeepState/>
                <p class="compare-submit">
                    <button type="submit">{locale.pick("Compare", "比较")}</button>
                    <a href=location::keep_state(format!("/{locale}/programs/compare"))>{locale.pick("Reset", "重置")}</a>
                </p>
            </form>
        </section>
    }
}

/// Says why a typed place was not added, and offers those that may be meant.
#[component]
fn Unresolved(locale: Locale, query: CompareQuery, ids: Vec<String>, not_added: NotAdded) -> impl IntoView {
    let NotAdded { typed, reason } = not_added;
    let (text, candidates) = match reason {
        NotAddedReason::Full => (
            locale.pick(
                format!("“{typed}” was not added: {MAX} places are compared at most. Remove one first."),
                format!("未加入“{typed}”：最多比较{MAX}个地区，请先移除一个。"),
            ),
            Vec::new(),
        ),
        NotAddedReason::NotFound(candidates) if candidates.is_empty() => (
            locale.pick(
                format!("No place is called “{typed}”. Try its name in English or Chinese."),
                format!("没有名为“{typed}”的地区。请尝试中文或英文名称。"),
            ),
            candidates,
        ),
        NotAddedReason::NotFound(candidates) => (
            locale.pick(format!("Which place is “{typed}”?"), format!("“{typed}”是指哪个地区？")),
            candidates,
        ),
    };
    let candidates = candidates.into_iter().map(|place| {
        let mut more = ids.clone();
        if !more.contains(&place.id) {
            more.push(place.id.clone());
        }
        let href = location::keep_state(query.of_places(more).href(locale));
        view! { <li><a href=href rel="nofollow"><Name locale of=place/></a></li> }
    });
    let candidates = candidates.collect_view();
    view! {
        <div class="compare-unresolved" role="alert">
            <p>{text}</p>
            <ul class="chips">{candidates}</ul>
        </div>
    }
}

/// The list of exactly the measures that a cell counts.
fn list_of(query: &CompareQuery, place: &Named, instrument: Instrument, locale: Locale) -> String {
    let list = ProgramQuery {
        place: Some(place.id.clone()),
        within: query.within,
        kind: Some(ProgramKind::Measure),
        instrument: Some(instrument),
        scope: query.scope,
        ..ProgramQuery::default()
    };
    location::keep_state(list.href(locale))
}

/// Number of measures by instrument and place, each linked to the list of exactly these.
#[component]
fn Numbers(locale: Locale, query: CompareQuery, table: ComparisonTable<Program>) -> impl IntoView {
    let caption = locale.pick("Measures by instrument and place", "各地措施数量，按工具分列");
    let own = table.own;
    let heads = table.places.iter().enumerate().map(|(column, place)| {
        view! { <th scope="col" class:own=column == own><Linked locale room="places" of=place.named.clone()/></th> }
    });
    let heads = heads.collect_view();
    let rows = table.rows.iter().map(|(instrument, cells)| {
        let gap = table.is_gap(*instrument);
        let cells = table.places.iter().zip(cells).enumerate().map(|(column, (place, cell))| {
            let href = list_of(&query, &place.named, *instrument, locale);
            view! {
                <td class:own=column == own class:gap=column == own && gap>
                    <Number locale place=place.clone() instrument=*instrument cell=cell.clone() href/>
                </td>
            }
        });
        let cells = cells.collect_view();
        view! {
            <tr>
                <th scope="row">{instrument.name(locale)}</th>
                {cells}
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="table-box compare-numbers" role="region" aria-label=caption tabindex="0">
            <table class="compare-table">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{locale.pick("Instrument", "工具")}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// The counts of a cell. A place without measures is told apart from one that was not researched.
#[component]
fn Number(
    locale: Locale,
    place: ComparedPlace,
    instrument: Instrument,
    cell: Cell<Program>,
    href: String,
) -> impl IntoView {
    if cell.counts.total() == 0 {
        return Either::Left(match place.researched {
            true => view! { <span class="none">{locale.pick("none known", "暂未查到")}</span> },
            false => {
                view! { <span class="not-researched">{locale.pick("not researched", "尚未收集")}</span> }
            }
        });
    }
    let (main, rest) = cell.counts.worded(locale);
    let what = locale.pick(
        format!(": {}, {}", instrument.name(locale), place.named.name(locale)),
        format!("：{}，{}", place.named.name(locale), instrument.name(locale)),
    );
    Either::Right(view! {
        <a href=href>{main}<span class="visually-hidden">{what}</span></a>
        <span class="under">{rest}</span>
    })
}

/// What the numbers count, and what their words mean.
#[component]
fn Counted(locale: Locale, query: CompareQuery, day: NaiveDate) -> impl IntoView {
    let day = date::day(day, locale);
    view! {
        <p class="compare-counted">
            {counted(&query, locale)} {locale.pick(" ", "")}
            {locale
                .pick(
                    format!(
                        "Standing on {day}. Announced: the start is not known or still to come. Over: ended, replaced, or past its term. \
                         A package counts as its measures; rules that only regulate do not count. None known: looked for and not found. \
                         Not researched: not looked for yet.",
                    ),
                    format!(
                        "状态截至{day}。已公布：生效日期不详或尚未到来。已过期：已结束、被取代或期限已过。政策包按其所含措施计，监管规定不计。\
                         暂未查到：查过而未见。尚未收集：还没有查过。",
                    ),
                )}
        </p>
    }
}

/// The measures by name, folded up by instrument. On phones it takes the place of the table.
#[component]
fn Names(locale: Locale, query: CompareQuery, table: ComparisonTable<Program>) -> impl IntoView {
    let instruments = table.rows.iter().map(|(instrument, cells)| {
        let open = cells.iter().filter(|cell| cell.counts.is_open()).count();
        let all = cells.len();
        let mut gist = locale.pick(
            format!("in force or announced in {open} of {all}"),
            format!("{all}地中{open}地施行中或已公布"),
        );
        let gap = table.is_gap(*instrument);
        if gap {
            let own = table.places[table.own].named.name(locale);
            gist += &locale.pick(format!(", none known in {own}"), format!("，{own}暂未查到"));
        }
        let places = table.places.iter().zip(cells).map(|(place, cell)| {
            let href = list_of(&query, &place.named, *instrument, locale);
            view! { <NamedCell locale place=place.clone() instrument=*instrument cell=cell.clone() href/> }
        });
        let places = places.collect_view();
        view! {
            <details class="compare-instrument">
                <summary>
                    <span class="compare-instrument-name">{instrument.name(locale)}</span>
                    <span class="under" class:gap=gap>{gist}</span>
                </summary>
                <dl class="compare-cells">{places}</dl>
            </details>
        }
    });
    let instruments = instruments.collect_view();
    view! {
        <section class="compare-names">
            <h2>{locale.pick("The measures by name", "措施名称")}</h2>
            {instruments}
        </section>
    }
}

/// The counts and names of a cell, under the name of its place.
#[component]
fn NamedCell(
    locale: Locale,
    place: ComparedPlace,
    instrument: Instrument,
    cell: Cell<Program>,
    href: String,
) -> impl IntoView {
    let more = (cell.programs.len() < cell.counts.total()).then(|| {
        let all = cell.counts.total();
        let text = locale.pick(format!("All {all}"), format!("全部{all}项"));
        view! { <li><a href=href.clone()>{text}</a></li> }
    });
    let items = cell.programs.iter().map(|program| {
        let offer = program.offered(locale);
        let of =
            (program.jurisdiction.id != place.named.id).then(|| program.jurisdiction.name(locale).to_owned());
        let under: Vec<String> = of.into_iter().chain(offer).collect();
        view! {
            <li>
                <Linked locale room="programs" of=program.named.clone()/>
                {(!under.is_empty()).then(|| view! { <span class="under">{under.join(" · ")}</span> })}
            </li>
        }
    });
    let items = items.collect_view();
    view! {
        <div>
            <dt><Name locale of=place.named.clone()/></dt>
            <dd>
                <p class="compare-cell-number"><Number locale place instrument cell href/></p>
                <ul class="plain">{items} {more}</ul>
            </dd>
        </div>
    }
}

/// Number of measures of every place by instrument, as a tree, each number linked to the measures.
#[component]
fn EveryPlace(locale: Locale, query: CompareQuery, all: Vec<PlaceRow>) -> impl IntoView {
    let caption = locale.pick("Every place, every instrument", "全部地区与工具");
    let used: BTreeSet<Instrument> = all.iter().flat_map(|row| row.counts.keys().copied()).collect();
    let heads = used
        .iter()
        .map(|instrument| view! { <th scope="col" class="n">{instrument.name(locale)}</th> })
        .collect_view();
    let body = all.into_iter().map(|PlaceRow { named, depth, counts }| {
        let cells = used.iter().map(|instrument| {
            let count = counts.get(instrument).copied();
            let href = list_of(&query, &named, *instrument, locale);
            view! { <td class="n">{count.map(|count| view! { <a href=href rel="nofollow">{count}</a> })}</td> }
        });
        let cells = cells.collect_view();
        view! {
            <tr>
                <th scope="row" class=format!("depth-{}", depth.min(3))><Linked locale room="places" of=named.clone()/></th>
                {cells}
            </tr>
        }
    });
    let body = body.collect_view();
    view! {
        <section class="taken compare-every-place">
            <h2>{caption}</h2>
            <p class="result">{counted(&query, locale)}</p>
            <div class="table-box" role="region" aria-label=caption tabindex="0">
                <table class="compare-matrix">
                    <caption class="visually-hidden">{caption}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{locale.pick("Place", "地区")}</th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody>{body}</tbody>
                </table>
            </div>
        </section>
    }
}
