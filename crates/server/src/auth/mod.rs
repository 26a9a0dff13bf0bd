//! Who is calling, and what they may do.
//!
//! A caller shows a token (signed here or by a key the operator configured), as a bearer or as VTEX's
//! user token, or the two halves of an application key. It promises that a credential is checked
//! before anything else is looked at. It never logs a credential, and never stores one in the clear.

mod application_key;
mod keyring;
mod permission;
mod token;
mod user_token;
mod verified;

pub(crate) use application_key::{NewKey, create_key};
pub(crate) use keyring::{JwtConfiguration, Keyring};
pub(crate) use permission::{Permission, Permissions, parse_list};
pub(crate) use token::{TokenRequest, sign};

use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, AsHeaderName};
use fiado_contract::catalogue::{CredentialFault, Problem};
use fiado_core::calendar::Instant;
use fiado_core::identity::{ActorId, CustomerId, OrganizationId};
use fiado_store::Store;
use std::sync::{Arc, OnceLock};
use verified::Verified;

/// A caller whose credential holds.
#[derive(Debug, Clone)]
pub(crate) struct Principal {
    /// Who it is.
    pub(crate) actor: ActorId,
    /// The organization it works for, if its credential says one.
    pub(crate) organization: Option<OrganizationId>,
    /// What it may do.
    pub(crate) permissions: Permissions,
    /// The one customer it is bound to, if any.
    pub(crate) customer: Option<CustomerId>,
    /// When its token ends, by the machine's clock; application keys do not.
    pub(crate) expires_at: Option<Instant>,
    /// By what it was told.
    pub(crate) credential: Credential,
}

/// A kind of credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Credential {
    /// A token signed with the store's own key.
    OwnToken,
    /// A token signed by a key the operator configured.
    ForeignToken,
    /// Both halves of an application key.
    ApplicationKey,
}

impl Credential {
    /// A word for it.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Credential::OwnToken => "own_token",
            Credential::ForeignToken => "foreign_token",
            Credential::ApplicationKey => "application_key",
        }
    }
}

/// Tells callers by their credentials.
pub(crate) struct Authenticator {
    store: Arc<dyn Store>,
    keyring: Keyring,
    verified: Verified,
    /// The store's own key, once it has been read: it is made with the store and never changes.
    signing_key: OnceLock<[u8; 32]>,
}

impl Authenticator {
    /// One that accepts this store's own tokens and keys, and the tokens of these configured keys.
    pub(crate) fn new(store: Arc<dyn Store>, keyring: Keyring) -> Authenticator {
        Authenticator { store, keyring, verified: Verified::default(), signing_key: OnceLock::new() }
    }

    /// The key that the store's own tokens are signed with. Whatever is shown as a token asks for it.
    fn signing_key(&self) -> Result<[u8; 32], Problem> {
        if let Some(key) = self.signing_key.get() {
            return Ok(*key);
        }
        let key = self.store.signing_key().map_err(|_| Problem::Unavailable)?;
        Ok(*self.signing_key.get_or_init(|| key))
    }

    /// The caller of a request.
    ///
    /// # Errors
    /// [`Problem::Unauthorized`] where no credential holds, [`Problem::Unavailable`].
    pub(crate) async fn authenticate(
        self: &Arc<Self>,
        headers: &HeaderMap,
    ) -> Result<Arc<Principal>, Problem> {
        if let Some(token) = bearer(headers)? {
            return token::verify(self, token).await;
        }
        if let Some((key, token)) = application_key::of_headers(headers)? {
            return application_key::verify(self, key, token).await;
        }
        match user_token::of_headers(headers)? {
            Some(token) => token::verify(self, token).await,
            None => Err(Problem::Unauthorized(CredentialFault::Missing)),
        }
    }
}

/// How the actors of application keys begin in the journal; no token may name its user so.
pub(crate) const KEY_ACTOR: &str = "key:";

/// The bearer token of a request, if it carries one.
fn bearer(headers: &HeaderMap) -> Result<Option<&str>, Problem> {
    let Some(text) = single(headers, AUTHORIZATION)? else { return Ok(None) };
    match text.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Ok(Some(token.trim())),
        _ => Err(Problem::Unauthorized(CredentialFault::NotBearer)),
    }
}

/// A header that tells who is calling, if it is there. Twice is too often: something between us
/// and the caller might believe the other one.
fn single(headers: &HeaderMap, name: impl AsHeaderName) -> Result<Option<&str>, Problem> {
    let unreadable = Problem::Unauthorized(CredentialFault::Unreadable);
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| unreadable),
        (Some(_), Some(_)) => Err(unreadable),
    }
}

/// SHA-256 of a credential: what is kept and compared instead of it.
fn sha256(bytes: &[u8]) -> [u8; 32] {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).into()
}
