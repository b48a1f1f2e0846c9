//! Files come in: streamed to the disk, never whole in memory, then handed to the imports.

mod incoming;
mod progress;

use std::{path::PathBuf, sync::Arc, time::Duration};

use axum::{
    Json, Router,
    body::Body,
    extract::{
        DefaultBodyLimit, FromRequest, Multipart, Request, State,
        multipart::{Field, MultipartError},
    },
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use futures_util::StreamExt;
use kernel::{Permission, Problem};
use serde_json::{Value, json};

use self::incoming::Incoming;
pub use self::incoming::sweep;
use crate::{
    api,
    serve::{
        Deed, Running,
        caller::{Caller, Credentials},
        refusal::Refusal,
    },
    web,
};

/// Most bytes of a file.
pub const LARGEST_FILE: u64 = 2 << 30;
/// Whoever sends a file says something at least so often.
pub const SLOWEST_CHUNK: Duration = Duration::from_secs(60);
/// Longest name of a file, in characters.
pub const LONGEST_NAME: usize = 200;
/// Most bytes of a field beside the file.
const LARGEST_FIELD: usize = 1 << 16;

/// The routes that take files, and that tell how far a file is.
pub fn routes() -> Router<Arc<Running>> {
    let no_limit_but_ours = DefaultBodyLimit::disable();
    Router::new()
        .route(&format!("{}/imports", api::ROOT), post(for_program).layer(no_limit_but_ours))
        .route("/imports", post(for_person).layer(no_limit_but_ours))
        .route("/imports/{id}/progress", get(progress::answer))
}

/// Takes a file from a program: 201 and where it is shown.
async fn for_program(State(running): State<Arc<Running>>, request: Request) -> Response {
    let shown = Credentials::of(request.headers());
    match taken_from_program(&running, shown, request).await {
        Ok(id) => {
            let place = format!("{}/imports/{id}", api::ROOT);
            (StatusCode::CREATED, [(header::LOCATION, place)], Json(json!({ "id": id }))).into_response()
        }
        Err(refusal) => refusal.into_response(),
    }
}

async fn taken_from_program(
    running: &Arc<Running>,
    shown: Credentials,
    request: Request,
) -> Result<String, Refusal> {
    let caller = admitted(running, shown.clone(), true, "api").await?;
    let name = api::query(request.uri())?.into_iter().find(|(name, _)| name == "name").map(|(_, name)| name);
    let mut incoming = Incoming::begin(&running.open.house.files)?;
    let name = if is_multipart(request.headers()) {
        let mut form = multipart(request).await?;
        loop {
            let mut field = next(&mut form).await?.ok_or_else(no_file)?;
            if field.name() == Some("file") {
                break file_of(&mut field, &mut incoming).await?;
            }
        }
    } else {
        body_of(request.into_body(), &mut incoming).await?;
        name.ok_or_else(|| {
            Problem::invalid("name", "upload.name", "name the file: POST /api/v1/imports?name=orders.csv")
        })?
    };
    received(running, caller, "api", name, incoming).await
}

/// Takes a file from a form of ours: on to its page.
async fn for_person(State(running): State<Arc<Running>>, request: Request) -> Response {
    // A page is for people: a token, which a program would send, opens none.
    let shown = Credentials { bearer: None, ..Credentials::of(request.headers()) };
    let bare = web::bare(&request);
    match taken_from_person(&running, shown, request).await {
        Ok(id) => Redirect::to(&format!("/imports/{id}")).into_response(),
        Err(refusal) => web::refuse_on(running, bare, refusal).await,
    }
}

async fn taken_from_person(
    running: &Arc<Running>,
    mut shown: Credentials,
    request: Request,
) -> Result<String, Refusal> {
    let caller = admitted(running, shown.clone(), false, "page")
        .await
        .map_err(|refusal| Refusal::new(StatusCode::FORBIDDEN, refusal.problem))?;
    let mut form = multipart(request).await?;
    loop {
        let mut field = next(&mut form).await?.ok_or_else(no_file)?;
        match field.name() {
            // The proof stands before the file in our form, so that nothing is kept for whoever has none.
            Some("csrf") => shown.csrf = Some(text_of(&mut field).await?),
            Some("file") => {
                own_form(running, &caller, &shown, "page").await?;
                let mut incoming = Incoming::begin(&running.open.house.files)?;
                let name = file_of(&mut field, &mut incoming).await?;
                return received(running, caller, "page", name, incoming).await;
            }
            _ => (),
        }
    }
}

/// Whoever may bring in files; the form is looked at here when its proof stands in a header.
async fn admitted(
    running: &Arc<Running>,
    shown: Credentials,
    by_header: bool,
    via: &'static str,
) -> Result<Caller, Refusal> {
    let found = running.work(move |running| {
        let caller = Caller::look(running, &shown)?;
        let own = if by_header { caller.require_own_form(&shown) } else { Ok(()) };
        let may = own.and_then(|()| caller.cx.require(Permission::Write, "bringing in a file"));
        may.inspect_err(|problem| running.refused(&caller.cx, deed(via, &Value::Null), problem))?;
        Ok(caller)
    });
    found.await.map_err(Refusal::from)
}

async fn own_form(
    running: &Arc<Running>,
    caller: &Caller,
    shown: &Credentials,
    via: &'static str,
) -> Result<(), Refusal> {
    let Err(problem) = caller.require_own_form(shown) else { return Ok(()) };
    let cx = caller.cx.clone();
    let noted = running.work(move |running| {
        running.refused(&cx, deed(via, &Value::Null), &problem);
        Err::<(), _>(problem)
    });
    noted.await.map_err(Refusal::from)
}

fn deed<'a>(via: &'static str, input: &'a Value) -> Deed<'a> {
    Deed { via, operation: "import.receive", permission: Permission::Write, subject: "", input }
}

/// Hands the whole file over; gives the id of its import.
async fn received(
    running: &Arc<Running>,
    caller: Caller,
    via: &'static str,
    name: String,
    mut incoming: Incoming,
) -> Result<String, Refusal> {
    incoming.end().await?;
    let name = plain(&name)?;
    let handed = running.work(move |running| {
        let input = json!({ "name": name, "bytes": incoming.bytes() });
        let cx = &caller.cx;
        let answer = imports::receive(cx, &running.open.house, &name, incoming.path(), None);
        let received = answer.inspect_err(|problem| running.refused(cx, deed(via, &input), problem))?;
        let id = cx.codes.write(received.id);
        running.done(cx, Deed { subject: &id, ..deed(via, &input) })?;
        Ok(id)
    });
    handed.await.map_err(Refusal::from)
}

/// The name without the folders it lay in and without what no name should hold.
fn plain(name: &str) -> kernel::Result<String> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let name: String = name.trim().chars().filter(|letter| !letter.is_control()).take(LONGEST_NAME).collect();
    match PathBuf::from(&name).file_name() {
        Some(_) => Ok(name),
        None => Err(no_file()),
    }
}

