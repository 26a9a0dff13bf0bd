//! Several servers over the same books: whichever a client comes to, there is one line, one answer, one
//! end of a hold, and what one server has changed the others know.

use crate::desks::{Desk, Tally, duration, works};
use crate::load::{amount, cents, decided};
use fiado_tests::{Answer, Company, Opening, Shop};
use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How long a server believes what it has read of an organization.
const BELIEVED_FOR: Duration = Duration::from_secs(1);

fn on_a_database() -> Opening {
    Opening::on_the_machines_clock().on_postgres()
}

/// Where nobody asks for a database: processes may share a file as well, whatever each keeps in memory.
fn on_a_file() -> Opening {
    Opening::on_the_machines_clock()
}

/// With room in memory for fewer accounts than there are.
fn with_a_small_memory(opening: Opening) -> Opening {
    opening.file("fiado.toml", "cache_accounts = 2")
}

/// Three servers over the same books.
fn three(opening: Opening) -> [Shop; 3] {
    let first = opening.open();
    let (second, third) = (first.branch(), first.branch());
    [first, second, third]
}

/// What so many clients of each server are answered, who all begin at one moment. Each is told its number
/// among all of them.
fn all_at_once<T: Send>(shops: &[Shop], each: usize, act: impl Fn(&Shop, usize) -> T + Sync) -> Vec<T> {
    let (together, act) = (&Barrier::new(shops.len() * each), &act);
    thread::scope(|scope| {
        let start = |number: usize| {
            let shop = &shops[number % shops.len()];
            scope.spawn(move || {
                together.wait();
                act(shop, number)
            })
        };
        let clients: Vec<_> = (0..shops.len() * each).map(start).collect();
        clients.into_iter().map(|client| client.join().unwrap()).collect()
    })
}

/// Sends something until it is decided: a key that is being worked on is to be asked for again, and says
/// when.
fn until_decided(send: impl Fn() -> Answer) -> Answer {
    let patience = Instant::now() + Duration::from_secs(30);
    loop {
        let answer = send();
        assert!(Instant::now() < patience, "nobody decides: {}", answer.text);
        // The other face says it in its own way.
        let is_in_progress = answer.status == 429 || answer.code() == "CRD-1012";
        if !is_in_progress {
            return answer;
        }
        assert_eq!(answer.header("Retry-After"), Some("1"), "{}", answer.text);
        thread::sleep(Duration::from_millis(5));
    }
}

/// The one answer that was the first; the others are the same, and say that they are repeated.
#[track_caller]
fn the_same_but_one(answers: &[Answer]) -> &Answer {
    let first = answers.iter().find(|answer| !answer.is_replayed());
    let first = first.unwrap_or_else(|| panic!("nobody was the first: {answers:?}"));
    assert_eq!(answers.iter().filter(|answer| answer.is_replayed()).count(), answers.len() - 1);
    for answer in answers {
        assert_eq!((answer.status, decided(answer)), (first.status, decided(first)), "{}", answer.text);
    }
    first
}

/// What every server says of an account's line, which must be the same.
#[track_caller]
fn figures_everywhere(shops: &[Shop], company: &str) -> [String; 2] {
    let told: Vec<_> =
        shops.iter().map(|shop| (shop.company(company).figures(), shop.company(company).version())).collect();
    assert!(told.iter().all(|one| *one == told[0]), "{company}: {told:?}");
    told[0].0.clone()
}

/// Rivals buy a line up at all servers, it is paid back at one, and so again and again: whoever decided on
/// what they remember of the account would sell too much, or too little.
fn a_line_is_bought_up_and_paid_back(shops: &[Shop], rounds: usize) {
    const ROOM_FOR: usize = 8;
    shops[0].company_with_line("cust_1", "80.00");
    for round in 0..rounds {
        let bought = all_at_once(shops, 3, |shop, client| {
            let company = shop.company("cust_1");
            let buy = |number: usize| company.buys(&format!("order-{round}-{client}-{number}"), "10.00");
            (0..2).map(buy).collect::<Vec<Answer>>()
        });
        let (passed, refused): (Vec<Answer>, Vec<Answer>) =
            bought.into_iter().flatten().partition(|answer| answer.status == 200);
        assert_eq!(passed.len(), ROOM_FOR, "round {round}");
        refused.into_iter().for_each(|answer| drop(answer.must_be_refused(409, "CRD-2003")));
        assert_eq!(figures_everywhere(shops, "cust_1"), ["80.00", "0.00"]);
        let payer = &shops[round % shops.len()];
        payer.company("cust_1").pays(&format!("PAY-{round}"), "80.00").must_be(201);
        assert_eq!(figures_everywhere(shops, "cust_1"), ["0.00", "80.00"]);
    }
}

