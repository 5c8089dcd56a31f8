//! Table of the drawn values, and the working of each.

use crate::{
    charts::COLOURS,
    domain::explore::{
        model::{Input, Line, LineValue, Missing},
        quantity::QuantityStatus,
        query::{ChartKind, ExploreQuery},
    },
    loaders::explore::table::{CellView, ColumnView, RowView, TableView},
    text::{
        Locale, Period, date,
        number::{Scale, grouped, span},
    },
};
use std::cmp::Ordering;

use super::{
    charts::Shown,
    view::{BreakView, InputView, WorkedValue, WorkingView},
    wording,
};

/// Returns the HTML id of a value's working.
fn id(line: usize, value: &LineValue) -> String {
    let code = value.period.code().replace('/', "-");
    format!("w{}-{code}", line + 1)
}

/// Builds the table of the drawn values: periods as rows, lines as columns.
pub fn table(shown: &Shown, query: &ExploreQuery, locale: Locale) -> TableView {
    let lines = &shown.worked.lines;
    let mut periods: Vec<Period> =
        lines.iter().flat_map(|line| line.values.iter().map(|value| value.period)).collect();
    // A period that the reader asked for and that has no value gets a row with the reason.
    periods.extend(lines.iter().flat_map(|line| line.missing.keys()).copied());
    periods.sort_by_key(|period| (period.start, std::cmp::Reverse(period.end)));
    periods.dedup();
    order(&mut periods, lines, query);
    let columns: Vec<(ColumnView, Scale)> = lines
        .iter()
        .zip(&shown.labels)
        .map(|(line, label)| {
            // Columns of one indicator are compared with each other, so they share a scale.
            let alike = |other: &&Line| {
                other.unit == line.unit && other.subject.indicator.named.id == line.subject.indicator.named.id
            };
            let values = lines.iter().filter(alike).flat_map(|line| &line.values);
            let most = values.map(|value| value.quantity.high.abs().max(value.quantity.low.abs()));
            let scale = line.unit.scale_of(most.max().unwrap_or_default(), locale);
            let unit = line.unit.axis(scale, locale);
            let colour = line.slot % COLOURS + 1;
            (ColumnView { name: label.clone(), unit, colour, ours: line.is_derived() }, scale)
        })
        .collect();
    let rows = periods.into_iter().map(|period| {
        let cells = lines.iter().zip(&columns).enumerate().map(|(at, (line, (_, scale)))| {
            let values: Vec<(&LineValue, &String)> = line
                .values
                .iter()
                .zip(&shown.texts[at])
                .filter(|(value, _)| value.period == period)
                .collect();
            let Some((first, _)) = values.first() else {
                let missing = shown.worked.why_missing(line, period);
                let is_plain =
                    matches!(missing, Missing::NoFigure | Missing::NoPublication | Missing::OtherLength(_));
                return CellView::Missing { why: missing.sentence(locale), is_plain };
            };
            let number = |value: &LineValue| {
                let written = |number| {
                    let shown = if value.steps.is_empty() {
                        number
                    } else {
                        crate::domain::explore::quantity::shown(number)
                    };
                    grouped(scale.apply(shown))
                };
                match value.quantity.is_range() {
                    false => written(value.quantity.low),
                    true => span(&written(value.quantity.low), &written(value.quantity.high), locale),
                }
            };
            let join = |parts: Vec<String>| parts.join("; ");
            CellView::Value {
                number: join(values.iter().map(|(value, _)| number(value)).collect()),
                sign: first.quantity.sign().to_owned(),
                status: match first.quantity.status {
                    QuantityStatus::Reported => String::new(),
                    QuantityStatus::Estimate => locale.pick("estimate", "估算").to_owned(),
                    QuantityStatus::Forecast => locale.pick("forecast", "预测").to_owned(),
                },
                text: join(values.iter().map(|(_, text)| (*text).clone()).collect()),
                working: id(at, first),
            }
        });
        RowView { period: period.label(locale), cells: cells.collect() }
    });
    let rows = rows.collect();
    let first = match shown.worked.kind {
        ChartKind::Vintages => locale.pick("Published", "发布日期"),
        _ => locale.pick("Period", "时段"),
    };
    let columns = columns.into_iter().map(|(column, _)| column).collect();
    TableView { first: first.to_owned(), columns, rows }
}

