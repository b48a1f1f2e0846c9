//! REST under `/api/v1`: one route per operation, made from the table.

pub mod body;
mod file;
pub mod shape;

use std::sync::Arc;

use axum::{
    RequestPartsExt, Router,
    extract::{Query, RawPathParams, Request, State},
    http::{Uri, header, request::Parts},
    response::{IntoResponse, Response},
    routing::{MethodFilter, get, on},
};
use kernel::{Context, Problem};
use serde_json::Value;
use slice::{Method, Operation};
use speech::say;
use store::Tx;

use self::shape::Shape;
use crate::{
    openapi,
    rows::Rows,
    serve::{
        Deed, Done, Running,
        caller::{Caller, Credentials},
        refusal::Refusal,
    },
};

/// Below this path stand the operations.
pub const ROOT: &str = "/api/v1";

/// Where an operation stands in the house, and what its input looks like.
#[derive(Clone)]
struct Seat {
    slice: usize,
    operation: usize,
    shape: Arc<Shape>,
    /// How its answer becomes a file, where it lists.
    rows: Option<Arc<Rows>>,
}

impl Seat {
    fn operation<'r>(&self, running: &'r Running) -> &'r Operation {
        &running.open.slices[self.slice].operations[self.operation]
    }
}

/// The routes of all operations, and of their description.
pub fn routes(running: &Running) -> Router<Arc<Running>> {
    let described = openapi::document(&running.open.slices).to_string();
    let mut router = Router::new().route(
        &format!("{ROOT}/openapi.json"),
        get(move || std::future::ready(openapi::answer(described.clone()))),
    );
    for (n, slice) in running.open.slices.iter().enumerate() {
        for (m, operation) in slice.operations.iter().enumerate() {
            let rows = Rows::of(operation).filter(|_| operation.head.method == Method::Get).map(Arc::new);
            let seat = Seat { slice: n, operation: m, shape: Arc::new(Shape::of(operation)), rows };
            let path = format!("{ROOT}{}", operation.head.path);
            // An address that ends in an id has no room for an ending.
            let ends = seat.rows.iter().filter(|_| !path.ends_with('}'));
            for path in ends.map(|_| format!("{path}{}", file::ENDING)).chain([path.clone()]) {
                let seat = seat.clone();
                let answer = move |State(running): State<Arc<Running>>, request: Request| {
                    answer(running, seat, request)
                };
                router = router.route(&path, on(filter(operation.head.method), answer));
            }
        }
    }
    router
}

fn filter(method: Method) -> MethodFilter {
    match method {
        Method::Get => MethodFilter::GET,
        Method::Post => MethodFilter::POST,
        Method::Put => MethodFilter::PUT,
        Method::Delete => MethodFilter::DELETE,
    }
}

