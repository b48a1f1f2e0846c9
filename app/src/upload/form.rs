//! The form or the body in which files come: read piece by piece, with patience for slow senders and an end to it.

use axum::{
    body::Body,
    extract::{
        FromRequest, Multipart, Request,
        multipart::{Field, MultipartError},
    },
    http::{HeaderMap, StatusCode, header},
};
use futures_util::StreamExt;
use kernel::Problem;
use speech::say;

use super::{SLOWEST_CHUNK, incoming::Incoming};
use crate::{api, serve::refusal::Refusal};

/// Most bytes of a field beside the file.
const LARGEST_FIELD: usize = 1 << 16;

pub(super) fn is_multipart(headers: &HeaderMap) -> bool {
    let media = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    media.trim_start().to_ascii_lowercase().starts_with("multipart/form-data")
}

pub(super) async fn multipart(request: Request) -> Result<Multipart, Refusal> {
    Multipart::from_request(request, &()).await.map_err(|cause| {
        let problem =
            Problem::invalid("body", "body.form", say!("this is not what a form of our pages sends"));
        Refusal::new(StatusCode::BAD_REQUEST, problem.because(cause))
    })
}

pub(super) async fn next(form: &mut Multipart) -> Result<Option<Field<'_>>, Refusal> {
    in_time(form.next_field()).await
}

/// A field beside the file.
pub(super) async fn text_of(field: &mut Field<'_>) -> Result<String, Refusal> {
    let mut text = Vec::new();
    while let Some(chunk) = in_time(field.chunk()).await? {
        text.extend_from_slice(&chunk);
        if LARGEST_FIELD < text.len() {
            return Err(
                Problem::invalid("csrf", "body.large", say!("a field of this form is too long")).into()
            );
        }
    }
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// Streams the file of a form to the disk; gives its name.
pub(super) async fn file_of(field: &mut Field<'_>, incoming: &mut Incoming) -> Result<String, Refusal> {
    let name = field.file_name().unwrap_or_default().to_owned();
    while let Some(chunk) = in_time(field.chunk()).await? {
        incoming.add(&chunk).await?;
    }
    Ok(name)
}

/// Streams a body to the disk.
pub(super) async fn body_of(body: Body, incoming: &mut Incoming) -> Result<(), Refusal> {
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
        say!("the file stopped arriving; send it again, or bring it in with `mainstay import` where it lies");
    Refusal::new(StatusCode::REQUEST_TIMEOUT, Problem::invalid("file", "upload.slow", text))
}
