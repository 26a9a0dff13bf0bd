use crate::load::{Request, amount, cents};
use fiado_tests::{Answer, Opening};
use std::collections::BTreeSet;
use std::sync::Barrier;
use std::thread;

const CLIENTS: u64 = 64;
const PURCHASES_EACH: u64 = 10;
/// A limit of 1000.00 with a tolerance of 5 %.
const CEILING: u64 = 105_000;

#[test]
fn clients_that_buy_at_once_never_pass_the_ceiling_by_a_cent() {
    let shop = Opening::on_the_machines_clock().open();
    let company = shop.company_with_line("cust_1", "1000.00");
    company.tolerance_becomes("0.05").must_be(200);
    let (seller, path) = (company.seller(), company.path("/use"));
    let (all_together, seller) = (Barrier::new(CLIENTS as usize), &seller);

    let sent: Vec<(Request, Answer)> = thread::scope(|scope| {
        let client = |client: u64| {
            let (all_together, path) = (&all_together, &path);
            scope.spawn(move || {
                all_together.wait();
                let purchases = (0..PURCHASES_EACH).map(|number| purchase(path, client, number));
                purchases.map(|purchase| sent_by(seller, purchase)).collect::<Vec<_>>()
            })
        };
        let clients: Vec<_> = (0..CLIENTS).map(client).collect();
        clients.into_iter().flat_map(|client| client.join().unwrap()).collect()
    });

    let (bought, refused): (Vec<_>, Vec<_>) = sent.iter().partition(|(_, answer)| answer.status == 200);
    let used: u64 = bought.iter().map(|(request, _)| request.cents()).sum();
    println!("{} bought for {}, {} refused", bought.len(), amount(used), refused.len());
    assert!(used <= CEILING, "{used}");
    assert_eq!(cents(&company.figure("credit_used")), used);

    let totals: BTreeSet<u64> = bought.iter().map(|(_, answer)| cents(&answer.at("credit_used"))).collect();
    assert_eq!(totals.len(), bought.len(), "each purchase was decided on what the one before it left");
    assert_eq!(totals.last(), Some(&used));
    for (request, answer) in &refused {
        answer.clone().must_be_refused(409, "CRD-2003");
        // Nothing was ever paid back, so what was refused then would be refused now.
        assert!(used + request.cents() > CEILING, "{} was refused and fits", amount(request.cents()));
    }

    for (request, first) in &sent {
        let again = request.try_send(seller).unwrap();
        assert!(again.is_replayed(), "{}", again.text);
        assert_eq!(again.status, first.status);
        assert_eq!(
            [&again.json()["data"], &again.json()["error"]],
            [&first.json()["data"], &first.json()["error"]]
        );
    }
    assert_eq!(cents(&company.figure("credit_used")), used);
    shop.books_must_agree();
}

fn sent_by(seller: &fiado_tests::Caller, purchase: Request) -> (Request, Answer) {
    let answer = purchase.try_send(seller).unwrap();
    (purchase, answer)
}

/// Amounts from a cent to 20.00, together far more than the ceiling.
fn purchase(path: &str, client: u64, number: u64) -> Request {
    let name = format!("{client}-{number}");
    Request::Purchase {
        path: path.to_owned(),
        cents: 1 + (client * 7_919 + number * 104_729) % 2_000,
        key: Some(format!("key-{name}")),
        order: name,
    }
}
