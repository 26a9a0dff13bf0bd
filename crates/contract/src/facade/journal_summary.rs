use super::AppliedView;
use crate::{Fraction, Money};
use fiado_core::account::{AppliedPart, Event, HoldTerms};
use fiado_core::identity::{InvoiceId, OrderId, TransactionId};
use fiado_core::installments::Part;
use fiado_core::money::{Amount, Currency};
use serde::Serialize;
use utoipa::ToSchema;

/// Las cifras de un hecho, con los nombres que tienen en las demás respuestas. Nada de ellas es un dato
/// personal.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct JournalSummary {
    /// La vida de la cuenta que comenzó.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit_account_id: Option<String>,
    /// Límite que se solicitó.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requested_limit: Option<Money>,
    /// Límite desde entonces.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit_limit: Option<Money>,
    /// Límite que había.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous_credit_limit: Option<Money>,
    /// Tolerancia desde entonces.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<Fraction>,
    /// Tolerancia que había.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous_tolerance: Option<Fraction>,
    /// Plazo de pago, en días.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_term_days: Option<u16>,
    /// La compra.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage_id: Option<String>,
    /// La retención.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transaction_id: Option<String>,
    /// La orden.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_id: Option<String>,
    /// Cuánto: de la compra, la retención, la devolución o el pago; si cambió, desde entonces.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// Cuánto era.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous_amount: Option<Money>,
    /// Cuánto se retuvo al principio de lo que se liquidó.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorized_amount: Option<Money>,
    /// Cuánto seguía retenido de lo que se liquidó.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held_amount: Option<Money>,
    /// En cuántas cuotas; en una liquidación por otro importe o una devolución, a cuántas toca.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub installments: Option<u8>,
    /// El plan con que se compró.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan_id: Option<String>,
    /// Lo que de la compra es interés; con un plan.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interest: Option<Money>,
    /// Lo que pagos anteriores ya habían pagado de la compra.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prepaid: Option<Money>,
    /// Hasta cuándo vale la retención, UTC.
    #[schema(nullable = false, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
    /// La factura.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invoice_id: Option<String>,
    /// Vencimiento: de la factura, o el primero de la compra; si cambió, desde entonces.
    #[schema(nullable = false, format = Date)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_date: Option<String>,
    /// Vencimiento que tenía.
    #[schema(nullable = false, format = Date)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous_due_date: Option<String>,
    /// Lo que faltaba pagar de la factura.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outstanding: Option<Money>,
    /// Lo que se había pagado de la factura y quedó a favor del cliente.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub returned: Option<Money>,
    /// El pago.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_id: Option<String>,
    /// Referencia de quien pagó.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_reference: Option<String>,
    /// Día en que se pagó.
    #[schema(nullable = false, format = Date)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_date: Option<String>,
    /// A qué facturas fue el pago.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allocations: Option<Vec<AppliedView>>,
    /// Lo que sobró del pago, para compras siguientes.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unapplied: Option<Money>,
    /// El titular.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder_id: Option<String>,
    /// El movimiento del saldo manual, con el nombre que le dio su cliente.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statement_id: Option<String>,
    /// Cuánto movió el saldo manual; puede ser negativo.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Money>,
}

impl JournalSummary {
    /// The figures of an event.
    pub fn new(event: &Event, currency: Currency) -> JournalSummary {
        let facts = Facts { currency };
        match event {
            Event::Requested { .. }
            | Event::Opened { .. }
            | Event::Approved { .. }
            | Event::LimitChanged { .. }
            | Event::ToleranceChanged { .. } => facts.of_line(event),
            Event::Authorized { .. }
            | Event::HoldChanged { .. }
            | Event::HoldReleased { .. }
            | Event::HoldExpired { .. } => facts.of_hold(event),
            Event::Used { .. }
            | Event::Settled { .. }
            | Event::SettlementChanged { .. }
            | Event::Refunded { .. } => facts.of_purchase(event),
            Event::InvoiceCancelled { .. }
            | Event::InvoicePostponed { .. }
            | Event::InvoiceAnnotated { .. } => facts.of_invoice(event),
            Event::Paid { .. } => facts.of_payment(event),
            Event::HolderAdded { holder } | Event::HolderRemoved { holder } => {
                JournalSummary { holder_id: Some(holder.to_string()), ..JournalSummary::default() }
            }
            Event::BalanceAdjusted { statement, value } => JournalSummary {
                statement_id: Some(statement.to_string()),
                value: Some(Money::new(*value, currency)),
                ..JournalSummary::default()
            },
            Event::Rejected {}
            | Event::Suspended {}
            | Event::Reactivated {}
            | Event::Cancelled {}
            | Event::Updated {} => JournalSummary::default(),
        }
    }
}

/// What says the figures of events in a currency.
#[derive(Clone, Copy)]
struct Facts {
    currency: Currency,
}

impl Facts {
    fn money(self, amount: Amount) -> Option<Money> {
        Some(Money::new(amount, self.currency))
    }

