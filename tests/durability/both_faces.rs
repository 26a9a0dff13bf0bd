use crate::desks::{Desk, Tally, duration, works};
use fiado_tests::Shop;
use std::thread;
use std::time::Instant;

const CLIENTS: u64 = 40;
const SECONDS: u64 = 3;

#[test]
fn a_crowd_at_both_faces_passes_no_ceiling_and_ends_no_hold_twice() {
    let shop = Shop::open();
    let desks = Desk::open_all(&shop);
    let until = Instant::now() + duration(SECONDS);
    let mut tally = Tally::default();
    thread::scope(|scope| {
        let desks = &desks;
        let start = |client| scope.spawn(move || works(&[desks], client, until));
        let clients: Vec<_> = (0..CLIENTS).map(start).collect();
        clients.into_iter().for_each(|client| tally.add(client.join().unwrap()));
    });
    tally.must_have_done_everything();
    desks.iter().for_each(Desk::must_agree);
    desks.iter().for_each(Desk::everything_is_released);
    desks.iter().for_each(Desk::must_agree);
    shop.books_must_agree();
}
