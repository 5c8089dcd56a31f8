//! Tests of the database monitor.

use super::*;

fn known(states: &[(i32, bool)]) -> Databases {
    let states = states.iter().map(|(revision, answers)| DatabaseState::fixed(*revision, *answers));
    Databases::fixed(&states.collect::<Vec<_>>()).0
}

fn number(reader: &DatabaseReader) -> u16 {
    reader.db.connect_options().get_port() - 1
}

/// Returns the indexes of the databases selected for the next four reads; 0 is the primary.
fn next_four(databases: &Databases) -> Vec<u16> {
    (0..4).map(|_| number(&databases.reader(databases.state().revision))).collect()
}

#[tokio::test]
async fn replicas_that_have_the_newest_take_turns() {
    let both = known(&[(3, true), (3, true), (3, true)]);
    assert_eq!(next_four(&both), [1, 2, 1, 2]);
    let one_lags = known(&[(3, true), (2, true), (3, true)]);
    assert_eq!(next_four(&one_lags), [2, 2, 2, 2]);
    let all_lag = known(&[(3, true), (2, true)]);
    assert_eq!(next_four(&all_lag), [0, 0, 0, 0]);
    let one_is_gone = known(&[(3, true), (3, false), (3, true)]);
    assert_eq!(next_four(&one_is_gone), [2, 2, 2, 2]);
}

#[tokio::test]
async fn without_the_primary_a_replica_is_what_there_is() {
    let left = known(&[(4, false), (3, true)]);
    assert_eq!(left.state().revision.map(|newest| newest.number), Some(3));
    assert!(left.state().answers);
    assert_eq!(next_four(&left), [1, 1, 1, 1]);
    let none = known(&[(4, false), (3, false)]);
    assert_eq!((none.state().revision.map(|newest| newest.number), none.state().answers), (Some(4), false));
}

#[tokio::test]
async fn a_suspect_replica_is_avoided_while_another_answers() {
    let databases = known(&[(3, true), (3, true), (3, true)]);
    let revision = databases.state().revision;
    let failed = databases.reader(revision);
    assert_eq!(number(&failed), 1);
    assert_eq!(databases.suspect(&failed, revision).map(|other| number(&other)), Some(2));
    assert_eq!(next_four(&databases), [2, 2, 2, 2]);
    let other = databases.reader(revision);
    assert_eq!(databases.suspect(&other, revision).map(|primary| number(&primary)), Some(0));
    assert_eq!(next_four(&databases), [0, 0, 0, 0]);
    let primary = databases.reader(revision);
    assert!(databases.suspect(&primary, revision).is_none());
    let any = next_four(&databases);
    assert!(any.contains(&1) && any.contains(&2), "all suspects are equal: {any:?}");
    databases.followed[2].suspect.answered.store(1, Ordering::Relaxed);
    assert_eq!(next_four(&databases), [2, 2, 2, 2], "a probe has succeeded");
}

#[tokio::test]
async fn a_lagging_or_lost_replica_is_not_read_instead() {
    let databases = known(&[(3, true), (2, true), (3, false)]);
    let revision = databases.state().revision;
    let failed = databases.reader(revision);
    assert_eq!(number(&failed), 0);
    assert!(databases.suspect(&failed, revision).is_none());
    assert_eq!(next_four(&databases), [0, 0, 0, 0]);
}

#[tokio::test]
async fn a_replica_with_other_data_under_the_same_number_is_not_read_from() {
    let at = |second, content: &str| DatabaseState {
        revision: Some(Published::new(3, DateTime::from_timestamp_secs(second).unwrap(), content)),
        answers: true,
    };
    let restored = at(10, "restored");
    for replica in [at(20, "restored"), at(20, "lost"), at(10, "lost"), DatabaseState::fixed(4, true)] {
        let (databases, _senders) = Databases::fixed(&[restored, replica]);
        assert_eq!(databases.state(), restored);
        assert_eq!(next_four(&databases), [0, 0, 0, 0]);
    }
    assert_eq!(next_four(&Databases::fixed(&[restored, restored]).0), [1, 1, 1, 1]);
}

#[tokio::test]
async fn another_revision_is_waited_for() {
    let (databases, senders) =
        Databases::fixed(&[DatabaseState::fixed(1, true), DatabaseState::fixed(1, true)]);
    let first = databases.other_than(None).await;
    assert_eq!(first.number, 1);
    let waiting = tokio::spawn(async move { databases.other_than(Some(first)).await });
    senders[0].send_replace(DatabaseState::fixed(1, false));
    senders[1].send_replace(DatabaseState::fixed(1, true));
    tokio::task::yield_now().await;
    assert!(!waiting.is_finished());
    senders[1].send_replace(DatabaseState::fixed(2, true));
    assert_eq!(waiting.await.unwrap().number, 2);
}

#[tokio::test]
async fn a_suspect_database_is_probed_at_once() {
    let databases = known(&[(3, true)]);
    databases.suspect(&databases.at(0), None);
    databases.followed[0].suspect.raised.notified().await;
}
