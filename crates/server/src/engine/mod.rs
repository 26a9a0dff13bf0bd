//! The way of a command: a bounded queue, and a thread that takes all that waits, decides it in order,
//! and writes it in one durable transaction before anyone is answered. Where the store writes several
//! batches at once, there are as many such threads, which have no account at the same time.
//!
//! It promises that an answer is durable before it is given, that commands on one account are
//! decided one after the other, that of a group all are done or none, and that a full queue says so at
//! once. There is no timer: a lone command waits for nobody, and batches grow by themselves under load.
//! It never decides anything itself.

mod batch;
mod in_flight;
mod pulse;
mod queue;
mod shop;

pub(crate) use shop::{Rules, Shop};

use crate::clock::Clock;
use crate::metrics::Metrics;
use fiado_core::account::{Command, Receipt, Rejection};
use fiado_core::calendar::Instant;
use fiado_core::identity::{AccountKey, ActorId};
use fiado_core::profile::Beside;
use fiado_store::{AnswerKey, Store};
use in_flight::{InFlight, Ticket};
use pulse::Pulse;
use queue::{Queue, Task, Waiting, queue};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::oneshot;

/// How long a command may wait for its batch. One that comes to it later is not carried out and told to
/// come back: whoever sent it has hardly waited for the answer.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// A command with all it needs to be decided and written.
#[derive(Debug)]
pub(crate) struct Work {
    /// The account.
    pub(crate) key: AccountKey,
    /// What is wanted.
    pub(crate) command: Command,
    /// What is kept beside the journal with it.
    pub(crate) beside: Beside,
    /// Who wants it.
    pub(crate) actor: ActorId,
    /// The caller's `Idempotency-Key`.
    pub(crate) idempotency_key: Option<String>,
    /// The account's organization and its time zone.
    pub(crate) organization: Arc<Shop>,
}

/// The decision on a command, durable.
#[derive(Debug, Clone)]
pub(crate) struct Decided {
    /// Yes or no.
    pub(crate) result: Result<Receipt, Rejection>,
    /// When it was decided.
    pub(crate) at: Instant,
    /// Whether it was decided before and is only repeated.
    pub(crate) replayed: bool,
}

/// Why there is no decision. Nothing was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EngineError {
    /// The idempotency key was used for something else.
    KeyReused,
    /// The idempotency key is being worked on.
    KeyInProgress,
    /// Too many commands wait.
    Overloaded,
    /// The store could not write.
    Unavailable,
    /// What is stored of the account cannot be read.
    Damaged,
    /// Another command of its group, counted from 0, could not be carried out.
    NotCarriedOut {
        /// Which.
        because_of: usize,
    },
}

/// What comes of a command.
pub(crate) type Outcome = Result<Decided, EngineError>;

/// Why the engine takes no commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Idleness {
    /// The writer has ended, or does not come to the end of its batch.
    WriterStuck,
    /// As many commands wait as may.
    QueueFull,
}

/// A command in the queue, with where its answer goes.
struct Job {
    work: Work,
    answer_key: Option<AnswerKey>,
    fingerprint: [u8; 32],
    reply: oneshot::Sender<Outcome>,
    /// Held until the answer is durable, even if the caller has gone.
    ticket: Option<Ticket>,
    /// The number of its group, if it is of one of which all are done or none.
    group: Option<u64>,
    /// When it was sent.
    sent_at: std::time::Instant,
}

impl Job {
    /// Answers the caller. The key is free before the answer leaves, so that whoever has an answer
    /// can repeat at once. A caller that has gone finds it by its key, its order or its reference.
    fn answer(self, decided: Outcome, metrics: &Metrics) {
        metrics.command_was_answered(self.work.command.operation(), &decided);
        drop(self.ticket);
        let _ = self.reply.send(decided);
    }
}

/// Takes commands and answers them once they are durable.
pub(crate) struct Engine {
    queue: Queue,
    in_flight: InFlight,
    pulses: Vec<Pulse>,
    groups: AtomicU64,
}

