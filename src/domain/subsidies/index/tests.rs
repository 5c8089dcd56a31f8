//! Tests of the index of subsidies.

use super::*;

fn entry(id: &str, kind: SubsidyKind, program: Option<u32>, scope: Scope, day: &str) -> SubsidyEntry {
    SubsidyEntry {
        id: id.into(),
        kind,
        program,
        place: Some(0),
        recipients: Recipients::Scheme,
        recipient: None,
        currency: 0,
        amount: 100.into(),
        is_range: false,
        is_part: false,
        day: day.into(),
        years: None,
        scope: Some(scope),
    }
}

fn index(rows: Vec<SubsidyEntry>) -> SubsidyIndex {
    SubsidyIndex::new(rows, vec!["shanghai".into()], Vec::new(), vec!["CNY".into(), "KRW".into()])
}

#[test]
fn amounts_of_a_programme_stand_together_and_what_was_paid_for_micro_dramas_comes_first() {
    use SubsidyKind::{Budgeted, Paid};
    let index = index(vec![
        entry("general", Paid, Some(3), Scope::General, "2026"),
        entry("alone", Paid, None, Scope::MicroDrama, "2026"),
        entry("budget-2025", Budgeted, Some(1), Scope::MicroDrama, "2025"),
        entry("other", Budgeted, Some(2), Scope::MicroDrama, "2026"),
        entry("paid-2024", Paid, Some(1), Scope::MicroDrama, "2024"),
        entry("wide", Budgeted, Some(1), Scope::Includes, "2023"),
    ]);
    let order: Vec<&str> =
        index.in_order(SubsidyOrder::Program, &TextMatches::ALL).map(|row| &*row.id).collect();
    assert_eq!(order, ["paid-2024", "budget-2025", "wide", "other", "alone", "general"]);
}

#[test]
fn totals_keep_kinds_scopes_and_currencies_apart_and_leave_out_parts() {
    use SubsidyKind::{Budgeted, Paid};
    let paid = |id: &str| entry(id, Paid, None, Scope::MicroDrama, "2024");
    let rows = vec![
        paid("a"),
        SubsidyEntry { recipients: Recipients::Named, ..paid("b") },
        SubsidyEntry { is_part: true, ..paid("c") },
        SubsidyEntry { currency: 1, is_range: true, ..paid("d") },
        entry("e", Budgeted, None, Scope::MicroDrama, "2024"),
        entry("f", Paid, None, Scope::General, "2024"),
    ];
    let index = index(rows);
    let totals = index.totals(index.entries.all().iter());
    let shown: Vec<_> = totals
        .iter()
        .map(|total| (total.kind, total.scope.unwrap(), total.currency.as_str(), total.all.count))
        .collect();
    assert_eq!(
        shown,
        [
            (Budgeted, Scope::MicroDrama, "CNY", 1),
            (Paid, Scope::MicroDrama, "CNY", 2),
            (Paid, Scope::MicroDrama, "KRW", 1),
            (Paid, Scope::General, "CNY", 1),
        ]
    );
    let paid = &totals[1];
    assert_eq!((paid.all.amount, paid.named.amount, paid.left_out), (200.into(), 100.into(), 1));
    assert_eq!(totals[2].all.ranges, 1);
}