/// Purchases and payments of a few cents at all servers, on few lines, without a pause: each is decided on
/// what the one before it left, wherever that was decided.
fn small_sums_add_up(shops: &[Shop], seconds: u64) {
    const LINES: usize = 3;
    (0..LINES).for_each(|line| drop(shops[0].company_with_line(&format!("line_{line}"), "5.00")));
    let (until, done) = (Instant::now() + duration(seconds), AtomicUsize::new(0));
    let owed = all_at_once(shops, 4, |shop, client| {
        let mut owed = [0_i128; LINES];
        for number in 0.. {
            if Instant::now() >= until {
                break;
            }
            let line = (client + number) % LINES;
            let company = shop.company(&format!("line_{line}"));
            owed[line] += trade(&company, client, number);
            done.fetch_add(1, Ordering::Relaxed);
        }
        owed
    });
    println!("{} purchases and payments", done.into_inner());
    for line in 0..LINES {
        let company = format!("line_{line}");
        let [used, _] = figures_everywhere(shops, &company);
        let unapplied = cents(&shops[0].company(&company).figure("unapplied"));
        let sum: i128 = owed.iter().map(|owed| owed[line]).sum();
        assert_eq!(i128::from(cents(&used)) - i128::from(unapplied), sum, "{company}");
    }
}

/// Buys or pays; by how many cents more is owed afterwards.
fn trade(company: &Company<'_>, client: usize, number: usize) -> i128 {
    let name = format!("{client}-{number}");
    let sum = 1 + (client * 31 + number * 17) as u64 % 60;
    if number.is_multiple_of(3) {
        company.pays(&name, &amount(sum)).must_be(201);
        return -i128::from(sum);
    }
    let answer = company.buys(&name, &amount(sum));
    if answer.status == 200 {
        let used = answer.at("credit_used");
        // What is paid ahead lets a purchase pass that the limit alone would not.
        assert!(cents(&used) <= 500 + 60 * 100, "{used}");
        return i128::from(sum);
    }
    answer.must_be_refused(409, "CRD-2003");
    0
}

#[test]
fn what_a_line_has_room_for_is_sold_and_no_more_whoever_sells_it() {
    let shops = three(on_a_database());
    a_line_is_bought_up_and_paid_back(&shops, 6);
    small_sums_add_up(&shops, 2);
    shops[0].books_must_agree();
}

#[test]
fn what_a_line_has_room_for_is_sold_and_no_more_by_processes_that_share_a_file() {
    for opening in [on_a_file(), with_a_small_memory(on_a_file())] {
        let shops = three(opening);
        a_line_is_bought_up_and_paid_back(&shops, 4);
        small_sums_add_up(&shops, 1);
        shops[0].books_must_agree();
    }
}

#[test]
fn what_is_asked_of_any_server_is_done_once_and_answered_alike_by_all() {
    let shops = three(on_a_database());
    one_key_is_one_command_with_one_answer(&shops);
    a_key_is_refused_for_something_else(&shops);
    that_nobody_knew_an_account_is_remembered_under_its_key(&shops);
    one_key_makes_one_hold(&shops);
    an_order_and_a_payment_are_done_once_without_a_key_too(&shops);
    a_hold_ends_once_whoever_settles_or_releases_it(&shops);
    an_account_that_all_open_at_once_is_opened_by_one(&shops);
    shops[0].books_must_agree();
}

