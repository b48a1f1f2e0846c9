//! A refusal on its way out: what a program is told, in the form of RFC 9457, and what the log is told.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{Problem, ProblemKind};
use serde_json::{Value, json};

/// A problem and the status it is answered with; the last layer writes it out with the number of the request.
#[derive(Debug)]
pub struct Refusal {
    /// The status.
    pub status: StatusCode,
    /// The problem.
    pub problem: Problem,
}

impl Refusal {
    /// A problem of the door itself, with a status that no operation gives.
    pub fn new(status: StatusCode, problem: Problem) -> Refusal {
        Refusal { status, problem }
    }

    /// Nothing stands at this address.
    pub fn nowhere(path: &str) -> Refusal {
        let text = format!("nothing answers at {path}; GET /api/v1/openapi.json lists what does");
        Problem::not_found("api.path", text).into()
    }

    /// What a program is told, with the number of the request.
    pub fn body(&self, request: &str) -> Value {
        let Refusal { status, problem } = self;
        let mut text = json!({
            "type": format!("urn:mainstay:problem:{}", problem.code),
            "title": status.canonical_reason().unwrap_or("Refused"),
            "status": status.as_u16(),
            "detail": problem.message,
            "code": problem.code,
            "request": request,
        });
        if let Some(field) = &problem.field {
            text["field"] = json!(field);
        }
        text
    }

    /// What is sent, with the number of the request.
    pub fn written(&self, request: &str) -> Response {
        let status = self.status;
        let mut response = (status, self.body(request).to_string()).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }

    /// Tells the log what lies behind our own failures.
    pub fn log(&self, request: &str) {
        log(&self.problem, request);
    }
}

/// Tells the log of a failure of ours.
pub fn log(problem: &Problem, request: &str) {
    if problem.kind == ProblemKind::Internal {
        tracing::error!(request, code = problem.code, cause = ?problem.cause, "{problem}");
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Refusal {
        let status = match problem.code {
            "access.sign_in" | "access.token" => StatusCode::UNAUTHORIZED,
            _ => StatusCode::from_u16(problem.kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
        };
        Refusal { status, problem }
    }
}

/// Carries the refusal to the last layer.
impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = self.status;
        response.extensions_mut().insert(std::sync::Arc::new(self));
        response
    }
}
