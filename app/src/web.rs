//! The pages of all slices: who may see them, what stands around them, and what they answer.

mod arrival;
mod shell;
mod sign_in;

use std::{net::SocketAddr, sync::Arc};

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
    routing::{MethodFilter, get, on, post},
};
use kernel::{Permission, Problem, Result};
use serde_json::Value;
use slice::{Method, PageRoute, Reply};
use speech::say;

pub use self::arrival::Arrival;
pub(crate) use self::{shell::letter, sign_in::LEAVE};
use crate::serve::{
    Deed, Done, Running,
    caller::{Caller, Credentials},
    refusal::{Refusal, log},
};

#[cfg(test)]
pub(crate) fn places() -> impl Iterator<Item = &'static str> {
    shell::all_places()
}

/// Where the book stands.
const BOOK: &str = "/relationships";
/// Where it stands as a picture.
const SPECTRUM: &str = "/relationships/spectrum";
/// Where files are brought in.
const BRING_IN: &str = "/imports";
/// Where sample businesses are loaded and removed.
const SAMPLES: &str = "/samples";

/// The routes of all pages, of signing in and out, and of what pages are drawn with.
pub fn routes(running: &Running) -> Router<Arc<Running>> {
    let mut router = Router::new()
        .route("/", get(home))
        .route(sign_in::PATH, get(sign_in::ask).post(sign_in::pasted))
        .route("/sign-in/{token}", get(sign_in::confirm).post(sign_in::enter))
        .route(LEAVE, post(sign_in::leave));
    for asset in ui::assets() {
        let sent =
            ([(header::CONTENT_TYPE, asset.content_type), (header::CACHE_CONTROL, FOR_EVER)], &*asset.body);
        router = router.route(&asset.path, get(move || std::future::ready(sent.into_response())));
    }
    let pages = running.open.slices.iter().flat_map(|slice| slice.pages);
    for route in pages {
        let filter = if route.method == Method::Get { MethodFilter::GET } else { MethodFilter::POST };
        let answer =
            move |State(running): State<Arc<Running>>, request: Request| answer(running, route, request);
        router = router.route(route.path, on(filter, answer));
    }
    router
}

/// The address of an asset names its content.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

async fn answer(running: Arc<Running>, route: &'static PageRoute, request: Request) -> Response {
    let arrival = match Arrival::read(request, route.method == Method::Post).await {
        Ok(arrival) => arrival.before(route.permission),
        Err((arrival, refusal)) => {
            return refuse_on(running, arrival.before(route.permission), refusal).await;
        }
    };
    if route.is_brief
        && let Some((caller, response)) = running.glance(|running| glanced(running, route, &arrival))
    {
        caller.touched(&running, arrival.shown).await;
        return response;
    }
    let work = move |running: &Running| {
        Ok(match route.method {
            Method::Get => show(running, route, &arrival),
            _ => act(running, route, &arrival),
        })
    };
    running.work(work).await.unwrap_or_else(|problem| Refusal::from(problem).into_response())
}

/// A request of which nothing is read but who sends it.
pub fn bare(request: &Request) -> Arrival {
    Arrival::bare(request)
}

/// A page: who asks is found in the same transaction as what is shown.
fn show(running: &Running, route: &PageRoute, arrival: &Arrival) -> Response {
    let mut caller = Caller::stranger(running, &arrival.shown);
    let reply = running.open.house.store.read(&running.own(), |tx| {
        caller = Caller::find(running, tx, &arrival.shown)?;
        caller.cx.require(route.permission, "this page")?;
        caller.spoken_to(|| (route.answer)(&arrival.visit(&caller, running), tx))
    });
    caller.touch(running, &arrival.shown);
    finish(&caller, arrival, reply)
}

/// The same at a glance, with who asks; nothing where it would take long.
fn glanced(running: &Running, route: &PageRoute, arrival: &Arrival) -> Option<(Caller, Response)> {
    let mut caller = Caller::stranger(running, &arrival.shown);
    let reply = running.open.house.store.glance(&running.own(), |tx| {
        caller = Caller::find(running, tx, &arrival.shown)?;
        caller.cx.require(route.permission, "this page")?;
        caller.spoken_to(|| (route.answer)(&arrival.visit(&caller, running), tx))
    });
    let response = finish(&caller, arrival, reply.transpose()?);
    Some((caller, response))
}