impl Engine {
    /// Starts the writers over a store, and gives the thread that ends with the last of them. It ends when
    /// the engine is dropped and the queue is empty; whoever stops the server waits for it, so that the
    /// store is closed and whole.
    ///
    /// # Errors
    /// Where the machine gives no thread.
    pub(crate) fn start(
        store: Arc<dyn Store>,
        clock: Arc<Clock>,
        metrics: Arc<Metrics>,
    ) -> std::io::Result<(Engine, JoinHandle<()>)> {
        let pulses: Vec<Pulse> = (0..store.batches_at_once().max(1)).map(|_| Pulse::new()).collect();
        let (queue, waiting) = queue(pulses.len());
        let mut writers = Vec::new();
        for pulse in &pulses {
            let (store, clock, metrics) = (Arc::clone(&store), Arc::clone(&clock), Arc::clone(&metrics));
            let writer = Writer { store, clock, metrics, waiting: waiting.clone(), pulse: pulse.clone() };
            let thread = std::thread::Builder::new().name("writer".to_owned());
            let others = std::mem::take(&mut writers);
            writers.push(thread.spawn(move || {
                writer.write_batches();
                // A writer that panics ends the process.
                others.into_iter().for_each(|other: JoinHandle<()>| drop(other.join()));
            })?);
        }
        let last = writers.pop().ok_or_else(|| std::io::Error::other("there is no writer"))?;
        Ok((Engine { queue, in_flight: InFlight::default(), pulses, groups: AtomicU64::new(0) }, last))
    }

    /// How many commands wait.
    pub(crate) fn waiting(&self) -> usize {
        self.queue.length()
    }

    /// Nothing, if a command would be taken and decided now.
    pub(crate) fn is_at_work(&self) -> Result<(), Idleness> {
        if !self.beats() {
            Err(Idleness::WriterStuck)
        } else if self.queue.length() >= queue::LONGEST {
            Err(Idleness::QueueFull)
        } else {
            Ok(())
        }
    }

    /// Nothing, unless the writer does not come to the end of its batch: nobody knows how long whoever comes
    /// now would wait.
    fn is_writing(&self) -> Result<(), EngineError> {
        if self.beats() { Ok(()) } else { Err(EngineError::Unavailable) }
    }

    fn beats(&self) -> bool {
        self.pulses.iter().all(Pulse::beats)
    }

    /// Decides a command and answers once the decision is durable.
    ///
    /// # Errors
    /// See [`EngineError`]; nothing was written then.
    pub(crate) async fn execute(&self, work: Work) -> Outcome {
        self.is_writing()?;
        let (job, answer) = self.prepare(work, None)?;
        self.queue.enter(job)?;
        answer.await.unwrap_or(Err(EngineError::Unavailable))
    }

    /// Decides commands in their order, each for itself.
    ///
    /// # Errors
    /// [`EngineError::Overloaded`] where there is not room for all of them, [`EngineError::Unavailable`]
    /// where nobody writes; none was carried out then.
    pub(crate) async fn execute_each(&self, works: Vec<Work>) -> Result<Vec<Outcome>, EngineError> {
        self.is_writing()?;
        let (mut tasks, mut answers) = (Vec::new(), Vec::new());
        for work in works {
            let prepared = self.prepare(work, None);
            answers.push(prepared.map(|(job, answer)| {
                tasks.push(Task::Alone(job));
                answer
            }));
        }
        self.queue.enter_all(tasks)?;
        let mut outcomes = Vec::with_capacity(answers.len());
        for answer in answers {
            outcomes.push(match answer {
                Ok(answer) => answer.await.unwrap_or(Err(EngineError::Unavailable)),
                Err(error) => Err(error),
            });
        }
        Ok(outcomes)
    }

    /// Carries out all commands, in their order and in one transaction, or none: then one has its own
    /// answer, and each of the others [`EngineError::NotCarriedOut`].
    ///
    /// # Errors
    /// [`EngineError::Overloaded`] where there is not room for all of them, [`EngineError::Unavailable`]
    /// where nobody writes.
    pub(crate) async fn execute_together(&self, works: Vec<Work>) -> Result<Vec<Outcome>, EngineError> {
        self.is_writing()?;
        let group = Some(self.groups.fetch_add(1, Ordering::Relaxed));
        let (count, mut jobs, mut answers) = (works.len(), Vec::new(), Vec::new());
        for (index, work) in works.into_iter().enumerate() {
            match self.prepare(work, group) {
                Ok((job, answer)) => {
                    jobs.push(job);
                    answers.push(answer);
                }
                Err(error) => return Ok(all_because_of(index, Err(error), count)),
            }
        }
        self.queue.enter_all(vec![Task::Together(jobs)])?;
        let mut outcomes = Vec::with_capacity(count);
        for answer in answers {
            outcomes.push(answer.await.unwrap_or(Err(EngineError::Unavailable)));
        }
        Ok(outcomes)
    }

