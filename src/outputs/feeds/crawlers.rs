//! Entry points for crawlers: `robots.txt`, `sitemap.xml`, `llms.txt`.

use std::io;

use axum::response::Response;
use chrono::NaiveDate;
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

use super::{RequestContext, answer};
use crate::{
    domain::{
        registry::{Noun, SinglePage},
        revisions::store::TableSizes,
        search,
    },
    error::AppError,
    loaders::registry::{self, List},
    text::Locale,
};

const TEXT: &str = "text/plain; charset=utf-8";
const XML: &str = "application/xml; charset=utf-8";

/// Paths disallowed to crawlers, because they multiply without end and hold nothing that is not reached otherwise:
/// combinations of parameters, search results, older revisions, server functions. An address with one parameter may be
/// fetched, and is marked `noindex`.
const KEPT_OUT: [&str; 6] =
    ["/*?*&", "/*?as_of=", "/*?known_on=", "/*/search?", "/*/explore?series=", "/fn/"];

/// Programs that fetch a single address to show a preview when a reader shares it. They honour this file too, and may
/// fetch any address.
const PREVIEWS: [&str; 11] = [
    "facebookexternalhit",
    "Facebot",
    "Twitterbot",
    "LinkedInBot",
    "Slackbot",
    "Slackbot-LinkExpanding",
    "TelegramBot",
    "WhatsApp",
    "Discordbot",
    "Pinterestbot",
    "redditbot",
];

/// Serves `robots.txt` (RFC 9309).
pub async fn robots(context: RequestContext) -> Response {
    let sitemap = context.provenance.absolute("/sitemap.xml");
    let kept_out = KEPT_OUT.map(|pattern| format!("Disallow: {pattern}\n")).concat();
    let previews = PREVIEWS.map(|name| format!("User-agent: {name}\n")).concat();
    let text = format!("User-agent: *\n{kept_out}Allow: /\n\n{previews}Allow: /\n\nSitemap: {sitemap}\n");
    answer(&context, TEXT, async { Ok(text) }).await
}

/// Returns the paths of the pages that exist once, independent of the data. The pages without rows of their own are listed here.
fn single() -> impl Iterator<Item = String> {
    let pages = SinglePage::all().filter(|page| match page {
        SinglePage::Home
        | SinglePage::Explore
        | SinglePage::Disagreements
        | SinglePage::Compare
        | SinglePage::Deals
        | SinglePage::Map
        | SinglePage::Screen
        | SinglePage::Check
        | SinglePage::Changes => true,
        // They say nothing until they are asked something.
        SinglePage::Match | SinglePage::Search => false,
    });
    let lists = Noun::all().map(|noun| format!("/{}", noun.word()));
    pages
        .map(SinglePage::path)
        .chain(lists)
        .chain(["/data", "/api", "/about", "/licences"].map(str::to_owned))
}

/// Name of the sitemap part that lists those pages, beside the parts of the nouns.
const OVERVIEW: &str = "overview";

/// Rows per sitemap part: in two languages 40,000 pages, within the protocol's limits of 50,000 and 50 MB.
const PART: i64 = 20_000;

/// Serves the sitemap index, whose parts list every page (<https://www.sitemaps.org/protocol.html#index>).
pub async fn sitemap(context: RequestContext) -> Response {
    let made = async {
        let sizes = context.snapshot.cached::<TableSizes>().await?;
        let parts = Noun::all().flat_map(|noun| {
            let rows = match noun {
                // They share a table with all other entities, and are so few that one part holds them.
                Noun::Places => 1,
                noun => sizes.of(noun.table()),
            };
            (1..=(rows + PART - 1) / PART).map(move |part| (noun.word(), part))
        });
        let parts = std::iter::once((OVERVIEW, 1)).chain(parts);
        written("sitemapindex", |out| {
            for (name, part) in parts {
                let address = context.provenance.absolute(&format!("/sitemap/{name}/{part}.xml"));
                out.create_element("sitemap").write_inner_content(|out| text(out, "loc", &address))?;
            }
            Ok(())
        })
    };
    answer(&context, XML, made).await
}

/// Serves one part: its pages in both languages, with the day on which the data of each last changed.
pub async fn part(context: RequestContext) -> Response {
    let made = async {
        let [.., name, file] = context.segments.as_slice() else { return Err(AppError::NotFound) };
        let part =
            file.strip_suffix(".xml").and_then(|part| part.parse::<u16>().ok()).filter(|part| *part > 0);
        let skip = i64::from(part.ok_or(AppError::NotFound)? - 1) * PART;
        let pages: Vec<(String, NaiveDate)> = match name.as_str() {
            OVERVIEW if skip == 0 => {
                let newest = context.snapshot.published_on();
                single().map(|path| (path, newest)).collect()
            }
            name => {
                let noun = name.parse().map_err(|_| AppError::NotFound)?;
                let snapshot = &context.snapshot;
                let rows = search::store::pages(&snapshot.db, snapshot.at, noun, skip, PART).await?;
                rows.into_iter().map(|(id, day)| (format!("/{name}/{id}"), day)).collect()
            }
        };
        match pages.is_empty() {
            true => Err(AppError::NotFound),
            false => written("urlset", |out| urls(out, &context, &pages)),
        }
    };
    answer(&context, XML, made).await
}

