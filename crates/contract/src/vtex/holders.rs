use super::HolderClaims;
use fiado_core::account::Holder;
use fiado_core::profile::Email;
use serde::Serialize;
use utoipa::ToSchema;

/// VTEX's level of somebody who may buy on an account that is not theirs.
const LEVEL: u8 = 2;

/// Somebody who may buy on an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Holder, example = json!(HolderView::sample()))]
#[serde(rename_all = "camelCase")]
pub struct HolderView {
    /// Always 2.
    #[schema(example = 2)]
    pub level: u8,
    /// Who that is.
    pub claims: HolderClaims,
    /// Their id in this account.
    pub id: String,
    /// Since when, UTC.
    #[schema(format = DateTime)]
    pub created_at: String,
}

/// Those who may buy on an account.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Holders, example = json!(HoldersAnswer::sample()))]
pub struct HoldersAnswer {
    /// The holders, in the order they were added.
    pub data: Vec<HolderView>,
}

impl HolderView {
    /// A holder with their address, unless it was erased.
    pub fn new(holder: &Holder, email: Option<&Email>) -> HolderView {
        HolderView {
            level: LEVEL,
            claims: HolderClaims { email: email.map_or_else(String::new, ToString::to_string) },
            id: holder.id.to_string(),
            created_at: holder.added_at.to_string(),
        }
    }

    /// An example.
    pub fn sample() -> HolderView {
        HolderView {
            level: LEVEL,
            claims: HolderClaims { email: "holdertest@holder.com.br".to_owned() },
            id: "054a67b342164018a0f291636c1669f1".to_owned(),
            created_at: "2023-11-10T18:33:58.402627Z".to_owned(),
        }
    }
}

impl HoldersAnswer {
    /// An example.
    pub fn sample() -> HoldersAnswer {
        HoldersAnswer { data: vec![HolderView::sample()] }
    }
}
