use super::Principal;
use std::collections::HashMap;
use std::sync::{Arc, RwLock};
use std::time::{Duration, SystemTime};

/// How long a verified credential is believed without verifying it again, so that revocation bites.
const BELIEVED_FOR: Duration = Duration::from_secs(60);
/// How many are remembered; then all are forgotten and verified anew.
const MOST_REMEMBERED: usize = 10_000;

/// Credentials that were verified a moment ago, by their SHA-256: verifying a token takes 20 to 50 µs, an
/// application key a question to the store.
#[derive(Default)]
pub(super) struct Verified(RwLock<HashMap<[u8; 32], Believed>>);

/// Whose a credential is, and until when that is believed.
struct Believed {
    principal: Arc<Principal>,
    until: SystemTime,
}

impl Verified {
    /// Whose a credential is, if it was verified a moment ago and has not ended since.
    pub(super) fn find(&self, fingerprint: &[u8; 32], now: SystemTime) -> Option<Arc<Principal>> {
        let known = self.0.read().ok()?;
        let believed = known.get(fingerprint)?;
        (believed.until > now).then(|| Arc::clone(&believed.principal))
    }

    /// Keeps whose a credential is that was verified at a moment, until it ends or a minute has passed.
    pub(super) fn remember(
        &self,
        fingerprint: [u8; 32],
        principal: Principal,
        ends: Option<SystemTime>,
        verified_at: SystemTime,
    ) -> Arc<Principal> {
        let principal = Arc::new(principal);
        let until = verified_at + BELIEVED_FOR;
        let until = ends.map_or(until, |ends| ends.min(until));
        if let Ok(mut known) = self.0.write() {
            if known.len() >= MOST_REMEMBERED {
                known.clear();
            }
            known.insert(fingerprint, Believed { principal: Arc::clone(&principal), until });
        }
        principal
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::{Credential, Permissions};
    use fiado_core::identity::ActorId;
    use std::time::UNIX_EPOCH;

    fn principal() -> Principal {
        Principal {
            actor: ActorId::new("key:erp").unwrap(),
            organization: None,
            permissions: Permissions::default(),
            customer: None,
            expires_at: None,
            credential: Credential::ApplicationKey,
        }
    }

    #[test]
    fn a_credential_is_believed_for_a_minute_at_most() {
        let verified = Verified::default();
        let then = UNIX_EPOCH + Duration::from_secs(1_000);
        verified.remember([1; 32], principal(), None, then);
        assert!(verified.find(&[1; 32], then + Duration::from_millis(59_999)).is_some());
        assert!(verified.find(&[1; 32], then + BELIEVED_FOR).is_none(), "what was revoked bites");
        assert!(verified.find(&[2; 32], then).is_none(), "another one's is no help");
    }

    #[test]
    fn a_token_is_not_believed_past_its_end() {
        let verified = Verified::default();
        let then = UNIX_EPOCH + Duration::from_secs(1_000);
        let ends = then + Duration::from_secs(5);
        verified.remember([1; 32], principal(), Some(ends), then);
        assert!(verified.find(&[1; 32], ends - Duration::from_millis(1)).is_some());
        assert!(verified.find(&[1; 32], ends).is_none());
    }

    #[test]
    fn no_more_are_remembered_than_may_be() {
        let verified = Verified::default();
        for number in 0..=MOST_REMEMBERED {
            let mut fingerprint = [0; 32];
            fingerprint[..8].copy_from_slice(&number.to_be_bytes());
            verified.remember(fingerprint, principal(), None, UNIX_EPOCH);
        }
        assert!(verified.0.read().unwrap().len() <= MOST_REMEMBERED);
    }
}
