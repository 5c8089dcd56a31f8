//! Finds the concepts of a text.

use std::{ops::Range, sync::LazyLock};

use super::{
    super::{letters::Letters, phrases::Phrases},
    words::{CONCEPTS, Concept},
};

static PHRASES: LazyLock<Phrases<Concept>> = LazyLock::new(|| {
    let pairs =
        CONCEPTS.iter().flat_map(|(concept, _, words)| words.split(", ").map(move |word| (word, *concept)));
    Phrases::new(pairs)
});

/// Finds the concepts of a text, with the place of each.
pub fn find(text: &Letters) -> Vec<(Range<usize>, Concept)> {
    let found = PHRASES.find(text, 0..text.len());
    found
        .into_iter()
        .flat_map(|(range, concepts)| concepts.into_iter().map(move |one| (range.clone(), one)))
        .collect()
}

/// Whether a concept narrows down numbers of a kind (`m`, `p`, `n`, `r`).
pub fn narrows(concept: Concept, kind: char) -> bool {
    CONCEPTS.iter().any(|(name, kinds, _)| *name == concept && kinds.contains(kind))
}
