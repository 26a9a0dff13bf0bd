use super::{USD, named, published, published_rule, query, read};
use fiado_contract::fields::{Fault, FieldError};
use fiado_contract::gateway::{InstallmentsAnswer, InstallmentsQuery, PaymentDetail};
use fiado_core::calendar::Instant;
use fiado_core::money::Amount;
use fiado_core::rules::{Country, PaymentRule};

fn asked(text: &str) -> Result<InstallmentsQuery, Vec<FieldError>> {
    query(text, |fields| InstallmentsQuery::read(fields, USD))
}

/// What is answered on a Wednesday at noon in -0300.
fn answered(rules: &[PaymentRule], text: &str) -> String {
    let at = Instant::parse("2023-12-13T15:00:00Z").unwrap();
    let country = Country::parse("US");
    let answer = InstallmentsAnswer::new(&asked(text).unwrap(), rules, at, country.as_ref(), USD);
    serde_json::to_string(&answer).unwrap()
}

fn shop() -> Vec<PaymentRule> {
    published().into_iter().map(|rule| read(rule).unwrap()).collect()
}

/// The payment systems of an answer, with how many options each has.
fn systems(answer: &str) -> Vec<(u64, usize)> {
    let answer: serde_json::Value = serde_json::from_str(answer).unwrap();
    let systems = answer["installments"].as_array().unwrap().iter();
    let of = |system: &serde_json::Value| {
        (system["payment"]["id"].as_u64().unwrap(), system["options"].as_array().unwrap().len())
    };
    systems.map(of).collect()
}

#[test]
fn a_query_is_read_with_all_of_its_payments() {
    let read = asked(
        "request.paymentDetails[10].id=64&request.value=197.99&request.salesChannel=1\
         &request.paymentDetails[2].value=10.5&request.paymentDetails[2].id=2&request.paymentDetails[2].bin=411111\
         &request.paymentDetails[10].bin=&an=7",
    );
    let read = read.unwrap();
    assert_eq!((read.value.minor(), read.channel.as_deref()), (19_799, Some("1")));
    let payments = [
        PaymentDetail { system: 2, value: Amount::from_minor(1_050), bin: Some("411111".to_owned()) },
        PaymentDetail { system: 64, value: None, bin: None },
    ];
    assert_eq!(read.payments, payments);
    assert_eq!(asked("request.value=250&request.salesChannel=").unwrap().channel, None);
}

#[test]
fn a_query_without_a_value_above_zero_is_refused() {
    let fault = |text: &str| asked(text).unwrap_err().remove(0).fault;
    assert_eq!(fault(""), Fault::Missing);
    assert_eq!(fault("request.value="), Fault::Missing);
    assert_eq!((fault("request.value=0"), fault("request.value=0.00")), (Fault::Zero, Fault::Zero));
    for negative in ["-1", "-0.001", "-1e400"] {
        assert_eq!(fault(&format!("request.value={negative}")), Fault::Negative, "{negative}");
    }
    assert_eq!(fault("request.value=much"), Fault::NotANumber("5000.00"));
    assert_eq!(fault("request.value=1.001"), Fault::TooManyDecimals(2));
    assert_eq!(fault("request.value=1&request.value=2"), Fault::Repeated);
    let wrong =
        "request.paymentDetails[0].id=visa&request.paymentDetails[1].value=0&request.paymentDetails[2].id=0";
    let fields = [
        "request.value",
        "request.paymentDetails[0].id",
        "request.paymentDetails[1].id",
        "request.paymentDetails[1].value",
        "request.paymentDetails[2].id",
    ];
    assert_eq!(named(asked(wrong)), fields);
    let many: Vec<String> = (0..101).map(|index| format!("request.paymentDetails[{index}].id=2")).collect();
    let many = format!("request.value=1&{}", many.join("&"));
    assert_eq!(fault(&many), Fault::TooManyEntries(100));
}

