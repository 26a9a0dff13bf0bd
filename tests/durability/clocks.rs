use fiado_tests::{Opening, Shop};

/// Instants of the server's own form compare as texts.
fn dates(shop: &Shop, company: &str) -> Vec<String> {
    let lines = shop.company(company).reads("/statement?limit=100").must_be(200).data();
    let date = |line: &serde_json::Value| line["date"].as_str().unwrap().to_owned();
    lines.as_array().unwrap().iter().map(date).collect()
}

#[test]
fn a_store_that_was_written_in_the_future_never_goes_back_in_time() {
    let mut shop = Opening::at("2030-01-01T12:00:00Z").open();
    let company = shop.company_with_line("cust_1", "1000.00");
    company.buys("order_1", "1.00").must_be(200);
    shop.clock_moves_to("2030-06-01T12:00:00Z");
    shop.company("cust_1").buys("order_2", "1.00").must_be(200);
    assert!(shop.is_stopped().success());
    shop.reopens_on_the_machines_clock();

    let company = shop.company("cust_1");
    company.buys("order_3", "1.00").must_be(200);
    company.pays("PAY-1", "1.00").must_be(201);
    company.limit_becomes("2000.00").must_be(200);
    let newest_first = dates(&shop, "cust_1");
    assert_eq!(newest_first.len(), 5);
    assert!(newest_first.is_sorted_by(|newer, older| newer >= older), "{newest_first:?}");
    assert!(newest_first[0].as_str() >= "2030-06-01T12:00:00", "{newest_first:?}");

    // Nor does anybody else's: the journal is one, in the order of its commits.
    let another = shop.company("cust_2");
    let asked = another.asks().must_be(201).at("created_at");
    assert!(asked.as_str() >= "2030-06-01T12:00:00", "{asked}");
    another.is_approved("100.00").must_be(200);
    another.buys("order_1", "1.00").must_be(200);
    assert!(dates(&shop, "cust_2")[0].as_str() >= "2030-06-01T12:00:00");
    shop.books_must_agree();
}
