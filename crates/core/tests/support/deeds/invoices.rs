//! What is done to one invoice.

use super::{Pick, picks};
use crate::support::commands::{cancel_invoice, pay_invoice, postpone, update_invoice};
use crate::support::world::World;
use fiado_core::account::{Command, InvoiceState};
use proptest::prelude::*;

#[derive(Debug, Clone)]
pub(crate) enum Deed {
    Pay(Pick),
    Update { pick: Pick, state: Option<InvoiceState>, annotated: bool },
    Cancel(Pick),
    Postpone { pick: Pick, days: u16 },
}

pub(super) fn deeds() -> impl Strategy<Value = Deed> {
    let states = proptest::option::of(proptest::sample::select(InvoiceState::ALL.to_vec()));
    prop_oneof![
        4 => picks().prop_map(Deed::Pay),
        7 => (picks(), states, any::<bool>())
            .prop_map(|(pick, state, annotated)| Deed::Update { pick, state, annotated }),
        4 => picks().prop_map(Deed::Cancel),
        5 => (picks(), 1_u16..40).prop_map(|(pick, days)| Deed::Postpone { pick, days }),
    ]
}

pub(super) fn meant(world: &World, deed: &Deed) -> Command {
    match deed {
        Deed::Pay(pick) => pay_invoice(&pick.id(world)),
        Deed::Update { pick, state, annotated } => update_invoice(&pick.id(world), *state, *annotated),
        Deed::Cancel(pick) => cancel_invoice(&pick.id(world)),
        Deed::Postpone { pick, days } => postpone(&pick.id(world), *days),
    }
}
