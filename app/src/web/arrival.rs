//! A request for a page, taken apart: address, question, form, and what it shows of its sender.

use std::{collections::BTreeMap, net::SocketAddr, sync::Arc};

use axum::{
    body::{Body, Bytes},
    extract::{ConnectInfo, Form, FromRequest, Multipart, Request, multipart::MultipartError},
    http::{
        HeaderMap, Method, StatusCode,
        header::{CONTENT_TYPE, HOST},
    },
};
use kernel::{Permission, Problem};
use serde_json::Value;
use slice::Visit;
use speech::{Listener, say};

use super::{input_of, is_https, shown_in};
use crate::{
    api::{self, body},
    serve::{
        Running,
        caller::{Caller, Credentials},
        last::RequestNumber,
        refusal::Refusal,
    },
};

/// The part of an address that lets in whoever has it.
const TOKEN: &str = "token";

/// A request for a page.
#[derive(Clone, Default)]
pub struct Arrival {
    /// The address with its question, to come back to.
    pub(super) path: String,
    /// The number of the request, for the log.
    pub(super) number: String,
    /// Whether a form was sent.
    pub(super) is_form: bool,
    /// What it shows of its sender.
    pub(super) shown: Credentials,
    /// Whether it is a page for somebody outside, who signs in nowhere.
    pub(super) is_theirs: bool,
    /// Whether it came by HTTPS.
    pub(super) is_https: bool,
    /// The name under which the browser reached us, with its port.
    host: String,
    /// The parts of the address.
    pub(super) parts: BTreeMap<String, String>,
    query: Vec<(String, String)>,
    form: Vec<(String, String)>,
}

impl Arrival {
    /// A request of which nothing is read but who sends it.
    pub(super) fn bare(request: &Request) -> Arrival {
        let from = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(from)| *from);
        let headers: &HeaderMap = request.headers();
        Arrival {
            path: request.uri().path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
            number: request
                .extensions()
                .get::<RequestNumber>()
                .map_or_else(String::new, |number| number.0.clone()),
            shown: shown_in(headers, &[]),
            is_https: is_https(headers, from),
            host: host(request),
            ..Arrival::default()
        }
    }

    /// Reads a request, with its form if it is one.
    ///
    /// # Errors
    /// A form that is too large, too slow or none, and an address that cannot be read; with what is known anyway.
    pub(super) async fn read(request: Request, is_form: bool) -> Result<Arrival, (Arrival, Refusal)> {
        let mut arrival = Arrival { is_form, ..Arrival::bare(&request) };
        match arrival.read_all(request).await {
            Ok(()) => Ok(arrival),
            Err(refusal) => Err((arrival, refusal)),
        }
    }

    /// Before a page that asks for that permission: one that is open to everybody is for somebody outside.
    pub(super) fn before(mut self, asked: Permission) -> Arrival {
        self.is_theirs = asked == Permission::Public;
        self
    }

    /// Does `work` with everything said in the language that the browser prefers: for whoever is not signed in.
    pub(super) fn spoken_to<T>(&self, work: impl FnOnce() -> T) -> T {
        let listener = Listener { language: self.shown.language.unwrap_or_default(), ..Listener::default() };
        speech::speaking(Arc::new(listener), work)
    }

    async fn read_all(&mut self, request: Request) -> Result<(), Refusal> {
        let (mut parts, body) = request.into_parts();
        self.parts = api::path_parts(&mut parts).await?.into_iter().collect();
        self.query = api::query(&parts.uri)?;
        if self.is_form {
            let bytes = body::whole(&parts.headers, body).await?;
            self.form = pairs(&parts.headers, bytes).await?;
            self.shown = shown_in(&parts.headers, &self.form);
        }
        Ok(())
    }

    /// The first field of that name in the form.
    pub(super) fn field(&self, name: &str) -> Option<&str> {
        self.form.iter().find(|(field, _)| field == name).map(|(_, value)| value.trim())
    }

    /// The first value of that name behind the question mark.
    pub(super) fn asked(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(field, _)| field == name).map(|(_, value)| value.trim())
    }

    /// The fields of the form, for the audit; with the token by which somebody outside came, which the audit takes out
    /// again once it is known whom it concerns.
    pub(super) fn input(&self) -> Value {
        let mut input = input_of(&self.form);
        if let Some(token) = self.parts.get(TOKEN) {
            input[TOKEN] = Value::from(token.as_str());
        }
        input
    }

    /// The id of what it is about, as far as the address tells. A token is no id.
    pub(super) fn subject(&self) -> &str {
        let ids = self.parts.iter().filter(|(name, _)| *name != TOKEN);
        ids.map(|(_, value)| value.as_str()).next().unwrap_or_default()
    }

    /// The address of this house as the browser reached it.
    fn near(&self) -> String {
        format!("{}://{}", if self.is_https { "https" } else { "http" }, self.host)
    }

    /// What a page is told of the visit.
    pub(super) fn visit<'v>(&self, caller: &'v Caller, running: &'v Running) -> Visit<'v> {
        Visit {
            cx: &caller.cx,
            parts: self.parts.clone(),
            query: self.query.clone(),
            form: self.form.clone(),
            house: running.public.as_ref().map_or_else(|| self.near(), |public| public.of("")),
            csrf: caller.csrf(),
            slices: &running.open.slices,
            panels: &running.open.panels,
            finders: &running.open.finders,
            agendas: &running.open.agendas,
            consequences: &running.open.consequences,
        }
    }
}

/// The name that a request gives its receiver.
fn host(request: &Request) -> String {
    let said = request.headers().get(HOST).and_then(|host| host.to_str().ok()).map(str::to_owned);
    let named = said.or_else(|| request.uri().authority().map(ToString::to_string));
    named.unwrap_or_else(|| "localhost".to_owned())
}

/// The fields of a form, in their order.
async fn pairs(headers: &HeaderMap, bytes: Bytes) -> Result<Vec<(String, String)>, Refusal> {
    if bytes.is_empty() {
        return Ok(Vec::new());
    }
    let mut request = Request::new(Body::from(bytes));
    *request.method_mut() = Method::POST;
    request.headers_mut().extend(headers.get(CONTENT_TYPE).map(|media| (CONTENT_TYPE, media.clone())));
    let media = headers.get(CONTENT_TYPE).and_then(|media| media.to_str().ok()).unwrap_or_default();
    if media.trim_start().to_ascii_lowercase().starts_with("multipart/form-data") {
        return parts(request).await;
    }
    let read = Form::<Vec<(String, String)>>::from_request(request, &()).await;
    read.map(|Form(pairs)| pairs).map_err(|cause| {
        let problem =
            Problem::invalid("body", "body.form", say!("this is not what a form of our pages sends"));
        Refusal::new(StatusCode::BAD_REQUEST, problem.because(cause))
    })
}

/// The fields of a form with a file: a file counts as its text.
async fn parts(request: Request) -> Result<Vec<(String, String)>, Refusal> {
    let problem =
        || Problem::invalid("body", "body.form", say!("this is not what a form of our pages sends"));
    let wrong = |cause: MultipartError| Refusal::new(StatusCode::BAD_REQUEST, problem().because(cause));
    let form = Multipart::from_request(request, &()).await;
    let mut form = form.map_err(|cause| Refusal::new(StatusCode::BAD_REQUEST, problem().because(cause)))?;
    let mut fields = Vec::new();
    while let Some(field) = form.next_field().await.map_err(wrong)? {
        let name = field.name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(wrong)?;
        fields.push((name, String::from_utf8_lossy(&bytes).into_owned()));
    }
    Ok(fields)
}