fn urls(
    out: &mut Writer<Vec<u8>>,
    context: &RequestContext,
    pages: &[(String, NaiveDate)],
) -> io::Result<()> {
    for (path, day) in pages {
        let (day, of) = (day.to_string(), |locale| context.provenance.absolute(&format!("/{locale}{path}")));
        let addresses = Locale::ALL.map(|locale| (locale, of(locale)));
        for (_, address) in &addresses {
            out.create_element("url").write_inner_content(|out| {
                text(out, "loc", address)?;
                text(out, "lastmod", &day)?;
                for (locale, other) in &addresses {
                    out.create_element("xhtml:link")
                        .with_attributes([
                            ("rel", "alternate"),
                            ("hreflang", locale.tag()),
                            ("href", other.as_str()),
                        ])
                        .write_empty()?;
                }
                Ok(())
            })?;
        }
    }
    Ok(())
}

/// Builds a document of the protocol from the contents of its root element.
fn written(
    root: &str,
    contents: impl FnOnce(&mut Writer<Vec<u8>>) -> io::Result<()>,
) -> Result<String, AppError> {
    let document = || {
        let mut out = Writer::new(Vec::new());
        out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        out.create_element(root)
            .with_attributes([
                ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"),
                ("xmlns:xhtml", "http://www.w3.org/1999/xhtml"),
            ])
            .write_inner_content(contents)?;
        String::from_utf8(out.into_inner()).map_err(io::Error::other)
    };
    document().map_err(|error| {
        tracing::error!(%error, "the sitemap could not be written");
        AppError::Internal
    })
}

fn text(out: &mut Writer<Vec<u8>>, name: &str, text: &str) -> io::Result<()> {
    out.create_element(name).write_text_content(BytesText::new(text)).map(drop)
}

/// Serves `llms.txt` (<https://llmstxt.org>): what the site is, and where its data is available in machine-readable
/// forms.
pub async fn llms(context: RequestContext) -> Response {
    let at = |path: &str| context.provenance.absolute(path);
    let lists: String = Noun::all()
        .map(|noun| {
            let List { title, .. } = registry::list(noun, Locale::En);
            format!("- [{title}]({})\n", at(&format!("/en/{}", noun.word())))
        })
        .collect();
    let text = format!(
        "# Micro-Drama Observatory\n\n\
         > Figures, incentive programmes, subsidies, companies and events of China’s micro-drama industry and of Shanghai’s Pudong New \
         Area, each with period, qualifier, producer and source. Data revision {revision}, {day}. CC BY 4.0.\n\n\
         Never add up budgeted, approved, paid and disclosed money. Signed is not opened; offered is not paid. Where sources disagree, \
         name both. Quote a figure with its period, unit, qualifier and source, and link with as_of={revision} so that the link keeps \
         showing it.\n\n\
         ## Data\n\n\
         - [OpenAPI document]({openapi}): everything as JSON, strict parameters, any past revision by as_of, what was known on a day by known_on\n\
         - [All figures as CSV]({figures}): one row each, with names, units and sources\n\
         - [All figures as Parquet]({typed}): the same rows in typed columns, for DuckDB and Polars; every table of the data set has one too\n\
         - [The whole data set]({whole}): all CSV files and their dictionary\n\
         - [Catalogue]({catalogue}): DCAT-AP 3; [Croissant]({croissant}) describes the CSV files as record sets\n\
         - [Data dictionary]({dictionary})\n\
         - [All pages that explain, as one text]({full}): method, data, API, dictionary\n\
         - Any page is Markdown with .md at the end of its path (also by Accept: text/markdown), with the same figures, links and state\n\
         - /id/ with a noun and an id is the persistent identifier of a row; Link headers (cite-as, describedby, license, alternate) lead to it and to other forms\n\
         - Any page below has its rows at the same path with /data.csv, /data.json, /data.parquet and /metadata.json\n\n\
         ## Pages\n\n\
         {lists}\
         - [Any series on one chart, with every formula]({explore})\n- [Where sources disagree]({disagreements})\n\
         - [Method and definitions]({about})\n",
        revision = context.snapshot.at.revision,
        day = context.snapshot.published_on(),
        openapi = at("/api/openapi.json"),
        figures = at("/en/data/figures.csv?bom=0"),
        typed = at("/en/data/figures.parquet"),
        whole = at("/en/data/data.zip"),
        catalogue = at("/data/catalog.jsonld"),
        croissant = at("/data/croissant.json"),
        dictionary = at("/en/data/README.md"),
        full = at("/llms-full.txt"),
        explore = at("/en/explore"),
        disagreements = at("/en/disagreements"),
        about = at("/en/about"),
    );
    answer(&context, TEXT, async { Ok(text) }).await
}
