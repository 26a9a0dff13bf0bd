use super::body::read_body;
use super::observed::Known;
use super::{App, Face, Failure};
use crate::auth::{Permission, Principal};
use crate::clock::day_in;
use crate::engine::{Decided, Shop, Work};
use axum::extract::{FromRequest, FromRequestParts, RawPathParams, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName};
use fiado_contract::catalogue::{Language, Problem};
use fiado_contract::fields::{self, Fault, FieldError, Fields, key_fault};
use fiado_contract::json::{Json, parse};
use fiado_core::account::{Account, Command, Context, Items, Receipt, Rejection, needs};
use fiado_core::calendar::{Day, Instant};
use fiado_core::identity::{AccountKey, CustomerId, LifeId, OrganizationId, TextError};
use fiado_core::money::Currency;
use fiado_core::profile::Beside;
use fiado_store::AccountRecord;
use std::sync::Arc;

const LONGEST_IDEMPOTENCY_KEY: usize = 255;
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const IDEMPOTENCY_FIELD: &str = "Idempotency-Key";
const ORGANIZATION_HEADERS: [HeaderName; 2] =
    [HeaderName::from_static("x-organization-id"), HeaderName::from_static("x-tenant-id")];

/// A request of a caller whose credential holds, before anything else of it was believed.
///
/// What is wrong with path, headers and body is kept until the permission was checked, so that
/// the order of checks is always 401, 403, body and parameters, 404, state (DECISIONS 4).
pub(crate) struct Call {
    app: App,
    face: Face,
    principal: Arc<Principal>,
    shop: Arc<Shop>,
    now: Instant,
    account: Option<AccountKey>,
    path: Option<RawPathParams>,
    idempotency_key: Result<Option<String>, Fault>,
    headers: HeaderMap,
    query: Vec<(String, Json)>,
    body: Result<Vec<u8>, Problem>,
    faults: Vec<FieldError>,
}

impl FromRequest<App> for Call {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Call, Failure> {
        let (mut parts, body) = request.into_parts();
        let principal = app.auth.authenticate(&parts.headers).await?;
        let organization = organization(&principal, &parts.headers)?;
        if let Some(known) = parts.extensions.get::<Known>() {
            known.is(&organization, principal.credential);
        }
        let shop = app.shop(&organization, principal.organization.is_some()).await?;
        let mut faults = Vec::new();
        let face = Face::of(parts.uri.path());
        let path = read_path(face, &mut parts, app, &mut faults).await;
        let named = path.iter().flatten().find(|(name, _)| Some(*name) == face.account_parameter());
        let customer = named.map(|(name, text)| keep(name, read_customer(text).map(Some), &mut faults));
        Ok(Call {
            app: app.clone(),
            face,
            principal,
            shop,
            now: app.clock.now(),
            account: customer.flatten().map(|customer| AccountKey { organization, customer }),
            path,
            idempotency_key: read_idempotency_key(&parts.headers),
            query: read_query(parts.uri.query().unwrap_or_default()),
            body: read_body(face, parts.uri.path(), &parts.headers, body).await,
            headers: parts.headers,
            faults,
        })
    }
}

/// The parameters of the path. Where one is no text at all, the first is named.
async fn read_path(
    face: Face,
    parts: &mut Parts,
    app: &App,
    faults: &mut Vec<FieldError>,
) -> Option<RawPathParams> {
    let path = RawPathParams::from_request_parts(parts, app).await.ok();
    if path.is_none() {
        let field = face.first_parameter().to_owned();
        faults.push(FieldError { field, fault: Fault::ForbiddenCharacter });
    }
    path
}

fn keep<T>(field: &str, result: Result<Option<T>, Fault>, faults: &mut Vec<FieldError>) -> Option<T> {
    result.unwrap_or_else(|fault| {
        faults.push(FieldError { field: field.to_owned(), fault });
        None
    })
}

/// The caller's organization: its credential's, or where that has none, the header's. Every header
/// that names one must name the same.
fn organization(principal: &Principal, headers: &HeaderMap) -> Result<OrganizationId, Problem> {
    let mut wanted = principal.organization.clone();
    for value in ORGANIZATION_HEADERS.iter().flat_map(|name| headers.get_all(name)) {
        let named = value.to_str().ok().and_then(|text| OrganizationId::new(text).ok());
        let named = named.ok_or(Problem::OrganizationMismatch)?;
        if *wanted.get_or_insert_with(|| named.clone()) != named {
            return Err(Problem::OrganizationMismatch);
        }
    }
    wanted.ok_or(Problem::OrganizationRequired)
}

fn read_customer(text: &str) -> Result<CustomerId, Fault> {
    CustomerId::new(text).map_err(|error| key_fault(error, CustomerId::LONGEST))
}

fn read_idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Fault> {
    let mut values = headers.get_all(IDEMPOTENCY_KEY).iter();
    let value = match (values.next(), values.next()) {
        (None, _) => return Ok(None),
        (Some(value), None) => value,
        (Some(_), Some(_)) => return Err(Fault::Repeated),
    };
    // The header draft writes the key as a quoted string; most clients write it bare.
    let text = value.to_str().map_err(|_| Fault::ForbiddenCharacter)?;
    let key = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    match key.len() {
        0 => Err(Fault::Empty),
        length if length > LONGEST_IDEMPOTENCY_KEY => Err(Fault::TooLong(LONGEST_IDEMPOTENCY_KEY)),
        _ => Ok(Some(key.to_owned())),
    }
}

