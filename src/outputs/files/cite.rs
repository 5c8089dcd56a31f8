//! Citations of a page: in words, in the Chinese standard, and in the files that reference managers read.

use std::{collections::BTreeMap, fmt::Write};

use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};

use super::{
    Credit, ExportDocument, Provenance,
    authors::{Person, persons},
    site,
};
use crate::text::{Locale, PartialDate, characters::printable, date};

/// Formats of a citation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CitationFormat {
    /// `Micro-Drama Observatory (2026)`: beside a figure.
    Short,
    /// A full reference in words.
    Full,
    /// GB/T 7714-2015, the reference style of China until June 2026: `责任者. 题名[DS/OL]. 版本. (发布日期)[引用日期]. 网址.`
    Gbt2015,
    /// GB/T 7714-2025, in force since July 2026, which names the platform of a data set: `责任者. 题名[DS/OL]. 版本. 发布平台(发布日期)[引用日期]. 网址.`
    Gbt2025,
    Bibtex,
    Ris,
    /// CSL-JSON 1.0, as Zotero and citation processors read it.
    Csl,
}

/// The work cited: rows of this site in one revision of the data, or the published page that a page of this site is
/// about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    locale: Locale,
    /// Responsible persons or body.
    author: String,
    /// The persons, if they are persons, and whether there are others.
    persons: (Vec<Person>, bool),
    publisher: String,
    title: String,
    published_on: Option<PartialDate>,
    /// Revision of the data set; none for a page of another publisher.
    revision: Option<i32>,
    /// The day of which the address asks what was known, if any.
    known_on: Option<NaiveDate>,
    address: String,
    accessed_on: NaiveDate,
    /// BCP 47.
    language: String,
    key: String,
    note: Option<String>,
}

impl Citation {
    /// Builds the citation of a page. The address cited is the one that never changes.
    pub fn of(document: &ExportDocument, provenance: &Provenance) -> Citation {
        match &document.original {
            Some(original) => Citation::of_original(original, document.locale, provenance),
            None => Citation::of_data(document, provenance),
        }
    }

    /// Builds the citation of a page of this site by its title. `address` is its path with its query string, without a revision.
    pub fn of_page(locale: Locale, title: &str, address: &str, provenance: &Provenance) -> Citation {
        let document = ExportDocument { locale, title: title.to_owned(), ..ExportDocument::default() };
        Citation { address: provenance.frozen(address), ..Citation::of_data(&document, provenance) }
    }

    fn of_data(document: &ExportDocument, provenance: &Provenance) -> Citation {
        let locale = document.locale;
        let site = site(locale).to_owned();
        Citation {
            locale,
            author: site.clone(),
            persons: (Vec::new(), false),
            publisher: site,
            title: document.title.clone(),
            published_on: Some(provenance.published_on.into()),
            revision: Some(provenance.revision),
            known_on: provenance.known_on,
            address: provenance.frozen(&document.live()),
            accessed_on: provenance.taken_on,
            language: locale.tag().to_owned(),
            key: document.key(provenance),
            note: compiled_from(document),
        }
    }

    fn of_original(original: &Credit, locale: Locale, provenance: &Provenance) -> Citation {
        Citation {
            locale,
            persons: original.author.as_deref().map(persons).unwrap_or_default(),
            author: original.author.clone().unwrap_or_else(|| original.publisher(locale).to_owned()),
            publisher: original.publisher(locale).to_owned(),
            title: original.title.clone(),
            published_on: original.published_on,
            revision: None,
            known_on: None,
            address: original.url.clone(),
            accessed_on: provenance.taken_on,
            language: original.language.to_owned(),
            key: original.id.clone(),
            note: None,
        }
    }

