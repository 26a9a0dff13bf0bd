use super::{Decided, EngineError, Job, Outcome, Work, all_because_of};
use crate::clock::day_in;
use crate::metrics::Metrics;
use crate::traces::TARGET;
use fiado_core::account::{self, Book, Command, Context, Receipt, Rejection, execute, needs};
use fiado_core::calendar::Instant;
use fiado_core::identity::{AccountKey, LifeId};
use fiado_store::{Answer, AnswerKey, Changes, Commit, Loaded, Refusal, Store, StoreError, Wanted};
use sha2::Digest;
use std::collections::HashSet;
use std::hash::Hash;
use std::sync::Arc;
use std::time::Duration;

/// How often a batch is decided again after somebody else changed one of its accounts.
const MOST_TRIES: usize = 3;

/// SHA-256 of what a command asks for, to tell another question under the same key.
pub(super) fn fingerprint(work: &Work) -> [u8; 32] {
    let asked = (&work.command, &work.beside);
    // Serializing our own plain data cannot fail; if it did, nothing would ever be repeated.
    sha2::Sha256::digest(serde_json::to_vec(&asked).unwrap_or_default()).into()
}

/// Decides and writes a batch, then answers each caller. Where one account's fault stops the
/// batch, each command or group is tried alone, so that it stops nobody else's.
pub(super) fn run(store: &dyn Store, now: Instant, jobs: Vec<Job>, metrics: &Metrics) {
    if jobs.is_empty() {
        return;
    }
    match write(store, now, &jobs, metrics) {
        Ok(decided) => answer(jobs, decided, metrics),
        Err(StoreError::Damaged(_) | StoreError::Gap(_)) if groups(&jobs).count() > 1 => {
            divide(jobs).into_iter().for_each(|jobs| run(store, now, jobs, metrics));
        }
        Err(error) => refuse(jobs, &error, metrics),
    }
}

/// The commands that are decided by themselves, each alone, and the groups.
fn groups(jobs: &[Job]) -> impl Iterator<Item = &[Job]> {
    jobs.chunk_by(|one, next| one.group.is_some() && one.group == next.group)
}

fn divide(jobs: Vec<Job>) -> Vec<Vec<Job>> {
    let lengths: Vec<usize> = groups(&jobs).map(<[Job]>::len).collect();
    let mut jobs = jobs.into_iter();
    lengths.into_iter().map(|length| jobs.by_ref().take(length).collect()).collect()
}

/// Decides and writes a batch; again where somebody else changed one of its accounts meanwhile.
fn write(
    store: &dyn Store,
    now: Instant,
    jobs: &[Job],
    metrics: &Metrics,
) -> Result<Vec<Outcome>, StoreError> {
    let _span = tracing::info_span!(target: TARGET, "batch", commands = jobs.len()).entered();
    let wanted: Vec<Wanted> = jobs.iter().map(|job| wanted(job, now)).collect();
    let mut decided = Vec::new();
    let mut tries = 0;
    loop {
        let mut stopwatch = Stopwatch::start();
        let result = store.batch(&wanted, &mut |loaded| {
            let (answers, changes) = decide(jobs, loaded, now);
            decided = answers;
            stopwatch.is_decided();
            changes
        });
        tries += 1;
        match result {
            Ok(()) => {
                metrics.batch_was_written(jobs.len(), stopwatch.whole(), stopwatch.since_decided());
                return Ok(decided);
            }
            Err(StoreError::Conflict(_)) if tries < MOST_TRIES => metrics.batch_is_tried_again(),
            Err(error) => return Err(error),
        }
    }
}

/// How long a batch takes in all, and how long after it was decided.
struct Stopwatch {
    started: std::time::Instant,
    decided: std::time::Instant,
}

impl Stopwatch {
    fn start() -> Stopwatch {
        let started = std::time::Instant::now();
        Stopwatch { started, decided: started }
    }

    fn is_decided(&mut self) {
        self.decided = std::time::Instant::now();
    }

    fn whole(&self) -> Duration {
        self.started.elapsed()
    }

    fn since_decided(&self) -> Duration {
        self.decided.elapsed()
    }
}

fn wanted(job: &Job, now: Instant) -> Wanted {
    let needs = needs(&job.work.command, now);
    Wanted { key: job.work.key.clone(), needs, answer: job.answer_key.clone() }
}

fn answer(jobs: Vec<Job>, decided: Vec<Outcome>, metrics: &Metrics) {
    for (job, decided) in jobs.into_iter().zip(decided) {
        job.answer(decided, metrics);
    }
}

fn refuse(jobs: Vec<Job>, error: &StoreError, metrics: &Metrics) {
    tracing::error!(%error, commands = jobs.len(), "a batch was not written");
    metrics.batch_failed(error);
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
        job.answer(Err(answer), metrics);
    }
}

