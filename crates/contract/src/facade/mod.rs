//! The Spanish façade: bodies in, answers out (`/api/v1/customers/{id}/credit…`).
//!
//! One file an operation, named as in the core and in the server. A body type is written for the
//! documentation; its `read` is what really reads it, so that every wrong field is named.

mod account;
mod aging;
mod allocate_payment;
mod approve;
mod availability;
mod bulk;
mod change_limit;
mod change_tolerance;
mod due_calendar;
mod envelope;
mod invoices;
mod journal;
mod journal_summary;
mod late_charges;
mod line;
pub mod numbers;
mod offering;
mod pay;
mod payments;
mod plan;
mod preview;
mod preview_payment;
mod previewer;
mod remark;
mod request;
mod requests;
mod session;
mod snapshot;
mod statement;
mod status;
mod usages;
mod use_credit;
mod validate;

pub use account::AccountView;
pub use aging::{AgeBucketView, AgingView};
pub use allocate_payment::{AllocationView, allocate_payment};
pub use approve::{ApproveAnswer, ApproveBody};
pub use availability::AvailabilityView;
pub use bulk::{
    Bulk, BulkAnswer, BulkBody, BulkOperation, Bulked, BulkedAnswer, BulkedBody, OperationAnswer,
};
pub use change_limit::ChangeLimitBody;
pub use change_tolerance::ChangeToleranceBody;
pub use due_calendar::{DueCalendarQuery, DueCalendarView, DueDayView};
pub use envelope::{ErrorBody, ErrorDetails, ErrorEnvelope, ListEnvelope, Pagination, Success};
pub use invoices::{InvoiceStatus, InvoiceView};
pub use journal::JournalEntryView;
pub use journal_summary::JournalSummary;
pub use late_charges::{LateChargesView, LateTotalsView};
pub use line::LineAnswer;
pub use offering::{CreditRuleView, DeadlinesView, DueDatesView, HoursView, QuantityView, TermView};
pub use pay::{AllocationBody, PayAnswer, PayBody};
pub use payments::{AppliedView, PaymentView};
pub use plan::PlanView;
pub(crate) use plan::sample_plan;
pub use preview::{PreviewAnswer, PreviewBody, RemediesView, Verdict};
pub use preview_payment::{PreviewPaymentAnswer, PreviewedPartView};
pub use previewer::{Preview, Previewer, Question, language_of, preview};
pub use remark::ReasonBody;
pub use request::{BusinessInfo, RequestAnswer, RequestBody};
pub use requests::RequestView;
pub use session::SessionView;
pub use snapshot::{EndingHoldView, OverdueStopView, RungView, SnapshotView, read_snapshot};
pub use statement::{LineOrigin, StatementLineView};
pub use status::AccountStatus;
pub use usages::{UsageStatus, UsageView};
pub use use_credit::{InstallmentView, UseCreditAnswer, UseCreditBody};
pub use validate::validate;
