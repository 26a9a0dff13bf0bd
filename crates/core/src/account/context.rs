use crate::calendar::{Day, Instant};
use crate::identity::{ActorId, LifeId};
use crate::policy::Policy;

/// Everything a decision depends on besides the account and the command. The core reads no clock
/// and no randomness: they come in here.
#[derive(Debug, Clone)]
pub struct Context<'a> {
    /// The present moment.
    pub now: Instant,
    /// The present day in the organization's time zone.
    pub today: Day,
    /// Who gives the command.
    pub actor: ActorId,
    /// Fresh random bytes, used if the command begins a life.
    pub new_life: LifeId,
    /// What the organization has decided.
    pub policy: &'a Policy,
}
