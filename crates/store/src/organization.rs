use fiado_core::calendar::Instant;
use fiado_core::identity::{CustomerId, OrganizationId};
use fiado_core::money::Currency;
use fiado_core::policy::Policy;
use fiado_core::preferences::Preferences;
use serde::{Deserialize, Serialize};

/// The organization that is made with a store (DECISIONS 3).
pub(crate) const FIRST_ORGANIZATION: &str = "org_default";

/// A shop: its calendar and its policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organization {
    /// Its key.
    pub id: OrganizationId,
    /// Its time zone's IANA name: due dates are days there.
    pub zone: String,
    /// Its country, ISO 3166-1 alpha-2.
    pub country: String,
    /// What it has decided about its lines.
    pub policy: Policy,
    /// What it shows its buyers and when it reminds them.
    pub preferences: Preferences,
}

impl Organization {
    /// What a new organization starts with (DECISIONS 3): US dollars in Panama.
    pub fn usual(id: OrganizationId) -> Organization {
        Organization {
            id,
            zone: "America/Panama".to_owned(),
            country: "PA".to_owned(),
            policy: Policy::usual(Currency::Usd),
            preferences: Preferences::default(),
        }
    }
}

/// A key for another system. The token itself is never stored, only its SHA-256.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKey {
    /// The public half.
    pub app_key: String,
    /// Whose it is, for people.
    pub name: String,
    /// SHA-256 of the secret half, which has 256 random bits.
    #[serde(with = "crate::moving::hex")]
    pub token_hash: [u8; 32],
    /// The one organization it works for.
    pub organization: OrganizationId,
    /// What it may do.
    pub permissions: Vec<String>,
    /// The one customer it is bound to, if any.
    pub customer: Option<CustomerId>,
    /// When it was made.
    pub created_at: Instant,
}
