//! Answers as assistants get them: short at first, each figure with a sentence to quote, and the way to the rest.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::tools::Tool;
use crate::{
    domain::observations::model::{Qualifier, worded},
    outputs::files::LICENCE,
    text::{Locale, Period, Unit, units::is_currency},
};

/// Size to which rows are cut where their number was not asked for, in bytes of JSON.
const SHORT: usize = 3_200;

/// Shapes the answer of an address. `page` is the absolute address of the page for readers; `is_cut` says whether rows are cut to a short answer.
pub fn shaped(
    answer: &Value,
    tool: &Tool,
    page: Option<String>,
    address: &str,
    is_cut: bool,
    locale: Locale,
) -> Value {
    let mut out = Map::new();
    let meta = answer.get("meta").cloned().unwrap_or_default();
    let mut left = SHORT;
    if let Some(title) = meta.get("title").and_then(Value::as_str) {
        out.insert("quote".to_owned(), title.into());
    }
    for list in ["data", "figures"] {
        let Some(all) = answer.get(list).and_then(Value::as_array) else { continue };
        let rows = cut(all, is_cut.then_some(&mut left), locale);
        if list == "data" {
            let total = meta
                .get("total")
                .or_else(|| meta.get("rows"))
                .and_then(Value::as_u64)
                .unwrap_or(all.len() as u64);
            out.insert("total".to_owned(), total.into());
            out.insert("shown".to_owned(), rows.len().into());
            if (rows.len() as u64) < total {
                out.insert("more".to_owned(), more(tool, address).into());
            }
        }
        let name = if list == "data" { "rows" } else { list };
        if list == "data" || !rows.is_empty() {
            out.insert(name.to_owned(), rows.into());
        }
    }
    if let Some(linked) = answer.get("linked").and_then(Value::as_object) {
        out.insert("linked".to_owned(), linked_rows(linked, &mut left, is_cut, locale));
    }
    if let Some(texts) =
        answer.get("did_you_mean").filter(|texts| texts.as_array().is_some_and(|texts| !texts.is_empty()))
    {
        out.insert("did_you_mean".to_owned(), texts.clone());
    }
    if let Some(citation) = answer.get("citation") {
        out.insert("citations".to_owned(), citation.clone());
    }
    if let Some(next) = meta.get("next").and_then(Value::as_str).and_then(cursor) {
        out.insert("next".to_owned(), next.into());
    }
    let page = page.or_else(|| meta.get("page").and_then(Value::as_str).map(str::to_owned));
    if let Some(page) = page {
        out.insert("page".to_owned(), page.into());
    }
    state(&mut out, answer, &meta, locale);
    Value::Object(out)
}

/// Adds both times, the attribution and the licence.
fn state(out: &mut Map<String, Value>, answer: &Value, meta: &Value, locale: Locale) {
    let of =
        |name: &str| meta.get(name).or_else(|| answer.get(name)).cloned().filter(|value| !value.is_null());
    for name in ["as_of", "known_on", "published_on"] {
        if let Some(value) = of(name) {
            out.insert(name.to_owned(), value);
        }
    }
    let revision = of("as_of").unwrap_or_default();
    let attribution = locale.pick(
        format!("Micro-Drama Observatory, revision {revision}, from the cited sources"),
        format!("微短剧观察，数据版本{revision}，据所引来源"),
    );
    out.insert("attribution".to_owned(), attribution.into());
    out.insert("licence".to_owned(), LICENCE.into());
}

fn more(tool: &Tool, address: &str) -> String {
    match (tool.is_paged(), tool.has_limit()) {
        (true, _) => {
            "Call the tool again with `after` set to `next`, or with a `limit` of up to 100.".to_owned()
        }
        (false, true) => "Call the tool again with a `limit` of up to 100.".to_owned(),
        (false, false) => format!("All rows: {address}"),
    }
}

/// Returns rows without empty cells, each figure with its sentence; with a budget as many as fit, but at least one.
fn cut(all: &[Value], budget: Option<&mut usize>, locale: Locale) -> Vec<Value> {
    let mut rows = Vec::new();
    let Some(left) = budget else {
        return all.iter().map(|row| row_of(row, locale)).collect();
    };
    for row in all {
        let row = row_of(row, locale);
        let size = row.to_string().len();
        if size > *left && !rows.is_empty() {
            break;
        }
        *left = left.saturating_sub(size);
        rows.push(row);
    }
    rows
}

fn linked_rows(linked: &Map<String, Value>, left: &mut usize, is_cut: bool, locale: Locale) -> Value {
    let mut out = Map::new();
    for (name, all) in linked {
        let Some(all) = all.as_array().filter(|all| !all.is_empty()) else { continue };
        let rows =
            if is_cut && *left == 0 { Vec::new() } else { cut(all, is_cut.then_some(&mut *left), locale) };
        out.insert(name.clone(), json!({ "total": all.len(), "rows": rows }));
    }
    Value::Object(out)
}

