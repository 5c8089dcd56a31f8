//! A pool of slots shared fairly between networks.
//!
//! Promises: no network gets all slots; free slots go to waiting networks in round-robin order, however many requests each of them has
//! queued; a request that times out or is dropped leaves nothing behind.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::sync::oneshot;

use super::network::Network;

/// The number of slots and how they are shared.
#[derive(Clone, Copy, Debug)]
pub struct PoolShares {
    pub places: usize,
    /// Number of slots that each network may hold in any case.
    pub share: usize,
    /// A network may exceed its share while more than this many slots are free, so that other networks always find some.
    pub reserve: usize,
    /// Maximum queue length; a single network may occupy half of it.
    pub queue: usize,
}

/// A pool of slots.
#[derive(Clone, Debug)]
pub struct FairPool(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    sharing: PoolShares,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    taken: usize,
    held: BTreeMap<Network, usize>,
    /// The waiting networks in round-robin order, each with its queue.
    waiting: VecDeque<(Network, VecDeque<Waiter>)>,
    next_id: u64,
}

#[derive(Debug)]
struct Waiter {
    id: u64,
    called: oneshot::Sender<()>,
}

/// A slot of the pool; released on drop.
#[derive(Debug)]
pub struct Slot {
    pool: FairPool,
    network: Network,
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.pool.release(self.network);
    }
}

impl FairPool {
    pub fn new(sharing: PoolShares) -> FairPool {
        FairPool(Arc::new(Inner { sharing, state: Mutex::default() }))
    }

    /// Returns the number of queued requests.
    pub fn waiting(&self) -> usize {
        self.state().waiting()
    }

    /// Returns the number of slots in use.
    pub fn taken(&self) -> usize {
        self.state().taken
    }

    /// Takes a slot if the network may have one now.
    pub fn try_take(&self, network: Network) -> Option<Slot> {
        let mut state = self.state();
        if !state.may_take(network, &self.0.sharing) {
            return None;
        }
        state.take(network);
        Some(Slot { pool: self.clone(), network })
    }

    /// Takes any free slot regardless of the network's share, for a proxy that acts for many networks.
    pub fn try_take_beyond_share(&self, network: Network) -> Option<Slot> {
        let mut state = self.state();
        if state.taken >= self.0.sharing.places {
            return None;
        }
        state.take(network);
        Some(Slot { pool: self.clone(), network })
    }

    /// Waits for a slot. Returns `None` if the queue is full or `timeout` elapses.
    pub async fn take(&self, network: Network, timeout: Duration) -> Option<Slot> {
        let (mut queued, called) = {
            let mut state = self.state();
            if state.may_take(network, &self.0.sharing) {
                state.take(network);
                return Some(Slot { pool: self.clone(), network });
            }
            let (id, called) = state.queue(network, &self.0.sharing)?;
            (Queued { pool: self, network, id, is_served: false }, called)
        };
        tokio::time::timeout(timeout, called).await.ok()?.ok()?;
        queued.is_served = true;
        Some(Slot { pool: self.clone(), network })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn release(&self, network: Network) {
        let mut state = self.state();
        state.give_back(network);
        state.call_next(&self.0.sharing);
    }
}

impl State {
    fn waiting(&self) -> usize {
        self.waiting.iter().map(|(_, waiters)| waiters.len()).sum()
    }

    fn may_take(&self, network: Network, sharing: &PoolShares) -> bool {
        let free = sharing.places.saturating_sub(self.taken);
        let held = self.held.get(&network).copied().unwrap_or_default();
        free > 0 && (held < sharing.share || free > sharing.reserve)
    }

    fn take(&mut self, network: Network) {
        self.taken += 1;
        *self.held.entry(network).or_default() += 1;
    }

    fn give_back(&mut self, network: Network) {
        self.taken = self.taken.saturating_sub(1);
        if let Some(held) = self.held.get_mut(&network) {
            *held -= 1;
            if *held == 0 {
                self.held.remove(&network);
            }
        }
    }

    /// Queues a request of the network; returns `None` if the queue is full.
    fn queue(&mut self, network: Network, sharing: &PoolShares) -> Option<(u64, oneshot::Receiver<()>)> {
        if self.waiting() >= sharing.queue {
            return None;
        }
        let (sender, receiver) = oneshot::channel();
        self.next_id += 1;
        let waiter = Waiter { id: self.next_id, called: sender };
        match self.waiting.iter_mut().find(|(waiting, _)| *waiting == network) {
            Some((_, waiters)) if waiters.len() >= (sharing.queue / 2).max(1) => return None,
            Some((_, waiters)) => waiters.push_back(waiter),
            None => self.waiting.push_back((network, VecDeque::from([waiter]))),
        }
        Some((self.next_id, receiver))
    }

    /// Gives free slots to queued requests, round-robin between networks.
    fn call_next(&mut self, sharing: &PoolShares) {
        while let Some(next) = self.waiting.iter().position(|(network, _)| self.may_take(*network, sharing)) {
            let Some((network, mut waiters)) = self.waiting.remove(next) else { return };
            if let Some(waiter) = waiters.pop_front() {
                self.take(network);
                // If the waiter is gone, dropping its `Queued` releases the slot.
                let _ = waiter.called.send(());
            }
            if !waiters.is_empty() {
                self.waiting.push_back((network, waiters));
            }
        }
    }

    /// Removes a waiter from the queue; returns `false` if it was already given a slot.
    fn leave(&mut self, network: Network, id: u64) -> bool {
        let Some(at) = self.waiting.iter().position(|(waiting, _)| *waiting == network) else { return false };
        let waiters = &mut self.waiting[at].1;
        let before = waiters.len();
        waiters.retain(|waiter| waiter.id != id);
        let has_left = waiters.len() < before;
        if waiters.is_empty() {
            self.waiting.remove(at);
        }
        has_left
    }
}

/// A queued request; leaves the queue on drop.
struct Queued<'a> {
    pool: &'a FairPool,
    network: Network,
    id: u64,
    is_served: bool,
}

impl Drop for Queued<'_> {
    fn drop(&mut self) {
        if self.is_served {
            return;
        }
        let has_left = self.pool.state().leave(self.network, self.id);
        if !has_left {
            self.pool.release(self.network);
        }
    }
}

#[cfg(test)]
mod tests;
