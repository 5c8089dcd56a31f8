//! Organizations, apps, people in office and what was said.

use serde::{Deserialize, Serialize};

use crate::text::{Bilingual, Named, PartialDate};

/// Anything said of an organization in one row of the data set: its own details, an app's, a person's office, a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    pub kind: MentionKind,
    /// The organization, app or person; for a statement what it is about.
    pub named: Named,
    pub date: Option<PartialDate>,
    /// The note, the office or the statement.
    pub text: Bilingual,
}

crate::vocabulary! {
    pub enum MentionKind {
        Organization = "organization", "Organization", "机构";
        App = "app", "App", "应用";
        Person = "person", "Person", "人物";
        Statement = "statement", "Statement", "表述";
    }
}