/// A query as an object of texts, so that it is read like a body.
fn read_query(query: &str) -> Vec<(String, Json)> {
    let decode = |text: &str| {
        let spaced = text.replace('+', " ");
        percent_encoding::percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
    };
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), Json::Text(decode(value)))
        })
        .collect()
}

impl Call {
    /// Lets the call go on if its caller may do this, to this customer.
    pub(crate) fn allow(self, permission: Permission) -> Result<Call, Failure> {
        self.allow_any(&[permission])
    }

    /// Lets the call go on if its caller may do one of these; the first is named where not.
    pub(crate) fn allow_any(self, permissions: &[Permission]) -> Result<Call, Failure> {
        self.demand(permissions)?;
        self.demand_customer(self.account.as_ref().map(|account| &account.customer))?;
        Ok(self)
    }

    /// Nothing, if the caller may do anything for this customer.
    pub(crate) fn demand_customer(&self, customer: Option<&CustomerId>) -> Result<(), Failure> {
        match &self.principal.customer {
            Some(bound_to) if customer != Some(bound_to) => {
                Err(Problem::CustomerMismatch { bound_to: bound_to.to_string() }.into())
            }
            _ => Ok(()),
        }
    }

    /// Nothing, if the caller may do one of these; the first is named where not.
    pub(crate) fn demand(&self, permissions: &[Permission]) -> Result<(), Failure> {
        let held = self.principal.permissions;
        if permissions.iter().any(|permission| held.allow(*permission)) {
            return Ok(());
        }
        let required = permissions.first().map_or("", |permission| permission.word());
        Err(Problem::InsufficientPermissions { required, held: held.words() }.into())
    }

    /// Who is calling.
    pub(crate) fn principal(&self) -> &Principal {
        &self.principal
    }

    /// The application.
    pub(crate) fn app(&self) -> &App {
        &self.app
    }

    /// The account of the path.
    pub(crate) fn account(&self) -> Result<AccountKey, Failure> {
        match &self.account {
            Some(account) if self.faults.is_empty() => Ok(account.clone()),
            _ => Err(Problem::Invalid(self.faults.clone()).into()),
        }
    }

    /// An id of the path that a client may choose.
    ///
    /// # Errors
    /// [`Problem::Invalid`] where the text is no such id.
    pub(crate) fn chosen_id<T>(
        &self,
        parameter: &'static str,
        longest: usize,
        read: impl FnOnce(String) -> Result<T, TextError>,
    ) -> Result<T, Failure> {
        let id = read(self.parameter(parameter).unwrap_or_default().to_owned());
        let fault = |error| FieldError { field: parameter.to_owned(), fault: key_fault(error, longest) };
        all_or_faults(self.faults.clone(), id.map_err(|error| vec![fault(error)]))
    }