/// Sorts by period, or by the values of a line; periods without a value come last.
fn order(periods: &mut [Period], lines: &[Line], query: &ExploreQuery) {
    let Some(sort) = query.sort else { return };
    let turned = |ordering: Ordering| if sort.descending { ordering.reverse() } else { ordering };
    match sort.line {
        None => periods.reverse(),
        Some(number) => {
            let Some(line) = lines.get(number - 1) else { return };
            let of = |period: &Period| line.at(*period).map(|value| value.quantity.low);
            periods.sort_by(|a, b| match (of(a), of(b)) {
                (Some(a), Some(b)) => turned(a.cmp(&b)),
                (a, b) => b.is_some().cmp(&a.is_some()),
            });
        }
    }
}

/// Returns the working of the values of each line, with the observations they derive from.
pub fn workings(shown: &Shown, locale: Locale) -> Vec<WorkingView> {
    let lines = &shown.worked.lines;
    let views = lines.iter().enumerate().filter(|(_, line)| !line.values.is_empty()).map(|(at, line)| {
        let rules = wording::rules(std::slice::from_ref(line)).into_iter();
        let combined = line.combined.as_ref();
        let formulas = rules.map(|rule| rule.formula(locale).to_owned()).chain(
            combined.map(|combined| format!("{}; {}", combined.formula.lettered(), combined.key(locale))),
        );
        let values = line.values.iter().zip(&shown.texts[at]).map(|(value, text)| WorkedValue {
            id: id(at, value),
            period: match shown.worked.kind {
                ChartKind::Vintages => locale.pick(
                    format!("published {}", value.period.label(locale)),
                    format!("{}发布", value.period.label(locale)),
                ),
                _ => value.period.label(locale),
            },
            text: text.clone(),
            sums: value.steps.iter().map(|step| step.sum.clone()).collect(),
            inputs: (value.inputs.iter().map(|input| input_view(input, value, locale)))
                .chain(value.printed.as_deref().map(|input| cited(input, input.name(locale), locale)))
                .collect(),
        });
        WorkingView {
            name: shown.labels[at].clone(),
            colour: line.slot % COLOURS + 1,
            formulas: formulas.collect(),
            values: values.collect(),
        }
    });
    views.collect()
}

/// Returns the breaks that lie between values of a line, by line and day.
pub fn breaks(shown: &Shown, locale: Locale) -> Vec<BreakView> {
    let several = shown.worked.lines.iter().filter(|line| !line.values.is_empty()).count() > 1;
    let titled = |kind: &str| match several {
        true => kind.to_owned(),
        // Without a name before it, the kind begins the sentence.
        false => kind.chars().take(1).flat_map(char::to_uppercase).chain(kind.chars().skip(1)).collect(),
    };
    let lines = shown.worked.lines.iter().zip(&shown.labels);
    let views = lines.flat_map(|(line, label)| {
        line.breaks_shown().map(move |found| {
            let (kind, from) = (found.kind.name(locale), date::day(found.from, locale));
            BreakView {
                of: if several { label.clone() } else { String::new() },
                title: locale.pick(format!("{} from {from}", titled(kind)), format!("{from}起{kind}")),
                note: found.note.get(locale).unwrap_or_default().to_owned(),
                source: found.source.short(locale),
                source_id: found.source.id.clone(),
            }
        })
    });
    views.collect()
}

/// Returns the estimates that have no place on the time axis, because their sources have no date.
pub fn undated(shown: &Shown, locale: Locale) -> Vec<InputView> {
    shown.worked.undated.iter().map(|input| cited(input, input.name(locale), locale)).collect()
}

fn input_view(input: &Input, value: &LineValue, locale: Locale) -> InputView {
    let row = &input.observation;
    let of = match value.inputs.len() {
        1 => String::new(),
        _ => format!("{} · {}", input.name(locale), row.period.label(locale)),
    };
    cited(input, of, locale)
}

fn cited(input: &Input, of: String, locale: Locale) -> InputView {
    let row = &input.observation;
    InputView {
        of,
        text: row.worded_exactly(&input.indicator.unit, locale),
        source: row.source.short(locale),
        source_id: row.source.id.clone(),
        note: row.note.get(locale).map(str::to_owned),
    }
}
