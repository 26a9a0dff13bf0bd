use super::{USD, id_of, json, named, published, published_rule, read};
use fiado_contract::fields::{Expected, Fault, FieldError};
use fiado_contract::gateway::{RuleDocument, RuleView, read_stored};
use fiado_core::calendar::Instant;
use fiado_core::identity::RuleId;
use fiado_core::installments::{Deadlines, Due};
use fiado_core::money::{Amount, Currency};
use fiado_core::rules::{Country, EdgeError, IntervalField, MethodKind, PaymentSystem, SalesChannels};

/// The least a rule says.
const LEAN: &str = r#"{"name":"Lean","salesChannels":[{"id":"1"}],"paymentSystem":{"id":2},"enabled":true}"#;

fn with(field: &str) -> String {
    LEAN.replace("}],", &format!("}}],{field},"))
}

#[test]
fn every_published_rule_is_accepted_and_comes_back_equal() {
    assert_eq!(published().len(), 11);
    for text in published() {
        let id = id_of(text);
        let (document, rule) = RuleView::read(&json(text), USD, &id).unwrap();
        assert_eq!(document.text(), text);
        assert_eq!(read_stored(&document.text(), USD, &id), Ok(rule));
        let answered = serde_json::to_string(&RuleDocument::parse(&document.text()).unwrap()).unwrap();
        assert_eq!(answered, text);
        for currency in Currency::ALL {
            assert!(read_stored(text, *currency, &id).is_ok(), "{currency:?} {text}");
        }
    }
}

#[test]
fn a_published_rule_says_what_it_says() {
    let rule = read(published_rule("American Express - ")).unwrap();
    let at = |text| Instant::parse(text);
    assert!(rule.enabled && !rule.is_default);
    assert_eq!((rule.system.id, rule.system.name.as_str()), (1, "American Express"));
    assert_eq!(rule.channels, SalesChannels::All);
    assert_eq!((rule.begins, rule.ends), (at("2023-12-10T17:00:00Z"), at("2023-12-22T01:00:00Z")));
    assert_eq!((rule.intervals.len(), rule.merchants.len()), (2, 2));
    assert_eq!((rule.country, rule.minimum), (Country::parse("US"), Amount::ZERO));
    let options = rule.options.unwrap();
    assert_eq!((options.due, options.method), (Due::End, MethodKind::Compound));
    assert_eq!(options.minimum_part.minor(), 100);
    let quantities = options.quantities.iter().map(|quantity| {
        let (rate, tax) = (String::from(quantity.rate), quantity.tax.map(String::from));
        (quantity.count.get(), rate, tax, quantity.is_external)
    });
    let tax = || Some("0".to_owned());
    let expected = [(12, "1.86".to_owned(), tax(), None), (18, "1.9".to_owned(), tax(), None)];
    assert_eq!(quantities.collect::<Vec<_>>(), expected);

    let credit = read(published_rule("Customer Credit - ")).unwrap();
    assert_eq!(credit.system.id, PaymentSystem::CUSTOMER_CREDIT);
    let days = credit.deadlines.iter().map(|deadlines: &Deadlines| deadlines.days().collect::<Vec<u16>>());
    assert_eq!(days.collect::<Vec<_>>(), [vec![30], vec![30, 60], vec![15, 30]]);
    assert_eq!(read(published_rule("Maestro - ")).unwrap().options, None);
}

