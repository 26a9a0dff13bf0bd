use super::document::{AccountsParameters, ListErrors};
use super::view_of;
use crate::auth::Permission;
use crate::http::{Bare, Call, Failure};
use fiado_contract::vtex::{AccountsAnswer, AccountsQuery};
use fiado_store::{AccountFilter, AccountTerm, Range};

/// List accounts
///
/// Those updated first first; without `status` only open ones. `from` and `to` are positions from 1, both included; without them the first 20. Permission: `credit:read`.
#[utoipa::path(
    get, path = "/api/creditcontrol/accounts", tag = "Accounts",
    params(AccountsParameters),
    responses((status = 200, description = "A page and the number of all that match.", body = AccountsAnswer), ListErrors)
)]
pub(super) async fn accounts(call: Call) -> Result<Bare<AccountsAnswer>, Failure> {
    let call = call.allow(Permission::CreditRead)?;
    let query = call.query(AccountsQuery::read)?;
    if query.finds_nothing {
        return Ok(Bare::read(AccountsAnswer::new(Vec::new(), 0)));
    }
    let (organization, now) = (call.shop().organization.id.clone(), call.now());
    let range = Range { first: query.positions.first, last: query.positions.last };
    let filter = filter(query);
    let page = call.app().ask(move |store| store.accounts(&organization, &filter, &range, now)).await?;
    let (listed, count) = page;
    let view = |item| view_of(&item, call.currency());
    Ok(Bare::read(AccountsAnswer::new(listed.into_iter().filter_map(view).collect(), count)))
}

/// Where no status is asked for, closed accounts are not shown.
fn filter(query: AccountsQuery) -> AccountFilter {
    let open = if query.open.is_none() { Some(true) } else { None };
    let terms = [
        query.open.map(AccountTerm::Open),
        query.email.map(AccountTerm::Email),
        query.document.map(AccountTerm::Document),
        query.user.map(|user| AccountTerm::User(user.into())),
    ];
    AccountFilter { open, terms: terms.into_iter().flatten().collect(), any: query.any }
}
