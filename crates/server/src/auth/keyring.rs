use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, JwkSet, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, RwLock};
use std::time::{Duration, Instant};

/// How long a key set from an address is believed.
const REFRESH_AFTER: Duration = Duration::from_secs(300);
/// How soon an unknown key may make us ask again: a new key works at once, a flood of bad tokens
/// asks nobody.
const ASK_AGAIN_AFTER: Duration = Duration::from_secs(10);
/// How many may wait for an answer.
const MOST_WAITING: usize = 16;
const LARGEST_KEY_SET: u64 = 256 * 1024;

/// Whose tokens are accepted besides the store's own (`[jwt]` in fiado.toml).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct JwtConfiguration {
    /// The issuer their tokens must have.
    issuer: Option<String>,
    /// The audience their tokens must have.
    audience: Option<String>,
    /// A file with a JSON Web Key Set (RFC 7517).
    jwks_file: Option<PathBuf>,
    /// An address with one, asked again every few minutes.
    jwks_url: Option<String>,
    /// Keys named one by one.
    #[serde(default)]
    keys: Vec<KeyConfiguration>,
}

/// One public key.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyConfiguration {
    /// Its name in a token's header; without it, it is tried for every token of its algorithm.
    kid: Option<String>,
    /// RS256, ES256 or EdDSA.
    algorithm: String,
    /// A PEM file.
    public_key_file: PathBuf,
}

struct PublicKey {
    kid: Option<String>,
    algorithm: Algorithm,
    key: DecodingKey,
}

/// A key set at an address.
struct Remote {
    address: String,
    known: RwLock<KnownKeys>,
    /// Held while somebody asks, so that one asks for all.
    asking: Mutex<()>,
    waiting: AtomicUsize,
}

#[derive(Default)]
struct KnownKeys {
    keys: Vec<PublicKey>,
    asked_at: Option<Instant>,
}

/// The public keys whose tokens are accepted.
#[derive(Default)]
pub(crate) struct Keyring {
    issuer: Option<String>,
    audience: Option<String>,
    fixed: Vec<PublicKey>,
    remote: Option<Remote>,
}

impl Keyring {
    /// The keys of a configuration; files are read from the configuration's folder.
    ///
    /// # Errors
    /// A sentence naming the file that cannot be read or is no key.
    pub(crate) fn new(configuration: JwtConfiguration, folder: &Path) -> Result<Keyring, String> {
        let named = configuration.keys.iter().map(|key| read_key(key, folder));
        let mut fixed = named.collect::<Result<Vec<PublicKey>, String>>()?;
        if let Some(file) = &configuration.jwks_file {
            let path = folder.join(file);
            let text =
                std::fs::read(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
            fixed.extend(parse_key_set(&text).map_err(|error| format!("{}: {error}", path.display()))?);
        }
        let remote = configuration.jwks_url.map(Remote::new);
        Ok(Keyring { issuer: configuration.issuer, audience: configuration.audience, fixed, remote })
    }

    /// The configured keys a token of this algorithm and name may be signed with.
    pub(super) fn fixed_keys(&self, algorithm: Algorithm, kid: Option<&str>) -> Vec<DecodingKey> {
        fitting(&self.fixed, algorithm, kid)
    }

    /// The same of the key set at an address. Blocks while it is fetched.
    pub(super) fn remote_keys(&self, algorithm: Algorithm, kid: Option<&str>) -> Vec<DecodingKey> {
        self.remote.as_ref().map(|remote| remote.keys(algorithm, kid)).unwrap_or_default()
    }

    /// Whether tokens of others than the store's own are accepted without a look at whom they
    /// were made by and for.
    pub(crate) fn accepts_any_issuer_or_audience(&self) -> bool {
        let has_keys = !self.fixed.is_empty() || self.remote.is_some();
        has_keys && (self.issuer.is_none() || self.audience.is_none())
    }

    pub(super) fn accepts_issuer(&self, issuer: Option<&str>) -> bool {
        self.issuer.is_none() || self.issuer.as_deref() == issuer
    }

    pub(super) fn accepts_audience(&self, audiences: &[&str]) -> bool {
        self.audience.as_deref().is_none_or(|wanted| audiences.contains(&wanted))
    }
}

fn fitting(keys: &[PublicKey], algorithm: Algorithm, kid: Option<&str>) -> Vec<DecodingKey> {
    let fits = |key: &&PublicKey| {
        key.algorithm == algorithm && (kid.is_none() || key.kid.is_none() || key.kid.as_deref() == kid)
    };
    keys.iter().filter(fits).map(|key| key.key.clone()).collect()
}

impl Remote {
    fn new(address: String) -> Remote {
        Remote { address, known: RwLock::default(), asking: Mutex::default(), waiting: AtomicUsize::new(0) }
    }

