use super::Language;

/// One line of the catalogue. `{name}` in a sentence is the figure of that name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Message {
    /// Three letters and four digits, for ever (façade family).
    pub code: &'static str,
    /// The same on VTEX's face, for ever: 1099 is published there, all others are ours from 2000 up.
    pub number: u16,
    /// The same in words.
    pub kind: &'static str,
    /// The HTTP status it is answered with.
    pub status: u16,
    /// En español.
    pub spanish: &'static str,
    /// In English.
    pub english: &'static str,
}

impl Message {
    /// Its sentence, with the names of its figures in it.
    pub(super) const fn in_language(self, language: Language) -> &'static str {
        match language {
            Language::Spanish => self.spanish,
            Language::English => self.english,
        }
    }

    /// The HTTP status it is answered with on VTEX's face, whose clients know 400 for whatever a client
    /// has done wrong (409, 415, 422, 424 and 428 here), and every other status as it is. What they shall
    /// repeat in a moment is 429: after that they do.
    pub const fn vtex_status(self) -> u16 {
        match self.status {
            _ if self.number == KEY_IN_PROGRESS.number => 429,
            409 | 415 | 422 | 424 | 428 => 400,
            status => status,
        }
    }
}

/// Declares the catalogue: a constant for each message, and the table of all.
macro_rules! catalogue {
    ($($name:ident = $code:literal $number:literal $kind:literal $status:literal, $spanish:literal, $english:literal;)*) => {
        $(
            pub(super) const $name: Message = Message {
                code: $code,
                number: $number,
                kind: $kind,
                status: $status,
                spanish: $spanish,
                english: $english,
            };
        )*

        /// Every message there is, in the order of their codes.
        pub const MESSAGES: &[Message] = &[$($name),*];
    };
}

