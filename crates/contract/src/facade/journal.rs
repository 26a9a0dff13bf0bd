use super::JournalSummary;
use super::request::sample_money;
use fiado_core::account::Entry;
use fiado_core::money::Currency;
use fiado_core::profile::Remark;
use serde::Serialize;
use utoipa::ToSchema;

/// Un hecho del diario de una cuenta: qué pasó, cuándo y quién lo hizo. El diario no se cambia nunca;
/// las notas se guardan aparte.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!(JournalEntryView::sample()))]
pub struct JournalEntryView {
    /// Su número en el diario de la cuenta, desde 1 y sin huecos.
    pub sequence: u64,
    /// Momento, UTC.
    #[schema(format = DateTime)]
    pub at: String,
    /// Quién lo hizo, como lo dijo su credencial; `fiado` si fue el propio servicio.
    pub by: String,
    /// Qué pasó: `requested`, `opened`, `approved`, `rejected`, `suspended`, `reactivated`, `cancelled`,
    /// `updated`, `limit_changed`, `tolerance_changed`, `balance_adjusted`, `holder_added`,
    /// `holder_removed`, `authorized`, `hold_changed`, `hold_released`, `hold_expired`, `settled`,
    /// `settlement_changed`, `refunded`, `invoice_cancelled`, `invoice_postponed`, `invoice_annotated`,
    /// `used` o `paid`; quizá otros más adelante.
    pub kind: &'static str,
    /// En qué vida de la cuenta: la primera es 1, y cada solicitud o apertura después de un final
    /// comienza otra.
    pub life: u32,
    /// Sus cifras; según `kind`, unas u otras, o ninguna.
    pub summary: JournalSummary,
    /// Lo que escribió quien decidió: notas de la aprobación o motivo. Ausente si no escribió nada o se
    /// borró.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    /// Su eslabón en la cadena del diario: SHA-256 del anterior y de este hecho, en hexadecimal.
    #[schema(min_length = 64, max_length = 64, pattern = "^[0-9a-f]{64}$")]
    pub hash: String,
}

impl JournalEntryView {
    /// An entry on the wire, with the life it is of, its link in the chain and the remark beside it.
    pub fn new(
        entry: &Entry,
        life: u32,
        hash: &[u8; 32],
        remark: Option<&Remark>,
        currency: Currency,
    ) -> JournalEntryView {
        JournalEntryView {
            sequence: entry.sequence,
            at: entry.at.to_string(),
            by: entry.by.to_string(),
            kind: entry.event.word(),
            life,
            summary: JournalSummary::new(&entry.event, currency),
            remark: remark.map(Remark::to_string),
            hash: hash.iter().map(|byte| format!("{byte:02x}")).collect(),
        }
    }
    /// An example.
    pub fn sample() -> JournalEntryView {
        JournalEntryView {
            sequence: 2,
            at: "2025-11-24T11:00:00Z".to_owned(),
            by: "user_manager".to_owned(),
            kind: "approved",
            life: 1,
            summary: JournalSummary {
                credit_limit: Some(sample_money(10_000)),
                payment_term_days: Some(30),
                ..JournalSummary::default()
            },
            remark: Some("Cliente con buen historial".to_owned()),
            hash: "f5d6410b6eadf3b65576afcfc2e1671270ff753bf7b9e1a17d5365542c4c72e6".to_owned(),
        }
    }
}
