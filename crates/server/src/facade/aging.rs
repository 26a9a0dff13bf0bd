use crate::auth::Permission;
use crate::http::{AccountParameters, Call, Failure, Read, ReadErrors};
use fiado_contract::facade::{AgingView, Success};
use fiado_core::account::Aging;

/// Lo que un cliente debe, por antigüedad de su atraso
///
/// A hoy: lo que no ha vencido, y lo vencido de 1 a 30 días, de 31 a 60, de 61 a 90 y desde 91; con su mora, si la tienda la cobra. Permiso: `credit:read`.
#[utoipa::path(
    get, path = "/api/v1/customers/{customer_id}/credit/aging", tag = "Consulta",
    params(AccountParameters),
    responses((status = 200, description = "Lo que se debe, por antigüedad.", body = Success<AgingView>), ReadErrors)
)]
pub(super) async fn aging(call: Call) -> Result<Read<AgingView>, Failure> {
    let call = call.allow(Permission::CreditRead)?;
    call.query(|_| Some(()))?;
    let account = call.record().await?.account;
    let aging = Aging::of(&account.ladder, call.shop().organization.policy.late_charges, call.today());
    Ok(Read(AgingView::new(&aging, call.currency())))
}
