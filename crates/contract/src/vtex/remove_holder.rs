use fiado_core::identity::ChildId;
use serde::Serialize;
use utoipa::ToSchema;

/// Somebody who may not buy on an account any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = HolderRemoved, example = json!(RemovedHolder::sample()))]
pub struct RemovedHolder {
    /// The id they had.
    pub id: String,
}

impl RemovedHolder {
    /// This holder.
    pub fn new(holder: ChildId) -> RemovedHolder {
        RemovedHolder { id: holder.to_string() }
    }

    /// An example.
    pub fn sample() -> RemovedHolder {
        RemovedHolder { id: "054a67b342164018a0f291636c1669f1".to_owned() }
    }
}