    /// A command with where its answer will come.
    fn prepare(
        &self,
        work: Work,
        group: Option<u64>,
    ) -> Result<(Job, oneshot::Receiver<Outcome>), EngineError> {
        let answer_key = work.idempotency_key.clone().map(|key| AnswerKey {
            account: work.key.clone(),
            operation: work.command.operation(),
            key,
        });
        let ticket = match &answer_key {
            Some(key) => Some(self.in_flight.enter(key.clone()).ok_or(EngineError::KeyInProgress)?),
            None => None,
        };
        let (reply, answer) = oneshot::channel();
        let fingerprint = batch::fingerprint(&work);
        let sent_at = std::time::Instant::now();
        Ok((Job { work, answer_key, fingerprint, reply, ticket, group, sent_at }, answer))
    }
}

/// The answers of a group that one of its commands has kept from being carried out.
fn all_because_of(culprit: usize, outcome: Outcome, count: usize) -> Vec<Outcome> {
    let mut outcomes = vec![Err(EngineError::NotCarriedOut { because_of: culprit }); count];
    if let Some(own) = outcomes.get_mut(culprit) {
        *own = outcome;
    }
    outcomes
}

/// The thread that decides and writes.
struct Writer {
    store: Arc<dyn Store>,
    clock: Arc<Clock>,
    metrics: Arc<Metrics>,
    waiting: Waiting,
    pulse: Pulse,
}

impl Writer {
    /// Takes what waits, until the engine is dropped and the queue is empty. Time never runs backwards
    /// in the journal, whatever the machine's clock does.
    fn write_batches(self) {
        let mut latest = self.store.newest_instant().ok().flatten().unwrap_or(Instant::EPOCH);
        while let Some(mut taken) = self.waiting.take_batch() {
            self.pulse.is_busy();
            let batch = without_late(std::mem::take(&mut taken.jobs), &self.metrics);
            latest = latest.max(self.clock.now());
            let write = || batch::run(&*self.store, latest, batch, &self.metrics);
            if catch_unwind(AssertUnwindSafe(write)).is_err() {
                // A server that reads and cannot write would look alive: a restart is.
                tracing::error!("the writer failed; the server stops");
                std::process::exit(70);
            }
            drop(taken);
            self.pulse.is_idle();
        }
        self.pulse.ends();
    }
}

/// The batch without what has waited too long. A group was sent at one moment, or nearly: where one of it
/// is late, so is the group.
fn without_late(batch: Vec<Job>, metrics: &Metrics) -> Vec<Job> {
    let is_late = |job: &Job| job.sent_at.elapsed() > LONGEST_WAIT;
    if !batch.iter().any(is_late) {
        return batch;
    }
    let late_groups: BTreeSet<u64> =
        batch.iter().filter(|job| is_late(job)).filter_map(|job| job.group).collect();
    let goes = |job: &Job| is_late(job) || job.group.is_some_and(|group| late_groups.contains(&group));
    let (late, in_time): (Vec<Job>, Vec<Job>) = batch.into_iter().partition(goes);
    late.into_iter().for_each(|job| job.answer(Err(EngineError::Overloaded), metrics));
    in_time
}

#[cfg(test)]
mod tests {
    use super::*;
    use fiado_core::account::{ExpireHolds, Suspend};
    use fiado_core::identity::{CustomerId, OrganizationId};
    use fiado_core::money::Currency;
    use fiado_store::{Loaded, Organization};
    use std::time::Instant as Moment;

