//! What is known of accounts, in memory: of those that were last bought from, paid for or changed.
//!
//! It never knows more than it was told. Whoever is told something by it has told it of every change and had
//! it forget where somebody else may have changed something, or finds out by other means where it is old.

use fiado_core::identity::AccountKey;
use lru::LruCache;
use std::num::NonZeroUsize;

/// Of how many accounts something is kept where nothing else is said.
pub const USUALLY_CACHED: NonZeroUsize = NonZeroUsize::new(20_000).unwrap();

/// Something of each account.
pub(crate) struct Known<T>(LruCache<AccountKey, T>);

impl<T> Known<T> {
    /// Nothing yet, and never of more accounts than this.
    pub(crate) fn new(most: NonZeroUsize) -> Known<T> {
        Known(LruCache::new(most))
    }

    /// What is known of an account.
    pub(crate) fn get(&mut self, key: &AccountKey) -> Option<&mut T> {
        self.0.get_mut(key)
    }

    /// Keeps how it is now.
    pub(crate) fn keep(&mut self, key: &AccountKey, value: T) {
        match self.0.get_mut(key) {
            Some(known) => *known = value,
            None => drop(self.0.put(key.clone(), value)),
        }
    }

    /// Forgets an account.
    pub(crate) fn forget(&mut self, key: &AccountKey) {
        self.0.pop(key);
    }

    /// Forgets all.
    pub(crate) fn forget_all(&mut self) {
        self.0.clear();
    }
}
