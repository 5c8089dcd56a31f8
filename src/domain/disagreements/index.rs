//! Index of disagreements: the number of cases per indicator, and the keys of the first cases of each.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::PgPool;

use super::model::{Differing, Puzzle, PuzzleKind, of_indicator};
use crate::{
    domain::{
        indicators::{self, model::Indicator},
        observations::{
            disagree::Disagreement,
            inventory::store as inventory,
            model::Observation,
            store::{self as observations, ObservationSelector, SeriesKey},
        },
        revisions::{Cached, ReadAt},
    },
    text::Period,
};

/// Maximum number of cases on a page. The same limit applies separately to puzzles.
pub const MAX: usize = 100;

/// Disagreements by indicator id. Indicators without any are absent.
#[derive(Debug, Default)]
pub struct DisagreementIndex(BTreeMap<String, DisagreementEntry>);

/// Number of disagreements of an indicator, and the keys of the first [`MAX`] in page order.
#[derive(Debug, Default)]
pub struct DisagreementEntry {
    pub cases: usize,
    pub puzzles: usize,
    latest: Vec<(String, Period)>,
    first: Vec<(PuzzleName, BTreeSet<String>)>,
}

/// Identifies a puzzle within its indicator by what its observations have in common.
type PuzzleName = (PuzzleKind, String);

impl Cached for DisagreementIndex {
    async fn read(db: &PgPool, at: ReadAt) -> sqlx::Result<Self> {
        let indicators = indicators::store::list(db, at).await?;
        let mut all = BTreeMap::new();
        everything(db, at, indicators.iter(), |indicator, puzzles, cases| {
            all.insert(indicator.named.id.clone(), DisagreementEntry::new(&puzzles, &cases));
        })
        .await?;
        Ok(DisagreementIndex(all))
    }

    fn bytes(&self) -> usize {
        self.0.values().map(|entry| 200 + 80 * entry.latest.len() + 120 * entry.first.len()).sum()
    }
}

impl DisagreementIndex {
    pub fn of(&self, indicator: &str) -> Option<&DisagreementEntry> {
        self.0.get(indicator)
    }
}

impl DisagreementEntry {
    fn new(puzzles: &[Puzzle], cases: &[Disagreement]) -> DisagreementEntry {
        let entities = |puzzle: &Puzzle| puzzle.figures.iter().map(|row| row.entity.id.clone()).collect();
        DisagreementEntry {
            cases: cases.len(),
            puzzles: puzzles.len(),
            latest: cases.iter().take(MAX).map(|case| (case.entity.id.clone(), case.period)).collect(),
            first: puzzles.iter().take(MAX).map(|puzzle| (name(puzzle), entities(puzzle))).collect(),
        }
    }

    pub fn all(&self) -> usize {
        self.cases + self.puzzles
    }
}

/// The part of an indicator's disagreements that a page shows.
pub struct Share<'a> {
    pub indicator: &'a Indicator,
    pub entry: &'a DisagreementEntry,
    puzzles: usize,
    cases: usize,
}

/// Divides a page among the indicators: shows everything, or an equal share of each indicator when there are more than [`MAX`].
pub fn shared_out<'a>(
    index: &'a DisagreementIndex,
    indicators: impl Iterator<Item = &'a Indicator>,
) -> Vec<Share<'a>> {
    let with_entry = |indicator: &'a Indicator| Some((index.of(&indicator.named.id)?, indicator));
    let chosen: Vec<_> = indicators.filter_map(with_entry).collect();
    let at_most = |count: fn(&DisagreementEntry) -> usize| {
        let counts = || chosen.iter().map(|(entry, _)| count(entry)).filter(|count| *count > 0);
        if counts().sum::<usize>() <= MAX { MAX } else { (MAX / counts().count()).max(1) }
    };
    let (puzzles, cases) = (at_most(|entry| entry.puzzles), at_most(|entry| entry.cases));
    chosen.into_iter().map(|(entry, indicator)| Share { indicator, entry, puzzles, cases }).collect()
}

