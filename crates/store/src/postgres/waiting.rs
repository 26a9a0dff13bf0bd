//! Waiting for an answer on the thread that asks, and driving what it comes by meanwhile.

use super::connection::Driving;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};
use tokio::runtime::Handle;
use tokio::task::unconstrained;

/// What came of waiting.
pub(super) enum Waited<T> {
    Answered(T),
    /// For as long as one waits.
    InVain,
}

/// Wakes the thread that waits.
struct Waiting(Thread);

impl Wake for Waiting {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.0.unpark();
    }
}

/// Waits for an answer, and no longer than `longest`. What drives it comes to its end where the
/// connection does; the answer then says so.
pub(super) fn wait_for<T>(
    runtime: &Handle,
    answer: impl Future<Output = T>,
    driving: &mut Option<Driving>,
    longest: Duration,
) -> Waited<T> {
    let _entered = runtime.enter();
    // Whoever asks from an asynchronous task has no share of its thread to use up here.
    let mut answer = pin!(unconstrained(async {
        let mut answer = pin!(answer);
        std::future::poll_fn(|context| {
            loop {
                if let Poll::Ready(answered) = answer.as_mut().poll(context) {
                    return Poll::Ready(answered);
                }
                match driving.as_mut().map(|driving| driving.as_mut().poll(context)) {
                    Some(Poll::Ready(())) => *driving = None,
                    // What was read has woken whoever waits for it, which is us.
                    Some(Poll::Pending) | None => return Poll::Pending,
                }
            }
        })
        .await
    }));
    let waker = Waker::from(Arc::new(Waiting(thread::current())));
    let mut context = Context::from_waker(&waker);
    let start = Instant::now();
    loop {
        if let Poll::Ready(answered) = answer.as_mut().poll(&mut context) {
            return Waited::Answered(answered);
        }
        match longest.checked_sub(start.elapsed()) {
            Some(left) if !left.is_zero() => thread::park_timeout(left),
            _ => return Waited::InVain,
        }
    }
}

/// Drives on without waiting; says whether the connection has come to its end.
pub(super) fn look(runtime: &Handle, driving: Pin<&mut (dyn Future<Output = ()> + Send)>) -> bool {
    let _entered = runtime.enter();
    pin!(unconstrained(driving)).poll(&mut Context::from_waker(Waker::noop())).is_ready()
}