async fn answer(running: Arc<Running>, seat: Seat, request: Request) -> Response {
    if let Some(rows) = seat.rows.clone().filter(|_| file::is_wanted(request.uri(), request.headers())) {
        let answer = file::answer(running, seat, rows.as_ref().clone(), request).await;
        return answer.unwrap_or_else(IntoResponse::into_response);
    }
    match asked(running, seat, request).await {
        Ok(output) => ([(header::CONTENT_TYPE, "application/json")], output).into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

/// The answer, in JSON.
async fn asked(running: Arc<Running>, seat: Seat, request: Request) -> Result<String, Refusal> {
    let (mut parts, body) = request.into_parts();
    let shown = Credentials::of(&parts.headers);
    let address = path_parts(&mut parts).await?;
    let takes_body = matches!(seat.operation(&running).head.method, Method::Post | Method::Put);
    let fields = match takes_body {
        true => body::fields(&parts.headers, body).await,
        false => query(&parts.uri).and_then(|pairs| seat.shape.input(pairs)).map_err(Refusal::from),
    };
    // Who may not ask learns nothing of what was wrong with the question.
    let input = fields.and_then(|mut fields| {
        fields.extend(seat.shape.input(address.clone())?);
        Ok(Value::Object(fields))
    });
    let operation = seat.operation(&running);
    if operation.is_brief
        && let Ok(input) = &input
        && let Some(found) = running.glance(|running| glanced(running, operation, &shown, input))
    {
        if let Some(caller) = found.caller {
            caller.touched(&running, shown).await;
        }
        return found.answer;
    }
    let subject = address.into_iter().next().map_or_else(String::new, |(_, id)| id);
    let answer = running.work(move |running| Ok(ask(running, &seat, &shown, &subject, input))).await;
    answer.map_err(Refusal::from)?
}

/// The parts of an address, in its order.
///
/// # Errors
/// 404 for what cannot be an address of ours.
pub async fn path_parts(parts: &mut Parts) -> Result<Vec<(String, String)>, Refusal> {
    let found = parts.extract::<RawPathParams>().await.map_err(|_| Refusal::nowhere(parts.uri.path()))?;
    Ok(found.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
}

/// What stands behind the question mark, in its order.
///
/// # Errors
/// `input.query` for what cannot be read.
pub fn query(uri: &Uri) -> kernel::Result<Vec<(String, String)>> {
    Query::try_from_uri(uri).map(|Query(pairs)| pairs).map_err(|cause| {
        let text =
            say!("what stands behind the question mark cannot be read; write it as name=value&name=value");
        Problem::invalid("query", "input.query", text).because(cause)
    })
}

fn ask(
    running: &Running,
    seat: &Seat,
    shown: &Credentials,
    subject: &str,
    input: Result<Value, Refusal>,
) -> Result<String, Refusal> {
    let operation = seat.operation(running);
    if operation.is_read() {
        return read(running, operation, shown, input, Operation::tell);
    }
    let caller = Caller::look(running, shown)?;
    let (input, unread) = match input {
        Ok(input) => (input, None),
        Err(refusal) => (Value::Null, Some(refusal)),
    };
    let deed = Deed {
        via: "api",
        operation: operation.head.name,
        permission: operation.head.permission,
        subject,
        input: &input,
    };
    if let Err(problem) = caller.require_own_form(shown) {
        running.refused(&caller.cx, deed, &problem);
        return Err(problem.into());
    }
    match unread {
        Some(refusal) if caller.cx.require(deed.permission, deed.operation).is_ok() => Err(refusal),
        _ => Ok(write(running, operation, &caller, deed)?.to_string()),
    }
}

/// Writes what an operation does with its entry in the audit; where nobody said what it is about, the answer does.
///
/// # Errors
/// As [`Running::write`].
pub fn write(
    running: &Running,
    operation: &Operation,
    caller: &Caller,
    deed: Deed<'_>,
) -> kernel::Result<Value> {
    running.write(caller, deed, |tx| {
        let answer = operation.run(&caller.cx, tx, deed.input.clone())?;
        let id = answer.get("id").and_then(Value::as_str).filter(|_| deed.subject.is_empty());
        let subject = id.map(str::to_owned);
        Ok(Done { answer, subject })
    })
}

/// How an operation that only looks answers.
type Look<T> = fn(&Operation, &Context, &mut Tx<'_>, Value) -> kernel::Result<T>;

/// Who asks, where somebody does, and the answer.
struct Found {
    caller: Option<Caller>,
    answer: Result<String, Refusal>,
}

/// Who asks is found in the same transaction as the answer.
fn read<T>(
    running: &Running,
    operation: &Operation,
    shown: &Credentials,
    input: Result<Value, Refusal>,
    look: Look<T>,
) -> Result<T, Refusal> {
    let mut caller = None;
    let answer = running.open.house.store.read(&running.own(), |tx| {
        let caller = caller.insert(Caller::find(running, tx, shown)?);
        caller.cx.require(operation.head.permission, operation.head.name)?;
        Ok(match input {
            Ok(input) => Ok(look(operation, &caller.cx, tx, input)?),
            Err(refusal) => Err(refusal),
        })
    });
    if let Some(caller) = caller {
        caller.touch(running, shown);
    }
    answer.map_err(Refusal::from)?
}

/// The same at a glance; nothing where it would take long.
fn glanced(running: &Running, operation: &Operation, shown: &Credentials, input: &Value) -> Option<Found> {
    let mut caller = None;
    let answer = running.open.house.store.glance(&running.own(), |tx| {
        let caller = caller.insert(Caller::find(running, tx, shown)?);
        operation.tell(&caller.cx, tx, input.clone())
    });
    let answer = answer.transpose()?.map_err(Refusal::from);
    Some(Found { caller, answer })
}
