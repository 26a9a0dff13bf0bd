//! Whether a limit is kept to the last cent while everybody buys on the same line at once.

use super::StoreKind;
use crate::load::all;
use crate::scenarios::{PurchasesBeyond, PurchasesOf};
use crate::trade::Trade;
use serde::Serialize;
use std::fmt;

/// How many purchases the line has room for, and their sum.
const ROOM: u64 = 500;
const LIMIT: &str = "5000.00";
/// How many are tried.
const TRIED: u64 = 800;

/// What came of it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Limit {
    store: StoreKind,
    room: u64,
    tried: u64,
    bought: u64,
    /// Answers that were neither a success nor a refusal for want of credit.
    wrong: u64,
    used: String,
}

/// Has more bought on a new line than its limit has room for.
pub(super) fn exact(store: StoreKind, trade: &Trade, connections: usize) -> Limit {
    let line = trade.open_line(LIMIT);
    let taken = all(trade.address, &PurchasesBeyond(PurchasesOf(trade, &line)), connections, TRIED);
    let used = trade.reader().get(&line.itself).must_be(200).at("credit_used");
    Limit {
        store,
        room: ROOM,
        tried: TRIED,
        bought: taken.count_of(200),
        wrong: taken.wrong + taken.lost,
        used,
    }
}

impl Limit {
    /// Whether as much was bought as there was room for, and not a cent more.
    pub(super) fn is_exact(&self) -> bool {
        self.bought == self.room && self.used == LIMIT && self.wrong == 0
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Limit { store, room, tried, bought, wrong, used } = self;
        write!(
            formatter,
            "{store}: of {tried} purchases at once {bought} passed on a line with room for {room}, {used} is used of \
             {LIMIT}, {wrong} answers were wrong"
        )
    }
}