    /// An id of the path that is given here.
    ///
    /// # Errors
    /// [`Problem::IdUnknown`] where the text has not the form of one: nothing has it.
    pub(crate) fn given_id<T>(
        &self,
        parameter: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, Failure> {
        let unknown = || Problem::IdUnknown { parameter }.into();
        self.parameter(parameter).and_then(read).ok_or_else(unknown)
    }

    fn parameter(&self, name: &str) -> Option<&str> {
        self.path.iter().flatten().find(|(named, _)| *named == name).map(|(_, text)| text)
    }

    /// For an account the path does not name.
    pub(crate) fn with_customer(self, customer: CustomerId) -> Call {
        let organization = self.shop.organization.id.clone();
        Call { account: Some(AccountKey { organization, customer }), ..self }
    }

    /// The caller's organization.
    pub(crate) fn shop(&self) -> &Arc<Shop> {
        &self.shop
    }

    /// The organization's currency.
    pub(crate) fn currency(&self) -> Currency {
        self.shop.organization.policy.currency
    }

    /// The present moment.
    pub(crate) fn now(&self) -> Instant {
        self.now
    }

    /// The present day in the organization's zone.
    pub(crate) fn today(&self) -> Day {
        day_in(&self.shop.zone, self.now)
    }

    /// The language its caller reads.
    pub(crate) fn language(&self) -> Language {
        self.face.language(&self.headers)
    }

    /// The headers.
    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Reads the body; every wrong field of path, headers, query and body is named at once. On the
    /// façade an empty body is an object without fields; a query beside a body is wrong there,
    /// where VTEX's clients send what nobody reads.
    pub(crate) fn body<T>(
        &self,
        read: impl FnOnce(&Json) -> Result<T, Vec<FieldError>>,
    ) -> Result<T, Failure> {
        let bytes = self.body.as_ref().map_err(|problem| Failure::from(problem.clone()))?;
        let json = match bytes.as_slice() {
            [] if !self.face.is_lenient() => Json::Object(Vec::new()),
            text => parse(text).map_err(Problem::Malformed)?,
        };
        let key = self.idempotency_key.as_ref().err();
        let key = key.map(|fault| FieldError { field: IDEMPOTENCY_FIELD.to_owned(), fault: fault.clone() });
        let query = match self.face {
            Face::Facade => fields::read_query(&self.query, |_| Some(())).err(),
            Face::Vtex | Face::Gateway => None,
        };
        let around = [self.faults.clone(), Vec::from_iter(key), query.unwrap_or_default()].concat();
        all_or_faults(around, read(&json))
    }

    /// Reads the query; every wrong parameter, and the path, is named at once.
    pub(crate) fn query<T>(&self, read: impl FnOnce(&mut Fields<'_>) -> Option<T>) -> Result<T, Failure> {
        all_or_faults(self.faults.clone(), fields::read_query(&self.query, read))
    }

    /// The account of the path with what is kept beside it.
    ///
    /// # Errors
    /// [`Problem::Rejected`] where there is none: a list of nobody is not an empty list.
    pub(crate) async fn record(&self) -> Result<AccountRecord, Failure> {
        self.find_record().await?.ok_or_else(|| self.refused(Rejection::AccountNotFound {}))
    }

    /// The same, if there is one.
    pub(crate) async fn find_record(&self) -> Result<Option<AccountRecord>, Failure> {
        self.app.account(self.account()?, self.now).await
    }

    /// Finds out what would come of a command, on the account and the items it needs, and writes
    /// nothing.
    ///
    /// # Errors
    /// [`Problem::Rejected`] where the command would be refused.
    pub(crate) async fn rehearse<T>(
        &self,
        command: &Command,
        preview: impl FnOnce(&Account, &Items, &Context<'_>) -> Result<T, Rejection>,
    ) -> Result<T, Failure> {
        let (key, needs) = (self.account()?, needs(command, self.now));
        let wanted = needs.clone();
        let book = self.app.ask(move |store| store.book_for(&key, &wanted)).await?.unwrap_or_default();
        let context = Context {
            now: self.now,
            today: self.today(),
            actor: self.principal.actor.clone(),
            // A life that is only rehearsed needs no name of its own.
            new_life: LifeId::new([0; 10]),
            policy: &self.shop.organization.policy,
        };
        preview(&book.account, &book.items(&needs), &context).map_err(|rejection| self.refused(rejection))
    }

    /// That the account of the path refuses something.
    fn refused(&self, rejection: Rejection) -> Failure {
        let customer = self.account.as_ref().map_or(String::new(), |account| account.customer.to_string());
        Problem::Rejected { customer, currency: self.currency(), rejection }.into()
    }

    /// A command on an account of the caller's organization.
    pub(crate) fn work(
        &self,
        customer: CustomerId,
        command: Command,
        idempotency_key: Option<String>,
    ) -> Work {
        let organization = self.shop.organization.id.clone();
        Work {
            key: AccountKey { organization, customer },
            command,
            beside: Beside::default(),
            actor: self.principal.actor.clone(),
            idempotency_key,
            organization: Arc::clone(&self.shop),
        }
    }

    /// The caller's `Idempotency-Key`; of one that is none, its body tells.
    pub(crate) fn idempotency_key(&self) -> Option<&str> {
        self.idempotency_key.as_ref().ok().and_then(Option::as_deref)
    }

    /// Has a command decided and written.
    pub(crate) async fn execute(self, command: Command) -> Result<Decision, Failure> {
        self.execute_with(command, Beside::default()).await
    }

    /// Has a command decided and written, with what is kept beside the journal.
    pub(crate) async fn execute_with(self, command: Command, beside: Beside) -> Result<Decision, Failure> {
        let key = self.account()?;
        let (customer, currency) = (key.customer.to_string(), self.currency());
        let idempotency_key = self.idempotency_key.map_err(|fault| {
            Problem::Invalid(vec![FieldError { field: IDEMPOTENCY_FIELD.to_owned(), fault }])
        })?;
        let work = Work {
            key,
            command,
            beside,
            actor: self.principal.actor.clone(),
            idempotency_key,
            organization: self.shop,
        };
        let Decided { result, at, replayed } = self.app.engine.execute(work).await?;
        match result {
            Ok(receipt) => Ok(Decision { receipt, currency, replayed }),
            Err(rejection) => {
                let problem = Problem::Rejected { customer, currency, rejection };
                Err(Failure { problem: Box::new(problem), at: Some(at), replayed })
            }
        }
    }
}

/// A command that was done, with what its answer is made of.
pub(crate) struct Decision {
    /// What it did.
    pub(crate) receipt: Receipt,
    /// The account's currency.
    pub(crate) currency: Currency,
    /// Whether it was answered before.
    pub(crate) replayed: bool,
}

/// What was read, unless anything around it or in it is wrong.
fn all_or_faults<T>(around: Vec<FieldError>, read: Result<T, Vec<FieldError>>) -> Result<T, Failure> {
    match read {
        Ok(value) if around.is_empty() => Ok(value),
        read => Err(Problem::Invalid([around, read.err().unwrap_or_default()].concat()).into()),
    }
}