    fn of_line(self, event: &Event) -> JournalSummary {
        let none = JournalSummary::default();
        match event {
            Event::Requested { life, limit, term } => JournalSummary {
                credit_account_id: Some(format!("credit_{life}")),
                requested_limit: self.money(*limit),
                payment_term_days: Some(term.days()),
                ..none
            },
            Event::Opened { life, limit, tolerance, term } => JournalSummary {
                credit_account_id: Some(format!("credit_{life}")),
                credit_limit: self.money(*limit),
                tolerance: Some(Fraction(*tolerance)),
                payment_term_days: Some(term.days()),
                ..none
            },
            Event::Approved { limit, term } => JournalSummary {
                credit_limit: self.money(*limit),
                payment_term_days: Some(term.days()),
                ..none
            },
            Event::LimitChanged { from, to } => JournalSummary {
                credit_limit: self.money(*to),
                previous_credit_limit: self.money(*from),
                ..none
            },
            Event::ToleranceChanged { from, to } => JournalSummary {
                tolerance: Some(Fraction(*to)),
                previous_tolerance: Some(Fraction(*from)),
                ..none
            },
            _ => none,
        }
    }

    fn of_hold(self, event: &Event) -> JournalSummary {
        match event {
            Event::Authorized { transaction, order, terms } => {
                JournalSummary { order_id: Some(order.to_string()), ..self.held(transaction, terms) }
            }
            Event::HoldChanged { transaction, from, terms } => {
                JournalSummary { previous_amount: self.money(*from), ..self.held(transaction, terms) }
            }
            Event::HoldReleased { transaction, amount } | Event::HoldExpired { transaction, amount } => {
                JournalSummary {
                    transaction_id: Some(transaction.to_string()),
                    amount: self.money(*amount),
                    ..JournalSummary::default()
                }
            }
            _ => JournalSummary::default(),
        }
    }

    fn held(self, transaction: &TransactionId, terms: &HoldTerms) -> JournalSummary {
        JournalSummary {
            transaction_id: Some(transaction.to_string()),
            amount: self.money(terms.amount),
            installments: Some(terms.installments.get()),
            expires_at: Some(terms.expires_at.to_string()),
            ..JournalSummary::default()
        }
    }

    fn of_purchase(self, event: &Event) -> JournalSummary {
        match event {
            Event::Used { transaction, order, amount, plan, parts, prepaid } => JournalSummary {
                plan_id: plan.as_ref().map(|plan| plan.id.to_string()),
                interest: plan.as_ref().and_then(|plan| self.money(plan.interest)),
                ..self.bought(self.purchase(transaction, order, *amount, parts.len()), parts, prepaid)
            },
            Event::Settled { transaction, order, authorized, held, amount, parts, prepaid } => {
                JournalSummary {
                    authorized_amount: self.money(*authorized),
                    held_amount: self.money(*held),
                    ..self.bought(self.purchase(transaction, order, *amount, parts.len()), parts, prepaid)
                }
            }
            Event::SettlementChanged { transaction, order, from, to, changes } => JournalSummary {
                previous_amount: self.money(*from),
                ..self.purchase(transaction, order, *to, changes.len())
            },
            Event::Refunded { transaction, order, amount, changes } => {
                self.purchase(transaction, order, *amount, changes.len())
            }
            _ => JournalSummary::default(),
        }
    }

    fn purchase(
        self,
        transaction: &TransactionId,
        order: &OrderId,
        amount: Amount,
        installments: usize,
    ) -> JournalSummary {
        JournalSummary {
            usage_id: Some(format!("usage_{transaction}")),
            order_id: Some(order.to_string()),
            amount: self.money(amount),
            installments: u8::try_from(installments).ok(),
            ..JournalSummary::default()
        }
    }

    /// What only a purchase that is made says.
    fn bought(self, purchase: JournalSummary, parts: &[Part], prepaid: &[AppliedPart]) -> JournalSummary {
        let paid = Amount::saturating_sum(prepaid.iter().map(|part| part.amount));
        JournalSummary {
            due_date: parts.first().map(|part| part.due.to_string()),
            prepaid: self.money(paid).filter(|_| !paid.is_zero()),
            ..purchase
        }
    }

    fn of_invoice(self, event: &Event) -> JournalSummary {
        let of = |invoice: &InvoiceId| JournalSummary {
            invoice_id: Some(invoice.to_string()),
            ..JournalSummary::default()
        };
        match event {
            Event::InvoiceCancelled { invoice, due, left, returned } => JournalSummary {
                due_date: Some(due.to_string()),
                outstanding: self.money(*left),
                returned: self.money(*returned),
                ..of(invoice)
            },
            Event::InvoicePostponed { invoice, from, to, left } => JournalSummary {
                due_date: Some(to.to_string()),
                previous_due_date: Some(from.to_string()),
                outstanding: self.money(*left),
                ..of(invoice)
            },
            Event::InvoiceAnnotated { invoice } => of(invoice),
            _ => JournalSummary::default(),
        }
    }

    fn of_payment(self, event: &Event) -> JournalSummary {
        let Event::Paid { payment, reference, amount, date, applied, unapplied } = event else {
            return JournalSummary::default();
        };
        JournalSummary {
            payment_id: Some(format!("payment_{payment}")),
            payment_reference: reference.as_ref().map(|reference| reference.to_string()),
            amount: self.money(*amount),
            payment_date: Some(date.to_string()),
            allocations: Some(applied.iter().map(|part| AppliedView::new(part, self.currency)).collect()),
            unapplied: self.money(*unapplied),
            ..JournalSummary::default()
        }
    }
}
