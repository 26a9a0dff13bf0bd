use crate::auth::Permission;
use crate::http::{AccountParameters, Call, ConditionalParameters, Failure, Read, ReadErrors};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use fiado_contract::catalogue::Problem;
use fiado_contract::facade::{AccountView, Success};
use fiado_core::account::Rejection;

/// La cuenta de crédito de un cliente
///
/// Con `ETag`: envíe `If-None-Match` para recibir 304 mientras nada cambie. Permiso: `credit:read`.
#[utoipa::path(
    get, path = "/api/v1/customers/{customer_id}/credit", tag = "Consulta",
    params(AccountParameters, ConditionalParameters),
    responses(
        (status = 200, description = "La cuenta.", body = Success<AccountView>, headers(("ETag" = String, description = "Cambia con la versión y con el día"))),
        (status = 304, description = "Nada cambió."),
        ReadErrors
    )
)]
pub(super) async fn account(call: Call) -> Result<Response, Failure> {
    let call = call.allow(Permission::CreditRead)?;
    let key = call.account()?;
    call.query(|_| Some(()))?;
    let wanted = key.clone();
    let record = call.app().read(move |store| store.account(&wanted)).await?;
    let (currency, today) = (call.currency(), call.today());
    let customer = key.customer.to_string();
    let view = record.and_then(|record| {
        AccountView::new(&customer, &record.account, record.remark.as_ref(), currency, today)
    });
    let rejection = Rejection::AccountNotFound {};
    let view = view.ok_or(Problem::Rejected { customer, currency, rejection })?;
    // What is overdue changes with the day, everything else with the version.
    let tag = format!("\"{}-{}-{today}\"", view.credit_account_id, view.version);
    let known = call.header(header::IF_NONE_MATCH).unwrap_or_default();
    let is_known =
        known.split(',').any(|known| known.trim().trim_start_matches("W/") == tag || known.trim() == "*");
    let mut response =
        if is_known { StatusCode::NOT_MODIFIED.into_response() } else { Read(view).into_response() };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}
