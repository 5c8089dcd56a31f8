//! Structural artefacts of the observations, and the references between them.

use crate::error::{QueryError, QueryProblem};

/// Type of artefact. There is one of each, except for several code lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Artefact {
    Dataflow,
    DataStructure,
    ConceptScheme,
    Codelist,
}

use Artefact::{Codelist, ConceptScheme, DataStructure, Dataflow};

impl Artefact {
    pub const WORDS: [(&str, Artefact); 4] = [
        ("dataflow", Dataflow),
        ("datastructure", DataStructure),
        ("conceptscheme", ConceptScheme),
        ("codelist", Codelist),
    ];

    /// Returns the artefacts that it references.
    fn children(self) -> &'static [Artefact] {
        match self {
            Dataflow => &[DataStructure],
            DataStructure => &[ConceptScheme, Codelist],
            ConceptScheme | Codelist => &[],
        }
    }

    /// Returns the artefacts that reference it.
    fn parents(self) -> Vec<Artefact> {
        Self::WORDS
            .into_iter()
            .map(|(_, other)| other)
            .filter(|other| other.children().contains(&self))
            .collect()
    }

    /// Returns the transitive closure of a step.
    fn reached(self, step: impl Fn(Artefact) -> Vec<Artefact>) -> Vec<Artefact> {
        let mut found = step(self);
        let mut at = 0;
        while let Some(next) = found.get(at).copied() {
            found.extend(step(next));
            at += 1;
        }
        found
    }

    /// Resolves the parameter `references`: the additional artefacts, named by words of the standard or by types,
    /// separated by commas.
    ///
    /// # Errors
    ///
    /// If a word is neither.
    pub fn references(self, words: &str) -> Result<Vec<Artefact>, QueryError> {
        let children = |of: Artefact| of.children().to_vec();
        let siblings =
            |of: Artefact| of.parents().into_iter().flat_map(children).chain(of.parents()).collect();
        let mut found: Vec<Artefact> = Vec::new();
        for word in words.split(',') {
            match word {
                "none" => {}
                "children" => found.extend(self.children()),
                "descendants" => found.extend(self.reached(children)),
                "parents" => found.extend(self.parents()),
                "ancestors" => found.extend(self.reached(Artefact::parents)),
                "parentsandsiblings" => found.extend::<Vec<_>>(siblings(self)),
                "all" => {
                    found.extend::<Vec<_>>(siblings(self));
                    found.extend(self.reached(children));
                }
                // A type is included if it is related at all, and here all types are.
                word => match Self::WORDS.iter().find(|(known, _)| *known == word) {
                    Some((_, kind)) => found.push(*kind),
                    None if OTHER_KINDS.contains(&word) => {}
                    None => {
                        let words = [
                            "none",
                            "children",
                            "descendants",
                            "parents",
                            "ancestors",
                            "parentsandsiblings",
                            "all",
                        ];
                        let kinds = Self::WORDS.iter().map(|(word, _)| *word);
                        let allowed = words.into_iter().chain(kinds).map(str::to_owned).collect();
                        return Err(QueryError::new(
                            "references",
                            word,
                            QueryProblem::NotAllowed { allowed },
                        ));
                    }
                },
            }
        }
        Ok(found)
    }
}

/// Artefact types of the standard that this site does not have.
const OTHER_KINDS: [&str; 12] = [
    "agencyscheme",
    "categorisation",
    "categoryscheme",
    "contentconstraint",
    "dataconstraint",
    "dataproviderscheme",
    "hierarchy",
    "metadataflow",
    "metadatastructure",
    "provisionagreement",
    "structuremap",
    "valuelist",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_lead_up_and_down() {
        let of = |kind: Artefact, words: &str| {
            let mut found = kind.references(words).unwrap();
            found.sort();
            found.dedup();
            found
        };
        assert!(of(Dataflow, "none").is_empty());
        assert_eq!(of(Dataflow, "children"), [DataStructure]);
        assert_eq!(of(Dataflow, "descendants"), [DataStructure, ConceptScheme, Codelist]);
        assert_eq!(of(DataStructure, "parents"), [Dataflow]);
        assert_eq!(of(Codelist, "parents"), [DataStructure]);
        assert_eq!(of(Codelist, "ancestors"), [Dataflow, DataStructure]);
        assert_eq!(of(Codelist, "parentsandsiblings"), [DataStructure, ConceptScheme, Codelist]);
        assert_eq!(of(DataStructure, "all"), [Dataflow, DataStructure, ConceptScheme, Codelist]);
        assert_eq!(of(Dataflow, "codelist,hierarchy"), [Codelist]);
        assert!(Dataflow.references("some").is_err());
    }
}
