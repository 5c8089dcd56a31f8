//! Organizations as lists and files show them: with their apps and the public money that names them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        organizations::{
            model::{App, Organization, OrganizationKind},
            store,
        },
        revisions::Snapshot,
        subsidies::{index::SubsidyIndex, total::Total},
    },
    error::AppError,
    text::{Locale, Named},
};

/// An organization with the apps it runs and the public money known to have gone to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OrganizationRow {
    pub organization: Organization,
    pub apps: Vec<Named>,
    /// Totals of the amounts that name it as recipient. Empty if none is known.
    pub money: Vec<Total>,
}

impl OrganizationRow {
    /// Whether to say that no public money is known. Authorities and associations are not expected to receive any.
    pub fn may_receive(&self) -> bool {
        matches!(self.organization.kind, OrganizationKind::Company | OrganizationKind::Fund)
            || !self.money.is_empty()
    }
}

/// Adds to each organization its apps and its public money.
pub async fn rows(
    snapshot: &Snapshot,
    organizations: Vec<Organization>,
) -> Result<Vec<OrganizationRow>, AppError> {
    let ids: Vec<String> = organizations.iter().map(|row| row.named.id.clone()).collect();
    let mut apps: BTreeMap<String, Vec<Named>> = BTreeMap::new();
    for App { named, operator, .. } in store::apps(&snapshot.db, snapshot.at, Some(&ids)).await? {
        apps.entry(operator.id).or_default().push(named);
    }
    let ledger = snapshot.cached::<SubsidyIndex>().await?;
    let row = |organization: Organization| {
        let id = &organization.named.id;
        OrganizationRow {
            apps: apps.remove(id).unwrap_or_default(),
            money: ledger.totals(ledger.of_recipient(id)),
            organization,
        }
    };
    Ok(organizations.into_iter().map(row).collect())
}

/// Formats totals of public money, each with its kind: `paid: CNY 51.3 million; disclosed: CNY 2 million`. Kinds, scopes and currencies stay apart.
pub fn money_worded(totals: &[Total], locale: Locale, exact: bool) -> String {
    let worded = |total: &Total| {
        let amount = if exact { total.exact(total.all, locale) } else { total.rounded(total.all, locale) };
        locale.pick(
            format!("{}: {amount}", total.kind.name(locale)),
            format!("{}：{amount}", total.kind.name(locale)),
        )
    };
    let added = totals.iter().filter(|total| total.all.count > 0);
    added.map(worded).collect::<Vec<_>>().join(locale.pick("; ", "；"))
}
