use super::{Authenticator, Credential, KEY_ACTOR, Permissions, Principal, sha256};
use fiado_contract::catalogue::{CredentialFault, Problem};
use fiado_core::calendar::Instant;
use fiado_core::identity::{ActorId, CustomerId, OrganizationId};
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The issuer of the tokens signed with the store's own key.
const OWN_ISSUER: &str = "fiado";
/// How far the clock of another issuer may be off. The store's own tokens are measured by the clock
/// that made them.
const LEEWAY_SECONDS: i64 = 5;
/// A token longer than this is not looked at.
const LONGEST: usize = 16 * 1024;

/// What a token says. Times are whole seconds since 1970 (RFC 7519), fractions cut off.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Claims {
    #[serde(skip_serializing_if = "Option::is_none")]
    sub: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    organization_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    customer_id: Option<String>,
    #[serde(default)]
    permissions: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    iss: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    aud: Option<serde_json::Value>,
    exp: serde_json::Number,
    #[serde(skip_serializing_if = "Option::is_none")]
    nbf: Option<serde_json::Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    iat: Option<serde_json::Number>,
}

/// A token to be made with the store's own key.
pub(crate) struct TokenRequest {
    /// Who it is for.
    pub(crate) subject: ActorId,
    /// What they may do.
    pub(crate) permissions: Vec<String>,
    /// For which organization.
    pub(crate) organization: OrganizationId,
    /// The one customer it is bound to, if any.
    pub(crate) customer: Option<CustomerId>,
    /// How long it holds.
    pub(crate) lifetime: Duration,
}

/// Signs a token with the store's own key (HS256).
pub(crate) fn sign(request: TokenRequest, signing_key: &[u8; 32]) -> Result<String, String> {
    let now = seconds_since_epoch(SystemTime::now());
    let lifetime = i64::try_from(request.lifetime.as_secs()).unwrap_or(i64::MAX);
    let claims = Claims {
        sub: Some(request.subject.to_string()),
        user_id: None,
        organization_id: Some(request.organization.to_string()),
        customer_id: request.customer.map(|customer| customer.to_string()),
        permissions: request.permissions,
        iss: Some(OWN_ISSUER.to_owned()),
        aud: None,
        exp: now.saturating_add(lifetime).into(),
        nbf: None,
        iat: Some(now.into()),
    };
    let key = EncodingKey::from_secret(signing_key);
    jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &key).map_err(|error| error.to_string())
}

fn seconds_since_epoch(time: SystemTime) -> i64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

/// The caller of a token, if it holds.
pub(super) async fn verify(auth: &Arc<Authenticator>, token: &str) -> Result<Arc<Principal>, Problem> {
    if token.len() > LONGEST {
        return Err(Problem::Unauthorized(CredentialFault::Unreadable));
    }
    let fingerprint = sha256(token.as_bytes());
    if let Some(principal) = auth.verified.find(&fingerprint, SystemTime::now()) {
        return Ok(principal);
    }
    let (auth, token) = (Arc::clone(auth), token.to_owned());
    let verified = tokio::task::spawn_blocking(move || {
        let (principal, expires) = verify_anew(&auth, &token)?;
        let expires = UNIX_EPOCH + Duration::from_secs(u64::try_from(expires).unwrap_or(0));
        Ok(auth.verified.remember(fingerprint, principal, Some(expires), SystemTime::now()))
    });
    verified.await.unwrap_or(Err(Problem::Internal))
}

fn verify_anew(auth: &Authenticator, token: &str) -> Result<(Principal, i64), Problem> {
    let unreadable = Problem::Unauthorized(CredentialFault::Unreadable);
    let header = jsonwebtoken::decode_header(token).map_err(|_| unreadable.clone())?;
    let credential =
        if header.alg == Algorithm::HS256 { Credential::OwnToken } else { Credential::ForeignToken };
    let claims = match header.alg {
        // The store's own key is the only shared secret: no configured key can stand for it, and
        // it for none, so a public key is never taken for a secret.
        Algorithm::HS256 => own_claims(auth, token)?,
        algorithm @ (Algorithm::RS256 | Algorithm::ES256 | Algorithm::EdDSA) => {
            foreign_claims(auth, token, algorithm, header.kid.as_deref())?
        }
        // No key here can have signed it.
        _ => return Err(Problem::Unauthorized(CredentialFault::BadSignature)),
    };
    let expires = check_times(&claims)?;
    Ok((principal(claims, expires, credential)?, expires))
}

