use crate::auth::Permission;
use crate::engine::{Decided, EngineError, Work};
use crate::http::{BulkErrors, BulkParameters, Call, Done, Failure};
use axum::http::StatusCode;
use fiado_contract::catalogue::Problem;
use fiado_contract::facade::{Bulk, BulkAnswer, BulkBody, BulkOperation, Bulked, OperationAnswer, Success};

/// Where it is: its body may be larger than any other's.
pub(crate) const BULK_PATH: &str = "/api/v1/credit/bulk";

/// Hacer varias operaciones en una solicitud
///
/// Hasta 100, de cualesquiera clientes, en su orden; el cuerpo puede tener hasta 512 KiB. Cada una se responde como por sí
/// sola, sin que las demás importen: un cuerpo que no es válido, un permiso que falta o un crédito que no alcanza es la
/// respuesta de esa operación, y el estado de la solicitud es 200. Con `all_or_nothing` se hacen todas en una transacción o
/// ninguna: una dice por qué, y cada una de las otras `CRD-1017` (424) con el lugar de esa; un cuerpo que no es válido es
/// entonces 422 de toda la solicitud. Repetida con las mismas claves, cada operación hecha devuelve su primera respuesta.
/// Si no hay lugar para todas en la cola, es 503 y no se hizo ninguna.
/// Permiso: `credit:use` o `credit:payment`, y el de cada operación: `credit:payment` en `payment`, `credit:use` en las demás.
#[utoipa::path(
    post, path = "/api/v1/credit/bulk", tag = "Uso",
    params(BulkParameters),
    request_body = BulkBody,
    responses((status = 200, description = "Cada operación tiene su respuesta.", body = Success<BulkAnswer>), BulkErrors)
)]
pub(super) async fn bulk(call: Call) -> Result<Done<BulkAnswer>, Failure> {
    call.demand(&[Permission::CreditUse, Permission::CreditPayment])?;
    let bulk = call.body(|json| BulkBody::read(json, call.currency(), call.today()))?;
    let place = |bulked: &Bulked| (bulked.operation, bulked.customer.to_string());
    let places: Vec<(BulkOperation, String)> = bulk.operations.iter().map(place).collect();
    let results = if bulk.all_or_nothing { together(&call, bulk).await? } else { each(&call, bulk).await? };
    let answers = places.into_iter().zip(results).map(|(place, result)| word(&call, place, result));
    let answers: Vec<OperationAnswer> = answers.collect();
    let replayed = answers.iter().all(|answer| answer.replayed == Some(true));
    Ok(Done { status: StatusCode::OK, data: BulkAnswer::new(answers), replayed })
}

/// Each for itself: what the engine need not be asked has its answer already.
async fn each(call: &Call, bulk: Bulk) -> Result<Vec<Result<Decided, Failure>>, Failure> {
    let (mut works, mut refused) = (Vec::new(), Vec::new());
    for (index, bulked) in bulk.operations.into_iter().enumerate() {
        match prepare(call, index, bulked) {
            Ok(work) => {
                works.push(work);
                refused.push(None);
            }
            Err(failure) => refused.push(Some(failure)),
        }
    }
    let mut outcomes = call.app().engine.execute_each(works).await?.into_iter();
    let results = refused.into_iter().map(|refused| match refused {
        Some(failure) => Err(failure),
        None => outcomes.next().unwrap_or(Err(EngineError::Unavailable)).map_err(Failure::from),
    });
    Ok(results.collect())
}

/// All or none. Who may not do one of them learns nothing of the others' bodies.
async fn together(call: &Call, bulk: Bulk) -> Result<Vec<Result<Decided, Failure>>, Failure> {
    let forbidden = bulk.operations.iter().map(|bulked| permit(call, bulked).err());
    if let Some((culprit, failure)) =
        forbidden.enumerate().find_map(|(index, failure)| Some((index, failure?)))
    {
        return Ok(none_because_of(culprit, &failure, bulk.operations.len()));
    }
    let faults = bulk.faults();
    if !faults.is_empty() {
        return Err(Problem::Invalid(faults).into());
    }
    let works = bulk.operations.into_iter().enumerate().map(|(index, bulked)| prepare(call, index, bulked));
    let works = works.collect::<Result<Vec<Work>, Failure>>()?;
    let outcomes = call.app().engine.execute_together(works).await?;
    // Nobody refused any of it: a client that repeats by the status shall.
    if let Some(error) = outcomes.iter().find_map(could_not_be_tried) {
        return Err(error.into());
    }
    Ok(outcomes.into_iter().map(|outcome| outcome.map_err(Failure::from)).collect())
}

/// Why the engine did not come to decide a group: then it says so of each of its commands.
fn could_not_be_tried(outcome: &Result<Decided, EngineError>) -> Option<EngineError> {
    match outcome {
        Err(error @ (EngineError::Overloaded | EngineError::Unavailable)) => Some(*error),
        _ => None,
    }
}

fn none_because_of(culprit: usize, failure: &Failure, count: usize) -> Vec<Result<Decided, Failure>> {
    let left_out = || Failure::from(Problem::NotCarriedOut { because_of: culprit });
    (0..count).map(|index| Err(if index == culprit { failure.clone() } else { left_out() })).collect()
}

/// Nothing, if the caller may do this, for this customer: as of each operation alone.
fn permit(call: &Call, bulked: &Bulked) -> Result<(), Failure> {
    let permission = match bulked.operation {
        BulkOperation::Payment => Permission::CreditPayment,
        BulkOperation::Use
        | BulkOperation::Authorize
        | BulkOperation::Settle
        | BulkOperation::Release
        | BulkOperation::Refund => Permission::CreditUse,
    };
    call.demand(&[permission])?;
    call.demand_customer(Some(&bulked.customer))
}

fn prepare(call: &Call, index: usize, bulked: Bulked) -> Result<Work, Failure> {
    permit(call, &bulked)?;
    let command = bulked.command.map_err(Problem::Invalid)?;
    let of_request = || call.idempotency_key().map(|key| format!("{key}/{index}"));
    Ok(call.work(bulked.customer, command, bulked.idempotency_key.or_else(of_request)))
}

/// Words what came of an operation.
fn word(
    call: &Call,
    (operation, customer): (BulkOperation, String),
    result: Result<Decided, Failure>,
) -> OperationAnswer {
    let currency = call.currency();
    let (problem, replayed) = match result {
        Ok(Decided { result: Ok(receipt), replayed, .. }) => {
            match OperationAnswer::done(operation, &receipt, currency, replayed) {
                Some(answer) => return answer,
                None => (Problem::Internal, false),
            }
        }
        Ok(Decided { result: Err(rejection), replayed, .. }) => {
            (Problem::Rejected { customer, currency, rejection }, replayed)
        }
        Err(Failure { problem, replayed, .. }) => (*problem, replayed),
    };
    call.app().metrics.was_refused(problem.message().code);
    OperationAnswer::refused(&problem, replayed, call.language())
}