    pub fn written(&self, form: CitationFormat) -> String {
        match form {
            CitationFormat::Short => printable(&self.short()).into_owned(),
            CitationFormat::Full => printable(&self.full()).into_owned(),
            CitationFormat::Gbt2015 => printable(&self.gbt7714("")).into_owned(),
            CitationFormat::Gbt2025 => printable(&self.gbt7714(&self.platform())).into_owned(),
            CitationFormat::Bibtex => self.bibtex(),
            CitationFormat::Ris => self.ris(),
            CitationFormat::Csl => format!("{:#}\n", Value::Array(vec![self.csl()])),
        }
    }

    fn year(&self) -> Option<i32> {
        Some(self.published_on?.first_day().year())
    }

    fn short(&self) -> String {
        match (self.year(), self.locale) {
            (Some(year), Locale::En) => format!("{} ({year})", self.author),
            (Some(year), Locale::Zh) => format!("{}（{year}）", self.author),
            (None, Locale::En) => format!("{} (no date)", self.author),
            (None, Locale::Zh) => format!("{}（无日期）", self.author),
        }
    }

    fn full(&self) -> String {
        let accessed = date::day(self.accessed_on, self.locale);
        let mut text = match self.locale {
            Locale::En => format!("{}. “{}”", self.short(), self.title),
            Locale::Zh => format!("{}：《{}》", self.short(), self.title),
        };
        if let Some(edition) = self.edition() {
            text += &self.locale.pick(format!(" [data set], {edition}"), format!("[数据集]，{edition}"));
        }
        text += self.locale.pick(". ", "。");
        if let Some(note) = &self.note {
            text += &self.locale.pick(format!("{note}. "), format!("{note}。"));
        } else if self.publisher != self.author {
            text += &self.locale.pick(format!("{}. ", self.publisher), format!("{}。", self.publisher));
        }
        text + &self.locale.pick(
            format!("{} (accessed {accessed}).", self.address),
            format!("{}（{accessed}访问）。", self.address),
        )
    }

    /// The platform that published a data set, as it stands before the date. A web page has none.
    fn platform(&self) -> String {
        match (self.revision, self.locale) {
            (None, _) => String::new(),
            (Some(_), Locale::Zh) => self.publisher.clone(),
            (Some(_), Locale::En) => format!("{} ", self.publisher),
        }
    }

    fn gbt7714(&self, platform: &str) -> String {
        let medium = if self.revision.is_some() { "DS/OL" } else { "EB/OL" };
        let edition = self.edition().map(|edition| format!(" {edition}.")).unwrap_or_default();
        let published = self.published_on.map(|date| format!("({date})")).unwrap_or_default();
        format!(
            "{}. {}[{medium}].{edition} {platform}{published}[{}]. {}.",
            self.author, self.title, self.accessed_on, self.address
        )
    }

    /// The revision of a data set, and the day of which was asked what was known: `revision 3, as known on 5 Dec 2025`.
    fn edition(&self) -> Option<String> {
        let locale = self.locale;
        let known = self.known_on.map(|day| date::day(day, locale));
        let revision = self.revision?;
        Some(match known {
            None => locale.pick(format!("revision {revision}"), format!("数据版本{revision}")),
            Some(day) => locale.pick(
                format!("revision {revision}, as known on {day}"),
                format!("数据版本{revision}，截至{day}所知"),
            ),
        })
    }

    fn bibtex(&self) -> String {
        let mut entry = format!("@misc{{{},\n", self.key);
        let mut field = |name: &str, value: &str| {
            let _ = writeln!(entry, "  {name:<12} = {{{}}},", printable(value));
        };
        field("author", &self.bibtex_authors());
        field("title", &format!("{{{}}}", tex(&self.title)));
        if let Some(date) = self.published_on {
            field("year", &date.first_day().format("%Y").to_string());
            field("date", &date.to_string());
        }
        field("publisher", &tex(&self.publisher));
        if let Some(revision) = self.revision {
            field("howpublished", "Data set");
            field("version", &revision.to_string());
        }
        field("url", &tex_address(&self.address));
        field("urldate", &self.accessed_on.to_string());
        field("language", &self.language);
        if let Some(note) = &self.note {
            field("note", &tex(note));
        }
        entry + "}\n"
    }

