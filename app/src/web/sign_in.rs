//! Signing in by a one-time link, and out: no page of it changes anything until its button is pressed.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use kernel::Problem;
use maud::Markup;
use speech::{html, say, tell};
use ui::{Button, Field, Note};

use super::{Arrival, Running, html, local, refuse_on};
use crate::serve::{
    caller::{COOKIE, Caller, HOST_COOKIE, foreign_form},
    refusal::{Refusal, log},
};

/// Where it is said how to sign in.
pub(super) const PATH: &str = "/sign-in";
/// Where the form that signs out posts to.
pub(crate) const LEAVE: &str = "/sign-out";

/// To the page that says how, and back afterwards.
pub(super) fn first(path: &str) -> Response {
    let then: String = local(path).filter(|path| *path != "/").map_or_else(String::new, |path| {
        let escaped = path.bytes().map(|byte| match byte {
            b'/' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
            byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        });
        format!("?then={}", escaped.collect::<String>())
    });
    Redirect::to(&format!("{PATH}{then}")).into_response()
}

/// How to sign in.
pub(super) async fn ask(State(running): State<Arc<Running>>, request: Request) -> Response {
    let Ok(arrival) = Arrival::read(request, false).await else { return Redirect::to(PATH).into_response() };
    let page = move |running: &Running| {
        let then = arrival.asked("then").and_then(local).unwrap_or("/");
        let caller = Caller::look(running, &arrival.shown)?;
        Ok(match caller.session {
            Some(_) => Redirect::to(then).into_response(),
            None => caller.spoken_to(|| html(&alone(&explained(then, None)))),
        })
    };
    running.work(page).await.unwrap_or_else(|problem| Refusal::from(problem).into_response())
}

/// A page for whoever is not signed in.
fn alone(body: &Markup) -> Markup {
    ui::centred(&say!("Sign in"), &say!("Sign in"), body)
}

fn explained(then: &str, refused: Option<&Problem>) -> Markup {
    let command = html! { code { ("mainstay sign-in-link") } };
    html! {
        @if let Some(problem) = refused { (Note::bad(html! { (ui::sentence(&problem.message)) })) }
        p {
            (say!("You sign in with a link that works once. When Mainstay starts it prints one for the owner; everybody else gets theirs from an owner."))
        }
        p .small .soft { (tell!("Where Mainstay runs, {command} prints a new one.", command = command)) }
        form .sign method="post" action=(PATH) {
            (ui::hidden("then", then))
            (Field::text("link", say!("Your link")).placeholder("http://…/sign-in/…").autocomplete("off").required())
            (Button::submit(say!("Sign in")).main_act())
        }
    }
}

/// A link was pasted into the page.
pub(super) async fn pasted(State(running): State<Arc<Running>>, request: Request) -> Response {
    let arrival = match read_form(request).await {
        Ok(arrival) => arrival,
        Err((arrival, refusal)) => return refuse_on(running, arrival, refusal).await,
    };
    let link = arrival.field("link").unwrap_or_default();
    let token = link.rsplit('/').next().unwrap_or(link).to_owned();
    let then = arrival.field("then").and_then(local).unwrap_or("/").to_owned();
    enter_with(running, arrival, token, then).await
}

/// A link was opened, perhaps by a program that looks at links: only its button signs in.
pub(super) async fn confirm(State(running): State<Arc<Running>>, request: Request) -> Response {
    let arrival = match Arrival::read(request, false).await {
        Ok(arrival) => arrival,
        Err((arrival, refusal)) => return refuse_on(running, arrival, refusal).await,
    };
    let token = arrival.parts.get("token").map_or("", String::as_str);
    arrival.spoken_to(|| {
        let body = html! {
            p { "This link signs you in on this device. It works once." }
            form .sign method="post" action=(access::link::path(token)) { (Button::submit(say!("Sign in")).main_act()) }
        };
        html(&alone(&body))
    })
}

/// The button of a link was pressed.
pub(super) async fn enter(State(running): State<Arc<Running>>, request: Request) -> Response {
    let arrival = match read_form(request).await {
        Ok(arrival) => arrival,
        Err((arrival, refusal)) => return refuse_on(running, arrival, refusal).await,
    };
    let token = arrival.parts.get("token").cloned().unwrap_or_default();
    enter_with(running, arrival, token, "/".to_owned()).await
}

/// A form that another site sent would sign a person in as somebody else.
async fn read_form(request: Request) -> Result<Arrival, (Arrival, Refusal)> {
    let arrival = Arrival::read(request, true).await?;
    match arrival.shown.is_foreign {
        true => Err((arrival, foreign_form().into())),
        false => Ok(arrival),
    }
}

async fn enter_with(running: Arc<Running>, arrival: Arrival, token: String, then: String) -> Response {
    let entered = move |running: &Running| {
        let cx = Caller::nobody(running).cx;
        let begun = running.open.house.store.write(&cx, |tx| access::sign_in(&cx, tx, &token));
        Ok(match begun {
            Ok(session) => {
                let is_https = arrival.is_https || running.is_https();
                with_cookie(Redirect::to(&then).into_response(), &session.cookie, is_https)
            }
            Err(problem) => {
                log(&problem, &arrival.number);
                let status = StatusCode::from_u16(problem.kind.status()).unwrap_or(StatusCode::FORBIDDEN);
                arrival.spoken_to(|| {
                    let page = alone(&explained(&then, Some(&problem)));
                    (status, html(&page)).into_response()
                })
            }
        })
    };
    running.work(entered).await.unwrap_or_else(|problem| Refusal::from(problem).into_response())
}

/// The way out.
pub(super) async fn leave(State(running): State<Arc<Running>>, request: Request) -> Response {
    let arrival = match Arrival::read(request, true).await {
        Ok(arrival) => arrival,
        Err((arrival, refusal)) => return refuse_on(running, arrival, refusal).await,
    };
    let (shown, is_https) = (arrival.shown.clone(), arrival.is_https || running.is_https());
    let left = running
        .work(move |running| {
            let caller = Caller::look(running, &shown)?;
            caller.require_own_form(&shown)?;
            let cookie = shown.cookie(running).unwrap_or_default();
            running.open.house.store.write(&caller.cx, |tx| access::sign_out(&caller.cx, tx, cookie))
        })
        .await;
    match left {
        Ok(()) => with_cookie(Redirect::to(PATH).into_response(), "", is_https),
        Err(problem) => refuse_on(running, arrival, problem.into()).await,
    }
}

/// Sets the cookie of a session, or takes it away.
fn with_cookie(mut response: Response, value: &str, is_https: bool) -> Response {
    let age = if value.is_empty() { 0 } else { access::session::ABSOLUTE / 1_000_000 };
    let (name, secure) = if is_https { (HOST_COOKIE, "; Secure") } else { (COOKIE, "") };
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}");
    if let Ok(cookie) = HeaderValue::from_str(&text) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
