//! Pages as Markdown, for programs that read text: the `main` element of the rendered page, converted. So a page has it without a list of
//! its own, and both say the same.
//!
//! Promises: figures and links are those of the page; links are absolute; a chart is its words and a link to its values; forms and buttons
//! are left out; no text becomes Markdown or HTML. At the end stand the state of the data, the licence and how to cite the page.

mod block;
mod inline;
mod table;
mod tree;

use axum::http::{HeaderMap, header::ACCEPT};

use super::{
    files::{Citation, CitationFormat, LICENCE, LICENCE_ADDRESS, Provenance, site},
    sdmx::accept::{MediaRange, OfferedFormat, preferred},
};
use crate::text::{Locale, date};
use block::Blocks;
use inline::{Base, destination, escape};
use tree::{Element, Node};

/// Media type (RFC 7763).
pub const MEDIA_TYPE: &str = "text/markdown; charset=utf-8; variant=GFM";

/// Ending of the address of a page as Markdown.
const ENDING: &str = ".md";

/// Pages that explain the site, whose Markdown is `llms-full.txt`. The dictionary of the data set stands beside them.
pub const EXPLAINING: [&str; 4] = ["/en/about", "/en/data", "/en/api", "/en/check"];

/// What pages are negotiated between. HTML comes second, so that a client that names both with equal weight gets what only few name.
const OFFERS: [OfferedFormat<bool>; 2] = [
    OfferedFormat { format: true, media_type: "text/markdown", version: "", aliases: &[] },
    OfferedFormat {
        format: false,
        media_type: "text/html",
        version: "",
        aliases: &["application/xhtml+xml"],
    },
];

/// Whether a client prefers Markdown to HTML. One that does not name Markdown gets HTML, whatever else it takes.
pub fn is_preferred(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(ACCEPT).iter().filter_map(|line| line.to_str().ok());
    let ranges: Vec<MediaRange> = lines.flat_map(MediaRange::parse_all).collect();
    let is_named = ranges.iter().any(|range| range.media_type == OFFERS[0].media_type);
    is_named && preferred(&ranges, &OFFERS).is_some_and(|(offer, _)| offer.format)
}

/// Returns the path of the page that a path with the ending `.md` is the Markdown of.
pub fn page_of(path: &str) -> Option<&str> {
    let page = path.strip_suffix(ENDING)?;
    let first = page.split('/').nth(1)?;
    let is_page = first.parse::<Locale>().is_ok() && !page.ends_with('/') && !is_dictionary(path);
    is_page.then_some(page)
}

/// Whether a path is that of the dictionary, which is written in Markdown and has no page.
fn is_dictionary(path: &str) -> bool {
    path.ends_with("/data/README.md")
}

/// Returns the address of the Markdown of a page: of `/en/programs?q=a`, `/en/programs.md?q=a`.
pub fn address(page: &str) -> String {
    match page.split_once('?') {
        Some((path, query)) => format!("{path}{ENDING}?{query}"),
        None => format!("{page}{ENDING}"),
    }
}

/// A page as it was rendered.
#[derive(Clone, Copy, Debug)]
pub struct RenderedPage<'a> {
    pub html: &'a str,
    pub locale: Locale,
    /// Path of the page with its query string, as requested.
    pub address: &'a str,
    /// Whether it says that there is no such page; then it has no state and is not cited.
    pub is_error: bool,
}

/// Converts a page. None if the document has no `main` element.
pub fn convert(page: RenderedPage<'_>, provenance: &Provenance) -> Option<String> {
    let RenderedPage { html, locale, address, is_error } = page;
    let document = Element::parse(html);
    let main = document.find(&|element| element.name == "main")?;
    let base = Base { origin: &provenance.origin, page: address };
    let is_values = |element: &Element| {
        let href = element.attribute("href").unwrap_or_default();
        element.name == "a" && href.split('?').next().is_some_and(|path| path.ends_with("/data.csv"))
    };
    let values = main.find(&is_values).and_then(|link| base.absolute(link.attribute("href")?));
    let values = values.map(|values| (values, locale.pick("Values as CSV", "图表数据（CSV）")));
    let mut blocks = Vec::new();
    Blocks { base, colon: locale.pick(": ", "："), values }.write(&main.children, &mut blocks);
    let is_title = |element: &Element| element.name == "h1";
    let title = main.find(&is_title).map(|title| inline::line(&[Node::Text(title.text())], base));
    let canonical =
        document.find(&|element| element.name == "link" && element.attribute("rel") == Some("canonical"));
    let canonical = canonical.and_then(|link| link.attribute("href")?.strip_prefix(&provenance.origin));
    if !is_error {
        blocks.push("---".to_owned());
        blocks.push(ending(locale, &title.unwrap_or_default(), canonical.unwrap_or(address), provenance));
    }
    Some(blocks.join("\n\n") + "\n")
}