    fn bibtex_authors(&self) -> String {
        let (persons, others) = &self.persons;
        if persons.is_empty() {
            // Double braces keep a body's name from being split into first and last names.
            return format!("{{{}}}", tex(&self.author));
        }
        let names = persons.iter().map(|person| tex(&person.inverted()));
        names.chain(others.then(|| "others".to_owned())).collect::<Vec<_>>().join(" and ")
    }

    fn ris(&self) -> String {
        let kind = if self.revision.is_some() { "DATA" } else { "ELEC" };
        let date = |date: PartialDate| {
            let mut parts = date.to_string().replace('-', "/");
            parts += &"/".repeat(3 - parts.matches('/').count());
            parts
        };
        let (persons, _) = &self.persons;
        // A comma after the name of a body keeps it whole.
        let authors = match persons.as_slice() {
            [] => vec![format!("{},", self.author)],
            persons => persons.iter().map(Person::inverted).collect(),
        };
        let authors = authors.into_iter().map(|author| ("AU", Some(author)));
        let lines = [
            ("TI", Some(self.title.clone())),
            ("PY", self.year().map(|year| year.to_string())),
            ("DA", self.published_on.map(date)),
            ("PB", Some(self.publisher.clone())),
            ("ET", self.revision.map(|revision| revision.to_string())),
            ("UR", Some(self.address.clone())),
            ("Y2", Some(date(self.accessed_on.into()))),
            ("LA", Some(self.language.clone())),
            ("N1", self.note.clone()),
            ("ER", Some(String::new())),
        ];
        let mut entry = String::new();
        for (tag, value) in std::iter::once(("TY", Some(kind.to_owned()))).chain(authors).chain(lines) {
            if let Some(value) = value {
                // A line break would begin another field or reference.
                let _ = write!(entry, "{tag}  - {}\r\n", printable(&value));
            }
        }
        entry
    }

    fn csl(&self) -> Value {
        let parts = |date: PartialDate| -> Value {
            let parts = date.to_string();
            let parts: Vec<i32> = parts.split('-').filter_map(|part| part.parse().ok()).collect();
            json!({ "date-parts": [parts] })
        };
        let (persons, others) = &self.persons;
        let mut authors: Vec<Value> = match persons.as_slice() {
            [] => vec![json!({ "literal": self.author })],
            persons => persons.iter().map(csl_name).collect(),
        };
        authors.extend(others.then(|| json!({ "literal": "et al." })));
        let mut entry = json!({
            "id": self.key,
            "type": if self.revision.is_some() { "dataset" } else { "webpage" },
            "author": authors,
            "title": self.title,
            "publisher": self.publisher,
            "URL": self.address,
            "accessed": parts(self.accessed_on.into()),
            "language": self.language,
        });
        if let Some(date) = self.published_on {
            entry["issued"] = parts(date);
        }
        if let Some(revision) = self.revision {
            entry["version"] = revision.to_string().into();
        }
        if let Some(note) = &self.note {
            entry["note"] = note.clone().into();
        }
        entry
    }
}

fn csl_name(person: &Person) -> Value {
    match person.given.as_str() {
        "" => json!({ "family": person.family }),
        given => json!({ "family": person.family, "given": given }),
    }
}

