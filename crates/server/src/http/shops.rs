use crate::engine::Shop;
use fiado_core::identity::OrganizationId;
use std::collections::HashMap;
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

/// How long an organization's settings and rules are believed; other processes change them in the
/// store.
const BELIEVED_FOR: Duration = Duration::from_secs(1);

/// The organizations as they were read last.
#[derive(Default)]
pub(super) struct Shops(RwLock<HashMap<OrganizationId, Known>>);

/// What is known of an organization.
#[derive(Clone, Default)]
pub(super) struct Known {
    /// As it was read last.
    pub(super) shop: Option<Arc<Shop>>,
    /// When that was; `None`: it was changed since.
    since: Option<Instant>,
    /// How often it was changed by this process.
    changes: u64,
}

impl Known {
    /// The organization, unless it has to be read again.
    pub(super) fn believed(&self) -> Option<Arc<Shop>> {
        let is_fresh = self.since.is_some_and(|since| since.elapsed() < BELIEVED_FOR);
        self.shop.as_ref().filter(|_| is_fresh).map(Arc::clone)
    }
}

impl Shops {
    /// What is known of one.
    pub(super) fn known(&self, id: &OrganizationId) -> Known {
        let shops = self.0.read().ok();
        shops.and_then(|shops| shops.get(id).cloned()).unwrap_or_default()
    }

    /// Keeps what was asked for at a moment when this was known. What was changed meanwhile may have
    /// been read before the change, and is not kept.
    pub(super) fn remember(&self, known: &Known, asked_at: Instant, shop: &Arc<Shop>) {
        let Ok(mut shops) = self.0.write() else { return };
        let entry = shops.entry(shop.organization.id.clone()).or_default();
        if entry.changes == known.changes {
            entry.shop = Some(Arc::clone(shop));
            entry.since = Some(asked_at);
        }
    }

    /// Notes that one was changed, so that nobody believes what was read before.
    pub(super) fn forget(&self, id: &OrganizationId) {
        let Ok(mut shops) = self.0.write() else { return };
        let entry = shops.entry(id.clone()).or_default();
        entry.since = None;
        entry.changes += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Rules;
    use fiado_core::money::Currency;
    use fiado_store::Organization;

    fn id() -> OrganizationId {
        OrganizationId::new("org_1").unwrap()
    }

    fn shop() -> Arc<Shop> {
        let rules = Rules::read(Vec::new(), Currency::Usd, None);
        Arc::new(Shop::new(Organization::usual(id()), rules).unwrap())
    }

    #[test]
    fn what_was_read_is_believed_for_a_second() {
        let (shops, shop) = (Shops::default(), shop());
        shops.remember(&shops.known(&id()), Instant::now(), &shop);
        assert!(shops.known(&id()).believed().is_some_and(|believed| Arc::ptr_eq(&believed, &shop)));
        let long_ago = Instant::now().checked_sub(BELIEVED_FOR).unwrap();
        shops.remember(&shops.known(&id()), long_ago, &shop);
        assert!(shops.known(&id()).believed().is_none());
    }

    #[test]
    fn what_was_asked_for_before_a_change_is_not_believed_after_it() {
        let (shops, shop) = (Shops::default(), shop());
        let before = shops.known(&id());
        shops.remember(&before, Instant::now(), &shop);
        shops.forget(&id());
        assert!(shops.known(&id()).believed().is_none());
        shops.remember(&before, Instant::now(), &shop);
        assert!(shops.known(&id()).believed().is_none(), "it may have been read before the change");
        shops.remember(&shops.known(&id()), Instant::now(), &shop);
        assert!(shops.known(&id()).believed().is_some());
    }
}
