//! What is tidied while the server runs: holds whose time has come, and answers nobody will ask for
//! again. Nothing depends on when it happens.

use crate::engine::{Decided, Work};
use crate::http::App;
use fiado_core::account::{Command, ExpireHolds};
use fiado_core::calendar::Instant;
use fiado_core::identity::{AccountKey, ActorId};
use fiado_core::profile::Beside;
use std::time::Duration;
use tokio::time::MissedTickBehavior;

/// Who ends holds whose time has come, in the journal.
const ACTOR: &str = "fiado";
const HOLDS_EVERY: Duration = Duration::from_secs(1);
/// How many accounts are looked at each time; the rest waits for the next.
const MOST_ACCOUNTS: usize = 64;
/// How long idempotency answers are kept (DECISIONS 18).
const ANSWERS_KEPT_SECONDS: i64 = 72 * 3_600;
const ANSWERS_EVERY: Duration = Duration::from_secs(60);
const ANSWERS_PAUSE: Duration = Duration::from_millis(100);
const MOST_ANSWERS: usize = 1_000;

/// Ends holds whose time has come on accounts that nobody asks for anything. From its instant on an
/// expired hold holds nothing, swept or not (DECISIONS 15).
pub(crate) async fn sweep_holds(app: App) {
    let Ok(actor) = ActorId::new(ACTOR) else { return };
    let mut every = tokio::time::interval(HOLDS_EVERY);
    every.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        every.tick().await;
        let now = app.clock.now();
        let found = app.ask(move |store| store.accounts_with_expired_holds(now, MOST_ACCOUNTS)).await;
        // A store that cannot answer now is asked again the next time.
        for key in found.unwrap_or_default() {
            expire_holds(&app, key, actor.clone()).await;
        }
    }
}

async fn expire_holds(app: &App, key: AccountKey, actor: ActorId) {
    let Ok(organization) = app.shop(&key.organization, false).await else { return };
    let command = Command::ExpireHolds(ExpireHolds {});
    let work = Work { key, command, beside: Beside::default(), actor, idempotency_key: None, organization };
    match app.engine.execute(work).await {
        Ok(Decided { result: Ok(_), replayed: false, .. }) => app.metrics.account_was_swept(),
        // Another command, perhaps of another server, has ended them meanwhile.
        Ok(_) => {}
        Err(error) => tracing::warn!(?error, "expired holds could not be ended"),
    }
}

/// Forgets old idempotency answers in small steps, with room for others between them.
pub(crate) async fn sweep_answers(app: App) {
    let mut every = tokio::time::interval(ANSWERS_EVERY);
    loop {
        every.tick().await;
        let kept = app.clock.now().microseconds().saturating_sub(ANSWERS_KEPT_SECONDS * 1_000_000);
        let Some(before) = Instant::from_microseconds(kept) else { continue };
        while forget_some(&app, before).await {
            tokio::time::sleep(ANSWERS_PAUSE).await;
        }
    }
}

/// Forgets some answers; says whether there may be more.
async fn forget_some(app: &App, before: Instant) -> bool {
    match app.ask(move |store| store.forget_answers(before, MOST_ANSWERS)).await {
        Ok(count) => {
            app.metrics.answers_were_forgotten(count);
            count == MOST_ANSWERS
        }
        Err(_) => {
            tracing::warn!("old idempotency answers could not be forgotten");
            false
        }
    }
}