fn own_claims(auth: &Authenticator, token: &str) -> Result<Claims, Problem> {
    let secret = auth.signing_key()?;
    let claims =
        decode(token, &DecodingKey::from_secret(&secret), Algorithm::HS256).map_err(Problem::Unauthorized)?;
    if claims.iss.as_deref() == Some(OWN_ISSUER) {
        Ok(claims)
    } else {
        Err(Problem::Unauthorized(CredentialFault::OtherIssuer))
    }
}

fn foreign_claims(
    auth: &Authenticator,
    token: &str,
    algorithm: Algorithm,
    kid: Option<&str>,
) -> Result<Claims, Problem> {
    let keyring = &auth.keyring;
    // The keys at hand first: only a token that none of them signed is worth asking elsewhere.
    let claims = match decode_with_any(token, &keyring.fixed_keys(algorithm, kid), algorithm) {
        Err(CredentialFault::BadSignature) => {
            decode_with_any(token, &keyring.remote_keys(algorithm, kid), algorithm)
        }
        decided => decided,
    };
    let claims = claims.map_err(Problem::Unauthorized)?;
    if !keyring.accepts_issuer(claims.iss.as_deref()) {
        return Err(Problem::Unauthorized(CredentialFault::OtherIssuer));
    }
    if !keyring.accepts_audience(&audiences(claims.aud.as_ref())) {
        return Err(Problem::Unauthorized(CredentialFault::OtherAudience));
    }
    Ok(claims)
}

fn decode_with_any(
    token: &str,
    keys: &[DecodingKey],
    algorithm: Algorithm,
) -> Result<Claims, CredentialFault> {
    let mut tried = keys.iter().map(|key| decode(token, key, algorithm));
    // A key that confirms the signature has the last word, even where the claims are none.
    let confirmed = tried.find(|result| !matches!(result, Err(CredentialFault::BadSignature)));
    confirmed.unwrap_or(Err(CredentialFault::BadSignature))
}

/// Checks the signature alone; times and names are checked here, against our own clock and words.
fn decode(token: &str, key: &DecodingKey, algorithm: Algorithm) -> Result<Claims, CredentialFault> {
    let mut validation = Validation::new(algorithm);
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation.validate_aud = false;
    match jsonwebtoken::decode::<Claims>(token, key, &validation) {
        Ok(token) => Ok(token.claims),
        Err(error) => Err(match error.kind() {
            ErrorKind::Json(_) | ErrorKind::Utf8(_) | ErrorKind::InvalidToken | ErrorKind::Base64(_) => {
                CredentialFault::Unreadable
            }
            _ => CredentialFault::BadSignature,
        }),
    }
}

fn audiences(claim: Option<&serde_json::Value>) -> Vec<&str> {
    match claim {
        Some(serde_json::Value::String(one)) => vec![one],
        Some(serde_json::Value::Array(many)) => many.iter().filter_map(serde_json::Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// Checks that the token holds now; says until when.
fn check_times(claims: &Claims) -> Result<i64, Problem> {
    let leeway = if claims.iss.as_deref() == Some(OWN_ISSUER) { 0 } else { LEEWAY_SECONDS };
    let seconds = |number: &serde_json::Number| {
        number.as_i64().or_else(|| number.to_string().split('.').next()?.parse().ok())
    };
    let now = seconds_since_epoch(SystemTime::now());
    let expires = seconds(&claims.exp).ok_or(Problem::Unauthorized(CredentialFault::Unreadable))?;
    if expires.saturating_add(leeway) <= now {
        return Err(Problem::Unauthorized(CredentialFault::Expired));
    }
    let unreadable = Problem::Unauthorized(CredentialFault::Unreadable);
    let begins = claims.nbf.as_ref().map_or(Some(now), seconds).ok_or(unreadable)?;
    if begins > now.saturating_add(leeway) {
        return Err(Problem::Unauthorized(CredentialFault::NotYetValid));
    }
    Ok(expires)
}

fn principal(claims: Claims, expires: i64, credential: Credential) -> Result<Principal, Problem> {
    let nobody = Problem::Unauthorized(CredentialFault::NamesNobody);
    let subject = claims.user_id.or(claims.sub).ok_or(nobody.clone())?;
    // Actors that begin so are application keys.
    if subject.starts_with(KEY_ACTOR) {
        return Err(nobody);
    }
    let actor = ActorId::new(subject).map_err(|_| nobody.clone())?;
    let organization = claims.organization_id.map(OrganizationId::new).transpose();
    let customer = claims.customer_id.map(CustomerId::new).transpose();
    Ok(Principal {
        actor,
        organization: organization.map_err(|_| nobody.clone())?,
        permissions: Permissions::of_words(claims.permissions.iter().map(String::as_str)),
        customer: customer.map_err(|_| nobody.clone())?,
        expires_at: Instant::from_microseconds(expires.saturating_mul(1_000_000)),
        credential,
    })
}
