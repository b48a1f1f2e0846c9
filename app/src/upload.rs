//! Files come in: streamed to the disk, never whole in memory, then handed to the imports.

mod form;
mod incoming;
mod progress;

use std::{path::PathBuf, sync::Arc, time::Duration};

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, Request, State, multipart::Field},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use imports::Reading;
use kernel::{Permission, Problem};
use serde_json::{Value, json};
use speech::say;

pub use self::incoming::sweep;
use self::{
    form::{body_of, file_of, is_multipart, multipart, next, text_of},
    incoming::Incoming,
};
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
/// Most files that come in at once.
pub const MOST_FILES: usize = 400;

/// The routes that take files, and that tell how far a file is.
pub fn routes() -> Router<Arc<Running>> {
    let no_limit_but_ours = DefaultBodyLimit::disable();
    Router::new()
        .route(&format!("{}/imports", api::ROOT), post(for_program).layer(no_limit_but_ours))
        .route("/imports", post(for_person).layer(no_limit_but_ours))
        .route("/imports/{id}/progress", get(progress::answer))
}

/// Takes a file, or several that belong together, from a program: 201 and where it is shown.
async fn for_program(State(running): State<Arc<Running>>, request: Request) -> Response {
    let shown = Credentials::of(request.headers());
    match taken_from_program(&running, shown, request).await {
        Ok(ids) => {
            let place = format!("{}/imports/{}", api::ROOT, ids[0]);
            let body = match ids.as_slice() {
                [id] => json!({ "id": id }),
                several => json!({ "id": several[0], "parts": several }),
            };
            (StatusCode::CREATED, [(header::LOCATION, place)], Json(body)).into_response()
        }
        Err(refusal) => refusal.into_response(),
    }
}

async fn taken_from_program(
    running: &Arc<Running>,
    shown: Credentials,
    request: Request,
) -> Result<Vec<String>, Refusal> {
    let caller = admitted(running, shown.clone(), true, "api").await?;
    let asked = api::query(request.uri())?;
    let asked = |field: &str| asked.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str());
    let reading = Reading::said(asked("encoding"), asked("delimiter"))?.within(None)?;
    let name = asked("name").map(str::to_owned);
    let mut came = Vec::new();
    if is_multipart(request.headers()) {
        let mut form = multipart(request).await?;
        while let Some(mut field) = next(&mut form).await? {
            if field.name() == Some("file") {
                came.push(one_more(running, &mut field, came.len()).await?);
            }
        }
    } else {
        let mut incoming = Incoming::begin(&running.open.house.files)?;
        body_of(request.into_body(), &mut incoming).await?;
        let name = name.ok_or_else(|| {
            Problem::invalid("name", "upload.name", "name the file: POST /api/v1/imports?name=orders.csv")
        })?;
        incoming.end().await?;
        came.push((plain(&name)?, incoming));
    }
    received(running, caller, "api", came, reading).await
}

/// Takes a file, or several that belong together, from a form of ours: on to their page.
async fn for_person(State(running): State<Arc<Running>>, request: Request) -> Response {
    // A page is for people: a token, which a program would send, opens none.
    let shown = Credentials { bearer: None, ..Credentials::of(request.headers()) };
    let bare = web::bare(&request);
    match taken_from_person(&running, shown, request).await {
        Ok(ids) => {
            let rest = if ids.len() == 1 { "" } else { "/parts" };
            Redirect::to(&format!("/imports/{}{rest}", ids[0])).into_response()
        }
        Err(refusal) => web::refuse_on(running, bare, refusal).await,
    }
}

async fn taken_from_person(
    running: &Arc<Running>,
    mut shown: Credentials,
    request: Request,
) -> Result<Vec<String>, Refusal> {
    let caller = admitted(running, shown.clone(), false, "page")
        .await
        .map_err(|refusal| Refusal::new(StatusCode::FORBIDDEN, refusal.problem))?;
    let mut form = multipart(request).await?;
    let mut came = Vec::new();
    while let Some(mut field) = next(&mut form).await? {
        match field.name() {
            // The proof stands before the files in our form, so that nothing is kept for whoever has none.
            Some("csrf") => shown.csrf = Some(text_of(&mut field).await?),
            Some("file") => {
                own_form(running, &caller, &shown, "page").await?;
                came.push(one_more(running, &mut field, came.len()).await?);
            }
            _ => (),
        }
    }
    received(running, caller, "page", came, None).await
}

/// Takes one more file of a form.
async fn one_more(
    running: &Arc<Running>,
    field: &mut Field<'_>,
    already: usize,
) -> Result<(String, Incoming), Refusal> {
    if MOST_FILES <= already {
        let text = say!("at most {MOST_FILES} files come in at once; send the rest afterwards");
        return Err(Problem::invalid("file", "upload.many", text).into());
    }
    let mut incoming = Incoming::begin(&running.open.house.files)?;
    let name = file_of(field, &mut incoming).await?;
    incoming.end().await?;
    Ok((plain(&name)?, incoming))
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

/// Hands the whole files over with what is said of how they are written; gives the ids of their imports.
async fn received(
    running: &Arc<Running>,
    caller: Caller,
    via: &'static str,
    came: Vec<(String, Incoming)>,
    mapping: Option<String>,
) -> Result<Vec<String>, Refusal> {
    if came.is_empty() {
        return Err(no_file().into());
    }
    let handed = running.work(move |running| {
        let named = |(name, file): &(String, Incoming)| json!({ "name": name, "bytes": file.bytes() });
        let input = match came.as_slice() {
            [one] => named(one),
            several => json!({ "files": several.iter().map(named).collect::<Vec<_>>() }),
        };
        let cx = &caller.cx;
        let files: Vec<_> =
            came.iter().map(|(name, file)| imports::Incoming { name, path: file.path() }).collect();
        let answer = imports::receive_all(cx, &running.open.house, &files, mapping.as_deref());
        let received = answer.inspect_err(|problem| running.refused(cx, deed(via, &input), problem))?;
        let ids: Vec<_> = received.parts.iter().map(|id| cx.codes.write(*id)).collect();
        running.done(cx, Deed { subject: &ids[0], ..deed(via, &input) })?;
        Ok(ids)
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
    Problem::invalid("file", "upload.file", say!("no file came with this; choose one and send it again"))
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
