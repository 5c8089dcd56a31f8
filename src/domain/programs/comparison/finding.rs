//! Finding of a comparison: which instruments others have and the own place lacks. It reads columns only.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Cell, ComparisonTable};
use crate::{domain::programs::model::Instrument, text::Locale};

/// What the own place has of an instrument that others have in force or announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum GapKind {
    /// No measure is known.
    NoneKnown,
    /// Only measures outside the scope of the comparison are in force or announced.
    OtherScope,
    /// None is in force or announced: they are planned or over.
    NotOpen,
}

/// An instrument that other places have in force or announced, and the own place has not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    pub instrument: Instrument,
    pub kind: GapKind,
    /// Positions of the places that have it.
    pub offered_by: Vec<usize>,
}

/// Finds the gaps of the place at `own`. `beyond_scope` has the instruments of its measures that the scope leaves out.
pub(super) fn gaps<P>(
    rows: &[(Instrument, Vec<Cell<P>>)],
    own: usize,
    beyond_scope: &BTreeSet<Instrument>,
) -> Vec<Gap> {
    let gap = |(instrument, cells): &(Instrument, Vec<Cell<P>>)| {
        let open = |column: &usize| *column != own && cells[*column].counts.is_open();
        let offered_by: Vec<usize> = (0..cells.len()).filter(open).collect();
        let counts = cells[own].counts;
        if offered_by.is_empty() || counts.is_open() {
            return None;
        }
        let kind = match (beyond_scope.contains(instrument), counts.total()) {
            (true, _) => GapKind::OtherScope,
            (false, 0) => GapKind::NoneKnown,
            (false, _) => GapKind::NotOpen,
        };
        Some(Gap { instrument: *instrument, kind, offered_by })
    };
    rows.iter().filter_map(gap).collect()
}

impl<P> ComparisonTable<P> {
    /// Whether the own place has no measure by an instrument that others have in force or announced.
    pub fn is_gap(&self, instrument: Instrument) -> bool {
        self.gaps.iter().any(|gap| gap.instrument == instrument && gap.kind == GapKind::NoneKnown)
    }

    /// States what others offer that the own place does not. `None` without places, or with a single one.
    pub fn finding(&self, locale: Locale) -> Option<String> {
        let own = self.places.get(self.own).filter(|_| self.places.len() > 1)?;
        let name = own.named.name(locale);
        if !own.researched {
            return Some(locale.pick(
                format!("The programmes of {name} have not been researched, so nothing is said about gaps."),
                format!("{name}的政策尚未收集，因此无法判断是否有缺口。"),
            ));
        }
        let others_offer = self.rows.iter().any(|(_, cells)| {
            cells.iter().enumerate().any(|(column, cell)| column != self.own && cell.counts.is_open())
        });
        if !others_offer {
            return Some(locale.pick(
                format!(
                    "Apart from {name}, none of these places is known to have a measure in force or announced."
                ),
                format!("除{name}外，其他所选地区均未查到施行中或已公布的措施。"),
            ));
        }
        if self.gaps.is_empty() {
            return Some(locale.pick(
                format!("Every instrument that the others have in force or announced is also in force or announced in {name}."),
                format!("其他地区施行中或已公布的各类工具，{name}均有施行中或已公布的措施。"),
            ));
        }
        let sentence = |kind: GapKind| {
            let gaps = self.gaps.iter().filter(|gap| gap.kind == kind);
            let gaps: Vec<String> = gaps.map(|gap| self.gap_words(gap, locale)).collect();
            let list = (!gaps.is_empty()).then(|| locale.list(&gaps))?;
            Some(match kind {
                GapKind::NoneKnown => locale.pick(
                    format!("In force or announced elsewhere, none known in {name}: {list}."),
                    format!("他处施行中或已公布，而{name}暂未查到：{list}。"),
                ),
                GapKind::OtherScope => locale.pick(
                    format!("In {name} only outside the chosen scope: {list}."),
                    format!("{name}仅有所选范围以外的措施：{list}。"),
                ),
                GapKind::NotOpen => locale.pick(
                    format!("In {name} only planned or over: {list}."),
                    format!("{name}仅有计划中或已过期的措施：{list}。"),
                ),
            })
        };
        let sentences =
            [GapKind::NoneKnown, GapKind::OtherScope, GapKind::NotOpen].into_iter().filter_map(sentence);
        Some(sentences.collect::<Vec<_>>().join(locale.pick(" ", "")))
    }

    /// The instrument and the places that have it: `Rebate (Shanghai and Henan)`.
    fn gap_words(&self, gap: &Gap, locale: Locale) -> String {
        let places: Vec<String> =
            gap.offered_by.iter().map(|place| self.places[*place].named.name(locale).to_owned()).collect();
        let (instrument, places) = (gap.instrument.name(locale), locale.list(&places));
        locale.pick(format!("{instrument} ({places})"), format!("{instrument}（{places}）"))
    }
}
