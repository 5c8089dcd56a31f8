//! A feed, and its two forms: Atom (RFC 4287) and JSON Feed (<https://www.jsonfeed.org/version/1.1/>).

use atom_syndication::{Category, Content, Entry, Feed, Generator, Link, Person, Text};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde_json::{Value, json};

use crate::{error::AppError, outputs::files::site, text::Locale};

/// Form of a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedFormat {
    Atom,
    Json,
}

impl FeedFormat {
    pub const ALL: [FeedFormat; 2] = [FeedFormat::Atom, FeedFormat::Json];

    /// Name of the file beside the page.
    pub fn file(self) -> &'static str {
        match self {
            FeedFormat::Atom => "feed.atom",
            FeedFormat::Json => "feed.json",
        }
    }

    /// Returns the form of a file; none if it is no feed.
    pub fn of_file(name: &str) -> Option<FeedFormat> {
        FeedFormat::ALL.into_iter().find(|format| format.file() == name)
    }

    pub fn media_type(self) -> &'static str {
        match self {
            FeedFormat::Atom => "application/atom+xml",
            FeedFormat::Json => "application/feed+json",
        }
    }
}

/// The feed of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedDocument {
    /// Names no host, so that it survives a move of the site.
    pub id: String,
    pub locale: Locale,
    pub title: String,
    /// Absolute address of the page.
    pub page: String,
    /// Absolute address of the Atom feed.
    pub own: String,
    /// Absolute address of the JSON Feed.
    pub own_json: String,
    /// Absolute address of the site in the language of the feed.
    pub site: String,
    /// Absolute address of the WebSub hub that sends what is new.
    pub hub: Option<String>,
    /// When the newest entry was updated; of a feed without entries, when the data was published.
    pub updated: DateTime<Utc>,
    /// Latest update first; of one update, those about the latest day first.
    pub entries: Vec<FeedEntry>,
}

/// An entry of a feed: a row that was added, or the correction or withdrawal of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedEntry {
    /// Never changes.
    pub id: String,
    pub title: String,
    /// When the entry was published: by the revision that added, corrected or withdrew the row.
    pub updated: DateTime<Utc>,
    /// When the row was published first; of a correction, the same as `updated`.
    pub published: DateTime<Utc>,
    /// The revision of `updated`: entries of a later one are new to whoever has read this one.
    pub revision: i32,
    /// Absolute address of the page about it.
    pub link: String,
    /// Address and title of the source.
    pub via: Option<(String, String)>,
    pub categories: Vec<String>,
    pub text: String,
    /// The day that it is about.
    pub day: Option<NaiveDate>,
}

impl FeedDocument {
    /// Returns the address of the feed in a form.
    pub fn address(&self, format: FeedFormat) -> &str {
        match format {
            FeedFormat::Atom => &self.own,
            FeedFormat::Json => &self.own_json,
        }
    }

    /// Returns the entries that later revisions than this one brought.
    pub fn newer_than(&self, revision: i32) -> impl Iterator<Item = &FeedEntry> {
        self.entries.iter().filter(move |entry| entry.revision > revision)
    }

    /// Writes the feed.
    ///
    /// # Errors
    ///
    /// If it cannot be serialized.
    pub fn written(&self, format: FeedFormat) -> Result<String, AppError> {
        match format {
            FeedFormat::Atom => Ok(self.to_atom()),
            FeedFormat::Json => self.to_json_feed(),
        }
    }

    /// Writes an Atom feed.
    pub fn to_atom(&self) -> String {
        let locale = self.locale;
        let site = site(locale).to_owned();
        let hub = self.hub.iter().map(|hub| Link { rel: "hub".into(), href: hub.clone(), ..Link::default() });
        let feed = Feed {
            id: self.id.clone(),
            title: Text::plain(self.title.clone()),
            updated: self.updated.fixed_offset(),
            authors: vec![Person {
                name: site.clone(),
                uri: Some(format!("{}/about", self.site)),
                ..Person::default()
            }],
            generator: Some(Generator { value: site, ..Generator::default() }),
            links: [
                link("self", &self.own, FeedFormat::Atom.media_type()),
                link("alternate", &self.page, "text/html"),
                link("alternate", &self.own_json, FeedFormat::Json.media_type()),
            ]
            .into_iter()
            .chain(hub)
            .collect(),
            rights: Some(Text::plain(rights(locale))),
            lang: Some(locale.tag().to_owned()),
            entries: self.entries.iter().map(FeedEntry::to_atom).collect(),
            ..Feed::default()
        };
        feed.to_string()
    }

