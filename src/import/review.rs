//! Review: one person proposes a data set, another publishes exactly that content.
//!
//! Names are what people type. Two names that differ only in case or spaces are one person.

use sqlx::PgConnection;

/// Step of a reviewed publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Review {
    /// Records the content as proposed; publishes nothing.
    Propose,
    /// Publishes content that another person has proposed.
    Publish,
}

/// Reason why content is not published.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error(
        "this content has not been proposed since revision {after}: let another person run `observatory propose` with it first. Nothing was \
         changed"
    )]
    NotProposed { after: i32 },
    #[error("“{0}” proposed this content, so another person must publish it. Nothing was changed")]
    SamePerson(String),
    #[error("who are you? A reviewed revision names its people: --by NAME. Nothing was changed")]
    Nameless,
}

/// A proposal: who made it, and what the revision is to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    pub proposed_by: String,
    pub note: Option<String>,
    pub reported: Option<String>,
}

/// Records content as proposed after a revision.
pub async fn record(
    connection: &mut PgConnection,
    after: i32,
    content_hash: &str,
    proposal: &Proposal,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into proposal (content_hash, after_revision, proposed_by, note, reported) values ($1, $2, $3, $4, $5)",
        content_hash,
        after,
        proposal.proposed_by,
        proposal.note,
        proposal.reported,
    )
    .execute(connection)
    .await
    .map(drop)
}

/// Returns the newest proposal of the content by another person than `by`, made after the revision that is still the newest.
pub async fn approved(
    connection: &mut PgConnection,
    after: i32,
    content_hash: &str,
    by: &str,
) -> sqlx::Result<Result<Proposal, Refused>> {
    let proposals = sqlx::query_as!(
        Proposal,
        "select proposed_by, note, reported from proposal where content_hash = $1 and after_revision = $2 order by id desc",
        content_hash,
        after,
    )
    .fetch_all(connection)
    .await?;
    let own = proposals.first().map(|proposal| proposal.proposed_by.clone());
    let by_other = proposals.into_iter().find(|proposal| !is_same_person(&proposal.proposed_by, by));
    Ok(by_other.ok_or(match own {
        Some(name) => Refused::SamePerson(name),
        None => Refused::NotProposed { after },
    }))
}

/// Returns whether two names are one person's.
fn is_same_person(one: &str, other: &str) -> bool {
    let plain = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    plain(one) == plain(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_spaces_make_no_other_person() {
        assert!(is_same_person("Li Wei", " li  WEI"));
        assert!(is_same_person("李伟", "李伟"));
        assert!(!is_same_person("Li Wei", "Wang Lu"));
    }
}
