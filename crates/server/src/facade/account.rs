use crate::auth::Permission;
use crate::http::{AccountParameters, Call, ConditionalParameters, Failure, Read, ReadErrors, is_known};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use fiado_contract::catalogue::Problem;
use fiado_contract::facade::{AccountView, Success};

/// La cuenta de crédito de un cliente
///
/// Con `ETag`: envíe `If-None-Match` para recibir 304 mientras nada cambie. Permiso: `credit:read`.
#[utoipa::path(
    get, path = "/api/v1/customers/{customer_id}/credit", tag = "Consulta",
    params(AccountParameters, ConditionalParameters),
    responses(
        (status = 200, description = "La cuenta.", body = Success<AccountView>),
        (status = 304, description = "Nada cambió."),
        ReadErrors
    )
)]
pub(super) async fn account(call: Call) -> Result<Response, Failure> {
    let call = call.allow(Permission::CreditRead)?;
    call.query(|_| Some(()))?;
    let record = call.record().await?;
    let customer = call.account()?.customer;
    let (profile, remark) = (record.profile.as_ref(), record.remark.as_ref());
    let (currency, today) = (call.currency(), call.today());
    let view = AccountView::new(customer.as_str(), &record.account, profile, remark, currency, today);
    let view = view.ok_or(Problem::Internal)?;
    // What is overdue changes with the day, what is held with the clock, everything else with the
    // version.
    let held = record.account.totals.held.minor();
    let tag = format!("\"{}-{}-{held}-{}\"", view.credit_account_id, view.version, call.today());
    let is_known = is_known(call.headers(), &tag);
    let mut response =
        if is_known { StatusCode::NOT_MODIFIED.into_response() } else { Read(view).into_response() };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}
