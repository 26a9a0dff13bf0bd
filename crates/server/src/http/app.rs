use super::Failure;
use super::readiness::Readiness;
use super::shops::Shops;
use crate::auth::Authenticator;
use crate::clock::Clock;
use crate::engine::{Engine, Rules, Shop};
use crate::metrics::Metrics;
use fiado_contract::catalogue::Problem;
use fiado_core::calendar::Instant as Moment;
use fiado_core::identity::{AccountKey, OrganizationId};
use fiado_store::{AccountRecord, Organization, Store, StoreError};
use std::sync::Arc;
use std::time::Instant;

/// Everything a handler needs. Cheap to clone.
#[derive(Clone)]
pub(crate) struct App(Arc<Parts>);

pub(crate) struct Parts {
    pub(crate) engine: Engine,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) auth: Arc<Authenticator>,
    pub(crate) clock: Arc<Clock>,
    pub(crate) metrics: Arc<Metrics>,
    pub(super) readiness: Readiness,
    shops: Shops,
}

impl std::ops::Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl App {
    /// All parts together.
    pub(crate) fn new(
        engine: Engine,
        store: Arc<dyn Store>,
        auth: Authenticator,
        clock: Arc<Clock>,
        metrics: Arc<Metrics>,
    ) -> App {
        let (readiness, shops) = (Readiness::default(), Shops::default());
        App(Arc::new(Parts { engine, store, auth: Arc::new(auth), clock, metrics, readiness, shops }))
    }

    /// Notes that the server stops: from now on it is not ready.
    pub(crate) fn is_stopping(&self) {
        self.readiness.is_stopping();
    }

    /// Asks the store, on a thread that may block.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        reader: impl FnOnce(&dyn Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Failure> {
        let store = Arc::clone(&self.store);
        self.apart(move || reader(&*store)).await?.map_err(|error| store_failure(&error))
    }

    /// One account as it stands at a moment. Where the store has it at hand it is read where we are: the
    /// answer is there before another thread would be awake.
    pub(crate) async fn account(
        &self,
        key: AccountKey,
        now: Moment,
    ) -> Result<Option<AccountRecord>, Failure> {
        match self.store.account_at_hand(&key, now).map_err(|error| store_failure(&error))? {
            Some(found) => Ok(found),
            None => self.ask(move |store| store.account(&key, now)).await,
        }
    }

    /// Does what takes a while on a thread that may block, so that nobody else waits for it.
    pub(crate) async fn apart<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Failure> {
        let done = tokio::task::spawn_blocking(work).await;
        done.map_err(|error| {
            tracing::error!(%error, "a reader stopped");
            Problem::Internal.into()
        })
    }

    /// An organization with its time zone and its rules. One that a credential vouches for is made as
    /// new ones are when it is first seen; one that only a header names is not.
    ///
    /// # Errors
    /// [`Problem::OrganizationUnknown`] where nobody has made it.
    pub(crate) async fn shop(&self, id: &OrganizationId, is_vouched_for: bool) -> Result<Arc<Shop>, Failure> {
        let known = self.shops.known(id);
        if let Some(shop) = known.believed() {
            return Ok(shop);
        }
        let asked_at = Instant::now();
        let (wanted, before) = (id.clone(), known.shop.as_ref().map(|shop| Arc::clone(&shop.rules)));
        let found = self.ask(move |store| find(store, &wanted, is_vouched_for, before.as_ref())).await?;
        let (organization, rules) =
            found.ok_or_else(|| Problem::OrganizationUnknown { organization: id.to_string() })?;
        let zone = organization.zone.clone();
        let shop = Shop::new(organization, rules).map(Arc::new).ok_or_else(|| {
            tracing::error!(zone, "the organization's time zone is unknown");
            Problem::Internal
        })?;
        self.shops.remember(&known, asked_at, &shop);
        Ok(shop)
    }

    /// Changes an organization; every call after it sees the change.
    pub(crate) async fn change_shop(
        &self,
        id: &OrganizationId,
        mut change: impl FnMut(&mut Organization) + Send + 'static,
    ) -> Result<Arc<Shop>, Failure> {
        self.change(id, move |store, id| store.change_organization(id, &mut change)).await?;
        self.shop(id, true).await
    }

    /// Changes what is stored of an organization; every call after it sees the change.
    pub(crate) async fn change<T: Send + 'static>(
        &self,
        id: &OrganizationId,
        change: impl FnOnce(&dyn Store, &OrganizationId) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Failure> {
        let (app, id) = (self.clone(), id.clone());
        // It is forgotten on the same thread, so that a caller who has gone leaves nothing stale.
        let changed = self.ask(move |store| {
            let result = change(store, &id);
            app.shops.forget(&id);
            result
        });
        changed.await
    }
}

fn find(
    store: &dyn Store,
    id: &OrganizationId,
    or_make: bool,
    before: Option<&Arc<Rules>>,
) -> Result<Option<(Organization, Arc<Rules>)>, StoreError> {
    let Some(organization) = find_organization(store, id, or_make)? else { return Ok(None) };
    let rules = Rules::read(store.rules(id)?, organization.policy.currency, before);
    Ok(Some((organization, rules)))
}

fn find_organization(
    store: &dyn Store,
    id: &OrganizationId,
    or_make: bool,
) -> Result<Option<Organization>, StoreError> {
    if !or_make {
        return store.organization(id);
    }
    let (organization, is_new) = store.organization_or_new(id)?;
    if is_new {
        tracing::info!("an organization was made that a token named first");
    }
    Ok(Some(organization))
}

fn store_failure(error: &StoreError) -> Failure {
    match error {
        StoreError::BadMark => Failure::bad_cursor(),
        // Whether a change was made that the database never confirmed, nobody knows: it may be sent again.
        StoreError::Unavailable(_) | StoreError::SyncFailed(_) => {
            tracing::error!(%error, "the store is not available");
            Problem::Unavailable.into()
        }
        _ => {
            tracing::error!(%error, "the store failed");
            Problem::Internal.into()
        }
    }
}
