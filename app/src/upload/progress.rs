//! How far an import is: once as JSON, or again and again as a stream of events.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    Json,
    extract::{Path, Request, State},
    http::header,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::{Stream, stream};
use imports::{ImportId, ops::Progress};
use kernel::Permission;

use crate::serve::{
    Running,
    caller::{Caller, Credentials},
    refusal::Refusal,
};

/// How often a stream looks.
const GLANCE: Duration = Duration::from_millis(400);

/// Answers with events, or with JSON to whoever asks for it.
pub(super) async fn answer(
    State(running): State<Arc<Running>>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let shown = Credentials::of(request.headers());
    let accepted =
        request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let as_json = accepted.contains("application/json");
    match look(&running, shown.clone(), id.clone()).await {
        Err(refusal) => refusal.into_response(),
        Ok(progress) if as_json => Json(progress).into_response(),
        Ok(_) => Sse::new(events(running, shown, id)).keep_alive(KeepAlive::default()).into_response(),
    }
}

/// Who looks is found anew each time, so that a session that ended sees no more.
async fn look(running: &Arc<Running>, shown: Credentials, id: String) -> Result<Progress, Refusal> {
    let found = running.work(move |running| {
        let caller = Caller::look(running, &shown)?;
        caller.cx.require(Permission::Read, "the progress of an import")?;
        let id: ImportId = caller.cx.codes.read(&id)?;
        caller.spoken_to(|| {
            running.open.house.store.read(&caller.cx, |tx| imports::progress(&caller.cx, tx, id))
        })
    });
    found.await.map_err(Refusal::from)
}

/// What a stream remembers between two events.
struct Watch {
    running: Arc<Running>,
    shown: Credentials,
    id: String,
    said: String,
    ended: bool,
}

fn events(
    running: Arc<Running>,
    shown: Credentials,
    id: String,
) -> impl Stream<Item = Result<Event, Infallible>> + Send {
    let watch = Watch { running, shown, id, said: String::new(), ended: false };
    stream::unfold(watch, |mut watch| async move {
        let news = watch.news().await?;
        Some((Ok(Event::default().data(news)), watch))
    })
}

impl Watch {
    /// The next thing that is worth saying; nothing when the stream is over.
    async fn news(&mut self) -> Option<String> {
        let mut closing = self.running.closing();
        while !self.ended && !*closing.borrow() {
            let progress = look(&self.running, self.shown.clone(), self.id.clone()).await.ok()?;
            let text = serde_json::to_string(&progress).ok()?;
            self.ended = progress.finished.is_some();
            if text != self.said {
                self.said.clone_from(&text);
                return Some(text);
            }
            // Either way there is another look: at the import, or at whether the program closes.
            drop(tokio::time::timeout(GLANCE, closing.changed()).await);
        }
        None
    }
}
