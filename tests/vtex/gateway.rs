//! The payments gateway: its rules are kept as they are sent, and decide in which installments is paid.

use crate::situations::published_rules;
use fiado_tests::{Answer, Integration, Opening, Shop, json};
use reqwest::Method;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

const RULES: &str = "/api/pvt/rules";

/// A Wednesday, when the hours of the published intervals are open.
const OPENS_AT: &str = "2023-12-13T15:00:00Z";

fn path(id: &str) -> String {
    format!("{RULES}/{id}")
}

/// A rule of a payment system that holds always and says this as well.
fn rule(system: u32, more: &str) -> String {
    let more = if more.is_empty() { String::new() } else { format!(",{more}") };
    format!(
        r#"{{"name":"rule","salesChannels":[{{"id":":ALL:"}}],"paymentSystem":{{"id":{system},"name":"System {system}"}},"enabled":true{more}}}"#
    )
}

/// So many parts, each number at its interest, counted as it is published.
fn parts(method: &str, quantities: &[(u8, &str)]) -> String {
    let quantity = |(count, rate): &(u8, &str)| format!(r#"{{"quantity":{count},"interestRate":{rate}}}"#);
    let quantities: Vec<String> = quantities.iter().map(quantity).collect();
    format!(r#""installmentOptions":{{{method}"installments":[{}]}}"#, quantities.join(","))
}

/// What is offered for a query: each payment system with its quantities and their values.
#[track_caller]
fn offers(client: &Integration, query: &str) -> Vec<String> {
    let answer = asked(client, query).must_be(200).json();
    let payments = answer["installments"].as_array().unwrap().iter();
    payments.map(|payment| format!("{}: {}", payment["payment"]["id"], options(payment))).collect()
}

fn options(payment: &Value) -> String {
    let options = payment["options"].as_array().unwrap().iter();
    let told: Vec<String> =
        options.map(|option| format!("{}x{}", option["quantity"], option["value"])).collect();
    told.join(" ")
}

#[track_caller]
fn asked(client: &Integration, query: &str) -> Answer {
    client.get(&format!("/api/pvt/installments?{query}"))
}

/// A published rule under the id it has here.
fn with_id(rule: &Value, id: &str) -> Value {
    let mut rule = rule.clone();
    rule["id"] = id.into();
    rule
}

// What is kept.

#[test]
fn the_published_list_of_rules_is_added_and_comes_back_equal() {
    let shop = Opening::at(OPENS_AT).open();
    let client = shop.integration();
    assert_eq!(client.get(RULES).must_be(200).text, "[]");
    let mut expected = Vec::new();
    for published in published_rules() {
        let added = client.post(RULES, published.to_string()).must_be(200);
        let id = added.shows("id");
        assert_eq!(added.json(), with_id(&published, &id));
        expected.push(with_id(&published, &id));
    }
    let ids: BTreeSet<String> = expected.iter().map(|rule| rule["id"].to_string()).collect();
    assert_eq!((expected.len(), ids.len()), (11, 11));
    assert_eq!(client.get(RULES).must_be(200).json(), Value::from(expected.clone()));
    for rule in &expected {
        let id = rule["id"].as_str().unwrap();
        assert_eq!(client.get(&path(id)).must_be(200).json(), *rule);
        assert_eq!(
            client.put(&path(id), rule.to_string()).must_be(200).json(),
            *rule,
            "it may be sent again"
        );
    }
    assert_eq!(client.get(RULES).must_be(200).json(), Value::from(expected));
}

#[test]
fn a_rule_comes_back_to_the_letter_with_all_that_nobody_asks_for() {
    let shop = Shop::open();
    let client = shop.integration();
    let rest = r#""zeta":1.50,"name":"Ñandú \"A\"","salesChannels":[{"id":"1","extra":[]}],"paymentSystem":{"id":"2","implementation":null,"logo":{"a":[1,2,{}]}},"enabled":"true","excludedBinsRanges":"411111-411112","minimumValue":10.500,"alpha":"ü\n""#;
    let added = client.post(RULES, format!("{{{rest}}}")).must_be(200);
    let id = added.shows("id");
    let expected = format!(r#"{{"id":"{id}",{rest}}}"#);
    assert_eq!(added.text, expected);
    assert_eq!(client.get(&path(&id)).must_be(200).text, expected);
    assert_eq!(client.get(RULES).must_be(200).text, format!("[{expected}]"));
    // Where an id was sent, ours stands in its place.
    let sent = format!(r#"{{{rest},"id":"mine","last":null}}"#);
    let expected = format!(r#"{{{rest},"id":"{id}","last":null}}"#);
    assert_eq!(client.put(&path(&id), sent).must_be(200).text, expected);
    assert_eq!(client.get(&path(&id)).must_be(200).text, expected);
}

#[test]
fn a_rule_is_added_shown_replaced_and_removed() {
    let shop = Shop::open();
    let client = shop.integration();
    let first = client.adds_rule(&rule(2, r#""minimumValue":1,"id":"chosen""#));
    let second = client.adds_rule(&rule(4, ""));
    let third = client.adds_rule(&rule(2, r#""minimumValue":1,"id":"chosen""#));
    for id in [&first, &second, &third] {
        let shape = id.replace(|letter: char| matches!(letter, '0'..='9' | 'a'..='f'), "x");
        assert_eq!(shape, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx", "{id}");
    }
    let listed = || {
        let list = client.get(RULES).must_be(200).json();
        let told =
            |rule: &Value| (rule["id"].as_str().unwrap().to_owned(), rule["paymentSystem"]["id"].clone());
        list.as_array().unwrap().iter().map(told).collect::<Vec<(String, Value)>>()
    };
    let all = [(first.clone(), 2.into()), (second.clone(), 4.into()), (third.clone(), 2.into())];
    assert_eq!(listed(), all);

    // Replaced as a whole, in its place, whatever id is sent.
    let other = format!(r#""id":"{second}""#);
    let replaced = client.put(&path(&first), rule(8, &other)).must_be(200);
    assert_eq!(replaced.shows("id"), first);
    assert!(replaced.json().get("minimumValue").is_none(), "{}", replaced.text);
    assert_eq!(client.get(&path(&first)).must_be(200).json(), replaced.json());
    assert_eq!(listed(), [(first.clone(), 8.into()), all[1].clone(), all[2].clone()]);

    client.delete(&path(&first)).must_be_empty();
    assert_eq!(listed(), all[1..]);
    client.get(&path(&first)).must_be_declined(404);
    client.put(&path(&first), rule(8, "")).must_be_declined(404);
    client.delete(&path(&first)).must_be_declined(404);
    assert_eq!(listed(), all[1..], "what is gone stays gone");
}

#[test]
fn rules_outlive_a_restart() {
    let mut shop = Opening::on_the_machines_clock().open();
    let client = shop.integration();
    let id = client.adds_rule(&rule(2, &parts("", &[(1, "0"), (2, "0")])));
    client.adds_rule(&rule(64, ""));
    let before = client.get(RULES).must_be(200).text;
    assert!(shop.is_stopped().success());
    shop.reopens();
    let client = shop.integration();
    assert_eq!(client.get(RULES).must_be(200).text, before);
    assert_eq!(offers(&client, "request.value=10"), ["2: 1x10 2x5", "64: 1x10"]);
    client.delete(&path(&id)).must_be_empty();
    assert_eq!(offers(&client, "request.value=10"), ["64: 1x10"]);
    shop.books_must_agree();
}

#[test]
fn a_shop_has_a_thousand_rules_at_most() {
    let shop = Shop::open();
    let client = shop.integration();
    let ids: Vec<String> = (1..=1000).map(|system| client.adds_rule(&rule(system, ""))).collect();
    let refused = client.post(RULES, rule(1, "")).must_be_declined(400);
    assert_eq!((refused.number(), refused.json()["details"]["most"].to_string()), (2138, "1000".to_owned()));
    client.put(&path(&ids[0]), rule(1, r#""isDefault":true"#)).must_be(200);
    client.delete(&path(&ids[500])).must_be_empty();
    client.adds_rule(&rule(501, ""));
    assert_eq!(client.get(RULES).must_be(200).json().as_array().unwrap().len(), 1000);
    assert_eq!(
        asked(&client, "request.value=1").must_be(200).json()["installments"].as_array().unwrap().len(),
        1000
    );
}

#[test]
fn a_removed_rule_is_never_seen_again_whoever_reads_meanwhile() {
    let shop = Shop::open();
    let client = shop.integration();
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                while !is_over.load(Ordering::Relaxed) {
                    asked(&client, "request.value=10").must_be(200);
                }
            });
        }
        for round in 1..=60 {
            let id = client.adds_rule(&rule(round, ""));
            assert_eq!(offers(&client, "request.value=10"), [format!("{round}: 1x10")]);
            client.put(&path(&id), rule(round + 100, "")).must_be(200);
            assert_eq!(offers(&client, "request.value=10"), [format!("{}: 1x10", round + 100)]);
            client.delete(&path(&id)).must_be_empty();
            assert_eq!(offers(&client, "request.value=10"), [""; 0], "round {round}");
            assert_eq!(client.get(RULES).must_be(200).text, "[]", "round {round}");
        }
        is_over.store(true, Ordering::Relaxed);
    });
}

#[test]
fn a_rule_that_is_damaged_offers_nothing_and_stops_nobody() {
    let shop = Shop::open();
    let client = shop.integration();
    let right = client.adds_rule(&rule(2, ""));
    let [wrong, torn] = [4, 8].map(|system| client.adds_rule(&rule(system, "")));
    assert_eq!(offers(&client, "request.value=1"), ["2: 1x1", "4: 1x1", "8: 1x1"]);
    let forty_nine = rule(4, &parts("", &[(49, "0")])).replacen('{', &format!(r#"{{"id":"{wrong}","#), 1);
    let write = |id: &str, document: &str| {
        let sql = format!("UPDATE payment_rules SET document = '{document}' WHERE rule = '{id}'");
        shop.store_is_damaged(&sql);
    };
    write(&wrong, &forty_nine);
    write(&torn, "{\"id\":");
    // What another process has written is seen after a second.
    std::thread::sleep(Duration::from_millis(1_100));
    assert_eq!(offers(&client, "request.value=1"), ["2: 1x1"]);
    let listed = client.get(RULES).must_be(200).json();
    let ids: Vec<&Value> = listed.as_array().unwrap().iter().map(|rule| &rule["id"]).collect();
    assert_eq!(ids, [right.as_str(), wrong.as_str()], "what can be shown is shown");
    client.get(&path(&torn)).must_be_declined(404);
    client.put(&path(&torn), rule(8, "")).must_be(200);
    client.delete(&path(&wrong)).must_be_empty();
    assert_eq!(offers(&client, "request.value=1"), ["2: 1x1", "8: 1x1"]);
}

// What is offered.

#[test]
fn the_published_installments_are_answered() {
    let shop = Opening::at(OPENS_AT).open();
    let client = shop.integration();
    let rules = published_rules();
    let added: Vec<String> = rules.iter().map(|rule| client.adds_rule(&rule.to_string())).collect();
    let answer = asked(&client, "request.value=250&request.paymentDetails[0].id=72").must_be(200);
    let option = |quantity: u8, value: &str| {
        let id = &added[1];
        format!(
            r#"{{"ruleId":"{id}","quantity":{quantity},"value":{value},"interestRate":0,"isExternalInstallmentService":null,"interestTax":0}}"#
        )
    };
    let options = [option(1, "250"), option(2, "125"), option(3, "83.33"), option(4, "62.5")].join(",");
    let expected = format!(
        r#"{{"value":250,"installments":[{{"payment":{{"id":72,"name":"PicPay","bin":null,"value":250,"isDefault":false,"self":{{"href":"/api/pvt/payment-systems/72"}}}},"options":[{options}]}}]}}"#
    );
    assert_eq!(answer.text, expected);
    // All that are enabled and of this country, in their order; the terms of Customer Credit stand apart.
    let all =
        ["72: 1x250 2x125 3x83.33 4x62.5", "64: 1x250 2x125 2x125", "17: 1x250", "39: 1x250", "169: 1x250"];
    assert_eq!(offers(&client, "request.value=250"), all);
    let terms = asked(&client, "request.value=250&request.paymentDetails[0].id=64").must_be(200).json();
    let days = terms["installments"][0]["options"].as_array().unwrap().iter().map(|option| {
        let terms = option["paymentOptions"].as_array().unwrap().iter();
        terms.map(|term| term["days"].to_string()).collect::<Vec<String>>().join(" ")
    });
    assert_eq!(days.collect::<Vec<String>>(), ["30", "15 30", "30 60"]);
}

#[test]
fn interest_is_counted_as_published_and_cut_to_cents() {
    let shop = Shop::open();
    let client = shop.integration();
    let (simple, beginning) = (r#""interestRateMethod":2,"#, r#""interestRateMethod":null,"dueDateType":1,"#);
    let taxed = r#""installmentOptions":{"interestRateMethod":1,"installments":[{"quantity":2,"interestRate":"10","interestTax":20}]}"#;
    let rules = [
        rule(1, &parts(r#""interestRateMethod":0,"#, &[(2, "1"), (12, "1")])),
        rule(2, &parts(simple, &[(4, "100")])),
        rule(4, &parts(beginning, &[(12, "1.0")])),
        rule(8, taxed),
        rule(64, &parts(r#""interestRateMethod":0,"dueDateType":1,"#, &[(4, "100")])),
    ];
    rules.iter().for_each(|rule| drop(client.adds_rule(rule)));
    let of = |value: &str, system: u32| {
        offers(&client, &format!("request.value={value}&request.paymentDetails[0].id={system}"))
    };
    assert_eq!(of("197.99", 1), ["1: 2x100.48 12x17.59"]);
    assert_eq!(of("1000", 1), ["1: 2x507.51 12x88.84"]);
    assert_eq!(of("150", 2), ["2: 4x187.5"]);
    assert_eq!(of("1000", 4), ["4: 12x87.96"]);
    assert_eq!(of("100", 8), ["8: 2x62"]);
    assert_eq!(of("150", 64), ["64: 4x187.5"], "Customer Credit knows simple interest alone");
}

#[test]
fn a_quantity_comes_from_the_cheapest_rule_and_parts_below_the_least_fall_out() {
    let shop = Shop::open();
    let client = shop.integration();
    client.adds_rule(&rule(2, &parts("", &[(1, "0"), (2, "5"), (6, "1")])));
    let cheap = client.adds_rule(&rule(2, &parts("", &[(2, "1"), (3, "1")])));
    let later = client.adds_rule(&rule(2, &parts("", &[(3, "1")])));
    assert_eq!(offers(&client, "request.value=100"), ["2: 1x100 2x50.75 3x34 6x17.25"]);
    let third = || {
        let answer = asked(&client, "request.value=100").must_be(200).json();
        let payment = answer["installments"][0].clone();
        (
            payment["options"][2]["ruleId"].as_str().unwrap().to_owned(),
            payment["payment"]["isDefault"].clone(),
        )
    };
    assert_eq!(third(), (cheap, false.into()), "the earlier one");
    client
        .put(&path(&later), rule(2, &format!(r#""isDefault":true,{}"#, parts("", &[(3, "1")]))))
        .must_be(200);
    assert_eq!(third(), (later, true.into()), "the default one");
    client.adds_rule(&rule(4, &parts(r#""minimumInstallmentValue":50,"#, &[(1, "0"), (2, "0"), (3, "0")])));
    let of = |value: &str| offers(&client, &format!("request.value={value}&request.paymentDetails[0].id=4"));
    assert_eq!([of("100"), of("99.99"), of("49.99")], [["4: 1x100 2x50"], ["4: 1x99.99"], ["4: "]]);
}

#[test]
fn a_rule_is_for_what_it_says() {
    let shop = Opening::at(OPENS_AT).open();
    let client = shop.integration();
    let channels = rule(9, "").replace(r#"[{"id":":ALL:"}]"#, r#"[{"id":"1"},{"id":3}]"#);
    let rules = [
        rule(1, r#""enabled":false"#).replace(r#""enabled":true,"#, ""),
        rule(2, r#""minimumValue":100"#),
        rule(3, r#""country":{"isoCode":"pa"}"#),
        rule(4, r#""country":{"isoCode":"US","name":null}"#),
        rule(5, r#""multiMerchantList":["cosmetics2"]"#),
        rule(6, r#""multiMerchantList":[],"dateIntervals":[],"country":null,"deadlines":null"#),
        rule(7, r#""beginDate":"2023-12-13T15:00:01Z""#),
        rule(8, r#""endDate":"2023-12-13T15:00:00Z""#),
        channels,
    ];
    rules.iter().for_each(|rule| drop(client.adds_rule(rule)));
    assert_eq!(offers(&client, "request.value=99.99"), ["3: 1x99.99", "6: 1x99.99"]);
    assert_eq!(offers(&client, "request.value=100"), ["2: 1x100", "3: 1x100", "6: 1x100"]);
    for (channel, expected) in [("1", true), ("3", true), ("2", false), (":ALL:", false), ("", false)] {
        let offered = offers(&client, &format!("request.value=1&request.salesChannel={channel}"));
        assert_eq!(offered.contains(&"9: 1x1".to_owned()), expected, "{channel}: {offered:?}");
    }
}

#[test]
fn a_rule_holds_in_its_time() {
    let shop = Opening::at("2023-12-14T23:59:00Z").open();
    let client = shop.integration();
    let dates = r#""beginDate":"2023-12-15T12:00:00-03:00","endDate":"2023-12-16T05:00:00Z""#;
    // Friday from 22 hours until 6 in the morning, and noon of any day, in an offset of three hours.
    let hours = r#""dateIntervals":[{"start":"* * 22 * * 5 * -0300","end":"* * 6 * * * * -0300"},{"start":"* * 12 * * * * -0300","end":"* * 13 * * * * -0300"}]"#;
    client.adds_rule(&rule(1, dates));
    client.adds_rule(&rule(2, hours));
    let moments = [
        ("2023-12-15T14:59:58Z", vec![]),
        ("2023-12-15T15:00:00Z", vec!["1: 1x1", "2: 1x1"]),
        ("2023-12-15T16:00:00Z", vec!["1: 1x1"]),
        ("2023-12-16T00:59:58Z", vec!["1: 1x1"]),
        ("2023-12-16T01:00:00Z", vec!["1: 1x1", "2: 1x1"]),
        ("2023-12-16T05:00:00Z", vec!["2: 1x1"]),
        ("2023-12-16T08:59:58Z", vec!["2: 1x1"]),
        ("2023-12-16T09:00:00Z", vec![]),
        ("2023-12-17T01:00:00Z", vec![]),
    ];
    for (moment, expected) in moments {
        shop.clock_moves_to(moment);
        assert_eq!(offers(&client, "request.value=1"), expected, "{moment}");
    }
}

#[test]
fn payments_are_asked_for_by_index_however_their_names_are_written() {
    let shop = Shop::open();
    let client = shop.integration();
    for system in [2, 4, 8] {
        client.adds_rule(&rule(system, &parts("", &[(1, "0"), (2, "0")])));
    }
    let payment = |answer: &Answer, place: usize| {
        let payment = answer.json()["installments"][place].clone();
        let told = ["id", "value", "bin"].map(|name| payment["payment"][name].to_string());
        format!("{} {}", told.join(" "), options(&payment))
    };
    let literal = "request.value=197.99&request.paymentDetails[0].id=4&request.paymentDetails[0].value=97.99&request.paymentDetails[0].bin=411111&request.paymentDetails[1].id=2&request.paymentDetails[1].value=100.0";
    for query in [literal.to_owned(), literal.replace('[', "%5B").replace(']', "%5D")] {
        let answer = asked(&client, &query).must_be(200);
        assert_eq!(answer.shows("value"), "197.99");
        assert_eq!(payment(&answer, 0), r#"4 97.99 "411111" 1x97.99 2x48.99"#);
        assert_eq!(payment(&answer, 1), "2 100 null 1x100 2x50");
        assert_eq!(answer.json()["installments"].as_array().unwrap().len(), 2);
    }
    // In the order of their indices, twice where it is asked twice, not at all where there is no rule.
    let some = "request.value=10&request.paymentDetails[7].id=8&request.paymentDetails[1].id=2&request.paymentDetails[3].id=2&request.paymentDetails[2].id=99&sc=1&request.other=x";
    assert_eq!(offers(&client, some), ["2: 1x10 2x5", "2: 1x10 2x5", "8: 1x10 2x5"]);
    assert_eq!(offers(&client, "request.value=10"), ["2: 1x10 2x5", "4: 1x10 2x5", "8: 1x10 2x5"]);
}

#[test]
fn values_are_in_the_currency_of_the_shop() {
    let shop = Shop::open();
    shop.organization("org_chile", &["--currency", "CLP", "--zone", "America/Santiago", "--country", "CL"]);
    let client = shop.integration_of("org_chile");
    client.adds_rule(&rule(
        2,
        &format!(r#""country":{{"isoCode":"cl"}},{}"#, parts("", &[(1, "0"), (3, "0")])),
    ));
    assert_eq!(offers(&client, "request.value=100"), ["2: 1x100 3x33"]);
    assert_eq!(asked(&client, "request.value=100.5").must_be_declined(400).named_fields(), ["request.value"]);
    // Its rules stay when the shop turns to another currency.
    shop.organization("org_chile", &["--currency", "USD"]);
    std::thread::sleep(Duration::from_millis(1_100));
    assert_eq!(offers(&client, "request.value=100.5"), ["2: 1x100.5 3x33.5"]);
}

#[test]
fn the_largest_value_and_the_smallest_are_answered() {
    let shop = Shop::open();
    let client = shop.integration();
    client.adds_rule(&rule(2, &parts("", &[(1, "0"), (2, "10000"), (48, "0"), (3, "0.000001")])));
    let largest = "request.value=9999999999999.99";
    assert_eq!(offers(&client, largest), ["2: 1x9999999999999.99 3x3333333399999.99 48x208333333333.33"]);
    assert_eq!(offers(&client, "request.value=0.01"), ["2: 1x0.01 2x1"]);
}

// What a shopper's conditions are.

#[test]
fn the_conditions_of_a_purchase_are_what_the_rules_offer_in_its_channel() {
    let shop = Shop::open();
    let client = shop.integration();
    let account = client.opens_with_tolerance("1", "1000", "0.1");
    let deadlines = |query: &str| {
        let path = format!("/purchase-conditions?email=1@test.com{query}");
        client.get(&path).must_be(200).json()["deadlines"].clone()
    };
    let usual = json(r#"[{"paymentOptions":[30],"interestRate":0,"minInstallmentValue":0.00}]"#);
    assert_eq!(deadlines("&sc=1"), usual);
    client.adds_rule(&rule(2, r#""deadlines":[{"paymentOptions":[{"days":7,"interestRate":0}]}]"#));
    assert_eq!(deadlines("&sc=1"), usual, "it is not for Customer Credit");

    let terms = r#""deadlines":[{"paymentOptions":[{"days":60,"interestRate":2.5},{"days":30,"interestRate":0}]},{"paymentOptions":[{"days":30,"interestRate":0}]}],"installmentOptions":{"minimumInstallmentValue":10}"#;
    let first = client.adds_rule(&rule(64, terms).replace(":ALL:", "1"));
    client.adds_rule(&rule(64, &parts("", &[(3, "1")])).replace(":ALL:", "2"));
    // The largest purchase that the line bears is 1,100.00.
    client.adds_rule(&rule(64, r#""minimumValue":1100"#).replace(":ALL:", "3"));
    client.adds_rule(&rule(64, r#""minimumValue":1100.01"#).replace(":ALL:", "4"));
    let of_first = json(
        r#"[{"paymentOptions":[30],"interestRate":0,"minInstallmentValue":10.00},{"paymentOptions":[30,60],"interestRate":2.5,"minInstallmentValue":10.00}]"#,
    );
    for query in ["&sc=1", "&salesChannel=1&skus=1", "&sc=1&salesChannel=2"] {
        assert_eq!(deadlines(query), of_first, "{query}");
    }
    let in_three = json(r#"[{"paymentOptions":[30,60,90],"interestRate":1,"minInstallmentValue":0.00}]"#);
    assert_eq!([deadlines("&sc=2"), deadlines("&sc=3")], [in_three, usual]);
    assert_eq!([deadlines("&sc=4"), deadlines("")], [json("[]"), json("[]")]);

    // What is used or configured changes nothing of it.
    account.buys("1100");
    client.configures(r#"{"taxRate":0.1}"#).must_be(200);
    assert_eq!(deadlines("&sc=1"), of_first);
    client.delete(&path(&first)).must_be_empty();
    assert_eq!(deadlines("&sc=1"), json("[]"));
}

// Who may, and what may not be.

#[test]
fn rules_belong_to_one_organization() {
    let shop = Shop::open();
    shop.organization("org_other", &[]);
    let (here, there) = (shop.integration(), shop.integration_of("org_other"));
    let id = here.adds_rule(&rule(2, ""));
    there.get(&path(&id)).must_be_declined(404);
    there.put(&path(&id), rule(4, "")).must_be_declined(404);
    there.delete(&path(&id)).must_be_declined(404);
    assert_eq!(there.get(RULES).must_be(200).text, "[]");
    there.adds_rule(&rule(8, ""));
    assert_eq!(offers(&here, "request.value=1"), ["2: 1x1"]);
    assert_eq!(offers(&there, "request.value=1"), ["8: 1x1"]);
}

#[test]
fn a_token_of_one_shopper_sees_no_rules() {
    let shop = Shop::open();
    let claims =
        ["--sub", "user_buyer", "--customer-id", "1_CPF", "--permissions", "rules:read,rules:manage"];
    let buyer = Integration::of(shop.stranger().with_token(&shop.token(&claims)));
    buyer.get(RULES).must_be_declined(403);
    buyer.post(RULES, rule(2, "")).must_be_declined(403);
    asked(&buyer, "request.value=1").must_be_declined(403);
}

#[test]
fn a_value_that_is_not_above_zero_is_refused_as_published() {
    let shop = Shop::open();
    let client = shop.integration();
    let published = json(r#"{"code":"1","message":"Value must be greater than Zero","exception":null}"#);
    let payment = "request.value=1&request.paymentDetails[0].id=2&request.paymentDetails[0].value";
    for (name, value) in
        [("request.value", "0"), ("request.value", "0.00"), ("request.value", "-1"), (payment, "-0.01")]
    {
        for language in ["en", "es"] {
            let client = client.with("Accept-Language", language);
            let refused = asked(&client, &format!("{name}={value}")).must_be_declined(400);
            assert_eq!(refused.json()["error"], published, "{name}={value}");
            assert_eq!(refused.number(), 2001);
        }
    }
}

#[test]
fn a_query_that_cannot_be_is_named() {
    let shop = Shop::open();
    let client = shop.integration();
    client.adds_rule(&rule(2, ""));
    let value = "request.value=1&request.paymentDetails[0].";
    let cases = [
        ("", "request.value"),
        ("request.value=", "request.value"),
        ("request.value=ten", "request.value"),
        ("request.value=1,5", "request.value"),
        ("request.value=0.001", "request.value"),
        ("request.value=1e400", "request.value"),
        ("request.value=10000000000000", "request.value"),
        ("request.value=1&request.value=2", "request.value"),
        ("request.value=%FF", "request.value"),
        (&format!("request.value=1&request.salesChannel={}", "x".repeat(101)), "request.salesChannel"),
        (&format!("{value}id=two"), "request.paymentDetails[0].id"),
        (&format!("{value}id=-1"), "request.paymentDetails[0].id"),
        (&format!("{value}id=1.5"), "request.paymentDetails[0].id"),
        (&format!("{value}id=99999999999"), "request.paymentDetails[0].id"),
        (&format!("{value}value=1"), "request.paymentDetails[0].id"),
        (&format!("{value}id=2&request.paymentDetails[0].value=x"), "request.paymentDetails[0].value"),
        (
            &format!("{value}id=2&request.paymentDetails[0].bin={}", "4".repeat(21)),
            "request.paymentDetails[0].bin",
        ),
    ];
    for (query, field) in cases {
        assert_eq!(asked(&client, query).must_be_declined(400).named_fields(), [field], "{query}");
    }
    let many: Vec<String> = (0..=100).map(|index| format!("request.paymentDetails[{index}].id=2")).collect();
    let many = format!("request.value=1&{}", many.join("&"));
    assert_eq!(asked(&client, &many).must_be_declined(400).named_fields(), ["request.paymentDetails"]);
}

/// What a field of a rule cannot be, and where it is named.
const WRONG: &[(&str, &str)] = &[
    (r#""name":5"#, "name"),
    (r#""name":"""#, "name"),
    (r#""name":"a\u0000b""#, "name"),
    (r#""salesChannels":[]"#, "salesChannels"),
    (r#""salesChannels":"1""#, "salesChannels"),
    (r#""salesChannels":[{}]"#, "salesChannels[0].id"),
    (r#""salesChannels":[{"id":true}]"#, "salesChannels[0].id"),
    (r#""paymentSystem":5"#, "paymentSystem"),
    (r#""paymentSystem":{}"#, "paymentSystem.id"),
    (r#""paymentSystem":{"id":-1}"#, "paymentSystem.id"),
    (r#""paymentSystem":{"id":"two"}"#, "paymentSystem.id"),
    (r#""enabled":"perhaps""#, "enabled"),
    (r#""enabled":null"#, "enabled"),
    (r#""isDefault":1"#, "isDefault"),
    (r#""minimumValue":-1"#, "minimumValue"),
    (r#""minimumValue":"ten""#, "minimumValue"),
    (r#""minimumValue":1e400"#, "minimumValue"),
    (r#""beginDate":"2023-02-30T00:00:00Z""#, "beginDate"),
    (r#""beginDate":"yesterday""#, "beginDate"),
    (r#""beginDate":20231210"#, "beginDate"),
    (r#""endDate":"2023-13-01T00:00:00Z""#, "endDate"),
    (r#""beginDate":"2023-12-22T00:00:00Z","endDate":"2023-12-21T23:59:59Z""#, "endDate"),
    (r#""country":{"isoCode":"BRA"}"#, "country.isoCode"),
    (r#""country":{"isoCode":5}"#, "country.isoCode"),
    (r#""country":"us""#, "country"),
    (r#""multiMerchantList":["a",5]"#, "multiMerchantList[1]"),
    (r#""multiMerchantList":"a""#, "multiMerchantList"),
    (r#""dateIntervals":[{"start":"* * 11 * * 1 * -0300"}]"#, "dateIntervals[0].end"),
    (
        r#""dateIntervals":[{"start":"* * 25 * * 1 * -0300","end":"* * 18 * * 1 * -0300"}]"#,
        "dateIntervals[0].start",
    ),
    (
        r#""dateIntervals":[{"start":"* * 11 * * 1 * -0300","end":"* * 18 * * 1 * -0400"}]"#,
        "dateIntervals[0].end",
    ),
    (r#""dateIntervals":[{"start":"at eleven","end":"* * 18 * * 1 * -0300"}]"#, "dateIntervals[0].start"),
    (r#""installmentOptions":[]"#, "installmentOptions"),
    (r#""installmentOptions":{"dueDateType":2}"#, "installmentOptions.dueDateType"),
    (r#""installmentOptions":{"dueDateType":"end"}"#, "installmentOptions.dueDateType"),
    (r#""installmentOptions":{"interestRateMethod":3}"#, "installmentOptions.interestRateMethod"),
    (
        r#""installmentOptions":{"minimumInstallmentValue":-0.01}"#,
        "installmentOptions.minimumInstallmentValue",
    ),
    (
        r#""installmentOptions":{"installments":[{"quantity":49}]}"#,
        "installmentOptions.installments[0].quantity",
    ),
    (
        r#""installmentOptions":{"installments":[{"quantity":0}]}"#,
        "installmentOptions.installments[0].quantity",
    ),
    (
        r#""installmentOptions":{"installments":[{"quantity":"two"}]}"#,
        "installmentOptions.installments[0].quantity",
    ),
    (
        r#""installmentOptions":{"installments":[{"quantity":2},{"quantity":"2"}]}"#,
        "installmentOptions.installments[1].quantity",
    ),
    (
        r#""installmentOptions":{"installments":[{"quantity":2,"interestRate":-1}]}"#,
        "installmentOptions.installments[0].interestRate",
    ),
    (
        r#""installmentOptions":{"installments":[{"quantity":2,"interestRate":"1 %"}]}"#,
        "installmentOptions.installments[0].interestRate",
    ),
    (
        r#""installmentOptions":{"installments":[{"quantity":2,"interestRate":10001}]}"#,
        "installmentOptions.installments[0].interestRate",
    ),
    (
        r#""installmentOptions":{"installments":[{"quantity":2,"interestTax":-1}]}"#,
        "installmentOptions.installments[0].interestTax",
    ),
    (r#""installmentOptions":{"installments":"many"}"#, "installmentOptions.installments"),
    (r#""deadlines":[{"paymentOptions":[]}]"#, "deadlines[0].paymentOptions"),
    (r#""deadlines":[{}]"#, "deadlines[0].paymentOptions"),
    (r#""deadlines":[{"paymentOptions":[{"days":-1}]}]"#, "deadlines[0].paymentOptions[0].days"),
    (r#""deadlines":[{"paymentOptions":[{"days":3651}]}]"#, "deadlines[0].paymentOptions[0].days"),
    (
        r#""deadlines":[{"paymentOptions":[{"days":30,"interestRate":-1}]}]"#,
        "deadlines[0].paymentOptions[0].interestRate",
    ),
    (r#""connector":"stripe""#, "connector"),
    (r#""condition":[]"#, "condition"),
    (r#""isSelfAuthorized":"perhaps""#, "isSelfAuthorized"),
];

/// A rule in which these fields stand for its own.
fn with_fields(fields: &str) -> String {
    let mut body = json(&rule(2, ""));
    for (name, value) in json(&format!("{{{fields}}}")).as_object().unwrap() {
        body[name] = value.clone();
    }
    body.to_string()
}

#[test]
fn what_cannot_be_a_rule_is_named_and_leaves_no_trace() {
    let shop = Shop::open();
    let client = shop.integration();
    let id = client.adds_rule(&rule(2, ""));
    let before = client.get(RULES).must_be(200).text;
    for (fields, field) in WRONG {
        for (method, path) in [(Method::POST, RULES), (Method::PUT, &path(&id))] {
            let refused = client.send(method, path, Some(with_fields(fields))).must_be_declined(400);
            assert_eq!(refused.named_fields(), [*field], "{fields}");
        }
    }
    for field in ["name", "salesChannels", "paymentSystem", "enabled"] {
        let mut body = json(&rule(2, ""));
        body.as_object_mut().unwrap().remove(field).unwrap();
        assert_eq!(client.post(RULES, body.to_string()).must_be_declined(400).named_fields(), [field]);
    }
    let deep = "[".repeat(60_000);
    for body in ["", " ", "{", "[]", "null", "5", "\"rule\"", "{'name':1}", "{\"name\":NaN}", "{} {}", &deep]
    {
        client.post(RULES, body).must_be_declined(400);
        client.put(&path(&id), body).must_be_declined(400);
    }
    let large = rule(2, &format!(r#""note":"{}""#, "x".repeat(64 * 1024)));
    client.post(RULES, large.clone()).must_be_declined(413);
    client.put(&path(&id), large).must_be_declined(413);
    assert_eq!(client.get(RULES).must_be(200).text, before);
    assert_eq!(offers(&client, "request.value=1"), ["2: 1x1"]);
}

#[test]
fn a_rule_nobody_has_added_is_not_found_whatever_its_id() {
    let shop = Shop::open();
    let client = shop.integration();
    client.adds_rule(&rule(2, ""));
    let long = "x".repeat(300);
    let unknown = "fe6c470b-f80b-4bb1-a75c-378617f8767a";
    for id in [unknown, "a%2Fb", "%2F", "a%00b", "a%0Ab", "%FF", "%20", "null", &long] {
        for (method, body) in [(Method::GET, None), (Method::PUT, Some(rule(2, ""))), (Method::DELETE, None)]
        {
            let refused = client.send(method, &path(id), body);
            assert!([400, 404, 405].contains(&refused.status), "{}: {}", refused.asked, refused.status);
            refused.clone().must_be_declined(refused.status);
        }
    }
    let refused = client.get(&path(unknown)).must_be_declined(404);
    assert_eq!((refused.number(), refused.json()["details"]["ruleId"].clone()), (2137, unknown.into()));
    assert!(refused.shows("message").contains(unknown), "{}", refused.text);
}

#[test]
fn addresses_that_are_none_are_not_found_in_the_gateways_words() {
    let shop = Shop::open();
    let client = shop.integration();
    for path in ["/api/pvt/", "/api/pvt/nothing", "/api/pvt/rules/x/y", "/api/pvt/installments/x"] {
        client.get(path).must_be_declined(404);
        client.post(path, "{}").must_be_declined(404);
    }
    let wrong = [
        (Method::PATCH, RULES),
        (Method::DELETE, RULES),
        (Method::POST, "/api/pvt/installments"),
        (Method::POST, "/api/pvt/rules/x"),
    ];
    for (method, path) in wrong {
        let refused = client.send(method, path, Some("{}".to_owned())).must_be_declined(405);
        assert!(refused.header("Allow").is_some_and(|allow| !allow.is_empty()), "{}", refused.asked);
    }
    let stranger = Integration::of(shop.stranger());
    let refused = stranger.get(RULES).must_be_declined(401);
    assert_eq!(refused.header("WWW-Authenticate"), Some("Bearer"));
}

#[test]
fn no_header_and_no_slash_is_a_reason_to_refuse() {
    let shop = Shop::open();
    let client = shop.integration();
    let odd = [
        ("Content-Type", "text/plain"),
        ("Content-Type", "nonsense"),
        ("Accept", "application/json; charset=utf-8"),
        ("Accept-Language", "\u{e9};q=x,,,;;q=;"),
    ];
    for (header, value) in odd {
        let client = client.with(header, value);
        let id = client.post("/api/pvt/rules/", rule(2, "")).must_be(200).shows("id");
        client.get("/api/pvt/rules/").must_be(200);
        client.put(&format!("{}/", path(&id)), rule(2, "")).must_be(200);
        client.get("/api/pvt/installments/?request.value=1").must_be(200);
        client.delete(&format!("{}/", path(&id))).must_be_empty();
    }
    let spanish = client.with("Accept-Language", "es").get(&path("x")).must_be_declined(404);
    assert_eq!(spanish.header("Content-Language"), Some("es"));
    assert_ne!(spanish.shows("message"), client.get(&path("x")).shows("message"));
}