/// What a form does, with its audit entry.
fn act(running: &Running, route: &PageRoute, arrival: &Arrival) -> Response {
    let caller = match Caller::look(running, &arrival.shown) {
        Ok(caller) => caller,
        Err(problem) => return finish(&Caller::stranger(running, &arrival.shown), arrival, Err(problem)),
    };
    let (operation, input) = (format!("POST {}", route.path), arrival.input());
    let subject = arrival.subject();
    let deed =
        Deed { via: "page", operation: &operation, permission: route.permission, subject, input: &input };
    let own_form = caller.require_own_form(&arrival.shown);
    if let Err(problem) = own_form {
        running.refused(&caller.cx, deed, &problem);
        return finish(&caller, arrival, Err(problem));
    }
    let visit = arrival.visit(&caller, running);
    let reply = running.write(&caller, deed, |tx| {
        let answer = caller.spoken_to(|| (route.answer)(&visit, tx))?;
        Ok(Done { answer, subject: None })
    });
    finish(&caller, arrival, reply)
}

/// Writes the reply out; whoever must sign in first is sent there from a page, and told so after a form.
fn finish(caller: &Caller, arrival: &Arrival, reply: Result<Reply>) -> Response {
    caller.spoken_to(|| written(caller, arrival, reply))
}

fn written(caller: &Caller, arrival: &Arrival, reply: Result<Reply>) -> Response {
    match reply {
        Ok(Reply::Page { title, place, body }) => {
            let page = html(&shell::around(caller, place, &arrival.path).page(&title, &body));
            // A form that did what it should leads on; one that is answered with a page was refused.
            let status = if arrival.is_form { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            (status, page).into_response()
        }
        Ok(Reply::Changed { title, place, body }) => {
            (StatusCode::CONFLICT, html(&shell::around(caller, place, &arrival.path).page(&title, &body)))
                .into_response()
        }
        Ok(Reply::Once { title, place, body }) => {
            html(&shell::around(caller, place, &arrival.path).page(&title, &body))
        }
        Ok(Reply::Alone { title, body }) => html(&ui::centred(&title, &title, &body)),
        Ok(Reply::Go(path)) => Redirect::to(local(&path).unwrap_or("/")).into_response(),
        Ok(Reply::Moved(path)) => Redirect::permanent(local(&path).unwrap_or("/")).into_response(),
        Ok(Reply::File { name, media, content }) => file(&name, media, content),
        Err(problem) if problem.code == "access.sign_in" && !arrival.is_form => sign_in::first(&arrival.path),
        Err(problem) => {
            log(&problem, &arrival.number);
            let status =
                StatusCode::from_u16(problem.kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            lost(caller, arrival, &Refusal::new(status, problem))
        }
    }
}

fn html(page: &ui::Markup) -> Response {
    Html(page.0.clone()).into_response()
}

/// A page that says why there is no other.
fn lost(caller: &Caller, arrival: &Arrival, refusal: &Refusal) -> Response {
    let page = match arrival.is_theirs {
        true => shell::lost_alone(&refusal.problem),
        false => shell::lost(caller, &refusal.problem),
    };
    (refusal.status, html(&page)).into_response()
}

/// A file that the browser keeps instead of showing it.
fn file(name: &str, media: &'static str, content: String) -> Response {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_');
    let name: String = name.chars().map(|letter| if plain(letter) { letter } else { '_' }).collect();
    let mut response = ([(header::CONTENT_TYPE, media)], content).into_response();
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

/// An address of our own: nothing that leads a browser elsewhere.
fn local(path: &str) -> Option<&str> {
    let own = path.starts_with('/') && !path.starts_with("//");
    let plain = path.chars().all(|letter| letter != '\\' && !letter.is_control() && letter.is_ascii());
    (own && plain).then_some(path)
}

/// The first page: the book, which says how to begin one where nothing is in it.
async fn home(State(running): State<Arc<Running>>, request: Request) -> Response {
    let Ok(arrival) = Arrival::read(request, false).await else { return Redirect::to(BOOK).into_response() };
    let look = move |running: &Running| {
        let mut caller = Caller::nobody(running);
        let reply = running.open.house.store.read(&running.own(), |tx| {
            caller = Caller::find(running, tx, &arrival.shown)?;
            caller.cx.require(Permission::Read, "this page")?;
            let place = if has_book(&caller.cx, tx)? { crate::today::PLACE } else { BOOK };
            Ok(Reply::Go(place.to_owned()))
        });
        caller.touch(running, &arrival.shown);
        Ok(finish(&caller, &arrival, reply))
    };
    running.work(look).await.unwrap_or_else(|problem| Refusal::from(problem).into_response())
}

fn has_book(cx: &kernel::Context, tx: &mut store::Tx<'_>) -> Result<bool> {
    let one = relationship::ops::Filter { limit: Some(1), ..relationship::ops::Filter::default() };
    relationship::ops::list(cx, tx, one).map(|book| !book.rows.is_empty())
}

/// Nothing stands at this address.
pub async fn nowhere(running: Arc<Running>, request: Request) -> Response {
    let text = say!("there is no page at this address; it may have been mistyped, or the page moved");
    refuse(running, request, Problem::not_found("page.address", text).into()).await
}

/// Refuses with a page, whoever asks.
pub async fn refuse(running: Arc<Running>, request: Request, refusal: Refusal) -> Response {
    refuse_on(running, bare(&request), refusal).await
}

/// Refuses with a page, after the request itself was read by others.
pub async fn refuse_on(running: Arc<Running>, arrival: Arrival, refusal: Refusal) -> Response {
    let page = move |running: &Running| {
        let caller = Caller::look(running, &arrival.shown)
            .unwrap_or_else(|_| Caller::stranger(running, &arrival.shown));
        log(&refusal.problem, &arrival.number);
        Ok(caller.spoken_to(|| lost(&caller, &arrival, &refusal)))
    };
    running.work(page).await.unwrap_or_else(|problem| Refusal::from(problem).into_response())
}

/// Whether the browser reached us by HTTPS: a proxy on this machine says so; nobody else is believed.
fn is_https(headers: &HeaderMap, from: Option<SocketAddr>) -> bool {
    let told = headers.get("x-forwarded-proto").is_some_and(|scheme| scheme == "https");
    told && from.is_some_and(|from| from.ip().is_loopback())
}

/// What a browser shows of itself and of the form that it sent.
fn shown_in(headers: &HeaderMap, form: &[(String, String)]) -> Credentials {
    let csrf = form.iter().find(|(name, _)| name == "csrf").map(|(_, value)| value.clone());
    // A page is for people: a token, which a program would send, opens none.
    Credentials { bearer: None, csrf, ..Credentials::of(headers) }
}

/// The fields of a form for the audit, without what only proves where it came from.
fn input_of(form: &[(String, String)]) -> Value {
    let fields = form.iter().filter(|(name, _)| name != "csrf");
    fields
        .map(|(name, value)| (name.clone(), Value::from(value.as_str())))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_address_of_our_own_is_gone_to() {
        for own in ["/", "/relationships?class=client", "/imports/imp_x7Kq2#done"] {
            assert_eq!(local(own), Some(own));
        }
        for other in
            ["", "https://evil.example", "//evil.example", "/\\evil.example", "/a\nb", "javascript:x", "/ä"]
        {
            assert_eq!(local(other), None, "{other}");
        }
    }

    #[test]
    fn only_a_proxy_on_this_machine_tells_of_https() {
        let mut headers = HeaderMap::new();
        let near = Some(SocketAddr::from(([127, 0, 0, 1], 9)));
        assert!(!is_https(&headers, near));
        headers.insert("x-forwarded-proto", HeaderValue::from_static("https"));
        assert!(is_https(&headers, near));
        assert!(!is_https(&headers, Some(SocketAddr::from(([10, 0, 0, 1], 9)))));
        assert!(!is_https(&headers, None));
    }
}