    /// An engine whose writer never comes.
    fn engine() -> (Engine, Waiting) {
        let (queue, waiting) = queue(1);
        let engine = Engine {
            queue,
            in_flight: InFlight::default(),
            pulses: vec![Pulse::new()],
            groups: AtomicU64::new(0),
        };
        (engine, waiting)
    }

    fn work(key: Option<&str>) -> Work {
        let organization = OrganizationId::new("org_1").unwrap();
        let rules = Rules::read(Vec::new(), Currency::Usd, None);
        Work {
            key: AccountKey {
                organization: organization.clone(),
                customer: CustomerId::new("cust_1").unwrap(),
            },
            command: Command::Suspend(Suspend {}),
            beside: Beside::default(),
            actor: ActorId::new("user_1").unwrap(),
            idempotency_key: key.map(str::to_owned),
            organization: Arc::new(Shop::new(Organization::usual(organization), rules).unwrap()),
        }
    }

    fn works(count: usize) -> Vec<Work> {
        (0..count).map(|_| work(None)).collect()
    }

    fn fill(engine: &Engine, count: usize) {
        for work in works(count) {
            let (job, _) = engine.prepare(work, None).unwrap();
            engine.queue.enter(job).unwrap();
        }
    }

    #[tokio::test]
    async fn many_commands_find_room_for_all_of_them_or_are_sent_away_at_once() {
        let (engine, waiting) = engine();
        fill(&engine, queue::LONGEST - 2);
        assert_eq!(engine.is_at_work(), Ok(()));
        assert_eq!(engine.execute_each(works(3)).await.err(), Some(EngineError::Overloaded));
        assert_eq!(engine.execute_together(works(3)).await.err(), Some(EngineError::Overloaded));
        assert_eq!(engine.waiting(), queue::LONGEST - 2, "none of them took a place");
        fill(&engine, 2);
        assert_eq!(engine.execute(work(None)).await.err(), Some(EngineError::Overloaded));
        assert_eq!(engine.is_at_work(), Err(Idleness::QueueFull));
        let batch = waiting.take_batch().unwrap();
        assert_eq!(engine.waiting(), queue::LONGEST - batch.jobs.len());
        assert_eq!(engine.is_at_work(), Ok(()));
    }

    #[tokio::test]
    async fn whoever_comes_while_a_batch_does_not_end_is_sent_away_at_once() {
        let (engine, _waiting) = engine();
        engine.pulses[0].ends();
        assert_eq!(engine.is_at_work(), Err(Idleness::WriterStuck));
        assert_eq!(engine.execute(work(Some("key-1"))).await.err(), Some(EngineError::Unavailable));
        assert_eq!(engine.execute_each(works(2)).await.err(), Some(EngineError::Unavailable));
        assert_eq!(engine.execute_together(works(2)).await.err(), Some(EngineError::Unavailable));
        assert_eq!(engine.waiting(), 0, "nobody waits for it");
        assert!(engine.prepare(work(Some("key-1")), None).is_ok(), "nor is a key kept");
    }

    #[test]
    fn nothing_is_decided_before_what_another_server_has_written() {
        let (engine, _waiting) = engine();
        let (job, _answer) = engine.prepare(work(None), None).unwrap();
        let at = |text| Instant::parse(text).unwrap();
        let (early, late) = (at("2025-11-24T10:00:00Z"), at("2025-11-24T10:00:05Z"));
        let decided_at = |newest, now| {
            let loaded = Loaded { newest, ..Loaded::default() };
            let (outcomes, changes) = batch::decide(std::slice::from_ref(&job), loaded, now);
            let [Ok(decided)] = outcomes.as_slice() else { panic!("{outcomes:?}") };
            assert_eq!(changes.refusals.first().map(|refusal| refusal.at), Some(decided.at));
            decided.at
        };
        assert_eq!(decided_at(None, early), early);
        assert_eq!(decided_at(Some(early), late), late);
        assert_eq!(decided_at(Some(late), early), late);
    }

    #[test]
    fn holds_that_somebody_else_has_ended_are_not_ended_again() {
        let (engine, _waiting) = engine();
        let work = Work { command: Command::ExpireHolds(ExpireHolds {}), ..work(None) };
        let (job, _answer) = engine.prepare(work, None).unwrap();
        let (outcomes, _) = batch::decide(&[job], Loaded::default(), Instant::EPOCH);
        let [Ok(Decided { result: Ok(_), replayed, .. })] = outcomes.as_slice() else {
            panic!("{outcomes:?}")
        };
        assert!(replayed);
    }

