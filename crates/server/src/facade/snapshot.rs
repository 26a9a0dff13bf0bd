use crate::auth::Permission;
use crate::clock::{day_in, validity};
use crate::http::{AccountParameters, Call, Failure, Read, ReadErrors};
use fiado_contract::catalogue::Problem;
use fiado_contract::facade::{SnapshotView, Success};
use fiado_core::account::{EndingHold, Hold, Snapshot};

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
    let snapshot = take(&call).await?;
    Ok(Read(SnapshotView::new(&snapshot)))
}

/// The snapshot of the account of the path, with the holds that will end by themselves.
pub(super) async fn take(call: &Call) -> Result<Snapshot, Failure> {
    let (key, now, shop) = (call.account()?, call.now(), call.shop());
    let account = call.record().await?.account;
    let holds = call.app().ask(move |store| store.live_holds(&key, now, Snapshot::MOST_HOLDS)).await?;
    let ending = |hold: Hold| EndingHold {
        ends_at: hold.terms.expires_at,
        ends_on: day_in(&shop.zone, hold.terms.expires_at),
        amount: hold.terms.amount,
    };
    let holds = holds.into_iter().map(ending).collect();
    let snapshot = Snapshot::of(&account, holds, &shop.organization.policy, validity(&shop.zone, now));
    Ok(snapshot.ok_or(Problem::Internal)?)
}
