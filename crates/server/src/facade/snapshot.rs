use crate::auth::Permission;
use crate::clock::validity;
use crate::http::{AccountParameters, Call, Failure, Read, ReadErrors};
use fiado_contract::catalogue::Problem;
use fiado_contract::facade::{SnapshotView, Success};
use fiado_core::account::{Rejection, Snapshot};

/// Lo que un navegador necesita para decidir como el servidor
///
/// Cifras y reglas de la cuenta, sin datos personales, para el paquete `fiado`. Permiso: `credit:read`.
#[utoipa::path(
    get, path = "/api/v1/customers/{customer_id}/credit/snapshot", tag = "Consulta",
    params(AccountParameters),
    responses((status = 200, description = "La fotografía de la cuenta.", body = Success<SnapshotView>), ReadErrors)
)]
pub(super) async fn snapshot(call: Call) -> Result<Read<SnapshotView>, Failure> {
    let call = call.allow(Permission::CreditRead)?;
    let key = call.account()?;
    call.query(|_| Some(()))?;
    let wanted = key.clone();
    let record = call.app().read(move |store| store.account(&wanted)).await?;
    let shop = call.shop();
    let policy = &shop.organization.policy;
    let validity = validity(&shop.zone, call.now());
    let snapshot = record.and_then(|record| Snapshot::of(&record.account, policy, validity));
    match snapshot {
        Some(snapshot) => Ok(Read(SnapshotView::new(&snapshot))),
        None => Err(Problem::Rejected {
            customer: key.customer.to_string(),
            currency: policy.currency,
            rejection: Rejection::AccountNotFound {},
        }
        .into()),
    }
}
