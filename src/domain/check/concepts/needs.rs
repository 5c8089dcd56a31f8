//! Which concepts an indicator needs, and which it may have.

use std::collections::BTreeSet;

use super::{
    super::letters::Letters,
    find::{find, narrows},
    words::{CONCEPTS, Concept},
};
use crate::domain::indicators::model::Indicator;

/// What an indicator needs beside what its names say: groups that a text must have one concept of each. Alternatives stand between bars.
const NEEDS: [(&str, &str); 42] = [
    ("company-short-drama-revenue", "revenue drama business"),
    ("domestic-market-revenue", "market|revenue"),
    ("domestic-market-revenue-usd", "market|revenue"),
    ("domestic-market-growth", "growth market|revenue"),
    ("overseas-revenue-total", "revenue|market"),
    ("overseas-revenue-total-cny", "revenue|market"),
    ("overseas-revenue-growth", "growth revenue|market"),
    ("overseas-revenue-multiple", "revenue|market"),
    ("overseas-potential-market", "potential"),
    ("global-market-revenue-usd", "revenue|market"),
    ("region-revenue-total", "revenue|market"),
    ("region-revenue-total-jpy", "revenue|market"),
    ("overseas-iap-revenue", "in-app|app in-app|revenue"),
    ("overseas-iap-revenue-cny", "in-app|app in-app|revenue"),
    ("overseas-iap-revenue-cumulative", "cumulative in-app|revenue"),
    ("region-iap-revenue", "in-app|app in-app|revenue"),
    ("app-iap-revenue", "in-app|revenue"),
    ("app-revenue-reported", "revenue"),
    ("app-revenue-cny", "revenue"),
    ("app-revenue-cumulative", "cumulative revenue|in-app"),
    ("app-revenue-growth", "growth revenue|in-app"),
    ("app-revenue-share", "share revenue|in-app|market"),
    ("overseas-downloads", "download"),
    ("overseas-app-count", "app"),
    ("overseas-mau", "monthly active"),
    ("app-mau", "monthly active"),
    ("app-dau", "daily active"),
    ("users-micro-drama", "user"),
    ("users-short-video", "short video user"),
    ("netizens", "internet user"),
    ("jobs-total", "job"),
    ("dramas-released", "released"),
    ("companies-total", "company"),
    ("fx-cny-per-usd", "exchange rate"),
    ("implied-fx-rate", "exchange rate implied"),
    ("cinema-box-office", "box office"),
    ("cinema-box-office-usd", "box office"),
    ("region-revenue-share", "share revenue|market"),
    ("market-to-box-office-ratio", "box office"),
    ("company-net-profit", "profit"),
    ("company-net-profit-usd", "profit"),
    ("app-daily-revenue-peak", "revenue daily"),
];

/// Concepts that every industry has.
const GENERIC: [Concept; 8] = ["revenue", "market", "growth", "share", "user", "job", "company", "released"];

/// Concepts that names of indicators carry without telling indicators apart.
const WEAK: [Concept; 3] = ["app", "company", "drama business"];

/// Concepts of an indicator: which a text must name, and which it may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needs {
    /// Of each group, one.
    pub groups: Vec<Vec<Concept>>,
    pub may: BTreeSet<Concept>,
}

impl Needs {
    pub fn of(indicator: &Indicator) -> Needs {
        let named = |text: &str| -> BTreeSet<Concept> {
            find(&Letters::of(text)).into_iter().map(|(_, concept)| concept).collect()
        };
        let en = named(&indicator.named.en);
        let zh = indicator.named.zh.as_deref().map(named).unwrap_or_default();
        let mut may: BTreeSet<Concept> = en.union(&zh).copied().collect();
        let both: BTreeSet<Concept> = en.intersection(&zh).copied().collect();
        let own = if both.is_empty() { may.clone() } else { both };
        let groups = match NEEDS.iter().find(|(id, _)| *id == indicator.named.id) {
            Some((_, needs)) => groups(needs),
            None => {
                let strong: Vec<Concept> = own.iter().copied().filter(|one| !WEAK.contains(one)).collect();
                let kept = if strong.is_empty() { own.into_iter().collect() } else { strong };
                kept.into_iter().map(|one| vec![one]).collect()
            }
        };
        may.extend(groups.iter().flatten());
        Needs { groups, may }
    }

    /// Whether a text with these concepts may be about the indicator, for a number of a kind.
    pub fn fit(&self, concepts: &BTreeSet<Concept>, kind: char) -> bool {
        let names_all = self.groups.iter().all(|group| group.iter().any(|one| concepts.contains(one)));
        // `newly released` says no more than `released`.
        let is_plain = |one: Concept| one == "new" && concepts.contains("released");
        let stray = |one: Concept| narrows(one, kind) && !self.may.contains(one) && !is_plain(one);
        let strays = concepts.iter().any(|one| stray(one));
        !self.groups.is_empty() && names_all && !strays
    }

    /// Whether the words that the indicator needs could be said of any industry. A share is said of something that it names.
    pub fn is_generic(&self) -> bool {
        let is_share = self.groups.iter().any(|group| group.contains(&"share"));
        !is_share && self.groups.iter().flatten().all(|one| GENERIC.contains(one))
    }

    /// Concepts of a text that speak for the indicator.
    pub fn named(&self, concepts: &BTreeSet<Concept>) -> BTreeSet<Concept> {
        self.may.iter().filter(|one| concepts.contains(*one)).copied().collect()
    }
}

/// Reads groups of concepts. Names of concepts may have several words: the longest that fits counts.
fn groups(needs: &str) -> Vec<Vec<Concept>> {
    let concept = |name: &str| CONCEPTS.iter().map(|(concept, ..)| *concept).find(|concept| *concept == name);
    let words: Vec<&str> = needs.split(' ').collect();
    let (mut groups, mut at) = (Vec::new(), 0);
    while at < words.len() {
        let longest = (at + 1..=words.len()).rev().find_map(|end| {
            let group: Option<Vec<Concept>> = words[at..end].join(" ").split('|').map(concept).collect();
            Some((end, group?))
        });
        match longest {
            Some((end, group)) => {
                groups.push(group);
                at = end;
            }
            None => at += 1,
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_need_is_a_concept() {
        for (id, needs) in NEEDS {
            let words: usize = groups(needs).iter().map(|group| group.join("|").split(' ').count()).sum();
            assert_eq!(words, needs.split(' ').count(), "{id}: {needs}");
        }
    }
}