    #[tokio::test]
    async fn a_key_that_is_worked_on_keeps_its_whole_group_from_being_sent() {
        let (engine, _waiting) = engine();
        let _ticket = engine.prepare(work(Some("key-1")), None).unwrap();
        let group = vec![work(None), work(Some("key-1")), work(Some("key-2"))];
        let outcomes = engine.execute_together(group).await.unwrap();
        let errors: Vec<EngineError> = outcomes.into_iter().filter_map(Result::err).collect();
        let left_out = EngineError::NotCarriedOut { because_of: 1 };
        assert_eq!(errors, [left_out, EngineError::KeyInProgress, left_out]);
        assert_eq!(engine.waiting(), 0);
        assert!(engine.prepare(work(Some("key-2")), None).is_ok(), "its own key is free again");
    }

    #[test]
    fn a_group_comes_to_one_batch_as_a_whole() {
        let (engine, waiting) = engine();
        fill(&engine, 200);
        let jobs = |group| {
            let prepare = |work| engine.prepare(work, Some(group)).unwrap().0;
            works(100).into_iter().map(prepare).collect::<Vec<Job>>()
        };
        engine.queue.enter_all(vec![Task::Together(jobs(1)), Task::Together(jobs(2))]).unwrap();
        assert_eq!(waiting.take_batch().unwrap().jobs.len(), 300);
        assert_eq!(waiting.take_batch().unwrap().jobs.len(), 100);
    }

    #[test]
    fn no_two_writers_have_an_account_at_the_same_time() {
        let (queue, waiting) = queue(2);
        let (pulses, groups) = (vec![Pulse::new()], AtomicU64::new(0));
        let engine = Engine { queue, in_flight: InFlight::default(), pulses, groups };
        let job = |customer: &str, group| {
            let customer = CustomerId::new(customer).unwrap();
            let work = Work { key: AccountKey { customer, ..work(None).key }, ..work(None) };
            engine.prepare(work, group).unwrap().0
        };
        let taken = |batch: &queue::Batch| {
            batch.jobs.iter().map(|job| job.work.key.customer.as_str().to_owned()).collect::<Vec<_>>()
        };
        let enter = |customer: &str| engine.queue.enter(job(customer, None)).unwrap();
        ["a", "a", "b"].into_iter().for_each(enter);
        let first = waiting.take_batch().unwrap();
        assert_eq!(taken(&first), ["a", "a", "b"]);
        enter("a");
        engine.queue.enter_all(vec![Task::Together(vec![job("b", Some(1)), job("c", Some(1))])]).unwrap();
        enter("c");
        let others: Vec<String> = (0..20).map(|number| format!("other-{number}")).collect();
        others.iter().for_each(|other| enter(other));
        let second = waiting.take_batch().unwrap();
        assert_eq!(taken(&second), others, "the group comes before what was sent after it");
        assert_eq!(engine.waiting(), 4);
        drop(first);
        drop(second);
        let third = waiting.take_batch().unwrap();
        assert_eq!(taken(&third), ["a", "b", "c", "c"]);
        drop((third, engine));
        assert!(waiting.take_batch().is_none(), "nobody can send more");
    }

    #[tokio::test]
    async fn what_has_waited_too_long_is_told_to_come_back_and_is_not_done() {
        let (engine, _) = engine();
        let (mut late, late_answer) = engine.prepare(work(Some("key-1")), None).unwrap();
        let (in_time, mut answer) = engine.prepare(work(None), None).unwrap();
        late.sent_at = Moment::now().checked_sub(LONGEST_WAIT * 2).unwrap();
        let left = without_late(vec![late, in_time], &Metrics::new());
        assert_eq!(left.len(), 1);
        assert_eq!(late_answer.await.unwrap().err(), Some(EngineError::Overloaded));
        assert!(answer.try_recv().is_err(), "the other one waits for its batch");
        assert!(engine.prepare(work(Some("key-1")), None).is_ok(), "its key is free again");
    }
}
