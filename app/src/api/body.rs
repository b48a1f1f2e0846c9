//! The body of a request: no larger than allowed, no slower than patience, JSON where JSON is asked for.

use std::time::Duration;

use axum::{
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, StatusCode, header},
};
use kernel::Problem;
use serde_json::{Map, Value};
use speech::say;

use crate::serve::refusal::Refusal;

/// Most bytes of a body, files apart.
pub const LARGEST_BODY: usize = 1 << 20;
/// A body, files apart, arrives within this time.
pub const SLOWEST_BODY: Duration = Duration::from_secs(30);

/// Reads a whole body.
///
/// # Errors
/// 413 when it is too large, 408 when it is too slow, 400 when it breaks off.
pub async fn whole(headers: &HeaderMap, body: Body) -> Result<Bytes, Refusal> {
    let told = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if told.is_some_and(|told| LARGEST_BODY as u64 <= told.saturating_sub(1)) {
        return Err(too_large());
    }
    match tokio::time::timeout(SLOWEST_BODY, to_bytes(body, LARGEST_BODY)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(cause)) if is_too_large(&cause) => Err(too_large()),
        Ok(Err(cause)) => Err(broken(cause)),
        Err(_) => Err(Refusal::new(
            StatusCode::REQUEST_TIMEOUT,
            Problem::invalid(
                "body",
                "body.slow",
                say!("the body took longer than 30 seconds to arrive; send it again"),
            ),
        )),
    }
}

/// Reads a body as the fields of a JSON object; an empty one has none.
///
/// # Errors
/// 415 for another media type, 400 for what is not JSON, and as [`whole`].
pub async fn fields(headers: &HeaderMap, body: Body) -> Result<Map<String, Value>, Refusal> {
    let bytes = whole(headers, body).await?;
    if bytes.is_empty() {
        return Ok(Map::new());
    }
    if !is_json(headers) {
        let text = "the body is taken as JSON; send it with `content-type: application/json`";
        let problem = Problem::invalid("content-type", "body.media", text);
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, problem));
    }
    serde_json::from_slice(&bytes).map_err(|cause| {
        let text = format!("the body is not a JSON object: {cause}");
        Refusal::new(StatusCode::BAD_REQUEST, Problem::invalid("body", "body.json", text))
    })
}

fn is_json(headers: &HeaderMap) -> bool {
    let media = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    media.split(';').next().is_some_and(|media| media.trim().eq_ignore_ascii_case("application/json"))
}

/// Deep inside, a limit was reached.
fn is_too_large(cause: &axum::Error) -> bool {
    let inner = std::error::Error::source(cause);
    inner.is_some_and(|inner| inner.is::<http_body_util::LengthLimitError>())
}

fn too_large() -> Refusal {
    let text = say!("the body is larger than 1 MiB; send less at once, or send a file to /api/v1/imports");
    Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, Problem::invalid("body", "body.large", text))
}

/// The body broke off.
pub fn broken(cause: impl std::error::Error + Send + Sync + 'static) -> Refusal {
    let problem =
        Problem::invalid("body", "body.broken", say!("the body broke off; send it again")).because(cause);
    Refusal::new(StatusCode::BAD_REQUEST, problem)
}
