use super::{Decided, EngineError, Job, Work};
use crate::clock::day_in;
use fiado_core::account::{Book, Context, Outcome, Receipt, Rejection, execute, needs};
use fiado_core::calendar::Instant;
use fiado_core::identity::LifeId;
use fiado_store::{Answer, Changes, Commit, Loaded, Refusal, Store, StoreError, Wanted};
use sha2::Digest;

/// How often a batch is decided again after somebody else changed one of its accounts.
const MOST_TRIES: usize = 3;

/// SHA-256 of what a command asks for, to tell another question under the same key.
pub(super) fn fingerprint(work: &Work) -> [u8; 32] {
    let asked = (&work.command, &work.beside);
    // Serializing our own plain data cannot fail; if it did, nothing would ever be repeated.
    sha2::Sha256::digest(serde_json::to_vec(&asked).unwrap_or_default()).into()
}

/// Decides and writes a batch, then answers each caller. Where one account's fault stops the
/// batch, each command is tried alone, so that it stops nobody else's.
pub(super) fn run(store: &dyn Store, now: Instant, jobs: Vec<Job>) {
    match write(store, now, &jobs) {
        Ok(decided) => answer(jobs, decided),
        Err(StoreError::Damaged(_) | StoreError::Gap(_)) if jobs.len() > 1 => {
            jobs.into_iter().for_each(|job| run(store, now, vec![job]));
        }
        Err(error) => refuse(jobs, &error),
    }
}

/// Decides and writes a batch; again where somebody else changed one of its accounts meanwhile.
fn write(
    store: &dyn Store,
    now: Instant,
    jobs: &[Job],
) -> Result<Vec<Result<Decided, EngineError>>, StoreError> {
    let wanted: Vec<Wanted> = jobs.iter().map(|job| wanted(job, now)).collect();
    let mut decided = Vec::new();
    let mut tries = 0;
    loop {
        let result = store.batch(&wanted, &mut |loaded| {
            let (answers, changes) = decide(jobs, loaded, now);
            decided = answers;
            changes
        });
        tries += 1;
        match result {
            Ok(()) => return Ok(decided),
            Err(StoreError::Conflict(_)) if tries < MOST_TRIES => {}
            Err(error) => return Err(error),
        }
    }
}

fn wanted(job: &Job, now: Instant) -> Wanted {
    let needs = needs(&job.work.command, now);
    Wanted { key: job.work.key.clone(), needs, answer: job.answer_key.clone() }
}

fn answer(jobs: Vec<Job>, decided: Vec<Result<Decided, EngineError>>) {
    for (job, decided) in jobs.into_iter().zip(decided) {
        job.answer(decided);
    }
}

fn refuse(jobs: Vec<Job>, error: &StoreError) {
    tracing::error!(%error, commands = jobs.len(), "a batch was not written");
    if let StoreError::SyncFailed(_) = error {
        // Whether the commit is durable is unknown, and a retried sync may lie: a restart replays
        // what really is there.
        std::process::exit(74);
    }
    let answer = match error {
        StoreError::Damaged(_) | StoreError::Gap(_) => EngineError::Damaged,
        _ => EngineError::Unavailable,
    };
    for job in jobs {
        job.answer(Err(answer));
    }
}

/// Decides the commands of a batch in order, each on what the ones before it have left.
fn decide(jobs: &[Job], mut loaded: Loaded, now: Instant) -> (Vec<Result<Decided, EngineError>>, Changes) {
    let mut changes = Changes::default();
    let decided = jobs.iter().map(|job| decide_one(job, &mut loaded, &mut changes, now)).collect();
    (decided, changes)
}

fn decide_one(
    job: &Job,
    loaded: &mut Loaded,
    changes: &mut Changes,
    now: Instant,
) -> Result<Decided, EngineError> {
    if let Some(before) = job.answer_key.as_ref().and_then(|key| loaded.answers.get(key)) {
        return repeat(before, job);
    }
    let book = loaded.books.entry(job.work.key.clone()).or_default();
    let mut replayed = false;
    let result = match execute_on(book, &job.work, now) {
        Ok(outcome) => {
            let receipt = outcome.receipt.clone();
            replayed = outcome.entries.is_empty() && !matches!(receipt, Receipt::Account(_));
            commit(book, outcome, &job.work, changes);
            Ok(receipt)
        }
        Err(rejection) => {
            changes.refusals.push(refusal(&job.work, rejection.clone(), now));
            Err(rejection)
        }
    };
    let says_it_to_anyone = !matches!(&result, Err(rejection) if rejection.depends_on_actor());
    if let Some(key) = job.answer_key.as_ref().filter(|_| says_it_to_anyone) {
        let answer = Answer { fingerprint: job.fingerprint, at: now, result: result.clone() };
        loaded.answers.insert(key.clone(), answer.clone());
        changes.answers.push((key.clone(), answer));
    }
    Ok(Decided { result, at: now, replayed })
}

fn repeat(before: &Answer, job: &Job) -> Result<Decided, EngineError> {
    if before.fingerprint == job.fingerprint {
        Ok(Decided { result: before.result.clone(), at: before.at, replayed: true })
    } else {
        Err(EngineError::KeyReused)
    }
}

fn execute_on(book: &Book, work: &Work, now: Instant) -> Result<Outcome, Rejection> {
    let context = Context {
        now,
        today: day_in(&work.organization.zone, now),
        actor: work.actor.clone(),
        new_life: new_life(),
        policy: &work.organization.organization.policy,
    };
    execute(&book.account, &book.items(&needs(&work.command, now)), &work.command, &context)
}

fn new_life() -> LifeId {
    let mut random = [0; 10];
    // Without randomness the machine is not fit to serve.
    if getrandom::fill(&mut random).is_err() {
        tracing::error!("the machine gives no randomness");
        std::process::exit(71);
    }
    LifeId::new(random)
}

fn commit(book: &mut Book, outcome: Outcome, work: &Work, changes: &mut Changes) {
    for row in &outcome.rows {
        book.apply(row);
    }
    book.account = outcome.account;
    if !outcome.entries.is_empty() {
        changes.commits.push(Commit {
            key: work.key.clone(),
            account: book.account.clone(),
            entries: outcome.entries,
            rows: outcome.rows,
            beside: work.beside.clone(),
        });
    }
}

fn refusal(work: &Work, rejection: Rejection, at: Instant) -> Refusal {
    Refusal {
        key: work.key.clone(),
        at,
        by: work.actor.clone(),
        operation: work.command.operation(),
        rejection,
    }
}
