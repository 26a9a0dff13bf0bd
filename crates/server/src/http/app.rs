use super::Failure;
use crate::auth::Authenticator;
use crate::clock::{Clock, zone};
use crate::engine::{Engine, Shop};
use fiado_contract::catalogue::Problem;
use fiado_core::identity::OrganizationId;
use fiado_store::{Organization, Store, StoreError};
use std::collections::HashMap;
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

/// How long an organization's settings are believed; the command line changes them in the store.
const BELIEVED_FOR: Duration = Duration::from_secs(1);

/// Everything a handler needs. Cheap to clone.
#[derive(Clone)]
pub(crate) struct App(Arc<Parts>);

pub(crate) struct Parts {
    pub(crate) engine: Engine,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) auth: Arc<Authenticator>,
    pub(crate) clock: Arc<Clock>,
    shops: RwLock<HashMap<OrganizationId, (Arc<Shop>, Instant)>>,
}

impl std::ops::Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl App {
    /// All parts together.
    pub(crate) fn new(engine: Engine, store: Arc<dyn Store>, auth: Authenticator, clock: Arc<Clock>) -> App {
        App(Arc::new(Parts { engine, store, auth: Arc::new(auth), clock, shops: RwLock::default() }))
    }

    /// Asks the store, on a thread that may block.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        reader: impl FnOnce(&dyn Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Failure> {
        let store = Arc::clone(&self.store);
        let result = tokio::task::spawn_blocking(move || reader(&*store)).await;
        match result {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(error)) => Err(store_failure(&error)),
            Err(error) => {
                tracing::error!(%error, "a reader stopped");
                Err(Problem::Internal.into())
            }
        }
    }

    /// An organization with its time zone. One that a credential vouches for is made as new ones
    /// are when it is first seen; one that only a header names is not.
    ///
    /// # Errors
    /// [`Problem::OrganizationUnknown`] where nobody has made it.
    pub(crate) async fn shop(&self, id: &OrganizationId, is_vouched_for: bool) -> Result<Arc<Shop>, Failure> {
        if let Some(shop) = self.remembered_shop(id) {
            return Ok(shop);
        }
        let wanted = id.clone();
        let found = self.ask(move |store| find(store, &wanted, is_vouched_for)).await?;
        let organization =
            found.ok_or_else(|| Problem::OrganizationUnknown { organization: id.to_string() })?;
        self.remember_shop(organization)
    }

    /// Changes an organization; every call after it sees the change.
    pub(crate) async fn change_shop(
        &self,
        id: &OrganizationId,
        mut change: impl FnMut(&mut Organization) + Send + 'static,
    ) -> Result<Arc<Shop>, Failure> {
        let wanted = id.clone();
        let changed = self.ask(move |store| store.change_organization(&wanted, &mut change)).await?;
        self.remember_shop(changed)
    }

    fn remember_shop(&self, organization: Organization) -> Result<Arc<Shop>, Failure> {
        let zone = zone(&organization.zone).ok_or_else(|| {
            tracing::error!(zone = organization.zone, "the organization's time zone is unknown");
            Problem::Internal
        })?;
        let id = organization.id.clone();
        let shop = Arc::new(Shop { organization, zone });
        if let Ok(mut shops) = self.shops.write() {
            shops.insert(id, (Arc::clone(&shop), Instant::now()));
        }
        Ok(shop)
    }

    fn remembered_shop(&self, id: &OrganizationId) -> Option<Arc<Shop>> {
        let shops = self.shops.read().ok()?;
        let (shop, since) = shops.get(id)?;
        (since.elapsed() < BELIEVED_FOR).then(|| Arc::clone(shop))
    }
}

fn find(store: &dyn Store, id: &OrganizationId, or_make: bool) -> Result<Option<Organization>, StoreError> {
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
        StoreError::Unavailable(_) => {
            tracing::error!(%error, "the store is not available");
            Problem::Unavailable.into()
        }
        _ => {
            tracing::error!(%error, "the store failed");
            Problem::Internal.into()
        }
    }
}
