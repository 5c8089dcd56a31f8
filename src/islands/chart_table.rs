//! Table of a chart, made from the template of its readout.

use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlTemplateElement};

use crate::text::Locale;

/// One value: its period, the item with its series and text, what changed with it in its series, the paragraph with its source.
struct Entry {
    period: String,
    item: Element,
    change: Option<Element>,
    origin: Option<Element>,
}

impl Entry {
    fn series(&self) -> Option<Element> {
        self.item.children().item(1)
    }

    fn text(&self) -> Option<Element> {
        self.item.children().item(2)
    }
}

/// Returns the values of a chart period by period; none if the chart has no readout.
fn entries(figure: &Element) -> Option<Vec<Entry>> {
    let template = figure.query_selector("template").ok()??.unchecked_into::<HtmlTemplateElement>();
    let columns = template.content().children();
    let mut entries = Vec::new();
    for column in (0..columns.length()).filter_map(|at| columns.item(at)) {
        let heading = column.query_selector("p").ok()??;
        let items = column.query_selector_all("li").ok()?;
        let origins = column.query_selector_all(".readout-more p").ok()?;
        for at in 0..items.length() {
            let change = heading.query_selector(&["[data-of=\"", &at.to_string(), "\"]"].concat()).ok()?;
            let period = heading.first_child()?.text_content()?;
            let period = period.trim_end_matches(['.', '。', ' ']).to_owned();
            let origin = origins.item(at).map(JsCast::unchecked_into);
            let item = items.item(at)?.unchecked_into();
            entries.push(Entry { period, item, change, origin });
        }
    }
    Some(entries)
}

/// Returns the table as HTML.
pub fn html(figure: &Element, locale: Locale) -> Option<String> {
    let inner = |element: Option<&Element>| element.map(Element::inner_html).unwrap_or_default();
    let mut rows = String::new();
    for entry in entries(figure)? {
        rows += &[
            "<tr><th scope=\"row\">",
            &entry.period.replace('<', "&lt;"),
            "</th><td>",
            &inner(entry.series().as_ref()),
            "</td><td class=\"n\">",
            &inner(entry.text().as_ref()),
            "</td><td>",
            &inner(entry.origin.as_ref()),
            &entry.change.as_ref().map(Element::outer_html).unwrap_or_default(),
            "</td></tr>",
        ]
        .concat();
    }
    let [period, series, value, source] = locale
        .pick(["Period", "Series", "Value", "Source"], ["时段", "序列", "数值", "来源"])
        .map(|name| ["<th scope=\"col\">", name, "</th>"].concat());
    let head = [period, series, value.replace("\">", "\" class=\"n\">"), source].concat();
    let start = "<div class=\"chart-table table-box\" role=\"region\" tabindex=\"0\" aria-labelledby=\"";
    let id = figure.id();
    Some(
        [
            start,
            &id,
            "-title\"><table><thead><tr>",
            &head,
            "</tr></thead><tbody>",
            &rows,
            "</tbody></table></div>",
        ]
        .concat(),
    )
}

/// Returns the table as tab-separated values: numbers without a scale, their unit, and the value as the chart prints it.
pub fn tab_separated(figure: &Element, locale: Locale) -> Option<String> {
    let origin = leptos::prelude::window().location().origin().ok()?;
    let head = locale.pick(
        "Period\tSeries\tValue\tUpper end\tUnit\tAs printed\tSource\tSource page\tNote",
        "时段\t序列\t数值\t上限\t单位\t显示为\t来源\t来源页面\t说明",
    );
    let mut lines = vec![head.to_owned()];
    for entry in &entries(figure)? {
        let Entry { period, item, change, origin: source } = entry;
        let attribute = |name| item.get_attribute(name).unwrap_or_default();
        let link = source.as_ref().and_then(|source| source.query_selector("a").ok()?);
        let page = link.as_ref().and_then(|link| Some([&*origin, &link.get_attribute("href")?].concat()));
        let change = change.as_ref().and_then(|change| change.text_content()).unwrap_or_default();
        let cells = [
            text(Some(period.clone())),
            text(entry.series().and_then(|series| series.text_content())),
            attribute("data-value"),
            attribute("data-high"),
            text(Some(attribute("data-unit"))),
            text(entry.text().and_then(|text| text.text_content())),
            text(link.and_then(|link| link.text_content())),
            page.unwrap_or_default(),
            text(Some([sentences(source.as_ref()), change].concat())),
        ];
        lines.push(cells.join("\t"));
    }
    Some(lines.join("\n"))
}

/// Returns the sentences in an element, each of which is a `span`.
fn sentences(element: Option<&Element>) -> String {
    let Some(Ok(all)) = element.map(|element| element.query_selector_all("span")) else {
        return String::new();
    };
    let texts = (0..all.length()).filter_map(|at| all.item(at)?.text_content());
    texts.map(|text| [&*text, " "].concat()).collect()
}

/// Returns a text as a cell: in one line, and never a formula.
fn text(text: Option<String>) -> String {
    let text = text.unwrap_or_default().replace(['\t', '\n', '\r'], " ");
    let text = text.trim();
    let is_formula = text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if is_formula { ["'", text].concat() } else { text.to_owned() }
}