    fn keys(&self, algorithm: Algorithm, kid: Option<&str>) -> Vec<DecodingKey> {
        self.refresh(|known| !fitting(&known.keys, algorithm, kid).is_empty());
        self.known.read().map(|known| fitting(&known.keys, algorithm, kid)).unwrap_or_default()
    }

    /// Asks for the key set anew where it is old, or where it lacks a key and was not asked just
    /// now. One asks, a few wait for its answer, and the rest go on with what is known: a slow
    /// address never holds all threads.
    fn refresh(&self, has_key: impl Fn(&KnownKeys) -> bool) {
        let is_fresh = |known: &KnownKeys| {
            let age = known.asked_at.map(|asked_at| asked_at.elapsed());
            age.is_some_and(|age| age < if has_key(known) { REFRESH_AFTER } else { ASK_AGAIN_AFTER })
        };
        let is_known_fresh = || self.known.read().is_ok_and(|known| is_fresh(&known));
        if is_known_fresh() {
            return;
        }
        if self.waiting.fetch_add(1, Ordering::SeqCst) < MOST_WAITING
            && let Ok(_asking) = self.asking.lock()
            && !is_known_fresh()
        {
            self.ask();
        }
        self.waiting.fetch_sub(1, Ordering::SeqCst);
    }

    fn ask(&self) {
        let fetched = fetch_key_set(&self.address);
        let Ok(mut known) = self.known.write() else { return };
        known.asked_at = Some(Instant::now());
        match fetched {
            Ok(keys) => known.keys = keys,
            // The address may hold a password, and so may the error.
            Err(_) => tracing::warn!("the key set of [jwt] jwks_url could not be fetched"),
        }
    }
}

fn fetch_key_set(address: &str) -> Result<Vec<PublicKey>, String> {
    let agent =
        ureq::Agent::config_builder().timeout_global(Some(Duration::from_secs(5))).build().new_agent();
    let mut answer = agent.get(address).call().map_err(|error| error.to_string())?;
    let body = answer.body_mut().with_config().limit(LARGEST_KEY_SET).read_to_vec();
    parse_key_set(&body.map_err(|error| error.to_string())?)
}

/// The keys of a set that are of our algorithms; others are of no use to us and left out.
fn parse_key_set(text: &[u8]) -> Result<Vec<PublicKey>, String> {
    let set: JwkSet =
        serde_json::from_slice(text).map_err(|error| format!("not a JSON Web Key Set: {error}"))?;
    let keys = set.keys.iter().filter_map(|jwk| {
        let key = DecodingKey::from_jwk(jwk).ok().filter(|_| is_for_signatures(jwk))?;
        Some(PublicKey { kid: jwk.common.key_id.clone(), algorithm: algorithm_of(jwk)?, key })
    });
    Ok(keys.collect())
}

fn is_for_signatures(jwk: &Jwk) -> bool {
    let usage = jwk.common.public_key_use.as_ref();
    usage.is_none_or(|usage| *usage == PublicKeyUse::Signature)
}

fn algorithm_of(jwk: &Jwk) -> Option<Algorithm> {
    match &jwk.algorithm {
        AlgorithmParameters::RSA(_) => Some(Algorithm::RS256),
        AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P256 => Some(Algorithm::ES256),
        AlgorithmParameters::OctetKeyPair(key) if key.curve == EllipticCurve::Ed25519 => {
            Some(Algorithm::EdDSA)
        }
        _ => None,
    }
}

fn read_key(configuration: &KeyConfiguration, folder: &Path) -> Result<PublicKey, String> {
    let path = folder.join(&configuration.public_key_file);
    let pem = std::fs::read(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let (algorithm, key) = match configuration.algorithm.as_str() {
        "RS256" => (Algorithm::RS256, DecodingKey::from_rsa_pem(&pem)),
        "ES256" => (Algorithm::ES256, DecodingKey::from_ec_pem(&pem)),
        "EdDSA" => (Algorithm::EdDSA, DecodingKey::from_ed_pem(&pem)),
        other => {
            return Err(format!("{}: algorithm {other:?} is none of RS256, ES256, EdDSA", path.display()));
        }
    };
    let key =
        key.map_err(|error| format!("{} is no {} key: {error}", path.display(), configuration.algorithm))?;
    Ok(PublicKey { kid: configuration.kid.clone(), algorithm, key })
}
