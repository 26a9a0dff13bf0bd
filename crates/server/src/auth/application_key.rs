use super::{Authenticator, KEY_ACTOR, Permissions, Principal, sha256, single};
use axum::http::HeaderMap;
use fiado_contract::catalogue::{CredentialFault, Problem};
use fiado_core::calendar::Instant;
use fiado_core::identity::{ActorId, CustomerId, OrganizationId};
use fiado_store::{ApiKey, Store, StoreError};
use std::sync::Arc;

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
    let text = |name| Ok(single(headers, name)?.map(str::to_owned));
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
) -> Result<Principal, Problem> {
    let store = Arc::clone(&auth.store);
    let found = tokio::task::spawn_blocking(move || store.key(&key)).await;
    let wrong = Problem::Unauthorized(CredentialFault::WrongApplicationKey);
    match found {
        // Both sides are hashes of 256-bit secrets: comparing them tells nothing of either.
        Ok(Ok(Some(key))) if key.token_hash == sha256(token.as_bytes()) => principal(key),
        Ok(Ok(_)) => Err(wrong),
        Ok(Err(_)) | Err(_) => Err(Problem::Unavailable),
    }
}

fn principal(key: ApiKey) -> Result<Principal, Problem> {
    let actor = ActorId::new(format!("{KEY_ACTOR}{}", key.name)).map_err(|_| Problem::Internal)?;
    Ok(Principal {
        actor,
        organization: Some(key.organization),
        permissions: Permissions::of_words(key.permissions.iter().map(String::as_str)),
        customer: key.customer,
        expires_at: None,
    })
}
