//! A list as a file of CSV: every row of it, page by page, each asked for once the one before has been taken.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderValue, Uri, header},
    response::{IntoResponse, Response},
};
use futures_util::{StreamExt, stream};
use serde_json::{Map, Value, json};
use slice::{Head, Operation};
use store::DataClass;

use super::Seat;
use crate::{
    rows::Rows,
    serve::{
        Deed, Running,
        caller::{Caller, Credentials},
        refusal::Refusal,
    },
};

/// What stands at the end of an address that answers with a file.
pub(super) const ENDING: &str = ".csv";

/// Whether a request asks for a file, by its address or by what it accepts.
pub(super) fn is_wanted(uri: &Uri, headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let first = accepted.split([',', ';']).next().unwrap_or_default().trim();
    uri.path().ends_with(ENDING) || first.eq_ignore_ascii_case("text/csv")
}

/// A file under way.
struct Flow {
    running: Arc<Running>,
    seat: Seat,
    rows: Rows,
    shown: Credentials,
    input: Map<String, Value>,
    /// Where the next page begins; nothing at the first one.
    after: Option<String>,
    ended: bool,
}

/// Answers with every row of a list. The first page is asked for before anything is sent, so that a refusal is one.
///
/// # Errors
/// As the operation answers.
pub(super) async fn answer(
    running: Arc<Running>,
    seat: Seat,
    rows: Rows,
    request: Request,
) -> Result<Response, Refusal> {
    let (mut parts, _) = request.into_parts();
    let shown = Credentials::of(&parts.headers);
    let mut input =
        super::query(&parts.uri).and_then(|pairs| seat.shape.input(pairs)).map_err(Refusal::from)?;
    input.extend(seat.shape.input(super::path_parts(&mut parts).await?).map_err(Refusal::from)?);
    let rows = rows.chosen(&input);
    let name = seat.operation(&running).head.command.split(' ').next().unwrap_or("rows").to_owned();
    let mut flow = Flow { running, seat, rows, shown, input, after: None, ended: false };
    let first = flow.rows.head().map_err(Refusal::from)? + &flow.page().await?;
    flow.note().await?;
    let rest = stream::unfold(flow, |mut flow| async move {
        if flow.ended {
            return None;
        }
        // What breaks off does so visibly: whoever takes the file sees that it is not whole.
        let page = flow.page().await.map_err(|refusal| std::io::Error::other(refusal.problem.message));
        flow.ended |= page.is_err();
        Some((page, flow))
    });
    // Whoever packs the body asks once more after its end.
    let body = Body::from_stream(stream::once(std::future::ready(Ok(first))).chain(rest).fuse());
    let mut response = ([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], body).into_response();
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}.csv\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

impl Flow {
    /// The lines of the next page. Who asks is found anew each time, so that a session that ended takes no more with it.
    async fn page(&mut self) -> Result<String, Refusal> {
        let (seat, rows, shown) = (self.seat.clone(), self.rows.clone(), self.shown.clone());
        let input = rows.page(&self.input, self.after.as_deref());
        let asked = self.running.work(move |running| {
            Ok(super::read(running, seat.operation(running), &shown, Ok(input), Operation::run))
        });
        let answer = asked.await.map_err(Refusal::from)??;
        self.after = Rows::next(&answer);
        self.ended = self.after.is_none();
        self.rows.lines(&answer).map_err(Refusal::from)
    }

    /// Who takes a file of people with them stands in the audit.
    async fn note(&self) -> Result<(), Refusal> {
        let (seat, shown, input) = (self.seat.clone(), self.shown.clone(), self.input.clone());
        let noted = self.running.work(move |running| {
            let operation = seat.operation(running);
            if operation.head.class != DataClass::Personal {
                return Ok(());
            }
            let caller = Caller::look(running, &shown)?;
            caller.cx.require(operation.head.permission, operation.head.name)?;
            let input = json!({ "as": "csv", "of": input });
            let Head { name: operation, permission, .. } = operation.head;
            running.done(&caller.cx, Deed { via: "api", operation, permission, subject: "", input: &input })
        });
        noted.await.map_err(Refusal::from)
    }
}
