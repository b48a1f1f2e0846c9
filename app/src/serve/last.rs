//! The last layer: every answer gets a number and the headers that keep a browser careful.

use std::sync::{
    Arc, LazyLock,
    atomic::{AtomicU64, Ordering},
};

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

use super::refusal::Refusal;

/// The number of a request, in its answer and in the log.
#[derive(Clone, Debug)]
pub struct RequestNumber(pub String);

/// What every answer carries, unless it says otherwise.
const HEADERS: [(HeaderName, HeaderValue); 8] = [
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(ui::CONTENT_SECURITY_POLICY)),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static(
            "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
        ),
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
];

/// Numbers the request, writes a refusal out, and sets the headers.
pub async fn last(mut request: Request, next: Next) -> Response {
    let number = next_number();
    request.extensions_mut().insert(RequestNumber(number.clone()));
    let mut response = next.run(request).await;
    if let Some(refusal) = response.extensions_mut().remove::<Arc<Refusal>>() {
        refusal.log(&number);
        response = refusal.written(&number);
    }
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.entry(name).or_insert(value);
    }
    if let Ok(number) = HeaderValue::from_str(&number) {
        headers.insert("x-request-id", number);
    }
    response
}

/// Unlike any other of this program, and told apart from those of the program before.
pub fn next_number() -> String {
    static START: LazyLock<i64> = LazyLock::new(crate::config::clock);
    static COUNT: AtomicU64 = AtomicU64::new(1);
    format!("{:x}-{}", *START, COUNT.fetch_add(1, Ordering::Relaxed))
}
