//! Tests of the fair pool.

use std::net::IpAddr;

use tokio::task::yield_now;

use super::*;

const PATIENT: Duration = Duration::from_secs(60);

fn pool(places: usize, share: usize, reserve: usize) -> FairPool {
    FairPool::new(PoolShares { places, share, reserve, queue: 8 })
}

fn network(number: u8) -> Network {
    Network::of(IpAddr::from([198, 51, number, 1]))
}

#[test]
fn no_network_gets_all_slots() {
    let pool = pool(12, 6, 3);
    let one: Vec<Slot> = (0..20).map_while(|_| pool.try_take(network(1))).collect();
    assert_eq!(one.len(), 9, "a single network gets all but the reserve");
    let two: Vec<Slot> = (0..20).map_while(|_| pool.try_take(network(2))).collect();
    assert_eq!(two.len(), 3, "other networks get the reserve at once");
    drop(one);
    assert_eq!(pool.taken(), 3);
    drop(two);
    assert_eq!(pool.taken(), 0);
    assert!(pool.state().held.is_empty());
}

#[test]
fn a_pool_of_one_slot_serves() {
    let pool = pool(1, 1, 0);
    let place = pool.try_take(network(1));
    assert!(place.is_some() && pool.try_take(network(2)).is_none());
    drop(place);
    assert!(pool.try_take(network(2)).is_some());
}

#[tokio::test]
async fn networks_that_wait_take_turns() {
    let pool = pool(1, 1, 0);
    let held = pool.try_take(network(1)).unwrap();
    let served = Arc::new(Mutex::new(Vec::new()));
    let mut tasks = Vec::new();
    for number in [1, 1, 1, 2, 2, 3] {
        let (pool, served) = (pool.clone(), served.clone());
        tasks.push(tokio::spawn(async move {
            let place = pool.take(network(number), PATIENT).await.unwrap();
            served.lock().unwrap().push(number);
            drop(place);
        }));
        yield_now().await;
    }
    assert_eq!(pool.waiting(), 6);
    drop(held);
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(*served.lock().unwrap(), [1, 2, 3, 1, 2, 1]);
    assert_eq!((pool.taken(), pool.waiting()), (0, 0));
}

#[tokio::test]
async fn one_network_cannot_fill_the_queue() {
    let pool = pool(1, 1, 0);
    let held = pool.try_take(network(1)).unwrap();
    let mut tasks = Vec::new();
    for number in [1, 1, 1, 1, 2] {
        let pool = pool.clone();
        tasks.push(tokio::spawn(async move { pool.take(network(number), PATIENT).await.is_some() }));
        yield_now().await;
    }
    assert_eq!(pool.waiting(), 5);
    assert!(pool.take(network(1), PATIENT).await.is_none(), "its half of the queue is full");
    drop(held);
    for task in tasks {
        assert!(task.await.unwrap());
    }
}

#[tokio::test]
async fn a_waiter_that_times_out_leaves_nothing_behind() {
    let pool = pool(1, 1, 0);
    let held = pool.try_take(network(1)).unwrap();
    assert!(pool.take(network(2), Duration::ZERO).await.is_none());
    assert_eq!(pool.waiting(), 0);
    // Given a slot, but dropped before it was polled again.
    let mut waiting = Box::pin(pool.take(network(2), PATIENT));
    assert!(futures_util::poll!(&mut waiting).is_pending());
    drop(held);
    assert_eq!(pool.taken(), 1, "the slot is assigned to the waiter");
    drop(waiting);
    assert_eq!((pool.taken(), pool.waiting()), (0, 0));
}