/// Names the publishers of the sources: those with most pages first, the others counted.
fn compiled_from(document: &ExportDocument) -> Option<String> {
    const NAMED: usize = 4;
    let mut publishers: BTreeMap<&str, usize> = BTreeMap::new();
    for credit in &document.credits {
        *publishers.entry(credit.publisher(document.locale)).or_default() += 1;
    }
    let mut publishers: Vec<(&str, usize)> = publishers.into_iter().collect();
    publishers.sort_by_key(|(name, pages)| (std::cmp::Reverse(*pages), *name));
    let named: Vec<String> = publishers.iter().take(NAMED).map(|(name, _)| (*name).to_owned()).collect();
    let others = publishers.len() - named.len();
    let names = named.join(document.locale.pick("; ", "；"));
    match (named.is_empty(), others) {
        (true, _) => None,
        (false, 0) => Some(document.locale.pick(format!("Compiled from {names}"), format!("据{names}汇编"))),
        (false, _) => Some(document.locale.pick(
            format!("Compiled from {names} and {others} more"),
            format!("据{names}等{}家汇编", publishers.len()),
        )),
    }
}

/// Escapes a text for TeX.
fn tex(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' => out.extend(['\\', c]),
            '{' | '}' => out.extend(['\\', c]),
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            c => out.push(c),
        }
    }
    out
}