fn one_key_is_one_command_with_one_answer(shops: &[Shop]) {
    shops[0].company_with_line("cust_keys", "100.00");
    for round in 0..12 {
        // Every third purchase fits no more: its refusal is remembered as well.
        let price = if round % 3 == 2 { "100.01" } else { "1.00" };
        let body = format!(r#"{{"order_id":"order-{round}","amount":{price}}}"#);
        let send = |shop: &Shop| {
            let company = shop.company("cust_keys");
            let seller = company.seller().with_key(&format!("key-{round}"));
            until_decided(|| seller.post(&company.path("/use"), body.clone()))
        };
        let answers = all_at_once(shops, 2, |shop, _| send(shop));
        let first = the_same_but_one(&answers).clone();
        assert_eq!(first.status, if round % 3 == 2 { 409 } else { 200 });
        for shop in shops {
            let again = send(shop);
            assert!(again.is_replayed() && decided(&again) == decided(&first), "{}", again.text);
        }
    }
    assert_eq!(figures_everywhere(shops, "cust_keys"), ["8.00", "92.00"]);
}

fn a_key_is_refused_for_something_else(shops: &[Shop]) {
    shops[0].company_with_line("cust_reused", "100.00");
    for round in 0..8 {
        let answers = all_at_once(shops, 1, |shop, number| {
            let company = shop.company("cust_reused");
            let seller = company.seller().with_key(&format!("key-{round}"));
            let body = format!(r#"{{"order_id":"order-{round}-{number}","amount":1.00}}"#);
            until_decided(|| seller.post(&company.path("/use"), body.clone()))
        });
        let (passed, refused): (Vec<Answer>, Vec<Answer>) =
            answers.into_iter().partition(|answer| answer.status == 200);
        assert_eq!(passed.len(), 1, "{passed:?}");
        refused.into_iter().for_each(|answer| drop(answer.must_be_refused(422, "CRD-1011")));
    }
    assert_eq!(figures_everywhere(shops, "cust_reused"), ["8.00", "92.00"]);
}

fn that_nobody_knew_an_account_is_remembered_under_its_key(shops: &[Shop]) {
    let use_credit = |shop: &Shop, key: &str| {
        let company = shop.company("cust_late");
        let body = r#"{"order_id":"order_1","amount":1.00}"#;
        company.seller().with_key(key).post(&company.path("/use"), body)
    };
    let first = use_credit(&shops[0], "key-1").must_be_refused(404, "CRD-2001");
    shops[1].company_with_line("cust_late", "100.00");
    for shop in shops {
        let again = use_credit(shop, "key-1").must_be_refused(404, "CRD-2001");
        assert!(again.is_replayed() && decided(&again) == decided(&first), "{}", again.text);
    }
    use_credit(&shops[2], "key-2").must_be(200);
    // At once as well: one server says it first, and the others repeat it.
    let answers = all_at_once(shops, 2, |shop, _| {
        let company = shop.company("cust_never");
        let seller = company.seller().with_key("key-1");
        until_decided(|| seller.post(&company.path("/use"), r#"{"order_id":"order_1","amount":1.00}"#))
    });
    the_same_but_one(&answers).clone().must_be_refused(404, "CRD-2001");
}

fn one_key_makes_one_hold(shops: &[Shop]) {
    let account = shops[0].integration().opens("11", "100").id().to_owned();
    let integrations: Vec<_> = shops.iter().map(Shop::integration).collect();
    for round in 0..8 {
        let answers = all_at_once(shops, 2, |_, number| {
            let client = integrations[number % 3].with("Idempotency-Key", &format!("key-{round}"));
            until_decided(|| client.account(&account).authorizes("1"))
        });
        let hold = the_same_but_one(&answers).clone().must_be(200).shows("id");
        assert!(answers.iter().all(|answer| answer.shows("id") == hold));
    }
    assert_eq!(integrations[2].account(&account).figures(), ["92.00", "8.00"]);
}

fn an_order_and_a_payment_are_done_once_without_a_key_too(shops: &[Shop]) {
    shops[0].company_with_line("cust_orders", "100.00");
    for round in 0..8 {
        let order = format!("order-{round}");
        let bought = all_at_once(shops, 2, |shop, _| shop.company("cust_orders").buys(&order, "10.00"));
        the_same_but_one(&bought).clone().must_be(200);
        let reference = format!("PAY-{round}");
        let paid = all_at_once(shops, 2, |shop, _| shop.company("cust_orders").pays(&reference, "9.00"));
        the_same_but_one(&paid).clone().must_be(201);
        // Of two that differ, one is the order; the other is told so.
        let order = format!("disputed-{round}");
        let prices = ["1.00", "2.00", "3.00"];
        let sent = all_at_once(shops, 1, |shop, number| {
            (prices[number], shop.company("cust_orders").buys(&order, prices[number]))
        });
        let (bought, refused): (Vec<_>, Vec<_>) =
            sent.into_iter().partition(|(_, answer)| answer.status == 200);
        refused.into_iter().for_each(|(_, answer)| drop(answer.must_be(409)));
        let [(price, _)] = bought.as_slice() else { panic!("{bought:?}") };
        shops[0].company("cust_orders").pays(&format!("PAY-disputed-{round}"), price).must_be(201);
    }
    assert_eq!(figures_everywhere(shops, "cust_orders"), ["8.00", "92.00"]);
}

fn a_hold_ends_once_whoever_settles_or_releases_it(shops: &[Shop]) {
    let account = shops[0].integration().opens("12", "100").id().to_owned();
    let accounts: Vec<_> = shops.iter().map(|shop| shop.integration().account(&account)).collect();
    let mut settled = 0;
    for round in 0..12 {
        let hold = accounts[round % 3].holds("1");
        // Who settles it is another server each time; the others release it.
        let settler = (round + 1) % 3;
        let ended = all_at_once(shops, 1, |_, number| {
            let account = &accounts[number];
            if number == settler { account.settles(&hold, "1") } else { account.releases(&hold) }
        });
        assert_eq!(ended.iter().filter(|answer| answer.status == 200).count(), 1, "{ended:?}");
        settled += usize::from(ended[settler].status == 200);
        ended.into_iter().filter(|answer| answer.status != 200).for_each(|answer| {
            answer.must_be_declined(400);
        });
        for account in &accounts {
            assert_eq!(account.figures(), [format!("{}.00", 100 - settled), "0.00".to_owned()]);
        }
    }
}

fn an_account_that_all_open_at_once_is_opened_by_one(shops: &[Shop]) {
    let integrations: Vec<_> = shops.iter().map(Shop::integration).collect();
    for round in 0..8 {
        let body = format!(
            r#"{{"document":"{round}","documentType":"CPF","email":"{round}@test.com","creditLimit":100,"tolerance":0}}"#
        );
        let opened =
            all_at_once(shops, 2, |_, number| integrations[number % 3].post("/accounts", body.clone()));
        let (opened, refused): (Vec<Answer>, Vec<Answer>) =
            opened.into_iter().partition(|answer| answer.status == 200);
        assert_eq!(opened.len(), 1, "{opened:?}");
        refused.into_iter().for_each(|answer| assert_eq!(answer.must_be_declined(400).number(), 1099));
        let asked = all_at_once(shops, 2, |shop, _| shop.company(&format!("cust_{round}")).asks());
        let (asked, refused): (Vec<Answer>, Vec<Answer>) =
            asked.into_iter().partition(|answer| answer.status == 201);
        assert_eq!(asked.len(), 1, "{asked:?}");
        refused.into_iter().for_each(|answer| drop(answer.must_be(409)));
    }
}

#[test]
fn what_one_server_has_changed_the_others_know() {
    let shops = three(on_a_database());
    they_decide_by_the_account_as_it_is(&shops);
    they_know_an_organization_within_a_second(&shops);
    shops[0].books_must_agree();
}

fn they_decide_by_the_account_as_it_is(shops: &[Shop; 3]) {
    let [here, there, elsewhere] = shops.each_ref().map(|shop| shop.company("cust_1"));
    for round in 0..4 {
        let order = |name: &str| format!("order-{round}-{name}");
        if round == 0 {
            here.asks().must_be(201);
            there.buys(&order("early"), "1.00").must_be_refused(409, "CRD-2015");
            elsewhere.is_approved("10.00").must_be(200);
        }
        here.buys(&order("a"), "10.00").must_be(200);
        there.buys(&order("b"), "0.01").must_be_refused(409, "CRD-2003");
        elsewhere.limit_becomes("20.00").must_be(200);
        there.buys(&order("b"), "10.00").must_be(200);
        here.is_decided("suspend").must_be(200);
        elsewhere.buys(&order("c"), "0.01").must_be(409);
        there.pays(&order("payment"), "20.00").must_be(201);
        there.is_decided("reactivate").must_be(200);
        elsewhere.buys(&order("c"), "1.00").must_be(200);
        here.tolerance_becomes("0.5").must_be(200);
        there.buys(&order("d"), "29.00").must_be(200);
        elsewhere.buys(&order("e"), "0.01").must_be_refused(409, "CRD-2003");
        here.pays(&order("rest"), "30.00").must_be(201);
        there.tolerance_becomes("0").must_be(200);
        elsewhere.limit_becomes("10.00").must_be(200);
    }
    here.is_decided("cancel").must_be(200);
    assert_eq!(there.buys("order-after", "1.00").status, 409);
    elsewhere.gets_line("5.00");
    here.buys("order-again", "5.00").must_be(200);
}

/// Asks until it is so, for as long as a server may believe what was before.
#[track_caller]
fn soon(what: &str, is_so: impl Fn() -> bool) {
    // A machine that has much to do needs some time to answer.
    let patience = Instant::now() + BELIEVED_FOR * 30;
    while !is_so() {
        assert!(Instant::now() < patience, "{what}");
        thread::sleep(Duration::from_millis(20));
    }
}

fn they_know_an_organization_within_a_second(shops: &[Shop; 3]) {
    let integrations: Vec<_> = shops.iter().map(Shop::integration).collect();
    let account = integrations[0].opens("1", "100");
    let offered =
        |number: usize| integrations[number].get("/purchase-conditions?email=1@test.com").must_be(200);
    (0..3).for_each(|number| assert!(offered(number).text.contains("[30]")));
    let rule = r#"{"name":"rule","salesChannels":[{"id":":ALL:"}],"paymentSystem":{"id":64,"name":"Customer Credit"},"enabled":true,"deadlines":[{"paymentOptions":[{"days":7,"interestRate":0}]}]}"#;
    let hold = account.holds("10");
    let id = integrations[1].adds_rule(rule);
    integrations[0].configures(r#"{"maxPreAuthorizationGrowthRate":0.5}"#).must_be(200);
    soon("a rule is offered", || (0..3).all(|number| offered(number).text.contains("[7]")));
    integrations[2].delete(&format!("/api/pvt/rules/{id}")).must_be_empty();
    soon("a rule is offered no more", || (0..3).all(|number| offered(number).text.contains("[30]")));
    soon("a hold may grow", || integrations[2].account(account.id()).changes_hold(&hold, "15").status == 200);

    shops[0].organization("org_new", &["--currency", "USD"]);
    let currency = |shop: &Shop, customer: &str| {
        let company = shop.company_of("org_new", customer);
        company.asks().must_be(201);
        company.figure("currency")
    };
    let known = shops.iter().map(|shop| shop.company_of("org_new", "cust_none").reads("").status);
    assert!(known.eq([404; 3]), "all have read what the organization was");
    shops[0].organization("org_new", &["--currency", "CLP"]);
    thread::sleep(BELIEVED_FOR);
    for (number, shop) in shops.iter().enumerate() {
        assert_eq!(currency(shop, &format!("cust_{number}")), "CLP");
    }
}

const CLIENTS: u64 = 36;
/// How long a server that was killed is away.
const DEAD_FOR: Duration = Duration::from_millis(300);

#[test]
fn a_crowd_at_three_servers_of_which_one_is_killed_leaves_books_that_agree() {
    a_crowd_works_while_one_is_killed(on_a_database(), 5);
}

#[test]
fn a_crowd_at_three_processes_that_share_a_file_of_which_one_is_killed_leaves_books_that_agree() {
    a_crowd_works_while_one_is_killed(with_a_small_memory(on_a_file()), 3);
}

fn a_crowd_works_while_one_is_killed(opening: Opening, seconds: u64) {
    let [mut one, mut two, three] = three(opening);
    one.is_helped_by(&[&two, &three]);
    two.is_helped_by(&[&three, &one]);
    let desks = Desk::open_all(&one);
    let (at_two, at_three) = (Desk::at(&two, &desks), Desk::at(&three, &desks));
    let servers: [&[Desk<'_>]; 3] = [&desks, &at_two, &at_three];
    let (started, duration) = (Instant::now(), duration(seconds));
    let mut tally = Tally::default();
    let _successor = thread::scope(|scope| {
        let start = |client| scope.spawn(move || works(&servers, client, started + duration));
        let clients: Vec<_> = (0..CLIENTS).map(start).collect();
        thread::sleep(duration / 3);
        two.dies();
        thread::sleep(DEAD_FOR);
        let mut successor = two.successor();
        thread::sleep((started + duration * 2 / 3).saturating_duration_since(Instant::now()));
        successor.kill();
        thread::sleep(DEAD_FOR);
        let successor = two.successor();
        clients.into_iter().for_each(|client| tally.add(client.join().unwrap()));
        successor
    });
    tally.must_have_done_everything();
    at_two.iter().for_each(Desk::must_agree);
    desks.iter().for_each(Desk::everything_is_released);
    at_three.iter().for_each(Desk::must_agree);
    three.books_must_agree();
}
