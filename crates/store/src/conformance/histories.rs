use super::Open;
use super::desk::{
    Asked, Desk, approve, buy, cancel, key, key_in, limit, organization, pay, reactivate, reject, request,
    suspend, tolerance,
};
use super::transactions::assert_agrees;
use crate::Store;
use crate::verify::verify;
use fiado_core::account::{Book, Command, Entry};
use fiado_core::identity::AccountKey;

/// Numbers that are random enough and always the same (SplitMix64).
struct Dice(u64);

impl Dice {
    /// A number below a bound.
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }

    fn command(&mut self) -> Command {
        let name = self.below(60);
        match self.below(20) {
            0 | 1 => request(100_000),
            2 | 3 => approve(20_000 + self.below(50_000)),
            4 => suspend(),
            5 | 6 => reactivate(),
            7 => limit(self.below(90_000)),
            18 => tolerance(u32::try_from(self.below(2_000_000)).unwrap()),
            8 => [reject(), cancel()][usize::try_from(self.below(2)).unwrap()].clone(),
            9..14 => pay(&format!("transfer-{name}"), 1 + self.below(15_000)),
            _ => buy(&format!("order-{name}"), 1 + self.below(9_000), 1 + self.below(12)),
        }
    }
}

pub(super) fn random_histories_are_replayed_to_what_is_stored(open: Open<'_>) {
    let store = open();
    let desk = Desk::new(&*store);
    let accounts = ["alfa", "bravo", "charlie"].map(key);
    for account in &accounts {
        desk.open_line(account, 50_000);
    }
    let mut dice = Dice(20_251_124);
    for _ in 0..120 {
        let asked: Vec<Asked> = (0..=dice.below(8))
            .map(|_| Asked::new(&accounts[usize::try_from(dice.below(3)).unwrap()], dice.command()))
            .collect();
        desk.batch(&asked).unwrap();
        desk.wait(u32::try_from(dice.below(400_000)).unwrap());
    }
    for account in &accounts {
        let (stored, _) = store.book(account).unwrap().unwrap();
        assert_eq!(stored, replayed(&*store, account));
        assert!(stored.payments.len() > 10 && stored.usages.len() > 10, "the history is worth the name");
    }
    assert_agrees(&*store);
}

fn replayed(store: &dyn Store, account: &AccountKey) -> Book {
    let mut book = Book::default();
    for row in store.journal(account, 0, 10_000).unwrap() {
        book.replay(&serde_json::from_slice::<Entry>(&row.body).unwrap());
    }
    book
}

pub(super) fn two_writers_take_turns_without_losing_anything(open: Open<'_>) {
    let (here, there) = (open(), open());
    let account = key("cust_456");
    Desk::new(&*here).open_line(&account, 1_000_000);
    let buy_thirty = |store: &dyn Store, name: &str| {
        let desk = Desk::new(store);
        desk.all_done(&account, (0..30).map(|number| buy(&format!("{name}-{number}"), 100, 2)));
    };
    std::thread::scope(|scope| {
        scope.spawn(|| buy_thirty(&*here, "here"));
        scope.spawn(|| buy_thirty(&*there, "there"));
    });
    let (book, _) = here.book(&account).unwrap().unwrap();
    assert_eq!((book.account.version, book.usages.len()), (62, 60));
    let summary = verify(&*there, &mut |_| {}).unwrap();
    assert_eq!((summary.accounts, summary.entries, summary.differences), (1, 62, 0));
}

pub(super) fn all_accounts_are_found_in_order_of_their_keys(open: Open<'_>) {
    let store = open();
    store.organization_or_new(&organization("org_a")).unwrap();
    let desk = Desk::new(&*store);
    let mut keys: Vec<AccountKey> = ["zeta", "alfa", "ñandú", "Alfa", "x y"].map(key).into();
    keys.extend(["zeta", "alfa"].map(|customer| key_in("org_a", customer)));
    for account in &keys {
        desk.done(account, request(100_000));
    }
    desk.said(&key("refused"), approve(100_000)).unwrap_err();
    keys.sort();
    assert_eq!(store.account_keys(None, 100).unwrap(), keys);
    for most in 1..4 {
        let mut found: Vec<AccountKey> = Vec::new();
        loop {
            let page = store.account_keys(found.last(), most).unwrap();
            assert!(page.len() <= most);
            if page.is_empty() {
                break;
            }
            found.extend(page);
        }
        assert_eq!(found, keys);
    }
}