/// Decides the commands of a batch in order, each on what the ones before it have left. No entry goes
/// before the one it follows: where another server's clock is ahead of ours, it is later than we think.
/// Holds that have ended in between and that no command names are ended the next time.
pub(super) fn decide(jobs: &[Job], mut loaded: Loaded, now: Instant) -> (Vec<Outcome>, Changes) {
    let now = loaded.newest.map_or(now, |newest| newest.max(now));
    let shared = Shared::of(jobs);
    let mut changes = Changes::default();
    let mut decided = Vec::with_capacity(jobs.len());
    for group in groups(jobs) {
        match group {
            [job] if job.group.is_none() => {
                decided.push(decide_one(job, &mut loaded, &mut changes, &shared, now));
            }
            jobs => decided.extend(decide_group(jobs, &mut loaded, &mut changes, &shared, now)),
        }
    }
    (decided, changes)
}

/// What several commands of a batch have in common: only of that does a later one see what an earlier one
/// has done.
struct Shared<'a> {
    accounts: HashSet<&'a AccountKey>,
    answers: HashSet<&'a AnswerKey>,
}

impl<'a> Shared<'a> {
    fn of(jobs: &'a [Job]) -> Shared<'a> {
        Shared {
            accounts: repeated(jobs.iter().map(|job| &job.work.key)),
            answers: repeated(jobs.iter().filter_map(|job| job.answer_key.as_ref())),
        }
    }
}

/// Those that come more than once.
fn repeated<'a, T: Eq + Hash>(all: impl Iterator<Item = &'a T>) -> HashSet<&'a T> {
    let mut seen: HashSet<&T> = HashSet::new();
    all.filter(|one| !seen.insert(*one)).collect()
}

/// Decides a group on a copy of what it touches, which counts where all of it passes. Of what does not,
/// only the refusal is kept, for those who ask why, and no key remembers it: sent again, all of it is
/// decided anew.
fn decide_group(
    jobs: &[Job],
    loaded: &mut Loaded,
    changes: &mut Changes,
    shared: &Shared<'_>,
    now: Instant,
) -> Vec<Outcome> {
    let mut copy = touched(jobs, loaded);
    let mut wished = Changes::default();
    let mut decided = Vec::with_capacity(jobs.len());
    for (index, job) in jobs.iter().enumerate() {
        let outcome = decide_one(job, &mut copy, &mut wished, shared, now);
        if !matches!(&outcome, Ok(Decided { result: Ok(_), .. })) {
            changes.refusals.append(&mut wished.refusals);
            return all_because_of(index, outcome, jobs.len());
        }
        decided.push(outcome);
    }
    loaded.books.append(&mut copy.books);
    loaded.answers.append(&mut copy.answers);
    changes.commits.append(&mut wished.commits);
    changes.answers.append(&mut wished.answers);
    decided
}

/// What a group may change of what was loaded.
fn touched(jobs: &[Job], loaded: &Loaded) -> Loaded {
    let mut copy = Loaded::default();
    for job in jobs {
        if let Some(book) = loaded.books.get(&job.work.key) {
            copy.books.entry(job.work.key.clone()).or_insert_with(|| book.clone());
        }
        if let Some((key, answer)) = job.answer_key.as_ref().and_then(|key| loaded.answers.get_key_value(key))
        {
            copy.answers.insert(key.clone(), answer.clone());
        }
    }
    copy
}

fn decide_one(
    job: &Job,
    loaded: &mut Loaded,
    changes: &mut Changes,
    shared: &Shared<'_>,
    now: Instant,
) -> Outcome {
    if let Some(before) = job.answer_key.as_ref().and_then(|key| loaded.answers.get(key)) {
        return repeat(before, job);
    }
    let book = loaded.books.entry(job.work.key.clone()).or_default();
    let mut replayed = false;
    let result = match execute_on(book, &job.work, now) {
        Ok(outcome) => {
            let receipt = outcome.receipt.clone();
            replayed = outcome.entries.is_empty() && is_done_once(&job.work.command, &receipt);
            if shared.accounts.contains(&job.work.key) {
                follow(book, &outcome);
            }
            changes.commits.extend(commit(outcome, &job.work));
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
        if shared.answers.contains(key) {
            loaded.answers.insert(key.clone(), answer.clone());
        }
        changes.answers.push((key.clone(), answer));
    }
    Ok(Decided { result, at: now, replayed })
}

/// Whether nothing is left to be done where a command has been done before. Others that change nothing
/// were carried out all the same.
fn is_done_once(command: &Command, receipt: &Receipt) -> bool {
    matches!(command, Command::ExpireHolds(_)) || !matches!(receipt, Receipt::Account(_))
}

fn repeat(before: &Answer, job: &Job) -> Outcome {
    if before.fingerprint == job.fingerprint {
        Ok(Decided { result: before.result.clone(), at: before.at, replayed: true })
    } else {
        Err(EngineError::KeyReused)
    }
}

fn execute_on(book: &Book, work: &Work, now: Instant) -> Result<account::Outcome, Rejection> {
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

fn follow(book: &mut Book, outcome: &account::Outcome) {
    outcome.rows.iter().for_each(|row| book.apply(row));
    book.account.clone_from(&outcome.account);
}

/// What a store writes of a command; nothing: it was done before.
fn commit(outcome: account::Outcome, work: &Work) -> Option<Commit> {
    let account::Outcome { account, entries, rows, .. } = outcome;
    let (key, beside) = (work.key.clone(), work.beside.clone());
    (!entries.is_empty()).then(|| Commit { key, account: Arc::new(account), entries, rows, beside })
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
