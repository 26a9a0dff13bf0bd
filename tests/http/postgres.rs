//! The same server with its books in PostgreSQL.

use fiado_tests::postgres::{Cluster, PASSWORD};
use fiado_tests::{Opening, Server, run};

#[test]
fn a_line_is_asked_for_used_and_paid_over_a_database() {
    let shop = Opening::at("2025-11-24T10:00:00Z").on_postgres().open();
    let company = shop.company_with_line("cust_456", "10000.00");
    company.buys("order_789", "5000.00").must_be(200);
    company.pays("PAY-1", "2500.00").must_be(201);
    company.buys("order_790", "7500.01").must_be_refused(409, "CRD-2003");
    assert_eq!(company.figure("credit_available"), "7500.00");
    shop.books_must_agree();
}

#[test]
fn what_was_answered_is_there_after_the_server_was_killed() {
    let mut shop = Opening::on_the_machines_clock().on_postgres().open();
    shop.company_with_line("cust_456", "1000.00").buys("order_1", "400.00").must_be(200);
    shop.is_killed();
    shop.reopens();
    let company = shop.company("cust_456");
    assert_eq!(company.figure("credit_used"), "400.00");
    company.buys("order_2", "600.01").must_be_refused(409, "CRD-2003");
    shop.books_must_agree();
}

#[test]
fn two_servers_keep_one_line_and_one_answer() {
    let shop = Opening::on_the_machines_clock().on_postgres().open();
    shop.company_with_line("cust_456", "1000.00");
    let other = Server::over(std::path::Path::new("."), &["--store", shop.store()]);
    let use_credit = "/api/v1/customers/cust_456/credit/use";
    let seller = shop.seller();
    let there =
        other.stranger().with_token(&shop.token(&["--sub", "user_seller", "--permissions", "credit:use"]));
    let purchase = r#"{"order_id":"order_1","amount":700.00}"#;
    seller.post(use_credit, purchase).must_be(200);
    there.post(use_credit, r#"{"order_id":"order_2","amount":700.00}"#).must_be_refused(409, "CRD-2003");
    let again = there.post(use_credit, purchase).must_be(200);
    assert_eq!(again.at("credit_used"), "700.00", "the purchase is known there as well");
    shop.books_must_agree();
}

#[test]
fn a_password_is_never_printed() {
    let folder = tempfile::tempdir().unwrap();
    let database = Cluster::own().database();
    let token = ["token", "--sub", "u", "--permissions", "credit:read", "--store"];
    let made = run(folder.path(), &[], &[&token[..], &[database.url()]].concat());
    assert!(made.code == 0 && made.complained.contains("made a new store"), "{}", made.complained);
    assert!(!made.complained.contains(PASSWORD));
    let nowhere = database.url().replace("127.0.0.1", "nowhere.invalid");
    for url in [nowhere.as_str(), &format!("mysql://u:{PASSWORD}@localhost/db"), "postgres://u:x@h:port/db"] {
        for refused in [
            run(folder.path(), &[], &[&token[..], &[url]].concat()),
            run(
                folder.path(),
                &[("FIADO_STORE", url)],
                &["serve", "--listen", "127.0.0.1:0", "--log", "trace"],
            ),
        ] {
            assert_ne!(refused.code, 0, "{url}");
            assert!(refused.complained.contains("store"), "{}", refused.complained);
            assert!(
                !refused.complained.contains(PASSWORD) && !refused.printed.contains(PASSWORD),
                "{refused:?}"
            );
        }
    }
    let help = run(folder.path(), &[("FIADO_STORE", database.url())], &["--help"]).must_succeed();
    assert!(help.contains("postgres://") && !help.contains(PASSWORD), "{help}");
}

#[test]
fn what_is_sent_to_the_database_is_not_logged() {
    let mut shop = Opening::at("2025-11-24T10:00:00Z").on_postgres().log("debug").open();
    shop.company_with_line("cust_456", "1000.00").buys("order_789", "5.00").must_be(200);
    shop.is_stopped();
    let log = shop.server().log();
    assert!(log.contains("tokio_postgres"), "the library says what it does:\n{log}");
    for secret in ["Constructora ABC", "RUC-123-456", "order_789", PASSWORD] {
        assert!(!log.contains(secret), "{secret} is in the log:\n{log}");
    }
}

#[test]
fn a_database_without_a_store_has_nothing_to_be_verified() {
    let folder = tempfile::tempdir().unwrap();
    let database = Cluster::shared().database();
    let refused = run(folder.path(), &[], &["verify", "--store", database.url()]);
    assert!(refused.complained.contains("there is no store"), "{}", refused.complained);
}