#[test]
fn a_rule_is_given_its_id_and_nothing_else_of_it_changes() {
    let new = RuleId::new("c997267e-39bf-4217-a890-a503f6a7dc47").unwrap();
    let text = |body: &str| RuleView::read(&json(body), USD, &new).unwrap().0.text();
    for published in published() {
        let expected = published.replace(id_of(published).as_str(), new.as_str());
        assert_eq!(text(published), expected, "an id that was sent is not kept");
    }
    let id = format!(r#"{{"id":"{new}","#);
    assert_eq!(text(LEAN), LEAN.replacen('{', &id, 1));
    let odd = with(r#""unknown":{"a":[1.50,-0,1e-7,"\u00f1"]},"minimumValue":"1.2345","interest":10.0"#);
    let expected = odd.replacen('{', &id, 1).replace(r"\u00f1", "ñ");
    assert_eq!(text(&odd), expected, "numbers keep their spelling, and fields their order");
    for other in [r#""id":7"#, r#""id":"r-2""#, r#""id":"""#, r#""id":null"#, r#""id":{}"#] {
        assert_eq!(text(&with(other)), with(&format!(r#""id":"{new}""#)), "{other}");
    }
}

#[test]
fn a_rule_says_little_and_null_is_absence() {
    let rule = read(LEAN).unwrap();
    let nothing = [
        "connector",
        "issuer",
        "antifraud",
        "installmentOptions",
        "isSelfAuthorized",
        "requiresAuthentication",
        "installmentsService",
        "isDefault",
        "beginDate",
        "endDate",
        "condition",
        "multiMerchantList",
        "country",
        "dateIntervals",
        "externalInterest",
        "minimumValue",
        "deadlines",
        "cobrand",
        "cardLevel",
    ];
    let nulls: Vec<String> = nothing.iter().map(|name| format!(r#""{name}":null"#)).collect();
    assert_eq!(read(&with(&nulls.join(","))), Ok(rule.clone()));
    let empty =
        r#""multiMerchantList":[],"dateIntervals":[],"deadlines":[],"country":{"name":null,"isoCode":null}"#;
    assert_eq!(read(&with(empty)), Ok(rule.clone()));
    assert_eq!((rule.system.name.as_str(), rule.options, rule.country), ("", None, None));
    let options = read(&with(r#""installmentOptions":{}"#)).unwrap().options.unwrap();
    assert!(options.quantities.is_empty() && options.minimum_part.is_zero());
    assert_eq!((options.due, options.method), (Due::End, MethodKind::Compound));
}

#[test]
fn numbers_and_booleans_may_be_texts_and_channels_numbers() {
    let body = r#"{"name":"Texts","salesChannels":[{"id":1},{"id":"2"}],"paymentSystem":{"id":"64","name":"Credit"},
        "enabled":"true","isDefault":"True","minimumValue":"10.001","installmentOptions":{"dueDateType":"1",
        "interestRateMethod":"1","minimumInstallmentValue":"0.005","installments":[{"quantity":"3",
        "interestRate":"1.5","interestTax":"20","isExternalInstallmentService":"1"}]},
        "deadlines":[{"paymentOptions":[{"days":"60","interestRate":"2.5"},{"days":15}]}],
        "beginDate":"2023-12-10T14:00:00-03:00","endDate":"2023-12-10T17:00:00.0000001"}"#;
    let rule = read(body).unwrap();
    assert!(rule.enabled && rule.is_default);
    assert_eq!(rule.channels, SalesChannels::These(vec!["1".to_owned(), "2".to_owned()]));
    assert_eq!(rule.begins, Instant::parse("2023-12-10T17:00:00Z"));
    assert_eq!(rule.ends, rule.begins, "what has no zone is told in UTC");
    assert_eq!(rule.minimum.minor(), 1_001, "a bound is rounded up to the cent");
    let options = rule.options.unwrap();
    assert_eq!((options.due, options.method), (Due::Beginning, MethodKind::SimpleWithTax));
    assert_eq!(options.minimum_part.minor(), 1);
    let quantity = options.quantities[0];
    assert_eq!((quantity.count.get(), quantity.is_external), (3, Some(1)));
    assert_eq!(
        (String::from(quantity.rate), quantity.tax.map(String::from)),
        ("1.5".into(), Some("20".into()))
    );
    assert_eq!(rule.deadlines[0].days().collect::<Vec<_>>(), [15, 60]);
    assert_eq!(String::from(rule.deadlines[0].highest_rate()), "2.5");
}

/// What cannot be, and the fields that are named for it.
#[rustfmt::skip]
const WRONG: &[(&str, &[&str])] = &[
    (r#"{}"#,                                                ["name", "salesChannels", "paymentSystem", "enabled"].as_slice()),
    (r#"{"name":" ","salesChannels":[],"paymentSystem":{},"enabled":1}"#,
                                                             &["name", "salesChannels", "paymentSystem.id", "enabled"]),
    (r#"{"name":7,"salesChannels":{},"paymentSystem":64,"enabled":null}"#,
                                                             &["name", "salesChannels", "paymentSystem", "enabled"]),
    (r#"{"name":"a\nb","salesChannels":[{"id":""},{"id":true},{},7],"paymentSystem":{"id":0,"name":9},"enabled":"maybe"}"#,
     &["name", "salesChannels[0].id", "salesChannels[1].id", "salesChannels[2].id", "salesChannels[3]",
       "paymentSystem.id", "paymentSystem.name", "enabled"]),
];

/// The same, for what a lean rule says besides.
#[rustfmt::skip]
const WRONG_BESIDES: &[(&str, &[&str])] = &[
    (r#""installmentOptions":{"dueDateType":2,"interestRateMethod":3,"minimumInstallmentValue":-1,"installments":[{"quantity":1},{"quantity":49}]}"#,
     &["installmentOptions.dueDateType", "installmentOptions.interestRateMethod",
       "installmentOptions.minimumInstallmentValue", "installmentOptions.installments[1].quantity"]),
    (r#""installmentOptions":{"installments":[{"quantity":2},{"quantity":3},{"quantity":2},{"quantity":"3"}]}"#,
     &["installmentOptions.installments[2].quantity", "installmentOptions.installments[3].quantity"]),
    (r#""installmentOptions":{"installments":[{"quantity":0,"interestRate":-1,"interestTax":"x","isExternalInstallmentService":[]},{"interestRate":10001}]}"#,
     &["installmentOptions.installments[0].quantity", "installmentOptions.installments[0].interestRate",
       "installmentOptions.installments[0].isExternalInstallmentService", "installmentOptions.installments[0].interestTax",
       "installmentOptions.installments[1].quantity", "installmentOptions.installments[1].interestRate"]),
    (r#""installmentOptions":[]"#,                           &["installmentOptions"]),
    (r#""isDefault":"perhaps","beginDate":"tomorrow","endDate":20231210"#,
                                                             &["isDefault", "beginDate", "endDate"]),
    (r#""beginDate":"2023-12-10","endDate":"2023-02-29T00:00:00Z""#, &["beginDate", "endDate"]),
    (r#""beginDate":"2023-12-10T17:00:00Z","endDate":"2023-12-10T16:59:59Z""#, &["endDate"]),
    (r#""multiMerchantList":["",7,"norte"],"country":{"isoCode":"BRA"}"#,
                                         &["multiMerchantList[0]", "multiMerchantList[1]", "country.isoCode"]),
    (r#""multiMerchantList":"norte","country":"br""#,        &["multiMerchantList", "country"]),
    (r#""dateIntervals":[{"start":"* * 11 * * 1,3,4 * -0300"},{"start":"soon","end":"* * 25 * * * * -0300"},{"start":1,"end":null}]"#,
     &["dateIntervals[0].end", "dateIntervals[1].start", "dateIntervals[1].end", "dateIntervals[2].start",
       "dateIntervals[2].end"]),
    (r#""minimumValue":"much","deadlines":[{"paymentOptions":[]},{},{"paymentOptions":[{"days":-1},{"days":3651,"interestRate":-1}]}]"#,
     &["minimumValue", "deadlines[0].paymentOptions", "deadlines[1].paymentOptions",
       "deadlines[2].paymentOptions[0].days", "deadlines[2].paymentOptions[1].days",
       "deadlines[2].paymentOptions[1].interestRate"]),
    (r#""connector":"none","condition":[],"cardLevel":7,"isSelfAuthorized":0,"externalInterest":"x""#,
                               &["connector", "condition", "cardLevel", "isSelfAuthorized", "externalInterest"]),
    (r#""enabled":false,"isDefault":true,"isDefault":true"#, &["enabled", "isDefault"]),
];

#[test]
fn every_wrong_field_of_a_rule_is_named_at_once() {
    for (body, expected) in WRONG {
        assert_eq!(named(read(body)), *expected, "{body}");
    }
    for (fields, expected) in WRONG_BESIDES {
        assert_eq!(named(read(&with(fields))), *expected, "{fields}");
    }
    for body in ["[]", "7", "null", "\"rule\""] {
        let fault = Fault::WrongType(Expected::Object);
        assert_eq!(read(body), Err(vec![FieldError { field: String::new(), fault }]), "{body}");
    }
}

#[test]
fn a_wrong_field_says_why() {
    let fault = |fields: &str| read(&with(fields)).unwrap_err().remove(0).fault;
    let interval = |start: &str, end: &str| {
        fault(&format!(r#""dateIntervals":[{{"start":"* * {start}","end":"* * {end}"}}]"#))
    };
    assert_eq!(
        fault(r#""beginDate":"2023-12-10T17:00:00Z","endDate":"2023-12-09T17:00:00Z""#),
        Fault::Before("2023-12-10T17:00:00Z".to_owned())
    );
    assert_eq!(fault(r#""country":{"isoCode":""}"#), Fault::NotACountry);
    let right = "11 * * * * -0300";
    assert_eq!(interval("11 * *", right), Fault::NotAnInterval(EdgeError::NotEightFields));
    let wrong = EdgeError::Wrong(IntervalField::DayOfWeek);
    assert_eq!(interval(right, "11 * * 8 * -0300"), Fault::NotAnInterval(wrong));
    assert_eq!(interval(right, "12 * * * * -0400"), Fault::NotAnInterval(EdgeError::OtherOffset));
    let twice = r#""installmentOptions":{"installments":[{"quantity":2},{"quantity":2}]}"#;
    assert_eq!(fault(twice), Fault::Repeated);
}

#[test]
fn a_rule_is_bounded() {
    let many = |entry: &str, count: usize| vec![entry; count].join(",");
    let quantities = |count: usize| {
        let quantities: Vec<String> = (1..=count).map(|count| format!(r#"{{"quantity":{count}}}"#)).collect();
        format!(r#""installmentOptions":{{"installments":[{}]}}"#, quantities.join(","))
    };
    let interval = r#"{"start":"* * 1 * * * * -0300","end":"* * 2 * * * * -0300"}"#;
    let terms = |count| format!(r#"{{"paymentOptions":[{}]}}"#, many(r#"{"days":30}"#, count));
    let list = |name: &str, entry: &str, count| format!(r#""{name}":[{}]"#, many(entry, count));
    let bounds = [
        (
            "multiMerchantList",
            100,
            list("multiMerchantList", r#""norte""#, 100),
            list("multiMerchantList", r#""norte""#, 101),
        ),
        ("dateIntervals", 100, list("dateIntervals", interval, 100), list("dateIntervals", interval, 101)),
        ("deadlines", 48, list("deadlines", &terms(1), 48), list("deadlines", &terms(1), 49)),
        (
            "deadlines[0].paymentOptions",
            48,
            list("deadlines", &terms(48), 1),
            list("deadlines", &terms(49), 1),
        ),
        ("installmentOptions.installments", 48, quantities(48), quantities(49)),
    ];
    for (field, most, full, too_many) in bounds {
        assert!(read(&with(&full)).is_ok(), "{field}");
        let error = FieldError { field: field.to_owned(), fault: Fault::TooManyEntries(most) };
        assert_eq!(read(&with(&too_many)), Err(vec![error]), "{field}");
    }
    let channels = |count| LEAN.replace(r#"{"id":"1"}"#, &many(r#"{"id":"1"}"#, count));
    assert!(read(&channels(100)).is_ok());
    assert_eq!(named(read(&channels(101))), ["salesChannels"]);
    let name = |length: usize| LEAN.replace("Lean", &"ñ".repeat(length));
    assert!(read(&name(200)).is_ok());
    assert_eq!(read(&name(201)).unwrap_err()[0].fault, Fault::TooLong(200));
}

#[test]
fn a_rule_of_another_currency_is_read_again_or_said_to_be_unreadable() {
    let id = RuleId::new("r-1").unwrap();
    let minimum = |value: &str| read_stored(&with(&format!(r#""minimumValue":{value}"#)), Currency::Clp, &id);
    assert_eq!(minimum("99.50").unwrap().minimum.minor(), 100);
    let error = minimum("1e13").unwrap_err();
    assert_eq!(error.id, id);
    assert_eq!(
        error.to_string(),
        "the payment rule r-1 cannot be read: minimumValue must be at most 9999999999999"
    );
}