/// Returns what stands below every page: its address, the state of the data, the licence, how to cite it. `address` is the canonical one,
/// without a revision.
fn ending(locale: Locale, title: &str, address: &str, provenance: &Provenance) -> String {
    let Provenance { revision, published_on, known_on, .. } = provenance;
    let published = date::day(*published_on, locale);
    let (live, fixed) = (provenance.absolute(address), provenance.frozen(address));
    let known = known_on.map(|day| {
        let written = date::day(day, locale);
        locale.pick(format!(", as known on {written}"), format!("，截至{written}所知"))
    });
    let known = known.unwrap_or_default();
    let citation = Citation::of_page(locale, title, address, provenance).written(CitationFormat::Full);
    let (before, after) = citation.split_once(&fixed).unwrap_or((&citation, ""));
    let mut cited = String::new();
    escape(before, &mut cited);
    cited.push_str(&format!("<{}>", destination(&fixed).trim_matches(['<', '>'])));
    escape(after, &mut cited);
    let (live, fixed) = (destination(&live), destination(&fixed));
    let site = site(locale);
    let lines = locale.pick(
        [
            format!("Page: [{site}]({live})"),
            format!("State: data revision {revision}, published {published}{known} ([this state for ever]({fixed}), as_of={revision})"),
            format!("Licence: [{LICENCE}]({LICENCE_ADDRESS}) for the compiled data; the sources’ own texts remain theirs"),
            format!("Cite as: {cited}"),
        ],
        [
            format!("页面：[{site}]({live})"),
            format!("数据状态：版本{revision}，{published}发布{known}（[固定网址]({fixed})，as_of={revision}）"),
            format!("许可：汇编数据采用[{LICENCE}]({LICENCE_ADDRESS})；各来源原文权利归原作者"),
            format!("引用格式：{cited}"),
        ],
    );
    lines.map(|line| format!("- {line}")).join("\n")
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn provenance() -> Provenance {
        Provenance {
            origin: "https://o.example".into(),
            revision: 3,
            published_on: "2026-11-28".parse().unwrap(),
            known_on: None,
            taken_on: "2026-11-29".parse().unwrap(),
            contact: None,
        }
    }

    fn converted(main: &str) -> String {
        let html = format!(
            "<!DOCTYPE html><html><body><p>no</p><main id=\"main\">{main}</main><p>no</p></body></html>"
        );
        let page = RenderedPage { html: &html, locale: Locale::En, address: "/en/x?a=1", is_error: false };
        let text = convert(page, &provenance()).unwrap();
        text.split_once("\n\n---\n\n").map_or(String::new(), |(main, _)| main.to_owned())
    }

    #[test]
    fn blocks_are_written_as_markdown() {
        for (html, expected) in [
            ("<h1>A<!> B</h1><p>C<br>D <b>E</b> <code>f`g</code></p>", "# A B\n\nC\\\nD **E** ``f`g``"),
            ("<ul><li>A</li><li><p>B</p><p>C</p></li></ul>", "- A\n- B\n\n  C"),
            ("<ol><li><h3>A</h3><ul><li>B</li></ul></li></ol>", "1. A\n\n   - B"),
            (
                "<dl><dt>A</dt><dd>B</dd><div><dt>C</dt><dd><p>D</p><p>E</p></dd></div></dl>",
                "- A: B\n- C: D\n\n  E",
            ),
            (
                "<a href=\"/en/y?b=1&amp;c=2\">A <b>B</b></a> <a href=\"?d\">C</a> <a href=\"#e\">D</a>",
                "[A **B**](https://o.example/en/y?b=1&c=2) [C](https://o.example/en/x?d) [D](https://o.example/en/x?a=1#e)",
            ),
            (
                "<a href=\"javascript:x\">A</a> <a href=\"//b.example\">B</a> <a href=\"https://c.example/(d)\">C</a>",
                "A B [C](<https://c.example/(d)>)",
            ),
            ("<pre>a\n```\nb</pre>", "````\na\n```\nb\n````"),
            ("<details><summary>A</summary><p>B</p></details>", "A\n\nB"),
            ("<form><p>A</p><button>B</button></form><p>C<button>D</button></p>", "C"),
            (
                "<p><a href=\"/a\">A</a><a href=\"/b\">B</a></p>",
                "[A](https://o.example/a) · [B](https://o.example/b)",
            ),
            ("<blockquote><p>A</p><p>B</p></blockquote>", "> A\n>\n> B"),
        ] {
            assert_eq!(converted(html), expected, "{html}");
        }
    }

    #[test]
    fn a_table_keeps_its_header_and_cells() {
        let html = "<table><caption class=\"visually-hidden\">T</caption><thead><tr><th>A</th><th>B|C</th></tr></thead>\
                    <tbody><tr><th><a href=\"/en\">1</a></th><td>≥ 2<span class=\"under\">x</span></td></tr>\
                    <tr><td colspan=\"2\">3</td></tr></tbody></table>";
        let expected = "| A | B\\|C |\n| --- | --- |\n| [1](https://o.example/en) | ≥ 2; x |\n| 3 |  |";
        assert_eq!(converted(html), expected);
        let form = format!("<form><p>no</p>{html}</form>");
        assert!(converted(&form).ends_with(expected));
    }

    #[test]
    fn a_chart_is_its_words_and_a_link_to_its_values() {
        let html = "<a href=\"/en/x/data.csv?a=1\">CSV</a><figure class=\"chart\"><p class=\"visually-hidden\">T</p><h2 id=\"t\">T</h2>\
                    <div role=\"img\" aria-labelledby=\"t\"><svg><text>no</text></svg></div>\
                    <figcaption><details><summary>Words</summary><p>W</p></details></figcaption></figure>\
                    <p>A <span role=\"img\" aria-label=\"rising\"><svg/></span></p>";
        assert_eq!(
            converted(html),
            "[CSV](https://o.example/en/x/data.csv?a=1)\n\n## T\n\nWords\n\nW\n\n\
             [Values as CSV](https://o.example/en/x/data.csv?a=1)\n\nA rising"
        );
    }

    #[test]
    fn no_text_is_read_as_more_than_text() {
        for (html, expected) in [
            ("<p># a</p>", "\\# a"),
            (
                "<p>1. a</p><p>- a</p><p>+ a</p><p>&gt; a</p><p>=</p>",
                "1\\. a\n\n\\- a\n\n\\+ a\n\n\\> a\n\n\\=",
            ),
            ("<p>*a* _b_ `c` [d](e) ~f~ \\</p>", "\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\~f\\~ \\\\"),
            ("<p>&lt;x y=1&gt; &amp;lt; R&amp;D</p>", "&lt;x y=1> &amp;lt; R&amp;D"),
            ("<p>a!<a href=\"/b\">c</a></p>", "a\\![c](https://o.example/b)"),
            ("<p>2.03 million</p><p>a_b _c_</p>", "2.03 million\n\na_b \\_c\\_"),
            ("<p>3\u{2060}亿\u{2060}元 CNY\u{a0}3</p>", "3亿元 CNY 3"),
            ("<h2>a #</h2>", "## a \\#"),
            ("<code>&lt;x&gt;</code>", "&lt;x>"),
        ] {
            assert_eq!(converted(html), expected, "{html}");
        }
    }

    #[test]
    fn the_end_says_the_state_and_how_to_cite() {
        let html = "<link rel=\"canonical\" href=\"https://o.example/en/x\"><main><h1>T</h1></main>";
        let page = RenderedPage { html, locale: Locale::En, address: "/en/x?as_of=3", is_error: false };
        let text = convert(page, &provenance()).unwrap();
        for part in [
            "# T\n\n---\n\n- Page: [Micro-Drama Observatory](https://o.example/en/x)\n",
            "data revision 3, published 28 Nov 2026 ([this state for ever](https://o.example/en/x?as_of=3)",
            "[CC BY 4.0](https://creativecommons.org/licenses/by/4.0/)",
            "“T” \\[data set\\], revision 3.",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
    }

    #[test]
    fn markdown_is_chosen_by_those_who_name_it() {
        for (accept, expected) in [
            ("", false),
            ("*/*", false),
            ("text/*", false),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", false),
            ("text/markdown", true),
            ("TEXT/Markdown; charset=utf-8", true),
            ("text/markdown, text/html, */*", true),
            ("text/html, text/markdown", true),
            ("text/markdown;q=0.9, text/html;q=0.8", true),
            ("text/markdown;q=0.8, text/html;q=0.9", false),
            ("text/markdown;q=0.5, */*", false),
            ("text/markdown;q=0", false),
            ("text/markdown;q=0, */*", false),
            ("text/markdown, */*;q=0.1", true),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT, HeaderValue::from_str(accept).unwrap());
            assert_eq!(is_preferred(&headers), expected, "{accept}");
        }
    }

    #[test]
    fn only_pages_have_markdown() {
        assert_eq!(page_of("/en/programs.md"), Some("/en/programs"));
        assert_eq!(page_of("/en.md"), Some("/en"));
        for path in
            ["/en/data/README.md", "/x/programs.md", "/en/.md", "/.md", "/en/programs", "/embed/en/map.md"]
        {
            assert_eq!(page_of(path), None, "{path}");
        }
        assert_eq!(address("/en/programs?q=a.b"), "/en/programs.md?q=a.b");
    }
}
