//! What lies inside an entity: the places within a place, and the members of regions and groups.

use std::collections::{BTreeMap, BTreeSet};

/// The entities directly inside each entity: the places whose parent it is, and its members.
#[derive(Debug, Default)]
pub struct Contents(BTreeMap<String, Vec<String>>);

impl Contents {
    /// Takes pairs of an entity and one directly inside it.
    pub fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Contents {
        let mut contents = BTreeMap::<String, Vec<String>>::new();
        for (outer, inner) in pairs {
            contents.entry(outer).or_default().push(inner);
        }
        Contents(contents)
    }

    pub fn len(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns whether two entities have anything in common, so that their values must not be summed.
    pub fn overlap(&self, one: &str, other: &str) -> bool {
        !self.reach(one).is_disjoint(&self.reach(other))
    }

    /// Returns an entity and everything inside it.
    fn reach<'a>(&'a self, id: &'a str) -> BTreeSet<&'a str> {
        let (mut reached, mut next) = (BTreeSet::from([id]), vec![id]);
        while let Some(outer) = next.pop() {
            for inner in self.0.get(outer).into_iter().flatten() {
                if reached.insert(inner) {
                    next.push(inner);
                }
            }
        }
        reached
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_overlap_where_one_holds_the_other_or_both_hold_a_third() {
        let pairs = [
            ("world", "overseas"),
            ("overseas", "asia"),
            ("asia", "japan"),
            ("latin-america-and-asia", "asia"),
            ("china", "shanghai"),
            // A cycle, which the import refuses, ends all the same.
            ("japan", "asia"),
        ];
        let contents = Contents::new(pairs.map(|(outer, inner)| (outer.to_owned(), inner.to_owned())));
        for (one, other) in [("japan", "world"), ("overseas", "latin-america-and-asia"), ("us", "us")] {
            assert!(contents.overlap(one, other) && contents.overlap(other, one), "{one} {other}");
        }
        for (one, other) in [("shanghai", "japan"), ("china", "overseas"), ("us", "japan")] {
            assert!(!contents.overlap(one, other), "{one} {other}");
        }
    }
}
