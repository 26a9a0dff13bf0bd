use super::snapshot::take;
use crate::auth::Permission;
use crate::http::{AccountParameters, Call, Failure, Read, ReadBodyErrors};
use fiado_contract::facade::{PreviewAnswer, PreviewBody, Previewer, Question, Success};

/// Ver qué pasaría con una compra
///
/// El veredicto, todas las razones, todos los planes que se ofrecen con su huella, y con qué pasaría. No registra nada y no promete nada: la cuenta puede cambiar antes de la compra. El paquete `fiado` responde lo mismo en el navegador, desde la fotografía. Permiso: `credit:read`.
#[utoipa::path(
    post, path = "/api/v1/customers/{customer_id}/credit/preview", tag = "Consulta",
    params(AccountParameters),
    request_body = PreviewBody,
    responses((status = 200, description = "Lo que pasaría.", body = Success<PreviewAnswer>), ReadBodyErrors)
)]
pub(super) async fn preview(call: Call) -> Result<Read<PreviewAnswer>, Failure> {
    let call = call.allow(Permission::CreditRead)?;
    let (wish, date) = call.body(|json| PreviewBody::read(json, call.currency(), call.today()))?;
    let snapshot = take(&call).await?;
    let question = Question { wish, moment: snapshot.moment(date, None), language: call.language() };
    Ok(Read(Previewer::new(snapshot).answer(&question)))
}