/// Returns a row without empty cells. A figure gets a sentence to quote, and so do those that a claim was compared with.
fn row_of(row: &Value, locale: Locale) -> Value {
    let Some(row) = row.as_object() else { return row.clone() };
    let is_empty = |value: &Value| match value {
        Value::Null => true,
        Value::Array(values) => values.is_empty(),
        _ => false,
    };
    let mut out = Map::new();
    if let Some(quote) = quote(row, locale) {
        out.insert("quote".to_owned(), quote.into());
    }
    for (name, value) in row.iter().filter(|(_, value)| !is_empty(value)) {
        let value = match value.as_array() {
            Some(rows) if name == "candidates" => rows.iter().map(|row| row_of(row, locale)).collect(),
            _ => value.clone(),
        };
        out.insert(name.clone(), value);
    }
    Value::Object(out)
}

/// Words an observation: indicator, entity, period, value with its qualifier, producer, source. `None` for rows that are none.
fn quote(row: &Map<String, Value>, locale: Locale) -> Option<String> {
    let text = |name: &str| row.get(name).and_then(Value::as_str);
    let day = |name: &str| text(name)?.parse::<NaiveDate>().ok();
    let unit = unit(text("unit")?, text("unit_label"));
    let number =
        |name: &str| row.get(name).filter(|value| value.is_number())?.to_string().parse::<Decimal>().ok();
    let qualifier = Qualifier::try_from(text("qualifier")?.to_owned()).ok()?;
    let amount = |value| unit.amount(value, locale).to_string();
    let value = worded(number("value")?, number("value_high"), qualifier, amount, locale);
    let period = Period::new(day("period_start")?, day("period_end")?).label(locale);
    let (indicator, entity) = (text("indicator")?, text("entity")?);
    let basis = text("basis").map(|basis| format!(" ({basis})")).unwrap_or_default();
    let producer = text("producer")
        .map(|name| locale.pick(format!(", according to {name}"), format!("，{name}")))
        .unwrap_or_default();
    let publisher = text("source_publisher").or_else(|| text("source_title")).unwrap_or_default();
    let published = text("source_published_on").map(|on| format!(" {on}")).unwrap_or_default();
    Some(locale.pick(
        format!(
            "{indicator}, {entity}, {period}: {value}{basis}{producer} (source: {publisher}{published})."
        ),
        format!("{entity}{period}{indicator}：{value}{basis}{producer}（来源：{publisher}{published}）。"),
    ))
}

fn unit(word: &str, label: Option<&str>) -> Unit {
    match word {
        "percent" => Unit::Percent,
        "people" => Unit::People,
        "ratio" => Unit::Ratio,
        "count" => {
            let label = label.unwrap_or_default().to_owned();
            Unit::Count { en: label.clone(), zh: label }
        }
        code if is_currency(code) => Unit::Money(code.to_owned()),
        rate => Unit::Rate(rate.to_owned()),
    }
}

/// Returns the cursor in the address of the next page.
fn cursor(next: &str) -> Option<String> {
    let (_, query) = next.split_once('?')?;
    form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "after")
        .map(|(_, value)| value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::{super::tools, *};

    fn observation(value: u64) -> Value {
        json!({
            "indicator": "Domestic market size", "entity": "China", "period_start": "2024-01-01", "period_end": "2024-12-31",
            "value": value, "value_high": null, "unit": "CNY", "unit_label": null, "qualifier": "at-least", "basis": null,
            "producer": "iiMedia", "source_publisher": "Yicai", "source_published_on": "2025-03-01", "note": null,
        })
    }

    #[test]
    fn figures_have_a_sentence_and_no_empty_cells() {
        let row = row_of(&observation(50_400_000_000), Locale::En);
        assert_eq!(
            row["quote"],
            "Domestic market size, China, 2024: ≥ CNY 50.4 billion, according to iiMedia (source: Yicai 2025-03-01)."
        );
        assert!(row.get("note").is_none() && row.get("value_high").is_none());
        let row = row_of(&observation(50_400_000_000), Locale::Zh);
        assert_eq!(
            row["quote"],
            "China2024年Domestic market size：≥ 504亿元，iiMedia（来源：Yicai 2025-03-01）。"
        );
        assert_eq!(row_of(&json!({ "id": "a", "name": "A" }), Locale::En), json!({ "id": "a", "name": "A" }));
    }

    #[test]
    fn an_answer_is_short_unless_its_length_was_chosen() {
        let rows: Vec<Value> = (1..=50).map(observation).collect();
        let meta = json!({ "total": 50, "next": "https://o.example/api/v1/observations?after=a%7Eb&as_of=3", "as_of": 3, "published_on": "2026-11-29", "licence": "CC BY 4.0" });
        let answer = json!({ "meta": meta, "data": rows });
        let tool = tools::named("get_series").unwrap();
        let short = shaped(&answer, tool, None, "https://o.example/", true, Locale::En);
        assert!(short.to_string().len() <= 4_000, "{}", short.to_string().len());
        assert!(short["shown"].as_u64().unwrap() < 50 && short["more"].is_string());
        assert_eq!(
            (&short["next"], &short["as_of"], &short["total"]),
            (&json!("a~b"), &json!(3), &json!(50))
        );
        let long = shaped(&answer, tool, None, "https://o.example/", false, Locale::En);
        assert_eq!((long["shown"].as_u64(), long.get("more")), (Some(50), None));
    }
}
