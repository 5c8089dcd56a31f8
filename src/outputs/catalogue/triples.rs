//! RDF as a plain list of triples, which each syntax writes.
//!
//! Nothing is anonymous: what has no address of its own gets a fragment of the catalogue's.

/// Prefixes of the names of properties and classes.
pub(super) const PREFIXES: [(&str, &str); 12] = [
    ("adms", "http://www.w3.org/ns/adms#"),
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dcatap", "http://data.europa.eu/r5r/"),
    ("dct", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("spdx", "http://spdx.org/rdf/terms#"),
    ("vcard", "http://www.w3.org/2006/vcard/ns#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// Object of a triple. Names are written with a prefix: `dct:title`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Term {
    /// An address.
    Iri(String),
    /// A name with a prefix.
    Name(&'static str),
    /// Text in a language (BCP 47).
    Text(String, &'static str),
    /// A value of a datatype.
    Value(String, &'static str),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Triple {
    /// An address.
    pub subject: String,
    pub property: &'static str,
    pub object: Term,
}

/// Triples in the order in which they were added; a triple occurs once.
#[derive(Clone, Debug, Default)]
pub(super) struct Graph(Vec<Triple>);

impl Graph {
    pub fn add(&mut self, subject: &str, property: &'static str, object: Term) {
        let triple = Triple { subject: subject.to_owned(), property, object };
        if !self.0.contains(&triple) {
            self.0.push(triple);
        }
    }

    /// Adds something that is known by its address alone, with its class.
    pub fn refer(&mut self, subject: &str, property: &'static str, object: &str, class: &'static str) {
        self.add(subject, property, Term::Iri(object.to_owned()));
        self.add(object, "rdf:type", Term::Name(class));
    }

    /// Returns each subject with its triples, in the order in which subjects were first named.
    pub fn subjects(&self) -> Vec<(&str, Vec<&Triple>)> {
        let mut subjects: Vec<(&str, Vec<&Triple>)> = Vec::new();
        for triple in &self.0 {
            match subjects.iter_mut().find(|(subject, _)| *subject == triple.subject) {
                Some((_, triples)) => triples.push(triple),
                None => subjects.push((&triple.subject, vec![triple])),
            }
        }
        subjects
    }
}
