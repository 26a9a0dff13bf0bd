use super::Open;
use super::desk::{Asked, Desk, buy, find, instant, key, request, suspend};
use crate::{Answer, AnswerKey, Changes, Store, StoreError, Wanted};
use fiado_core::account::{Needs, Operation, Rejection};
use std::collections::BTreeMap;

/// What is remembered under these keys.
fn remembered(store: &dyn Store, keys: &[AnswerKey]) -> BTreeMap<AnswerKey, Answer> {
    let wanted: Vec<Wanted> = keys
        .iter()
        .map(|key| Wanted { key: key.account.clone(), needs: Needs::default(), answer: Some(key.clone()) })
        .collect();
    let mut seen = BTreeMap::new();
    let looked = store.batch(&wanted, &mut |loaded| {
        seen = loaded.answers;
        Changes::default()
    });
    looked.unwrap();
    seen
}

fn remember(store: &dyn Store, answers: &[(AnswerKey, Answer)]) -> Result<(), StoreError> {
    let changes = Changes { answers: answers.to_vec(), ..Changes::default() };
    store.batch(&[], &mut |_| changes.clone())
}

fn answer_key(customer: &str, operation: Operation, text: &str) -> AnswerKey {
    AnswerKey { account: key(customer), operation, key: text.to_owned() }
}

fn no(at: &str) -> Answer {
    Answer { fingerprint: [9; 32], at: instant(at), result: Err(Rejection::AccountNotFound {}) }
}

pub(super) fn yes_and_no_are_remembered_word_for_word(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    desk.open_line(&account, 100_000);
    let commands = [buy("order-1", 30_000, 3), buy("order-2", 900_000, 1), suspend()];
    let asked: Vec<Asked> = ["una clave", "a/key", "🔑"]
        .into_iter()
        .zip(commands)
        .map(|(text, command)| Asked {
            idempotency_key: Some(text.to_owned()),
            ..Asked::new(&account, command)
        })
        .collect();
    let planned = desk.plan(&asked);
    store.batch(&[], &mut |_| planned.clone()).unwrap();
    let results: Vec<bool> = planned.answers.iter().map(|(_, answer)| answer.result.is_ok()).collect();
    assert_eq!(results, [true, false, true]);
    let keys: Vec<AnswerKey> = asked.iter().filter_map(Asked::answer_key).collect();
    assert_eq!(remembered(&*store, &keys), planned.answers.into_iter().collect());
}

pub(super) fn a_key_is_answered_once(open: Open<'_>) {
    let store = open();
    let (desk, account) = (Desk::new(&*store), key("cust_456"));
    let once = answer_key("cust_456", Operation::Request, "key-1");
    remember(&*store, &[(once.clone(), no("2025-11-24T10:00:00Z"))]).unwrap();
    let again = Asked { idempotency_key: Some("key-1".to_owned()), ..Asked::new(&account, request(100_000)) };
    let refused = desk.batch(&[again]);
    assert!(matches!(refused, Err(StoreError::Conflict(key)) if key == account));
    assert_eq!(find(&*store, &account), None, "nothing of the batch was written");
    let found = remembered(&*store, std::slice::from_ref(&once));
    assert_eq!(found.get(&once), Some(&no("2025-11-24T10:00:00Z")));
    let fresh = answer_key("cust_456", Operation::Request, "key-2");
    let twice = [(fresh.clone(), no("2025-11-24T10:00:00Z")), (fresh.clone(), no("2025-11-24T10:00:01Z"))];
    assert!(matches!(remember(&*store, &twice), Err(StoreError::Conflict(_))));
    assert!(remembered(&*store, &[fresh]).is_empty());
}

pub(super) fn a_key_means_something_in_its_account_and_operation_alone(open: Open<'_>) {
    let store = open();
    let keys = [
        answer_key("cust_456", Operation::Pay, "key-1"),
        answer_key("cust_456", Operation::UseCredit, "key-1"),
        answer_key("cust_457", Operation::Pay, "key-1"),
        answer_key("cust_456", Operation::Pay, "KEY-1"),
    ];
    for (number, key) in keys.iter().enumerate() {
        let found = remembered(&*store, &keys);
        assert_eq!(found.len(), number, "{key:?} is new");
        remember(&*store, &[(key.clone(), no("2025-11-24T10:00:00Z"))]).unwrap();
    }
}

pub(super) fn answers_are_forgotten_oldest_first_in_small_steps(open: Open<'_>) {
    let store = open();
    let keys: Vec<AnswerKey> =
        (0..10).map(|number| answer_key("cust_456", Operation::Pay, &format!("key-{number}"))).collect();
    let at = |number: usize| format!("2025-11-24T10:00:0{number}Z");
    // Written youngest first: age counts, not the order of writing.
    for (number, key) in keys.iter().enumerate().rev() {
        remember(&*store, &[(key.clone(), no(&at(number)))]).unwrap();
    }
    let left = || -> Vec<AnswerKey> { remembered(&*store, &keys).into_keys().collect() };
    let before = instant("2025-11-24T10:00:07Z");
    store.newest_instant().unwrap(); // nothing is only a moment ago any more
    assert_eq!(store.forget_answers(before, 3).unwrap(), 3);
    assert_eq!(left(), keys[3..]);
    assert_eq!(store.forget_answers(before, 3).unwrap(), 3);
    assert_eq!(store.forget_answers(before, 3).unwrap(), 1);
    assert_eq!(store.forget_answers(before, 3).unwrap(), 0);
    assert_eq!(left(), keys[7..]);
}