#[test]
fn the_published_answer_comes_out() {
    let rules = [read(published_rule("QR Code")).unwrap()];
    let rule = r#""ruleId":"new""#;
    let option = |quantity: u8, value: &str| {
        format!(
            r#"{{{rule},"quantity":{quantity},"value":{value},"interestRate":0,"isExternalInstallmentService":null,"interestTax":0}}"#
        )
    };
    let options = [option(1, "250"), option(2, "125"), option(3, "83.33"), option(4, "62.5")].join(",");
    let expected = format!(
        r#"{{"value":250,"installments":[{{"payment":{{"id":72,"name":"PicPay","bin":null,"value":250,"isDefault":false,"self":{{"href":"/api/pvt/payment-systems/72"}}}},"options":[{options}]}}]}}"#
    );
    for text in ["request.value=250", "request.value=250.00&request.paymentDetails[0].id=72"] {
        assert_eq!(answered(&rules, text), expected, "{text}");
    }
    let sample = serde_json::to_string(&InstallmentsAnswer::sample()).unwrap();
    assert_eq!(sample.replace("01a8d68b-9116-4655-83f8-3380f658ec04", "new"), expected);
}

#[test]
fn terms_of_payment_are_told_apart_however_many_parts_they_have() {
    let credit = r#"{"name":"Credit","salesChannels":[{"id":":ALL:"}],"paymentSystem":{"id":64,"name":""},"enabled":true,
        "isDefault":true,"deadlines":[{"paymentOptions":[{"days":30,"interestRate":0},{"days":60,"interestRate":2.5}]},
        {"paymentOptions":[{"days":15,"interestRate":0},{"days":30,"interestRate":0}]},{"paymentOptions":[{"days":30}]}]}"#;
    let option = |quantity: u8, value: &str, rate: &str, terms: &str| {
        format!(
            r#"{{"ruleId":"new","quantity":{quantity},"value":{value},"interestRate":{rate},"isExternalInstallmentService":null,"interestTax":null,"paymentOptions":[{terms}]}}"#
        )
    };
    let term = |days: u16, rate: &str, value: &str| {
        format!(r#"{{"days":{days},"interestRate":{rate},"value":{value}}}"#)
    };
    let options = [
        option(1, "100.01", "0", &term(30, "0", "100.01")),
        option(2, "50.01", "0", &[term(15, "0", "50"), term(30, "0", "50.01")].join(",")),
        option(2, "51.26", "2.5", &[term(30, "0", "50"), term(60, "2.5", "51.26")].join(",")),
    ];
    let expected = format!(
        r#"{{"value":100.01,"installments":[{{"payment":{{"id":64,"name":null,"bin":"4111","value":100.01,"isDefault":true,"self":{{"href":"/api/pvt/payment-systems/64"}}}},"options":[{}]}}]}}"#,
        options.join(",")
    );
    let text = "request.value=100.01&request.paymentDetails[0].id=64&request.paymentDetails[0].bin=4111";
    assert_eq!(answered(&[read(credit).unwrap()], text), expected);
}

#[test]
fn systems_come_in_the_order_asked_or_in_the_order_of_their_rules() {
    let shop = shop();
    let all = answered(&shop, "request.value=250");
    assert_eq!(
        systems(&all),
        [(72, 4), (64, 3), (17, 1), (39, 1), (169, 1)],
        "no merchant is told, so no card 1"
    );
    let text = "request.value=250&request.paymentDetails[3].id=72&request.paymentDetails[1].id=39\
                &request.paymentDetails[2].id=9999&request.paymentDetails[0].id=2&request.paymentDetails[4].id=39";
    assert_eq!(
        systems(&answered(&shop, text)),
        [(39, 1), (72, 4), (39, 1)],
        "unknown and disabled ones are left out"
    );
}

#[test]
fn a_payment_of_a_part_is_divided_by_itself_and_asked_for_as_a_whole() {
    let rule = r#"{"name":"Large","salesChannels":[{"id":1}],"paymentSystem":{"id":2},"enabled":true,"minimumValue":200,
        "installmentOptions":{"minimumInstallmentValue":50,"installments":[{"quantity":1},{"quantity":2},{"quantity":3}]}}"#;
    let rules = [read(rule).unwrap()];
    let offered = |text: &str| systems(&answered(&rules, text));
    let share = "request.value=250&request.salesChannel=1&request.paymentDetails[0].id=2&request.paymentDetails[0].value=100";
    assert_eq!(offered(share), [(2, 2)]);
    assert!(answered(&rules, share).contains(r#""quantity":2,"value":50,"#));
    assert_eq!(offered("request.value=199.99&request.salesChannel=1"), []);
    assert_eq!(offered("request.value=250"), [], "the rule is for a channel that is not told");
    let small = "request.value=250&request.salesChannel=1&request.paymentDetails[0].id=2&request.paymentDetails[0].value=40";
    assert_eq!(offered(small), [(2, 0)], "the system is there, and every part would be too small");
}
