//! Names of entities and producers, as texts write them.

use std::{collections::BTreeSet, ops::Range};

use self::{
    aliases::{ALIASES, OTHERS},
    attribution::is_attribution,
    role::role,
};
use super::{letters::Letters, phrases::Phrases};
use crate::text::Named;

mod aliases;
mod attribution;
mod role;
mod strangers;

pub use role::Role;

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Id of a place.
    Place(String),
    /// Id of an app, an organization, a work or a group.
    Subject(String),
    Producer(String),
    /// A name that contains another one but means something else.
    Nothing,
}

impl Meaning {
    fn is_place(&self) -> bool {
        matches!(self, Meaning::Place(_))
    }
}

/// A name in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenName {
    pub range: Range<usize>,
    pub meanings: Vec<Meaning>,
    /// Whether words beside the name say that it is where the figure comes from.
    pub is_attribution: bool,
    pub role: Role,
}

/// All names of a data set.
pub struct Names {
    phrases: Phrases<Meaning>,
}

impl Names {
    /// Names of places, of other entities, of producers, and further names of any of them by id.
    pub fn new<'a>(
        places: impl Iterator<Item = &'a Named>,
        subjects: impl Iterator<Item = &'a Named>,
        producers: impl Iterator<Item = &'a Named>,
        aliases: &[(String, Vec<String>)],
    ) -> Names {
        let mut all: Vec<(String, Meaning)> =
            OTHERS.iter().map(|name| ((*name).to_owned(), Meaning::Nothing)).collect();
        // `Five largest apps (Omdia)` is no app called Omdia.
        let producers: Vec<&Named> =
            producers.filter(|named| named.id != "unattributed" && named.id != "derived").collect();
        let is_producer = |name: &str| producers.iter().any(|one| one.en == name);
        let mut add = |named: &Named, meaning: &dyn Fn(String) -> Meaning| {
            let is_place = matches!(meaning(String::new()), Meaning::Place(_));
            let more =
                ALIASES.iter().filter(|(id, _)| *id == named.id).flat_map(|(_, names)| names.split(", "));
            let own =
                aliases.iter().filter(|(id, _)| *id == named.id).flat_map(|(_, names)| names.iter().cloned());
            let mut names: Vec<String> =
                forms(named, is_place).into_iter().chain(own).chain(more.map(str::to_owned)).collect();
            names.sort();
            names.dedup();
            let is_own = |name: &str| named.en == name || named.zh.as_deref() == Some(name);
            let is_of_producer = |name: &str| {
                matches!(meaning(String::new()), Meaning::Subject(_)) && is_producer(name) && !is_own(name)
            };
            names.retain(|name| name.chars().count() > 1 && !is_of_producer(name));
            all.extend(names.into_iter().map(|name| (name, meaning(named.id.clone()))));
        };
        places.for_each(|named| add(named, &Meaning::Place));
        subjects.for_each(|named| add(named, &Meaning::Subject));
        producers.iter().for_each(|named| add(named, &Meaning::Producer));
        all.extend(strangers(&all));
        Names { phrases: Phrases::new(all) }
    }

    /// Finds every name in a text.
    pub fn find(&self, text: &Letters) -> Vec<WrittenName> {
        let found = self.phrases.find(text, 0..text.len());
        let named = found.into_iter().filter(|(_, meanings)| !meanings.contains(&Meaning::Nothing));
        named
            .filter(|(range, _)| !is_based(text, range.end))
            .map(|(range, meanings)| WrittenName {
                is_attribution: is_attribution(text, &range) && !meanings.iter().all(Meaning::is_place),
                role: role(text, &range),
                range,
                meanings,
            })
            .collect()
    }
}

/// Names that the data set lacks.
fn strangers(known: &[(String, Meaning)]) -> Vec<(String, Meaning)> {
    let known: BTreeSet<String> = known.iter().map(|(name, _)| name.to_lowercase()).collect();
    let lacking = |words: &'static str| words.split(", ").filter(|name| !known.contains(*name));
    let place = |name: &str| (name.to_owned(), Meaning::Place(format!("stranger {name}")));
    let subject = |name: &str| (name.to_owned(), Meaning::Subject(format!("stranger {name}")));
    lacking(strangers::PLACES).map(place).chain(lacking(strangers::COMPANIES).map(subject)).collect()
}

/// Forms of a name: both languages, without what stands in parentheses and that alone, without the kind of place or company.
fn forms(named: &Named, is_place: bool) -> Vec<String> {
    const KINDS: [&str; 12] = [
        " District",
        " New Area",
        " Technology",
        " Group",
        " Research",
        " Studio",
        " Data",
        "市",
        "省",
        "区",
        "新区",
        "县",
    ];
    let mut forms = Vec::new();
    for name in [Some(&named.en), named.zh.as_ref()].into_iter().flatten() {
        forms.push(name.clone());
        if let Some((before, rest)) = name.split_once(['(', '（']) {
            forms.push(before.trim().to_owned());
            let inner = rest.split([')', '）']).next().unwrap_or_default().trim();
            let is_name = inner.len() > 3
                && inner.starts_with(|c: char| c.is_ascii_uppercase())
                && !inner.contains(' ');
            if is_name && !is_place && before.split(' ').count() < 4 {
                forms.push(inner.to_owned());
            }
        }
        forms.push(name.replace('&', "and"));
    }
    let mut shorter: Vec<String> = Vec::new();
    for form in &forms {
        // A short rest may be another word: `Linmon Media` keeps its kind.
        let stripped =
            KINDS.iter().filter_map(|kind| form.strip_suffix(kind)).filter(|rest| rest.chars().count() > 1);
        shorter.extend(stripped.filter(|rest| !matches!(*rest, "COL" | "Sensor")).map(str::to_owned));
    }
    forms.extend(shorter);
    forms
}

/// `Beijing-based`: where a company sits, not what is measured.
fn is_based(text: &Letters, end: usize) -> bool {
    text.stands(end, " based") || text.stands(end, "-based")
}

impl WrittenName {
    /// Whether the name stands for something that figures are about.
    pub fn is_entity(&self) -> bool {
        self.meanings.iter().any(|one| matches!(one, Meaning::Place(_) | Meaning::Subject(_)))
    }

    pub fn is_subject(&self) -> bool {
        self.meanings.iter().any(|one| matches!(one, Meaning::Subject(_)))
    }
}
