use crate::auth::Permission;
use crate::http::{AccountParameters, Call, DueCalendarParameters, Failure, Read, ReadErrors};
use fiado_contract::facade::{DueCalendarQuery, DueCalendarView, Success};
use fiado_core::account::DueCalendar;
use fiado_core::calendar::Day;

/// Calendario de vencimientos de un cliente
///
/// Cuánto vence cada día, desde lo más antiguo que se debe, salvo que se indique otro comienzo. Permiso: `credit:read`.
#[utoipa::path(
    get, path = "/api/v1/customers/{customer_id}/credit/calendar", tag = "Consulta",
    params(AccountParameters, DueCalendarParameters),
    responses((status = 200, description = "Los días en que vence algo.", body = Success<DueCalendarView>), ReadErrors)
)]
pub(super) async fn due_calendar(call: Call) -> Result<Read<DueCalendarView>, Failure> {
    let call = call.allow(Permission::CreditRead)?;
    let today = call.today();
    let query = call.query(|fields| DueCalendarQuery::read(fields, today))?;
    let account = call.record().await?.account;
    let from = query.from.unwrap_or(Day::FIRST);
    let calendar = DueCalendar::of(&account.ladder, from, query.to, DueCalendarView::MOST_DAYS);
    Ok(Read(DueCalendarView::new(&calendar, query, call.currency(), today)))
}
