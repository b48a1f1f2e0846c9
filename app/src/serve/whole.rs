//! A page goes out in one piece: a browser that gets the half of it lays out the half, and then all of it anew.

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderMap, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use kernel::Problem;

use super::refusal::Refusal;

/// Gathers what compression gives piece by piece, where it is a page, and so tells its length. Everything else goes out as it
/// comes: what is told while it happens, files, tables.
pub async fn whole(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if !is_page(response.headers()) {
        return response;
    }
    let (parts, body) = response.into_parts();
    match to_bytes(body, usize::MAX).await {
        Ok(body) => Response::from_parts(parts, Body::from(body)),
        Err(cause) => {
            let problem =
                Problem::internal("serve.page", "the page broke off while it was packed").because(cause);
            Refusal::from(problem).into_response()
        }
    }
}

fn is_page(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/html"))
}
