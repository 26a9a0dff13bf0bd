//! Connections that are made when they are needed, kept, and never more than a few.

use crate::StoreError;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long somebody waits for a connection that others have.
const PATIENCE: Duration = Duration::from_secs(10);

/// Some connections of one kind.
pub(crate) struct Pool<C> {
    most: usize,
    state: Mutex<State<C>>,
    returned: Condvar,
}

struct State<C> {
    idle: Vec<C>,
    lent: usize,
    /// How many wait: to ring for nobody costs a call of the system.
    waiting: usize,
}

impl<C> Pool<C> {
    /// At most so many; none is made yet.
    pub(crate) fn new(most: usize) -> Pool<C> {
        Pool {
            most,
            state: Mutex::new(State { idle: Vec::new(), lent: 0, waiting: 0 }),
            returned: Condvar::new(),
        }
    }

    /// Lends a connection, or the right to make one. Whoever comes when all are lent waits.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where nobody gives one back for too long.
    pub(crate) fn lend(&self) -> Result<Lent<'_, C>, StoreError> {
        let all_lent = |state: &mut State<C>| state.lent >= self.most;
        let mut state = self.state();
        state.waiting = state.waiting.saturating_add(1);
        let waited = self.returned.wait_timeout_while(state, PATIENCE, all_lent);
        let (mut state, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
        state.waiting = state.waiting.saturating_sub(1);
        if timeout.timed_out() {
            return Err(StoreError::Unavailable("all connections are in use".to_owned()));
        }
        state.lent = state.lent.saturating_add(1);
        Ok(Lent { pool: self, connection: state.idle.pop() })
    }

    /// Whether one would be lent at once.
    pub(crate) fn is_free(&self) -> bool {
        self.state().lent < self.most
    }

    fn state(&self) -> MutexGuard<'_, State<C>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection that is lent, or the right to make one. It goes back only where it is said to be
/// sound; else there is room for another.
pub(crate) struct Lent<'a, C> {
    pool: &'a Pool<C>,
    connection: Option<C>,
}

impl<C> Lent<'_, C> {
    /// The connection, made where there is none.
    pub(crate) fn or_make(
        &mut self,
        make: impl FnOnce() -> Result<C, StoreError>,
    ) -> Result<&mut C, StoreError> {
        match &mut self.connection {
            Some(connection) => Ok(connection),
            none => Ok(none.insert(make()?)),
        }
    }

    /// The connection, if there is one.
    pub(crate) fn get(&self) -> Option<&C> {
        self.connection.as_ref()
    }

    /// The connection that was lent, if it is of use.
    pub(crate) fn keep_if(&mut self, is_sound: impl FnOnce(&C) -> bool) {
        self.connection = self.connection.take().filter(is_sound);
    }

    /// Gives it back, to be lent to the next.
    pub(crate) fn give_back(mut self) {
        let connection = self.connection.take();
        self.pool.state().idle.extend(connection);
    }
}

impl<C> Drop for Lent<'_, C> {
    fn drop(&mut self) {
        let mut state = self.pool.state();
        state.lent = state.lent.saturating_sub(1);
        if state.waiting > 0 {
            self.pool.returned.notify_one();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_back_is_lent_again_and_what_is_not_is_made_anew() {
        let pool = Pool::new(1);
        let mut made = 0;
        for gives_back in [true, true, false, true] {
            let mut lent = pool.lend().unwrap();
            lent.or_make(|| {
                made += 1;
                Ok(made)
            })
            .unwrap();
            if gives_back {
                lent.give_back();
            }
        }
        assert_eq!(made, 2);
    }

    #[test]
    fn whoever_comes_when_all_are_lent_waits_for_the_next() {
        let pool: Pool<()> = Pool::new(2);
        let (one, _other) = (pool.lend().unwrap(), pool.lend().unwrap());
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| pool.lend().map(drop));
            std::thread::sleep(Duration::from_millis(20));
            assert!(!waiting.is_finished());
            drop(one);
            waiting.join().unwrap().unwrap();
        });
    }
}
