use super::Place;
use super::document::{ReadErrors, StretchParameters};
use crate::auth::Permission;
use crate::clock::{day_in, start_of};
use crate::http::{Bare, Call, Failure};
use fiado_contract::vtex::{QueryDate, StatementAnswer, StatementQuery};
use fiado_core::money::Balance;

/// The most lines of one answer.
const MOST_LINES: usize = 10_000;

/// Show the statement
///
/// Oldest first, of the account's present life; `from` and `to` are days in the store's time zone, both included. At most the newest 10,000 lines. Permission: `credit:read`.
#[utoipa::path(
    get, path = "/api/creditcontrol/accounts/{creditAccountId}/statements", tag = "Statements",
    params(StretchParameters),
    responses((status = 200, description = "The statement.", body = StatementAnswer), ReadErrors)
)]
pub(super) async fn statement(call: Call) -> Result<Bare<StatementAnswer>, Failure> {
    let call = call.allow(Permission::CreditRead)?;
    let query = call.query(StatementQuery::read)?;
    let record = Place::of(&call)?.record().await?;
    let zone = &call.shop().zone;
    let day = |date: QueryDate| date.day(|instant| day_in(zone, instant));
    let from = query.from.map(|date| start_of(zone, day(date)));
    let before = query.to.map(|date| start_of(zone, day(date).plus_days(1)));
    let key = call.account()?;
    let ask = call.app().ask(move |store| store.statement_stretch(&key, from, before, MOST_LINES));
    let stretch = ask.await?;
    let balance = record.account.life.as_ref().map_or(Balance::ZERO, |life| life.balance);
    Ok(Bare::read(StatementAnswer::new(&stretch.lines, stretch.balance_before, balance, call.currency())))
}
