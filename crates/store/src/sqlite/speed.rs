use super::Sqlite;
use crate::Store;
use crate::conformance::desk::{Asked, Desk, buy, key, pay};
use std::time::Instant;

#[test]
#[ignore]
fn speed() {
    let directory = tempfile::tempdir_in(std::env::var("SPEED_DIR").unwrap()).unwrap();
    for (accounts, size) in [(1, 64)] {
        let path = directory.path().join(format!("{accounts}-{size}.db"));
        let store = Sqlite::open(&path).unwrap();
        let desk = Desk::new(&store);
        let keys: Vec<_> = (0..accounts).map(|n| key(&format!("cust_{n:06}"))).collect();
        for chunk in keys.chunks(500) {
            use crate::conformance::desk::{approve, request};
            let asked: Vec<_> = chunk
                .iter()
                .flat_map(|k| [Asked::new(k, request(100_000)), Asked::new(k, approve(900_000_000))])
                .collect();
            desk.batch(&asked).unwrap();
        }
        let total = if size == 1 { 5_000 } else { 200_000 };
        let asked: Vec<Asked> = (0..total)
            .map(|n: usize| {
                let k = &keys[(n * 7919) % accounts];
                Asked {
                    idempotency_key: Some(format!("idem-{n:08}")),
                    ..Asked::new(
                        k,
                        if n % 5 == 4 {
                            pay(&format!("t-{n}"), 1_000)
                        } else {
                            buy(&format!("order-{n}"), 1_000, 1)
                        },
                    )
                }
            })
            .collect();
        let plain: Vec<Asked> = asked.iter().cloned().map(|a| Asked { idempotency_key: None, ..a }).collect();
        let half = total / 2;
        for (name, part) in [("with keys", &asked[..half]), ("without", &plain[half..])] {
            let start = Instant::now();
            let mut worst = 0u128;
            for batch in part.chunks(size) {
                let one = Instant::now();
                desk.batch(batch).unwrap();
                worst = worst.max(one.elapsed().as_micros());
            }
            let secs = start.elapsed().as_secs_f64();
            println!(
                "{accounts} accounts, {size} a batch, {name}: {:.0}/s worst batch {worst} us",
                part.len() as f64 / secs
            );
        }
        let start = Instant::now();
        for n in 0..10_000usize {
            store.account(&keys[(n * 31) % accounts]).unwrap();
        }
        println!("  account reads {:.0}/s", 10_000.0 / start.elapsed().as_secs_f64());
        let start = Instant::now();
        let s = crate::verify::verify(&store, &mut |d| println!("{d}")).unwrap();
        println!("  verify {s:?} {:.0} entries/s", s.entries as f64 / start.elapsed().as_secs_f64());
        println!("  size {} MB", std::fs::metadata(&path).unwrap().len() / 1_000_000);
    }
}
