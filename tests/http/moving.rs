//! Moving house: a shop's books go from one store to another, and nobody who works with it notices.

use fiado_tests::postgres::{Cluster, PASSWORD};
use fiado_tests::{Integration, Opening, Ran, Shop, TODAY, pipe, run};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// Three parts at 1 % a month.
const RULE: &str = r#"{"name":"Crédito","salesChannels":[{"id":":ALL:"}],"paymentSystem":{"id":64,"name":"Customer Credit"},"enabled":true,"installmentOptions":{"dueDateType":0,"interestRateMethod":0,"minimumInstallmentValue":20,"installments":[{"quantity":1,"interestRate":0},{"quantity":3,"interestRate":1}]},"deadlines":[]}"#;

/// When the shop opens.
const OPENS_AT: &str = "2025-11-24T10:00:00Z";

const PURCHASE: &str = r#"{"order_id":"order_1","amount":5000.00,"installments":3}"#;

/// The lines of an export without the first, which says when it was made, and without the sum over all
/// of them.
fn lines(export: &str) -> Vec<&str> {
    let lines = export.lines().skip(1);
    lines.map(|line| line.split_once(",\"sha256\"").map_or(line, |(counts, _)| counts)).collect()
}

fn exported(folder: &Path, store: &str) -> String {
    run(folder, &[], &["export", "--store", store]).must_succeed()
}

#[track_caller]
fn moves(folder: &Path, from: &str, to: &str) {
    let [exported, imported] = pipe(folder, &["export", "--store", from], &["import", "--store", to]);
    assert!(exported.complained.starts_with("fiado: exported "), "{exported:?}");
    exported.must_succeed();
    assert!(imported.printed.starts_with("imported "), "{imported:?}");
    imported.must_succeed();
}

#[track_caller]
fn must_be_refused(ran: &Ran, why: &str) {
    assert!(ran.code == 1 && ran.printed.is_empty() && ran.complained.contains(why), "{why}: {ran:?}");
    assert!(ran.complained.starts_with("fiado: ") && ran.complained.lines().count() == 1, "{ran:?}");
}

/// A shop whose server has ended, with its export in a file beside it.
fn small_shop() -> (Shop, String) {
    let mut shop = Opening::on_the_machines_clock().open();
    shop.company_with_line("cust_1", "1000.00").buys("order_1", "400.00").must_be(200);
    shop.is_stopped();
    let export = exported(shop.folder(), shop.store());
    fs::write(shop.folder().join("export.jsonl"), &export).unwrap();
    (shop, export)
}