fn no_file() -> Problem {
    Problem::invalid("file", "upload.file", "no file came with this; choose one and send it again")
}

fn is_multipart(headers: &HeaderMap) -> bool {
    let media = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    media.trim_start().to_ascii_lowercase().starts_with("multipart/form-data")
}

async fn multipart(request: Request) -> Result<Multipart, Refusal> {
    Multipart::from_request(request, &()).await.map_err(|cause| {
        let problem = Problem::invalid("body", "body.form", "this is not what a form of our pages sends");
        Refusal::new(StatusCode::BAD_REQUEST, problem.because(cause))
    })
}

async fn next(form: &mut Multipart) -> Result<Option<Field<'_>>, Refusal> {
    in_time(form.next_field()).await
}

/// A field beside the file.
async fn text_of(field: &mut Field<'_>) -> Result<String, Refusal> {
    let mut text = Vec::new();
    while let Some(chunk) = in_time(field.chunk()).await? {
        text.extend_from_slice(&chunk);
        if LARGEST_FIELD < text.len() {
            return Err(Problem::invalid("csrf", "body.large", "a field of this form is too long").into());
        }
    }
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// Streams the file of a form to the disk; gives its name.
async fn file_of(field: &mut Field<'_>, incoming: &mut Incoming) -> Result<String, Refusal> {
    let name = field.file_name().unwrap_or_default().to_owned();
    while let Some(chunk) = in_time(field.chunk()).await? {
        incoming.add(&chunk).await?;
    }
    Ok(name)
}

/// Streams a body to the disk.
async fn body_of(body: Body, incoming: &mut Incoming) -> Result<(), Refusal> {
    let mut chunks = body.into_data_stream();
    loop {
        match tokio::time::timeout(SLOWEST_CHUNK, chunks.next()).await.map_err(|_| slow())? {
            Some(Ok(chunk)) => incoming.add(&chunk).await?,
            Some(Err(cause)) => return Err(api::body::broken(cause)),
            None => return Ok(()),
        }
    }
}

async fn in_time<T>(part: impl Future<Output = Result<T, MultipartError>>) -> Result<T, Refusal> {
    match tokio::time::timeout(SLOWEST_CHUNK, part).await {
        Ok(part) => part.map_err(api::body::broken),
        Err(_) => Err(slow()),
    }
}

fn slow() -> Refusal {
    let text =
        "the file stopped arriving; send it again, or bring it in with `mainstay import` where it lies";
    Refusal::new(StatusCode::REQUEST_TIMEOUT, Problem::invalid("file", "upload.slow", text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_no_folders_and_no_hidden_letters() {
        assert_eq!(plain("C:\\orders\\march.csv").unwrap(), "march.csv");
        assert_eq!(plain("../../etc/pass\nwd").unwrap(), "passwd");
        for none in ["", "..", "a/..", "/", " "] {
            assert_eq!(plain(none).unwrap_err().code, "upload.file", "{none:?}");
        }
    }
}
