//! What `verify` finds in a file that was changed behind the engine's back.

use fiado_core::account::{Approve, Book, Command, Context, Pay, Request, UseCredit, execute, needs};
use fiado_store::verify::{Fault, Finding, Summary, verify};
use std::path::Path;