#[test]
fn a_shop_moves_to_postgres_and_back_and_nobody_notices() {
    let mut old = Opening::at(OPENS_AT).open();
    let company = old.company_with_line("cust_456", "10000.00");
    let buyer =
        ["--sub", "user_buyer", "--permissions", "credit:use,credit:payment,credit:read", "--ttl", "8h"];
    let token = old.token(&buyer);
    let (key, secret) = old.application_key(&["--name", "erp", "--permissions", "vtex:main"]);
    let seller = |shop: &Shop| shop.stranger().with_token(&token);
    let erp = |shop: &Shop| Integration::with_application_key(shop.stranger(), &key, &secret);
    let bought = seller(&old).with_key("use-1").post(&company.path("/use"), PURCHASE).must_be(200);
    let payment = format!(r#"{{"amount":1000.00,"payment_reference":"PAY-1","payment_date":"{TODAY}"}}"#);
    let paid = seller(&old).with_key("pay-1").post(&company.path("/payment"), payment.as_str()).must_be(201);
    let too_much = r#"{"order_id":"order_2","amount":9000.00}"#;
    let refused = seller(&old).with_key("use-2").post(&company.path("/use"), too_much);
    let refused = refused.must_be_refused(409, "CRD-2003");
    old.organization("org_co", &["--currency", "COP", "--zone", "America/Bogota"]);
    old.company_of("org_co", "cust_1").gets_line("5000.00");
    let rule = erp(&old).adds_rule(RULE);
    let shopper = erp(&old).opens("55555555555", "2000");
    let held = shopper.holds("900");
    shopper.is_shared_with("ana@test.com");
    let listed = erp(&old).get("/accounts").must_be(200).text;
    old.is_stopped();

    let database = Cluster::shared().database();
    moves(old.folder(), old.store(), database.url());
    let mut new = Opening::at(OPENS_AT).on(database).open();
    let company = new.company("cust_456");
    let again = seller(&new).with_key("use-1").post(&company.path("/use"), PURCHASE).must_be(200);
    assert!(again.is_replayed() && again.text == bought.text);
    let again = seller(&new).with_key("pay-1").post(&company.path("/payment"), payment).must_be(201);
    assert!(again.is_replayed() && again.text == paid.text);
    let again = seller(&new).with_key("use-2").post(&company.path("/use"), too_much);
    assert_eq!(
        again.must_be_refused(409, "CRD-2003").detail("credit_available"),
        refused.detail("credit_available")
    );
    assert_eq!(company.figures(), ["4000.00", "6000.00"]);
    assert_eq!(erp(&new).get("/accounts").must_be(200).text, listed);
    assert_eq!(erp(&new).get(&format!("/api/pvt/rules/{rule}")).must_be(200).shows("id"), rule);
    assert_eq!(new.company_of("org_co", "cust_1").figure("currency"), "COP");
    let shopper = erp(&new).account(shopper.id());
    shopper.settles(&held, "850").must_be(200);
    seller(&new).post(&company.path("/use"), r#"{"order_id":"order_3","amount":10.00}"#).must_be(200);
    new.books_must_agree();
    new.is_stopped();

    moves(new.folder(), new.store(), "sqlite:back.db");
    let there = exported(new.folder(), new.store());
    assert!(lines(&there) == lines(&exported(new.folder(), "sqlite:back.db")), "{there}");
    let agrees = run(new.folder(), &[], &["verify", "--store", "sqlite:back.db"]).must_succeed();
    assert!(agrees.starts_with("everything agrees: 3 accounts, "), "{agrees}");
}

#[test]
fn an_export_into_a_file_is_its_owners_alone_and_takes_nobodys_place() {
    let (shop, export) = small_shop();
    let folder = shop.folder();
    run(folder, &[], &["import", "--store", "sqlite:new.db", "--input", "export.jsonl"]).must_succeed();
    let to_file = ["export", "--store", "sqlite:new.db", "--output", "moved.jsonl"];
    let printed = run(folder, &[], &to_file).must_succeed();
    assert_eq!(printed, "");
    let file = folder.join("moved.jsonl");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(lines(&fs::read_to_string(&file).unwrap()) == lines(&export));
    fs::write(&file, "somebody else's").unwrap();
    must_be_refused(&run(folder, &[], &to_file), "moved.jsonl is there already");
    assert_eq!(fs::read_to_string(&file).unwrap(), "somebody else's");
}

#[test]
fn an_export_that_fails_leaves_no_file() {
    let (shop, _) = small_shop();
    let folder = shop.folder();
    run(folder, &[], &["import", "--store", "sqlite:new.db", "--input", "export.jsonl"]).must_succeed();
    let store = rusqlite::Connection::open(folder.join("new.db")).unwrap();
    store.execute("UPDATE journal SET hash = zeroblob(32) WHERE sequence = 2", []).unwrap();
    drop(store);
    let failed = run(folder, &[], &["export", "--store", "sqlite:new.db", "--output", "moved.jsonl"]);
    must_be_refused(&failed, "org_default/cust_1: entry 2 does not fit the chain");
    assert!(failed.complained.contains("`fiado verify`"));
    assert!(!folder.join("moved.jsonl").exists());
    let nowhere = run(folder, &[], &["export", "--store", "sqlite:missing.db"]);
    must_be_refused(&nowhere, "there is no store at missing.db");
    assert!(!folder.join("missing.db").exists());
}

#[test]
fn a_store_that_did_not_get_all_of_it_is_used_by_nobody() {
    let (shop, export) = small_shop();
    let folder = shop.folder();
    let import = |input: &str| run(folder, &[], &["import", "--store", "sqlite:new.db", "--input", input]);
    fs::write(folder.join("cut.jsonl"), &export[..export.len() - 300]).unwrap();
    let cut = import("cut.jsonl");
    must_be_refused(&cut, "it was cut off");
    assert!(cut.complained.contains("`fiado import` has begun anew"), "{}", cut.complained);
    let token = ["token", "--sub", "user_1", "--permissions", "credit:read"];
    let commands: [&[&str]; 5] = [
        &["serve", "--listen", "127.0.0.1:0"],
        &["verify"],
        &["export"],
        &token,
        &["organization", "set", "org_2"],
    ];
    for command in commands {
        let refused = run(folder, &[], &[command, &["--store", "sqlite:new.db"]].concat());
        must_be_refused(&refused, "an import into it is under way, or was not finished");
    }
    import("export.jsonl").must_succeed();
    must_be_refused(&import("export.jsonl"), "it has accounts already; an import needs a new one");
    run(folder, &[], &["verify", "--store", "sqlite:new.db"]).must_succeed();
}

#[test]
fn what_is_no_export_makes_no_store() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let import = |input: &str| run(folder, &[], &["import", "--store", "sqlite:new.db", "--input", input]);
    fs::write(folder.join("notes.txt"), "Querido diario:\n").unwrap();
    must_be_refused(&import("notes.txt"), "the input is no export of fiado");
    must_be_refused(&import("missing.jsonl"), "missing.jsonl cannot be read");
    must_be_refused(&run(folder, &[], &["import", "--store", "sqlite:new.db"]), "the input is empty");
    assert!(!folder.join("new.db").exists());
}

#[test]
fn neither_command_prints_a_password() {
    let (shop, _) = small_shop();
    let database = Cluster::own().database();
    let nowhere = database.url().replace("127.0.0.1", "nowhere.invalid");
    let import =
        |store: &str| run(shop.folder(), &[], &["import", "--store", store, "--input", "export.jsonl"]);
    let moved = import(database.url()).must_succeed();
    assert!(!moved.contains(PASSWORD), "{moved}");
    for ran in
        [import(database.url()), import(&nowhere), run(shop.folder(), &[], &["export", "--store", &nowhere])]
    {
        assert_eq!((ran.code, ran.printed.as_str()), (1, ""), "{ran:?}");
        assert!(ran.complained.contains("fiado: ") && !ran.complained.contains(PASSWORD), "{ran:?}");
    }
}
