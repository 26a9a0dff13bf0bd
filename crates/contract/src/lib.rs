//! The words on the wire: what bodies say, what is answered, and every sentence for people.
//!
//! It promises that a body is read whole, with every wrong field named at once; that amounts are
//! written with their currency's decimals; and that each refusal has one code and one sentence in
//! Spanish and in English, the same in the server and in the browser.
//!
//! It never decides anything about an account, and knows neither axum nor a store.

pub mod catalogue;
pub mod facade;
pub mod fields;
pub mod gateway;
pub mod json;
mod money;
pub mod vtex;

pub use money::{Fraction, FractionInput, Money, MoneyInput, Percentage, Ratio, ShortMoney, Sum};