catalogue! {
    INVALID = "CRD-1001" 2001 "VALIDATION_ERROR" 422,
        "La solicitud no es válida: {fields}. Corríjala y vuelva a enviarla; no se registró nada.",
        "The request is not valid: {fields}. Correct it and send again; nothing was recorded.";
    MALFORMED_JSON = "CRD-1002" 2002 "MALFORMED_JSON" 400,
        "El cuerpo no es JSON válido, o anida más de 16 niveles: línea {line}, columna {column}. No se registró nada.",
        "The body is not valid JSON, or nests more than 16 levels: line {line}, column {column}. Nothing was recorded.";
    UNSUPPORTED_MEDIA_TYPE = "CRD-1003" 2003 "UNSUPPORTED_MEDIA_TYPE" 415,
        "El cuerpo debe ser JSON: envíe el encabezado Content-Type: application/json.",
        "The body must be JSON: send the header Content-Type: application/json.";
    PAYLOAD_TOO_LARGE = "CRD-1004" 2004 "PAYLOAD_TOO_LARGE" 413,
        "El cuerpo es demasiado grande: puede tener hasta {most_bytes} bytes.",
        "The body is too large: it may have up to {most_bytes} bytes.";
    UNAUTHORIZED = "CRD-1005" 2005 "UNAUTHORIZED" 401,
        "Falta una credencial válida ({reason}). Envíe Authorization: Bearer con un token vigente, o las cabeceras X-VTEX-API-AppKey y X-VTEX-API-AppToken, o VtexIdclientAutCookie.",
        "A valid credential is missing ({reason}). Send Authorization: Bearer with a token in force, or the headers X-VTEX-API-AppKey and X-VTEX-API-AppToken, or VtexIdclientAutCookie.";
    INSUFFICIENT_PERMISSIONS = "CRD-1006" 2006 "INSUFFICIENT_PERMISSIONS" 403,
        "La credencial no tiene el permiso {required} que esta operación exige.",
        "The credential lacks the permission {required} that this operation demands.";
    ROUTE_NOT_FOUND = "CRD-1007" 2007 "NOT_FOUND" 404,
        "No existe esta dirección. La documentación está en /docs.",
        "There is no such address. The documentation is at /docs.";
    METHOD_NOT_ALLOWED = "CRD-1008" 2008 "METHOD_NOT_ALLOWED" 405,
        "Esta dirección no admite ese método. La documentación está en /docs.",
        "This address does not take that method. The documentation is at /docs.";
    ORGANIZATION_REQUIRED = "CRD-1009" 2009 "ORGANIZATION_REQUIRED" 428,
        "El token no dice de qué organización es: envíe el encabezado X-Organization-ID.",
        "The token does not say which organization it is for: send the header X-Organization-ID.";
    ORGANIZATION_MISMATCH = "CRD-1010" 2010 "ORGANIZATION_MISMATCH" 403,
        "El encabezado de organización no coincide con la organización de la credencial.",
        "The organization header does not match the credential's organization.";
    KEY_REUSED = "CRD-1011" 2011 "IDEMPOTENCY_KEY_REUSED" 422,
        "Esta Idempotency-Key ya se usó con otro cuerpo. Use una clave nueva para una operación nueva.",
        "This Idempotency-Key was used with another body. Use a new key for a new operation.";
    KEY_IN_PROGRESS = "CRD-1012" 2012 "IDEMPOTENCY_KEY_IN_PROGRESS" 409,
        "Una solicitud con esta Idempotency-Key todavía se está procesando. Repita en un momento para recibir su respuesta.",
        "A request with this Idempotency-Key is still being worked on. Repeat in a moment to get its answer.";
    CUSTOMER_MISMATCH = "CRD-1013" 2013 "CUSTOMER_MISMATCH" 403,
        "El token está ligado al cliente {customer_id} y solo puede ver y usar ese crédito.",
        "The token is bound to the customer {customer_id} and may see and use that credit alone.";
    ORGANIZATION_UNKNOWN = "CRD-1014" 2014 "ORGANIZATION_UNKNOWN" 403,
        "La organización {organization} no existe en este servicio. Quien lo opera debe crearla.",
        "The organization {organization} does not exist in this service. Its operator has to make it.";
    BODY_TIMEOUT = "CRD-1015" 2015 "REQUEST_TIMEOUT" 408,
        "El cuerpo tardó demasiado en llegar. Repita con la misma Idempotency-Key.",
        "The body took too long to come. Repeat with the same Idempotency-Key.";
    ID_UNKNOWN = "CRD-1016" 2016 "NOT_FOUND" 404,
        "No hay nada con el {parameter} de la dirección: no tiene la forma de los identificadores que este servicio da.",
        "There is nothing with the {parameter} of the address: it does not have the form of the ids this service gives.";

    NOT_CARRIED_OUT = "CRD-1017" 2017 "NOT_CARRIED_OUT" 424,
        "No se hizo nada de esta operación: todas van juntas y {operation} no pudo hacerse. Corríjala o quítela y envíe todas de nuevo, o envíelas con all_or_nothing en false.",
        "Nothing of this operation was carried out: all go together, and {operation} could not be done. Correct it or leave it out and send all again, or send them with all_or_nothing false.";

    ACCOUNT_NOT_FOUND = "CRD-2001" 2101 "NOT_FOUND" 404,
        "El cliente {customer_id} no tiene cuenta de crédito. Solicítela con POST …/credit/request, o ábrala con POST /api/creditcontrol/accounts.",
        "The customer {customer_id} has no credit account. Ask for one with POST …/credit/request, or open it with POST /api/creditcontrol/accounts.";
    INVALID_TRANSITION = "CRD-2002" 2102 "INVALID_STATE_TRANSITION" 409,
        "La cuenta está {current_state} y no puede pasar a {target_state}.",
        "The account is {current_state} and cannot become {target_state}.";
    CREDIT_NOT_AVAILABLE = "CRD-2003" 2103 "CREDIT_NOT_AVAILABLE" 409,
        "Cliente no tiene crédito disponible: pidió {required} y puede comprar hasta {spendable}; faltan {shortfall}. Pasaría con un importe menor, con un pago previo de al menos {shortfall}, o con un límite mayor.",
        "The customer has no credit available: {required} was asked and up to {spendable} may be bought; {shortfall} is missing. It would pass with a smaller amount, with an earlier payment of at least {shortfall}, or with a higher limit.";
    LINE_SUSPENDED = "CRD-2004" 2104 "CREDIT_SUSPENDED" 409,
        "El crédito está suspendido: no admite compras nuevas hasta que se reactive. Los pagos se siguen recibiendo.",
        "The credit is suspended: it takes no new purchases until it is reactivated. Payments are still taken.";
    OWN_REQUEST = "CRD-2005" 2105 "OWN_REQUEST" 403,
        "Quien solicitó el crédito no puede aprobarlo. Debe aprobarlo otra persona con el permiso credit:approve.",
        "Whoever asked for the credit cannot approve it. Another person with the permission credit:approve must.";
    ORDER_CONFLICT = "CRD-2006" 2106 "ORDER_CONFLICT" 409,
        "La orden {order_id} ya se compró por {first_amount} en {first_installments} cuota(s); ahora se envió {amount} en {installments}. Repítala igual para recibir su respuesta, o use otra orden.",
        "The order {order_id} was bought before for {first_amount} in {first_installments} installment(s); now {amount} in {installments} was sent. Repeat it unchanged to get its answer, or use another order.";
    PAYMENT_CONFLICT = "CRD-2007" 2107 "PAYMENT_CONFLICT" 409,
        "El pago {payment_reference} ya se registró por {first_amount}; ahora se envió {amount}. Repítalo igual para recibir su respuesta, o use otra referencia.",
        "The payment {payment_reference} was recorded before with {first_amount}; now {amount} was sent. Repeat it unchanged to get its answer, or use another reference.";
    OVERDUE_DEBT = "CRD-2008" 2108 "OVERDUE_DEBT" 409,
        "Hay {overdue} vencidos desde hace más de {grace_days} días (el vencimiento más antiguo es {earliest_due_date}). Con un pago que deje hasta {above} vencidos, la compra pasaría.",
        "{overdue} is overdue for more than {grace_days} days (the oldest due date is {earliest_due_date}). After a payment that leaves up to {above} overdue, the purchase would pass.";
    TOO_MANY_INSTALLMENTS = "CRD-2009" 2109 "TOO_MANY_INSTALLMENTS" 422,
        "El importe {amount} no alcanza para {installments} cuotas: cada una debe ser al menos la unidad mínima de la moneda. Use hasta {most_installments} cuotas.",
        "The amount {amount} is too small for {installments} installments: each must be at least the currency's smallest unit. Use up to {most_installments}.";
    DEBT_OUTSTANDING = "CRD-2010" 2110 "DEBT_OUTSTANDING" 409,
        "El crédito no puede cancelarse mientras se deba o se retenga algo: se deben {outstanding} y se retienen {held}. Podrá cancelarse cuando ambos sean cero.",
        "The credit cannot be cancelled while anything is owed or held: {outstanding} is owed and {held} is held. It can be once both are zero.";
    INVOICE_NOT_OPEN = "CRD-2011" 2111 "INVOICE_NOT_OPEN" 422,
        "La factura {invoice_id} no está abierta en esta cuenta. Las abiertas están en GET …/credit/invoices?status=open.",
        "The invoice {invoice_id} is not open in this account. The open ones are at GET …/credit/invoices?status=open.";
    ALLOCATION_ABOVE_INVOICE = "CRD-2012" 2112 "ALLOCATION_ABOVE_INVOICE" 422,
        "A la factura {invoice_id} se le asignaron {allocated} y solo se deben {outstanding}. Asigne como máximo eso.",
        "{allocated} was allocated to the invoice {invoice_id}, of which only {outstanding} is owed. Allocate that at most.";
    ALLOCATIONS_ABOVE_PAYMENT = "CRD-2013" 2113 "ALLOCATIONS_ABOVE_PAYMENT" 422,
        "Se asignaron {allocated} de un pago de {amount}. Lo asignado puede sumar como máximo el pago.",
        "{allocated} was allocated of a payment of {amount}. What is allocated may add up to the payment at most.";
    TOTAL_TOO_LARGE = "CRD-2014" 2114 "TOTAL_TOO_LARGE" 422,
        "El total de la cuenta pasaría de {largest}, lo más que se puede registrar.",
        "The account's total would pass {largest}, the most that can be recorded.";
    LINE_NOT_OPEN = "CRD-2015" 2115 "CREDIT_NOT_APPROVED" 409,
        "La cuenta está {current_state}: esta operación necesita un crédito aprobado.",
        "The account is {current_state}: this operation needs an approved credit.";
    SNAPSHOT_EXPIRED = "CRD-2016" 2116 "SNAPSHOT_EXPIRED" 409,
        "Los datos del crédito son anteriores a {valid_until}; pídalos de nuevo con GET …/credit/snapshot.",
        "The credit's figures were valid until {valid_until}; fetch them again with GET …/credit/snapshot.";
    TRANSACTION_NOT_FOUND = "CRD-2017" 2117 "TRANSACTION_NOT_FOUND" 404,
        "La transacción {transaction_id} no existe en esta cuenta. Use el id que devolvió la autorización, o autorice una nueva.",
        "The transaction {transaction_id} does not exist in this account. Use the id that its authorization answered, or authorize a new one.";
    INVOICE_NOT_FOUND = "CRD-2018" 2118 "INVOICE_NOT_FOUND" 404,
        "La factura {invoice_id} no existe en esta cuenta. Use uno de los ids de la lista de facturas de la cuenta.",
        "The invoice {invoice_id} does not exist in this account. Use one of the ids in the account's list of invoices.";
    HOLDER_NOT_FOUND = "CRD-2019" 2119 "HOLDER_NOT_FOUND" 404,
        "Nadie con el id {holder_id} puede comprar con esta cuenta, o ya se le retiró. Use uno de los ids de la lista de titulares.",
        "Nobody with the id {holder_id} may buy on this account, or not any more. Use one of the ids in the list of holders.";
    STATEMENT_CONFLICT = "CRD-2020" 2120 "STATEMENT_CONFLICT" 409,
        "El movimiento {statement_id} ya se hizo por {first_value}; ahora se envió {value}. Repítalo igual para recibir su respuesta, o use otro id.",
        "The movement {statement_id} was made before with {first_value}; now {value} was sent. Repeat it unchanged to get its answer, or use another id.";
    ALREADY_OPEN = "CRD-2021" 1099 "ALREADY_OPEN" 409,
        "La cuenta de crédito ya está abierta.",
        "The Credit Account is already open.";
    HOLD_ENDED = "CRD-2022" 2122 "HOLD_ENDED" 409,
        "La retención {transaction_id} ya terminó: está {current_state}. Autorice una nueva, con otro id.",
        "The hold {transaction_id} has ended: it is {current_state}. Authorize a new one, under another id.";
    HOLD_FIRM = "CRD-2023" 2123 "HOLD_FIRM" 409,
        "La retención {transaction_id} es firme y no se puede liberar: liquídela, o espere a que venza el {expires_at}.",
        "The hold {transaction_id} is firm and cannot be released: settle it, or wait until it expires at {expires_at}.";
    EXPIRATION_PASSED = "CRD-2024" 2124 "EXPIRATION_PASSED" 422,
        "El vencimiento {expires_at} ya pasó: ahora son las {now}. Envíe uno posterior, o ninguno.",
        "The expiration {expires_at} has passed: it is {now} now. Send a later one, or none.";
    NO_OPEN_INVOICE = "CRD-2025" 2125 "NO_OPEN_INVOICE" 409,
        "La compra {transaction_id} no tiene facturas abiertas: no se le puede sumar nada. Autorice una compra nueva.",
        "The purchase {transaction_id} has no open invoice: nothing can be added to it. Authorize a new purchase.";
    GROWTH_TOO_LARGE = "CRD-2026" 2126 "GROWTH_TOO_LARGE" 409,
        "Para {transaction_id} se autorizaron {authorized} y puede llegar hasta {most}; se pidió {required}. Pida como máximo eso, o autorice la diferencia aparte.",
        "{authorized} was authorized for {transaction_id}, which may grow to {most}; {required} was asked. Ask for that at most, or authorize the difference on its own.";
    INVOICE_RESOLVED = "CRD-2027" 2127 "INVOICE_RESOLVED" 409,
        "La factura {invoice_id} está {current_state} y así se queda: esta operación necesita una factura abierta.",
        "The invoice {invoice_id} is {current_state} and stays so: this operation needs an open invoice.";
    POSTPONEMENT_DISABLED = "CRD-2028" 2128 "POSTPONEMENT_DISABLED" 409,
        "La tienda no permite posponer facturas. Puede permitirlo en su configuración (postponementEnabled).",
        "The store does not let invoices be postponed. It can in its configuration (postponementEnabled).";
    POSTPONED_TOO_OFTEN = "CRD-2029" 2129 "POSTPONED_TOO_OFTEN" 409,
        "La factura {invoice_id} ya se pospuso las {most_times} veces que permite la tienda. Pasaría con un máximo mayor en su configuración (invoicePostponementLimit).",
        "The invoice {invoice_id} was postponed the {most_times} times that the store lets. It would pass with a higher limit in its configuration (invoicePostponementLimit).";
    POSTPONED_TOO_FAR = "CRD-2030" 2130 "POSTPONED_TOO_FAR" 409,
        "La factura {invoice_id} ya se pospuso {days_before} día(s) y se pidieron {days} más; en total se permiten {most_days}. Pasaría con menos días, o con un máximo mayor en la configuración (maxPostponementDays).",
        "The invoice {invoice_id} was postponed by {days_before} day(s) and {days} more was asked; {most_days} in all is let. It would pass with fewer days, or with a higher limit in the configuration (maxPostponementDays).";
    SETTLEMENT_BELOW_PAID = "CRD-2031" 2131 "SETTLEMENT_BELOW_PAID" 409,
        "La compra {transaction_id} no puede liquidarse por {required}: ya se pagaron, devolvieron o cancelaron {least}. Liquídela por al menos eso.",
        "The purchase {transaction_id} cannot be settled at {required}: {least} of it is paid, refunded or cancelled already. Settle it at that at least.";
    REFUND_TOO_LARGE = "CRD-2032" 2132 "REFUND_TOO_LARGE" 409,
        "De la transacción {transaction_id} se pidió devolver {required} y se pueden devolver {most}: lo liquidado, menos lo devuelto o cancelado desde entonces. Devuelva como máximo eso.",
        "A refund of {required} was asked for the transaction {transaction_id}, of which {most} can be refunded: what was settled, less what was refunded or cancelled since. Refund that at most.";
    SHOPPER_UNKNOWN = "CRD-2034" 2134 "SHOPPER_UNKNOWN" 404,
        "Nadie con este correo tiene una cuenta de crédito ni puede comprar con la de otro. Ábrale una con POST /api/creditcontrol/accounts.",
        "Nobody with this e-mail has a credit account or may buy on somebody else's. Open one with POST /api/creditcontrol/accounts.";
    ACCOUNT_CLOSED = "CRD-2035" 2135 "ACCOUNT_CLOSED" 409,
        "La cuenta {customer_id} está cerrada: no admite nada hasta que se abra de nuevo con POST /api/creditcontrol/accounts.",
        "The account {customer_id} is closed: it takes nothing until it is opened again with POST /api/creditcontrol/accounts.";
    REQUEST_WAITING = "CRD-2036" 2136 "REQUEST_WAITING" 409,
        "Hay una solicitud de crédito en espera para el cliente {customer_id}. Se aprueba o se rechaza en POST /api/v1/customers/{customer_id}/credit/approve o …/reject.",
        "A request for credit is waiting for the customer {customer_id}. It is approved or rejected at POST /api/v1/customers/{customer_id}/credit/approve or …/reject.";
    RULE_UNKNOWN = "CRD-2037" 2137 "RULE_NOT_FOUND" 404,
        "No existe la regla de pago {rule_id}, o ya se eliminó. Use uno de los ids de GET /api/pvt/rules.",
        "There is no payment rule {rule_id}, or not any more. Use one of the ids of GET /api/pvt/rules.";
    TOO_MANY_RULES = "CRD-2038" 2138 "TOO_MANY_RULES" 409,
        "La tienda ya tiene {most} reglas de pago, las que puede tener. Elimine una con DELETE /api/pvt/rules/…, o cambie una con PUT.",
        "The store has {most} payment rules, which is as many as it may have. Remove one with DELETE /api/pvt/rules/…, or change one with PUT.";
    PLAN_CHANGED = "CRD-2039" 2139 "PLAN_CHANGED" 409,
        "El plan {plan_id} cambió desde que se mostró: eran {seen} y ahora son {current}. No se cobró nada. Muestre el plan actual y compre con su plan_hash.",
        "The plan {plan_id} has changed since it was shown: it was {seen} and is {current} now. Nothing was charged. Show the current plan and buy with its plan_hash.";
    PLAN_WITHDRAWN = "CRD-2040" 2140 "PLAN_WITHDRAWN" 409,
        "El plan {plan_id} ya no se ofrece: eran {seen}. No se cobró nada. Los planes que se ofrecen están en POST …/credit/preview.",
        "The plan {plan_id} is not offered any more: it was {seen}. Nothing was charged. The plans that are offered are at POST …/credit/preview.";
    PLAN_NOT_OFFERED = "CRD-2041" 2141 "PLAN_NOT_OFFERED" 409,
        "No se ofrece un plan {choice} para esta compra. Se ofrecen: {offered_plans}.",
        "No plan {choice} is offered for this purchase. These are: {offered_plans}.";

    INTERNAL = "CRD-3001" 2201 "INTERNAL_ERROR" 500,
        "Ocurrió un error de este servicio. No se registró nada; informe el requestId.",
        "This service made an error. Nothing was recorded; please report the requestId.";
    UNAVAILABLE = "CRD-3002" 2202 "DATABASE_UNAVAILABLE" 503,
        "La base de datos no está disponible. Repita con la misma Idempotency-Key en unos segundos.",
        "The database is not available. Repeat with the same Idempotency-Key in a few seconds.";
    OVERLOADED = "CRD-3003" 2203 "OVERLOADED" 503,
        "Hay demasiadas solicitudes en espera. Repita con la misma Idempotency-Key en {retry_after} segundo(s).",
        "Too many requests are waiting. Repeat with the same Idempotency-Key in {retry_after} second(s).";
    NOT_BUILT = "CRD-3004" 2204 "PAGES_NOT_BUILT" 503,
        "Las páginas no se han construido en este ejecutable. Constrúyalas con: {command}.",
        "The pages have not been built into this binary. Build them with: {command}.";
}
