//! The Spanish façade: bodies in, answers out (`/api/v1/customers/{id}/credit…`).
//!
//! One file an operation, named as in the core and in the server. A body type is written for the
//! documentation; its `read` is what really reads it, so that every wrong field is named.

mod account;
mod approve;
mod cart;
mod change_limit;
mod change_tolerance;
mod envelope;
mod invoices;
mod line;
mod pay;
mod payments;
mod remark;
mod request;
mod requests;
mod snapshot;
mod statement;
mod status;
mod usages;
mod use_credit;

pub use account::AccountView;
pub use approve::{ApproveAnswer, ApproveBody};
pub use cart::{Assessment, Plan, Preview, assess, plans};
pub use change_limit::ChangeLimitBody;
pub use change_tolerance::ChangeToleranceBody;
pub use envelope::{ErrorBody, ErrorDetails, ErrorEnvelope, ListEnvelope, Pagination, Success};
pub use invoices::{InvoiceStatus, InvoiceView};
pub use line::LineAnswer;
pub use pay::{AllocationBody, PayAnswer, PayBody};
pub use payments::{AppliedView, PaymentView};
pub use remark::ReasonBody;
pub use request::{BusinessInfo, RequestAnswer, RequestBody};
pub use requests::RequestView;
pub use snapshot::{OverdueStopView, RungView, SnapshotView, read_snapshot};
pub use statement::{LineOrigin, StatementLineView};
pub use status::AccountStatus;
pub use usages::{UsageStatus, UsageView};
pub use use_credit::{InstallmentView, UseCreditAnswer, UseCreditBody};