/// Escapes an address inside the braces of a field: characters that would end them, or begin a command, are
/// percent-encoded.
fn tex_address(address: &str) -> String {
    address.replace('\\', "%5C").replace('{', "%7B").replace('}', "%7D")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn citation(locale: Locale) -> Citation {
        Citation {
            locale,
            author: site(locale).to_owned(),
            persons: (Vec::new(), false),
            publisher: site(locale).to_owned(),
            title: locale.pick("Jobs & crews", "就业").to_owned(),
            published_on: "2026-11-20".parse().ok(),
            revision: Some(3),
            known_on: None,
            address: "https://example.org/en/indicators/jobs-total?as_of=3".into(),
            accessed_on: "2026-11-25".parse().unwrap(),
            language: locale.tag().to_owned(),
            key: "jobs-r3".into(),
            note: None,
        }
    }

    #[test]
    fn a_data_set_is_cited_with_its_revision_and_its_unchanging_address() {
        assert_eq!(
            citation(Locale::En).written(CitationFormat::Full),
            "Micro-Drama Observatory (2026). “Jobs & crews” [data set], revision 3. \
             https://example.org/en/indicators/jobs-total?as_of=3 (accessed 25 Nov 2026)."
        );
        assert_eq!(
            citation(Locale::Zh).written(CitationFormat::Gbt2015),
            "微短剧观察. 就业[DS/OL]. 数据版本3. (2026-11-20)[2026-11-25]. https://example.org/en/indicators/jobs-total?as_of=3."
        );
        assert_eq!(
            citation(Locale::Zh).written(CitationFormat::Gbt2025),
            "微短剧观察. 就业[DS/OL]. 数据版本3. 微短剧观察(2026-11-20)[2026-11-25]. https://example.org/en/indicators/jobs-total?as_of=3."
        );
        let known = Citation { known_on: "2025-12-05".parse().ok(), ..citation(Locale::En) };
        let text = known.written(CitationFormat::Gbt2025);
        assert!(
            text.contains(
                "[DS/OL]. revision 3, as known on 5 Dec 2025. Micro-Drama Observatory (2026-11-20)"
            ),
            "{text}"
        );
    }

    #[test]
    fn files_for_reference_managers_have_what_they_read() {
        let bibtex = citation(Locale::En).written(CitationFormat::Bibtex);
        assert!(bibtex.starts_with("@misc{jobs-r3,\n"), "{bibtex}");
        assert!(bibtex.contains("title        = {{Jobs \\& crews}},"), "{bibtex}");
        let ris = citation(Locale::En).written(CitationFormat::Ris);
        assert!(ris.starts_with("TY  - DATA\r\n") && ris.ends_with("ER  - \r\n"), "{ris}");
        assert!(ris.contains("DA  - 2026/11/20/\r\n"), "{ris}");
        let csl: Value = serde_json::from_str(&citation(Locale::En).written(CitationFormat::Csl)).unwrap();
        assert_eq!(csl[0]["issued"], json!({ "date-parts": [[2026, 11, 20]] }));
    }

    #[test]
    fn persons_are_told_apart_from_bodies() {
        let mut cited = citation(Locale::En);
        let csl =
            |cited: &Citation| serde_json::from_str::<Value>(&cited.written(CitationFormat::Csl)).unwrap();
        assert_eq!(csl(&cited)[0]["author"], json!([{ "literal": "Micro-Drama Observatory" }]));
        assert!(
            cited.written(CitationFormat::Bibtex).contains("author       = {{Micro-Drama Observatory}},")
        );
        assert!(cited.written(CitationFormat::Ris).contains("AU  - Micro-Drama Observatory,\r\n"));
        cited.author = "Xu Jinyan; Wang Jiahuan et al.".into();
        cited.persons = persons(&cited.author);
        let names = json!([
            { "family": "Xu", "given": "Jinyan" },
            { "family": "Wang", "given": "Jiahuan" },
            { "literal": "et al." },
        ]);
        assert_eq!(csl(&cited)[0]["author"], names);
        let bibtex = cited.written(CitationFormat::Bibtex);
        assert!(bibtex.contains("author       = {Xu, Jinyan and Wang, Jiahuan and others},"), "{bibtex}");
        let ris = cited.written(CitationFormat::Ris);
        assert!(ris.contains("AU  - Xu, Jinyan\r\nAU  - Wang, Jiahuan\r\n"), "{ris}");
    }

    #[test]
    fn states_of_a_page_have_keys_of_their_own() {
        let provenance = Provenance {
            origin: String::new(),
            revision: 3,
            published_on: "2026-11-20".parse().unwrap(),
            known_on: None,
            taken_on: "2026-11-25".parse().unwrap(),
            contact: None,
        };
        let key =
            |pairs| ExportDocument { path: "explore".into(), pairs, ..Default::default() }.key(&provenance);
        assert_eq!(key(Vec::new()), "micro-drama-explore-r3");
        let (one, other) =
            (key(vec![("preset", "forecasts".into())]), key(vec![("preset", "overseas".into())]));
        assert!(one.starts_with("micro-drama-explore-r3-") && one != other, "{one} {other}");
    }

    #[test]
    fn no_text_ends_its_field() {
        let mut cited = citation(Locale::En);
        cited.title = "a\r\nER  - \nTY  - BOOK} \\end, @misc{x,".into();
        cited.address = "https://example.org/{a}}\\x".into();
        let ris = cited.written(CitationFormat::Ris);
        assert_eq!(ris.lines().count(), 11, "{ris}");
        assert_eq!(ris.lines().filter(|line| line.starts_with("ER  - ")).count(), 1);
        let bibtex = cited.written(CitationFormat::Bibtex);
        let depth = bibtex.replace("\\{", "").replace("\\}", "").chars().fold(0_i32, |depth, c| match c {
            '{' => depth + 1,
            '}' => depth - 1,
            _ => depth,
        });
        assert_eq!(depth, 0, "{bibtex}");
        assert_eq!(bibtex.lines().count(), 12, "{bibtex}");
        assert!(bibtex.contains("https://example.org/%7Ba%7D%7D%5Cx"), "{bibtex}");
        for form in
            [CitationFormat::Short, CitationFormat::Full, CitationFormat::Gbt2015, CitationFormat::Gbt2025]
        {
            assert_eq!(cited.written(form).lines().count(), 1);
        }
        let csl: Value = serde_json::from_str(&cited.written(CitationFormat::Csl)).unwrap();
        assert_eq!(csl[0]["title"], cited.title.as_str());
    }

    #[test]
    fn a_page_without_a_date_says_so() {
        let mut page = citation(Locale::En);
        (page.published_on, page.revision) = (None, None);
        assert_eq!(page.written(CitationFormat::Short), "Micro-Drama Observatory (no date)");
        let text = page.written(CitationFormat::Gbt2015);
        assert!(text.contains("[EB/OL]. [2026-11-25]."), "{text}");
        assert_eq!(page.written(CitationFormat::Gbt2025), text);
    }
}