impl Share<'_> {
    fn first(&self) -> &[(PuzzleName, BTreeSet<String>)] {
        &self.entry.first[..self.puzzles.min(self.entry.first.len())]
    }

    fn latest(&self) -> &[(String, Period)] {
        &self.entry.latest[..self.cases.min(self.entry.latest.len())]
    }

    /// Keys of the observations to read for this share.
    fn keys(&self) -> impl Iterator<Item = SeriesKey> {
        let of_cases = self.latest().iter().map(|(entity, _)| entity);
        let of_puzzles = self.first().iter().flat_map(|(_, entities)| entities);
        let entities: BTreeSet<&String> = of_cases.chain(of_puzzles).collect();
        entities.into_iter().map(|entity| (self.indicator.named.id.clone(), entity.clone()))
    }

    /// Selects the puzzles and cases of this share from observations that may contain more.
    fn of(&self, rows: &[Observation]) -> (Vec<Puzzle>, Differing) {
        let (mut puzzles, mut cases) = of_indicator(self.indicator, rows);
        puzzles.retain(|puzzle| self.first().iter().any(|(wanted, _)| *wanted == name(puzzle)));
        cases.retain(|case| {
            let here = (&case.entity.id, case.period);
            self.latest().iter().any(|(entity, period)| (entity, *period) == here)
        });
        (puzzles, Differing { indicator: self.indicator.clone(), all: self.entry.cases, cases })
    }
}

/// Returns the puzzles and cases of each share, with their observations.
pub async fn of_shares(
    db: &PgPool,
    at: ReadAt,
    shares: &[Share<'_>],
) -> sqlx::Result<Vec<(Vec<Puzzle>, Differing)>> {
    let keys: Vec<SeriesKey> = shares.iter().flat_map(Share::keys).collect();
    let mut rows = figures(db, at, &keys).await?;
    let own = |share: &Share<'_>| rows.remove(&share.indicator.named.id).unwrap_or_default();
    let rows: Vec<_> = shares.iter().map(own).collect();
    Ok(shares.iter().zip(rows).map(|(share, rows)| share.of(&rows)).collect())
}

/// Passes every puzzle and case to `take`, one indicator at a time. The observations of all indicators together would exceed the limits of
/// a statement and of memory.
pub async fn everything<'a>(
    db: &PgPool,
    at: ReadAt,
    indicators: impl Iterator<Item = &'a Indicator> + Send,
    mut take: impl FnMut(&'a Indicator, Vec<Puzzle>, Vec<Disagreement>) + Send,
) -> sqlx::Result<()> {
    let mut keys: BTreeMap<String, Vec<SeriesKey>> = BTreeMap::new();
    for key in inventory::differing(db, at).await? {
        keys.entry(key.0.clone()).or_default().push(key);
    }
    for indicator in indicators {
        let Some(own) = keys.remove(&indicator.named.id) else { continue };
        let rows = figures(db, at, &own).await?.remove(&indicator.named.id).unwrap_or_default();
        let (puzzles, cases) = of_indicator(indicator, &rows);
        if !puzzles.is_empty() || !cases.is_empty() {
            take(indicator, puzzles, cases);
        }
    }
    Ok(())
}

/// Reads the observations of pairs of indicator and entity, grouped by indicator.
async fn figures(
    db: &PgPool,
    at: ReadAt,
    keys: &[SeriesKey],
) -> sqlx::Result<BTreeMap<String, Vec<Observation>>> {
    let mut figures: BTreeMap<String, Vec<Observation>> = BTreeMap::new();
    let filter = ObservationSelector { keys: Some(keys), ..Default::default() };
    for row in observations::select(db, at, filter).await? {
        figures.entry(row.indicator_id).or_default().push(row.observation);
    }
    Ok(figures)
}

fn name(puzzle: &Puzzle) -> PuzzleName {
    let first = &puzzle.figures[0];
    let common = match puzzle.kind {
        PuzzleKind::SameNumber => {
            format!("{} {} {}", first.entity.id, first.producer.named.id, first.value.normalize())
        }
        PuzzleKind::TwoRates => first.source.id.clone(),
    };
    (puzzle.kind, common)
}
