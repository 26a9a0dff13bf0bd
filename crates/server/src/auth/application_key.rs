use super::{Authenticator, Credential, KEY_ACTOR, Permissions, Principal, sha256, single};
use axum::http::HeaderMap;
use fiado_contract::catalogue::{CredentialFault, Problem};
use fiado_core::calendar::Instant;
use fiado_core::identity::{ActorId, CustomerId, OrganizationId};
use fiado_store::{ApiKey, Store, StoreError};
use std::sync::Arc;
use std::time::SystemTime;

const KEY_HEADER: &str = "x-vtex-api-appkey";
const TOKEN_HEADER: &str = "x-vtex-api-apptoken";

/// What a new key is for.
pub(crate) struct NewKey {
    /// Whose it is, for people.
    pub(crate) name: String,
    /// The one organization it works for.
    pub(crate) organization: OrganizationId,
    /// What it may do.
    pub(crate) permissions: Vec<String>,
    /// The one customer it is bound to, if any.
    pub(crate) customer: Option<CustomerId>,
}

/// Makes a key and answers both halves. The secret half is shown this once: only its hash is kept.
/// It has 256 random bits, so a plain SHA-256 is enough and fast on the request path.
pub(crate) fn create_key(
    store: &dyn Store,
    new: NewKey,
    now: Instant,
) -> Result<(String, String), StoreError> {
    let app_key = format!("fiado-{}", random_text::<12>()?);
    let app_token = random_text::<32>()?;
    store.add_key(&ApiKey {
        app_key: app_key.clone(),
        name: new.name,
        token_hash: sha256(app_token.as_bytes()),
        organization: new.organization,
        permissions: new.permissions,
        customer: new.customer,
        created_at: now,
    })?;
    Ok((app_key, app_token))
}

fn random_text<const BYTES: usize>() -> Result<String, StoreError> {
    use base64::Engine;
    let mut random = [0; BYTES];
    getrandom::fill(&mut random).map_err(|error| StoreError::Unavailable(error.to_string()))?;
    Ok(base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(random))
}

/// Both halves of the key of a request, if it carries them.
pub(super) fn of_headers(headers: &HeaderMap) -> Result<Option<(String, String)>, Problem> {
    let text = |name| single(headers, name).map(|value| value.map(str::to_owned));
    match (text(KEY_HEADER)?, text(TOKEN_HEADER)?) {
        (Some(key), Some(token)) => Ok(Some((key, token))),
        (None, None) => Ok(None),
        _ => Err(Problem::Unauthorized(CredentialFault::HalfAnApplicationKey)),
    }
}

/// The caller of a key, if its secret half is the right one.
pub(super) async fn verify(
    auth: &Arc<Authenticator>,
    key: String,
    token: String,
) -> Result<Arc<Principal>, Problem> {
    verify_at(auth, key, token, SystemTime::now()).await
}

/// A key that is removed while the store is asked is believed no longer for it: its minute begins before.
async fn verify_at(
    auth: &Arc<Authenticator>,
    key: String,
    token: String,
    asked_at: SystemTime,
) -> Result<Arc<Principal>, Problem> {
    let fingerprint = fingerprint(&key, &token);
    if let Some(principal) = auth.verified.find(&fingerprint, asked_at) {
        return Ok(principal);
    }
    let store = Arc::clone(&auth.store);
    let found = tokio::task::spawn_blocking(move || store.key(&key)).await;
    let wrong = Problem::Unauthorized(CredentialFault::WrongApplicationKey);
    let principal = match found {
        // Both sides are hashes of 256-bit secrets: comparing them tells nothing of either.
        Ok(Ok(Some(key))) if key.token_hash == sha256(token.as_bytes()) => principal(key),
        Ok(Ok(_)) => Err(wrong),
        Ok(Err(_)) | Err(_) => Err(Problem::Unavailable),
    }?;
    Ok(auth.verified.remember(fingerprint, principal, None, asked_at))
}

/// SHA-256 of both halves. No header holds a line break, so no key's end is taken for a token's begin,
/// and no bearer token is taken for both.
fn fingerprint(key: &str, token: &str) -> [u8; 32] {
    sha256(format!("{key}\n{token}").as_bytes())
}

fn principal(key: ApiKey) -> Result<Principal, Problem> {
    let actor = ActorId::new(format!("{KEY_ACTOR}{}", key.name)).map_err(|_| Problem::Internal)?;
    Ok(Principal {
        actor,
        organization: Some(key.organization),
        permissions: Permissions::of_words(key.permissions.iter().map(String::as_str)),
        customer: key.customer,
        expires_at: None,
        credential: Credential::ApplicationKey,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::{JwtConfiguration, Keyring};
    use fiado_store::sqlite::Sqlite;
    use std::time::Duration;

    #[tokio::test]
    async fn a_key_that_is_removed_stops_within_a_minute() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("books.db");
        let store: Arc<dyn Store> = Arc::new(Sqlite::open(&path).unwrap());
        let organization = OrganizationId::new("org_default").unwrap();
        let permissions = vec!["credit:read".to_owned()];
        let new = NewKey { name: "erp".to_owned(), organization, permissions, customer: None };
        let (key, token) = create_key(&*store, new, Instant::EPOCH).unwrap();
        let keyring = Keyring::new(JwtConfiguration::default(), folder.path()).unwrap();
        let auth = Arc::new(Authenticator::new(store, keyring));
        let now = SystemTime::now();
        let ask = |at| verify_at(&auth, key.clone(), token.clone(), at);

        assert_eq!(ask(now).await.unwrap().actor.as_str(), "key:erp");
        let books = rusqlite::Connection::open(&path).unwrap();
        assert_eq!(books.execute("DELETE FROM api_keys", []).unwrap(), 1);
        assert!(ask(now + Duration::from_secs(59)).await.is_ok());
        let refused = ask(now + Duration::from_secs(60)).await.err();
        assert_eq!(refused, Some(Problem::Unauthorized(CredentialFault::WrongApplicationKey)));
        let other = verify_at(&auth, key.clone(), "x".to_owned(), now).await.err();
        assert_eq!(other, Some(Problem::Unauthorized(CredentialFault::WrongApplicationKey)));
    }
}
