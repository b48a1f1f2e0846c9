//! The tools over HTTP: one address, a token with every request, no sessions; whoever was sent by a page of another site
//! is turned away.

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, StatusCode, Uri, header, uri::Authority},
    response::{IntoResponse, Response},
    routing::post,
};
use kernel::Problem;
use rmcp::{
    ErrorData,
    model::{ClientJsonRpcMessage, RequestId, ServerJsonRpcMessage},
    transport::streamable_http_server::{
        StreamableHttpServerConfig, StreamableHttpService, session::never::NeverSessionManager,
    },
};
use serde_json::Value;

use super::{Door, PATH, Speaker, tool::Toolbox};
use crate::{
    api::body,
    serve::{Running, address::PublicAddress, caller::Credentials, last::RequestNumber, refusal::Refusal},
};

/// The route of the tools.
pub fn routes(running: &Running) -> Router<Arc<Running>> {
    let tools = Arc::new(Toolbox::of(&running.open.slices));
    let answer = move |State(running): State<Arc<Running>>, request: Request| {
        let tools = Arc::clone(&tools);
        async move { answer(running, tools, request).await.unwrap_or_else(IntoResponse::into_response) }
    };
    Router::new().route(PATH, post(answer))
}

async fn answer(running: Arc<Running>, tools: Arc<Toolbox>, request: Request) -> Result<Response, Refusal> {
    let (parts, body) = request.into_parts();
    require_near(&parts.uri, &parts.headers, running.public.as_ref())?;
    // A cookie is sent by browsers on their own; here only a token counts.
    let bearer = Credentials::of(&parts.headers).bearer;
    let speaker = Speaker::Token(Credentials { bearer, ..Credentials::default() });
    let shown = speaker.clone();
    running.work(move |running| shown.caller(running).map(drop)).await?;
    let bytes = body::whole(&parts.headers, body).await?;
    if let Some(error) = misread(&bytes) {
        return Ok(error);
    }
    let number = parts.extensions.get::<RequestNumber>().map(|number| number.0.clone());
    let door = Door::new(running, tools, speaker, number);
    // Host and origin are looked at above, by rules that know where people reach this house.
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_max_request_body_bytes(body::LARGEST_BODY)
        .disable_allowed_hosts();
    let service = StreamableHttpService::new(
        move || Ok(door.clone()),
        Arc::new(NeverSessionManager::default()),
        config,
    );
    let response = service.handle(Request::from_parts(parts, Body::from(bytes))).await;
    Ok(response.map(Body::new))
}

/// What is answered to a body that is no message, with its id where it has one; nothing to one that is.
fn misread(bytes: &[u8]) -> Option<Response> {
    let wrong = |error: ErrorData, id: Option<RequestId>| {
        let told = ServerJsonRpcMessage::error(error, id);
        Some((StatusCode::BAD_REQUEST, axum::Json(told)).into_response())
    };
    let value: Value = match serde_json::from_slice(bytes) {
        Ok(value) => value,
        Err(cause) => {
            return wrong(ErrorData::parse_error(format!("the body is not JSON: {cause}"), None), None);
        }
    };
    let id = value.get("id").cloned().and_then(|id| serde_json::from_value(id).ok());
    if serde_json::from_value::<ClientJsonRpcMessage>(value).is_ok() {
        return None;
    }
    let text = "the body is no JSON-RPC 2.0 message; send one object with jsonrpc, id, method and params";
    wrong(ErrorData::invalid_request(text, None), id)
}

/// Refuses what a page of another site may have had a browser send: a name that somebody else lets point here, or an origin
/// that is not ours.
///
/// # Errors
/// `mcp.host`, `mcp.origin`.
fn require_near(uri: &Uri, headers: &HeaderMap, public: Option<&PublicAddress>) -> Result<(), Problem> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let host = text(header::HOST).map(str::to_owned).or_else(|| uri.authority().map(ToString::to_string));
    let host = host.as_deref().and_then(|host| host.parse::<Authority>().ok());
    let Some(host) = host.filter(|host| is_ours(host, public)) else {
        return Err(Problem::forbidden(
            "mcp.host",
            "this house does not go by that name; reach it by localhost or a number, or start it with --public-url and the \
             name that it goes by",
        ));
    };
    let is_own = |origin: &str| origin.split_once("://").is_some_and(|(_, from)| from == host.as_str());
    let origin = headers.get(header::ORIGIN).map(|origin| origin.to_str().is_ok_and(is_own));
    let site = text(header::HeaderName::from_static("sec-fetch-site"));
    if origin == Some(false) || site.is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return Err(Problem::forbidden(
            "mcp.origin",
            "a page of another site sent this; the tools are for programs, which send no origin",
        ));
    }
    Ok(())
}

/// A number cannot be made to point elsewhere; of names, only our own do.
fn is_ours(host: &Authority, public: Option<&PublicAddress>) -> bool {
    let name = host.host();
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    bare.parse::<std::net::IpAddr>().is_ok()
        || name.eq_ignore_ascii_case("localhost")
        || public.is_some_and(|public| public.is_host(host.as_str()))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn near(pairs: &[(&'static str, &'static str)]) -> Result<(), &'static str> {
        let headers = pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)))
            .collect();
        let public = PublicAddress::parse("https://mainstay.example.com").unwrap();
        let at = Uri::from_static(PATH);
        require_near(&at, &headers, Some(&public)).map_err(|problem| problem.code)
    }

    #[test]
    fn a_house_is_reached_by_number_by_localhost_and_by_its_own_name() {
        for host in [
            "127.0.0.1:7313",
            "[::1]:7313",
            "localhost",
            "LOCALHOST:7313",
            "192.168.1.7",
            "mainstay.example.com",
            "Mainstay.Example.com:443",
        ] {
            assert_eq!(near(&[("host", host)]), Ok(()), "{host}");
        }
        for host in [
            "evil.example",
            "localhost.evil.example",
            "mainstay.example.com.evil.example",
            "127.0.0.1.evil.example",
            "mainstay.example.com:8443",
            "",
            "a b",
        ] {
            assert_eq!(near(&[("host", host)]), Err("mcp.host"), "{host}");
        }
        assert_eq!(near(&[]), Err("mcp.host"));
    }

    #[test]
    fn a_page_of_another_site_is_turned_away() {
        let from = |origin| near(&[("host", "localhost:7313"), ("origin", origin)]);
        assert_eq!(from("http://localhost:7313"), Ok(()));
        for origin in ["http://localhost:6274", "http://evil.example", "null", "", "file://"] {
            assert_eq!(from(origin), Err("mcp.origin"), "{origin}");
        }
        assert_eq!(near(&[("host", "localhost"), ("sec-fetch-site", "cross-site")]), Err("mcp.origin"));
    }
}
