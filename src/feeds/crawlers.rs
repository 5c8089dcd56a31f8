//! What programs that read the whole site begin with: `robots.txt`, `sitemap.xml`, `llms.txt`.

use std::io;

use axum::response::Response;
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

use super::{Desk, answer};
use crate::{error::AppError, search, text::Locale};

const TEXT: &str = "text/plain; charset=utf-8";

/// Nothing is forbidden. Addresses with a query string are told apart by `noindex` in the page.
pub async fn robots(desk: Desk) -> Response {
    let sitemap = desk.imprint.absolute("/sitemap.xml");
    let text = format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n");
    answer(&desk, TEXT, async { Ok(text) }).await
}

/// Every page in both languages, with the day its data last changed (<https://www.sitemaps.org/protocol.html>).
pub async fn sitemap(desk: Desk) -> Response {
    let made = async {
        let pages = search::store::pages(&desk.reading.db, desk.reading.revision).await?;
        let newest = desk.reading.published_at.date_naive().to_string();
        let rooms = [
            "",
            "/indicators",
            "/explore",
            "/disagreements",
            "/programs",
            "/programs/compare",
            "/subsidies",
            "/organizations",
            "/events",
            "/places",
            "/sources",
            "/data",
            "/api",
            "/about",
        ];
        let rooms = rooms.map(|path| (path.to_owned(), newest.clone()));
        let pages = rooms.into_iter().chain(pages.into_iter().map(|(path, day)| (path, day.to_string())));
        written(&desk, pages).map_err(|error| {
            tracing::error!(%error, "the sitemap could not be written");
            AppError::Internal
        })
    };
    answer(&desk, "application/xml; charset=utf-8", made).await
}

fn written(desk: &Desk, pages: impl Iterator<Item = (String, String)>) -> io::Result<String> {
    let mut out = Writer::new(Vec::new());
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    out.create_element("urlset")
        .with_attributes([
            ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"),
            ("xmlns:xhtml", "http://www.w3.org/1999/xhtml"),
        ])
        .write_inner_content(|out| {
            for (path, day) in pages {
                let address = |locale: Locale| desk.imprint.absolute(&format!("/{locale}{path}"));
                for locale in Locale::ALL {
                    out.create_element("url").write_inner_content(|out| {
                        out.create_element("loc").write_text_content(BytesText::new(&address(locale)))?;
                        out.create_element("lastmod").write_text_content(BytesText::new(&day))?;
                        for other in Locale::ALL {
                            out.create_element("xhtml:link")
                                .with_attributes([
                                    ("rel", "alternate"),
                                    ("hreflang", other.tag()),
                                    ("href", address(other).as_str()),
                                ])
                                .write_empty()?;
                        }
                        Ok(())
                    })?;
                }
            }
            Ok(())
        })?;
    String::from_utf8(out.into_inner()).map_err(io::Error::other)
}

/// The site for language models (<https://llmstxt.org>): what it is, and where the data is had in forms they read.
pub async fn llms(desk: Desk) -> Response {
    let at = |path: &str| desk.imprint.absolute(path);
    let text = format!(
        "# Micro-Drama Observatory\n\n\
         > Figures, incentive programmes, subsidies, companies and events of China’s micro-drama industry and of Shanghai’s Pudong New \
         Area, each with period, qualifier, producer and source. Data revision {revision}, {day}. CC BY 4.0.\n\n\
         Never add up budgeted, approved, paid and disclosed money. Signed is not opened; offered is not paid. Where sources disagree, \
         name both. Quote a figure with its period, unit, qualifier and source, and link with as_of={revision} so that the link keeps \
         showing it.\n\n\
         ## Data\n\n\
         - [OpenAPI document]({openapi}): every noun as JSON, strict parameters, any past state by as_of\n\
         - [All figures as CSV]({figures}): one row each, with names, units and sources\n\
         - [The whole data set]({whole}): twelve CSV files and their dictionary\n\
         - [Data dictionary]({dictionary})\n\
         - Any page below has its rows at the same path with /data.csv, /data.json and /metadata.json\n\n\
         ## Pages\n\n\
         - [Indicators]({indicators})\n- [Any series on one chart, with every formula]({explore})\n\
         - [Where sources disagree]({disagreements})\n- [Programmes]({programs})\n- [Subsidies]({subsidies})\n- [Organizations]({organizations})\n\
         - [Events]({events})\n- [Places]({places})\n- [Sources]({sources})\n- [Method and definitions]({about})\n",
        revision = desk.reading.revision,
        day = desk.reading.published_on(),
        openapi = at("/api/openapi.json"),
        figures = at("/en/data/figures.csv?bom=0"),
        whole = at("/en/data/data.zip"),
        dictionary = at("/en/data/README.md"),
        indicators = at("/en/indicators"),
        explore = at("/en/explore"),
        disagreements = at("/en/disagreements"),
        programs = at("/en/programs"),
        subsidies = at("/en/subsidies"),
        organizations = at("/en/organizations"),
        events = at("/en/events"),
        places = at("/en/places"),
        sources = at("/en/sources"),
        about = at("/en/about"),
    );
    answer(&desk, TEXT, async { Ok(text) }).await
}
