use crate::load::{Client, Request};
use fiado_tests::{Opening, Shop};
use std::collections::BTreeSet;
use std::io::Write;
use std::net::TcpStream;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

#[test]
fn a_server_that_is_stopped_finishes_what_it_took() {
    let mut shop = Opening::on_the_machines_clock().open();
    let clients: Vec<Client> = (0..16)
        .map(|number| {
            let id = format!("cust_{number}");
            let company = shop.company_with_line(&id, "9999999999.00");
            Client::new(id, &company)
        })
        .collect();
    let answered = &AtomicUsize::new(0);
    let sent = thread::scope(|scope| {
        let start = |client| scope.spawn(move || Client::works_until_nobody_answers(client, answered));
        let at_work: Vec<_> = clients.iter().map(start).collect();
        while answered.load(Ordering::SeqCst) < 100 {
            thread::yield_now();
        }
        assert!(shop.is_stopped().success());
        at_work.into_iter().map(|client| client.join().unwrap()).collect::<Vec<_>>()
    });

    shop.books_must_agree();
    shop.reopens();
    for (client, sent) in clients.iter().zip(sent) {
        let answered = sent.iter().filter(|(_, answer)| answer.is_some());
        let bought: BTreeSet<String> = answered.filter_map(|(request, _)| order_of(request)).collect();
        assert_eq!(orders_of(&shop, &client.name), bought, "what was taken was answered, and no more");
    }
}

fn order_of(request: &Request) -> Option<String> {
    match request {
        Request::Purchase { order, .. } => Some(order.clone()),
        Request::Payment { .. } => None,
    }
}

fn orders_of(shop: &Shop, company: &str) -> BTreeSet<String> {
    let page = shop.company(company).reads("/usages?limit=100").must_be(200).json();
    assert_eq!(page["pagination"]["has_next"], false, "one page holds them all");
    let order = |usage: &serde_json::Value| usage["order_id"].as_str().unwrap().to_owned();
    page["data"].as_array().unwrap().iter().map(order).collect()
}

#[test]
fn a_client_that_only_stays_connected_keeps_no_server_running() {
    let mut shop = Shop::open();
    let address = shop.server().address().trim_start_matches("http://").to_owned();
    shop.stranger().get("/health").must_be(200);
    let _silent = TcpStream::connect(&address).unwrap();
    let started = Instant::now();
    assert!(shop.is_stopped().success());
    assert!(started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
}

#[test]
fn a_client_that_never_finishes_its_request_keeps_no_server_running() {
    let mut shop = Shop::open();
    let address = shop.server().address().trim_start_matches("http://").to_owned();
    let mut slow = TcpStream::connect(&address).unwrap();
    let token = shop.token(&["--sub", "user_slow", "--permissions", "credit:use"]);
    let head = format!(
        "POST /api/v1/customers/cust_1/credit/use HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Length: 100\r\n\r\n{{"
    );
    slow.write_all(head.as_bytes()).unwrap();
    shop.stranger().get("/health").must_be(200);
    assert!(shop.is_stopped().success());
}

#[test]
fn books_are_verified_while_they_are_written() {
    let mut shop = Opening::on_the_machines_clock().open();
    let company = shop.company_with_line("cust_1", "9999999999.00");
    let client = Client::new("client".to_owned(), &company);
    let answered = AtomicUsize::new(0);
    thread::scope(|scope| {
        let at_work = scope.spawn(|| client.works_until_nobody_answers(&answered));
        // The client works until the server is gone, also where the books do not agree.
        let agreed = catch_unwind(AssertUnwindSafe(|| (0..5).for_each(|_| shop.books_must_agree())));
        shop.is_killed();
        agreed.unwrap_or_else(|difference| resume_unwind(difference));
        assert!(at_work.join().unwrap().len() > 1);
    });
}