    /// Writes a JSON Feed, version 1.1.
    ///
    /// # Errors
    ///
    /// If it cannot be serialized.
    pub fn to_json_feed(&self) -> Result<String, AppError> {
        let mut feed = json!({
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.title,
            "home_page_url": self.page,
            "feed_url": self.own_json,
            "language": self.locale.tag(),
            "authors": [{ "name": site(self.locale), "url": format!("{}/about", self.site) }],
            "_observatory": { "id": self.id, "rights": rights(self.locale), "updated": moment(self.updated) },
            "items": self.entries.iter().map(FeedEntry::to_json).collect::<Vec<Value>>(),
        });
        if let Some(hub) = &self.hub {
            feed["hubs"] = json!([{ "type": "WebSub", "url": hub }]);
        }
        serde_json::to_string_pretty(&feed).map(|text| text + "\n").map_err(|error| {
            tracing::error!(%error, "a feed could not be serialized");
            AppError::Internal
        })
    }
}

fn rights(locale: Locale) -> &'static str {
    locale.pick(
        "Compiled data: CC BY 4.0. The sources’ own texts remain theirs.",
        "汇编数据：CC BY 4.0。来源原文的权利归其所有者。",
    )
}

fn moment(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

fn link(rel: &str, href: &str, kind: &str) -> Link {
    Link { rel: rel.to_owned(), href: href.to_owned(), mime_type: Some(kind.to_owned()), ..Link::default() }
}

impl FeedEntry {
    fn to_atom(&self) -> Entry {
        let via = self.via.iter().map(|(url, title)| Link {
            rel: "via".into(),
            href: url.clone(),
            title: Some(title.clone()),
            ..Link::default()
        });
        let category = |term: &String| Category { term: term.clone(), ..Category::default() };
        Entry {
            id: self.id.clone(),
            title: Text::plain(self.title.clone()),
            updated: self.updated.fixed_offset(),
            published: Some(self.published.fixed_offset()),
            links: std::iter::once(link("alternate", &self.link, "text/html")).chain(via).collect(),
            categories: self.categories.iter().map(category).collect(),
            content: Some(Content {
                value: Some(self.text.clone()),
                content_type: Some("text".into()),
                ..Content::default()
            }),
            ..Entry::default()
        }
    }

    fn to_json(&self) -> Value {
        let mut item = json!({
            "id": self.id,
            "url": self.link,
            "title": self.title,
            "content_text": self.text,
            "date_published": moment(self.published),
            "date_modified": moment(self.updated),
            "tags": self.categories,
            "_observatory": { "revision": self.revision },
        });
        if let Some((url, title)) = &self.via {
            item["external_url"] = url.clone().into();
            item["_observatory"]["source"] = title.clone().into();
        }
        item
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed() -> FeedDocument {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let entry = |id: &str, revision| FeedEntry {
            id: id.into(),
            title: "A < B".into(),
            updated: at("2026-11-28T00:00:00.5Z"),
            published: at("2026-11-20T00:00:00Z"),
            revision,
            link: "https://o.example/en/events/a".into(),
            via: Some(("https://s.example/?a=1&b=2".into(), "A source".into())),
            categories: vec!["events".into()],
            text: "Date: 2025 → 2026".into(),
            day: None,
        };
        FeedDocument {
            id: "tag:x,2025:en/events/feed.atom".into(),
            locale: Locale::En,
            title: "Events".into(),
            page: "https://o.example/en/events".into(),
            own: "https://o.example/en/events/feed.atom".into(),
            own_json: "https://o.example/en/events/feed.json".into(),
            site: "https://o.example/en".into(),
            hub: Some("https://o.example/websub".into()),
            updated: at("2026-11-28T00:00:00Z"),
            entries: vec![entry("b", 2), entry("a", 1)],
        }
    }

    #[test]
    fn both_forms_say_the_same() {
        let feed = feed();
        let atom: Feed = feed.to_atom().parse().unwrap();
        let json: Value = serde_json::from_str(&feed.to_json_feed().unwrap()).unwrap();
        assert_eq!(json["title"], atom.title.value);
        let items = json["items"].as_array().unwrap();
        assert_eq!(items.len(), atom.entries.len());
        for (item, entry) in items.iter().zip(&atom.entries) {
            assert_eq!(item["id"], entry.id);
            assert_eq!(item["title"], entry.title.value);
            assert_eq!(item["content_text"], entry.content.as_ref().unwrap().value().unwrap());
            assert_eq!(item["date_modified"], "2026-11-28T00:00:00.500Z");
            assert_eq!(item["external_url"], entry.links[1].href);
        }
    }

    #[test]
    fn what_is_newer_than_a_revision_is_known() {
        let feed = feed();
        let ids = |revision| feed.newer_than(revision).map(|entry| entry.id.as_str()).collect::<Vec<_>>();
        assert_eq!(ids(1), ["b"]);
        assert_eq!(ids(0), ["b", "a"]);
        assert!(ids(2).is_empty());
    }
}
