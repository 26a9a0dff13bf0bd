use crate::auth::Permission;
use crate::clock::validity;
use crate::http::{AccountParameters, Call, Failure, Read, ReadErrors};
use fiado_contract::catalogue::Problem;
use fiado_contract::facade::{SnapshotView, Success};
use fiado_core::account::Snapshot;

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
    call.query(|_| Some(()))?;
    let record = call.record().await?;
    let shop = call.shop();
    let validity = validity(&shop.zone, call.now());
    let snapshot = Snapshot::of(&record.account, &shop.organization.policy, validity);
    Ok(Read(SnapshotView::new(&snapshot.ok_or(Problem::Internal)?)))
}
