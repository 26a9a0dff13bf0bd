//! The open loop: a schedule that waits for nobody.

use super::{Run, Taken, runtime};
use futures_util::future::join_all;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;

/// How long after its end requests are still sent that were due before: a server that is further
/// behind does not keep up with the rate.
const PATIENCE: Duration = Duration::from_secs(2);

/// When each request is due.
#[derive(Clone, Copy)]
struct Schedule {
    begins: Instant,
    per_second: u64,
    count: u64,
}

impl Schedule {
    fn due(self, number: u64) -> Instant {
        let nanoseconds = u128::from(number) * 1_000_000_000 / u128::from(self.per_second);
        self.begins + Duration::from_nanos(u64::try_from(nanoseconds).unwrap())
    }

    /// Gives one permit for every request, when it is due. It runs on a thread of its own, because an
    /// asynchronous timer wakes once a millisecond at most.
    fn keep(self, permits: &Semaphore) {
        let mut given = 0;
        while given < self.count {
            thread::sleep(self.due(given).saturating_duration_since(Instant::now()));
            let now = Instant::now();
            let due = (given..self.count).take_while(|number| self.due(*number) <= now).count();
            permits.add_permits(due);
            given += due as u64;
        }
    }
}

impl Run<'_> {
    pub(super) fn open(self, connections: usize, per_second: u64) -> Taken {
        let begins = Instant::now();
        let super::End::At(closes) = self.end else { unreachable!("an open loop ends at a moment") };
        let microseconds = (closes - begins).as_micros() * u128::from(per_second);
        let count = u64::try_from(microseconds / 1_000_000).unwrap();
        let schedule = Schedule { begins, per_second, count };
        let permits = Arc::new(Semaphore::new(0));
        let given = Arc::clone(&permits);
        let clock = thread::spawn(move || {
            schedule.keep(&given);
            // Whoever waits for another one finds that there is none.
            given.add_permits(connections);
        });
        let turns = (0..connections).map(|_| self.keep_on(&permits, schedule));
        runtime().block_on(join_all(turns));
        clock.join().unwrap();
        let mut tally = self.tally.into_inner();
        tally.unsent(count.saturating_sub(self.sent.get()));
        tally.taken()
    }

    /// Takes one request after the other when it is due.
    async fn keep_on(&self, permits: &Semaphore, schedule: Schedule) {
        let Some(mut open) = self.connect().await else { return };
        let given_up = schedule.due(schedule.count) + PATIENCE;
        loop {
            permits.acquire().await.unwrap().forget();
            let number = self.sent.get();
            if number >= schedule.count || Instant::now() > given_up {
                return;
            }
            self.sent.set(number + 1);
            if !self.ask(&mut open, number, schedule.due(number)).await {
                return;
            }
        }
    }
}
