use crate::auth::Permission;
use crate::http::{AccountParameters, Call, Failure, PreviewPaymentErrors, Read};
use fiado_contract::facade::{PayBody, PreviewPaymentAnswer, Success};
use fiado_core::account::{Command, preview_payment as rehearsed};

/// Ver qué haría un pago
///
/// El mismo cuerpo que el pago, y los mismos rechazos; no se registra nada. Responde adónde iría, qué sobraría, cómo quedaría la cuenta y la mora de cada factura al día del pago. Permiso: `credit:payment`.
#[utoipa::path(
    post, path = "/api/v1/customers/{customer_id}/credit/payment/preview", tag = "Consulta",
    params(AccountParameters),
    request_body = PayBody,
    responses((status = 200, description = "Lo que haría el pago.", body = Success<PreviewPaymentAnswer>), PreviewPaymentErrors)
)]
pub(super) async fn preview_payment(call: Call) -> Result<Read<PreviewPaymentAnswer>, Failure> {
    let call = call.allow(Permission::CreditPayment)?;
    let payment = call.body(|json| PayBody::read(json, call.currency(), call.today()))?;
    let command = Command::Pay(payment.clone());
    let preview =
        call.rehearse(&command, |account, items, context| rehearsed(account, items, &payment, context));
    let preview = preview.await?;
    Ok(Read(PreviewPaymentAnswer::new(&payment, &preview, call.currency(), call.today())))
}
