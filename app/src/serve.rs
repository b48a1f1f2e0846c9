//! The program that listens: its routes, its start and its end.

pub mod address;
pub mod caller;
pub mod last;
pub mod refusal;
mod running;
mod whole;

use std::{io::Write, net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{Request, State},
    middleware::from_fn,
    response::{IntoResponse, Response},
    routing::get,
};
use kernel::{Context, Problem, Result};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};
use tower_http::{CompressionLevel, compression::CompressionLayer};

pub use self::running::{Deed, Done, Running, STRANGERS_PER_MINUTE};
use self::{address::PublicAddress, refusal::Refusal};
use crate::{api, config::Open, mcp, upload, web, worker};

/// Threads that work on the database at once; each may hold a connection with its cache.
pub const DATABASE_THREADS: usize = 16;
/// What is still being answered when the program closes may take so long.
pub const DRAIN: Duration = Duration::from_secs(4);

/// Listens until it is told to stop; `public` is where people reach it, if not at the address it listens on.
///
/// # Errors
/// `serve.listen` when the address is taken, `serve.runtime` when the machine gives no threads.
pub fn serve(open: Open, listen: SocketAddr, public: Option<PublicAddress>) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(DATABASE_THREADS)
        .build()
        .map_err(|cause| Problem::internal("serve.runtime", "the machine gives no threads").because(cause))?;
    upload::sweep(&open.house.files);
    let running = Running::reached_at(open, public);
    let answer = runtime.block_on(listening(Arc::clone(&running), listen));
    running.close();
    runtime.shutdown_timeout(Duration::from_secs(1));
    answer
}

async fn listening(running: Arc<Running>, listen: SocketAddr) -> Result<()> {
    let taken = |cause: std::io::Error| {
        Problem::conflict(
            "serve.listen",
            format!("cannot listen at {listen}: {cause}; choose another address with --listen"),
        )
    };
    let listener = TcpListener::bind(listen).await.map_err(taken)?;
    let address = listener.local_addr().map_err(taken)?;
    let service = router(&running).into_make_service_with_connect_info::<SocketAddr>();
    let mut stop = running.closing();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        // An error means that the sender is gone, and then the program closes as well.
        drop(stop.wait_for(|closing| *closing).await);
    });
    worker::start(Arc::clone(&running))?;
    let greeting = running.work(move |running| greeting(running, address)).await?;
    // Whoever closed our output still wants us to serve.
    drop(writeln!(std::io::stdout(), "{greeting}"));
    tokio::select! {
        ended = server.into_future() => ended.map_err(taken),
        () = end(&running) => Ok(()),
    }
}

/// Where the program is and, until somebody has signed in, how to.
fn greeting(running: &Running, address: SocketAddr) -> Result<String> {
    let cx = running.own();
    let store = &running.open.house.store;
    let near = format!("http://{address}");
    let at = |path: &str| running.public.as_ref().map_or_else(|| format!("{near}{path}"), |far| far.of(path));
    let mut text = match &running.public {
        None => format!("Mainstay is at {near}"),
        Some(far) => format!("Mainstay is at {}, and listens at {near}", far.of("")),
    };
    if !store.read(&cx, access::ever_signed_in)? {
        let path = store.write(&cx, |tx| sign_in_path(&cx, tx))?;
        text.push_str(&format!("\nSign in once with: {}", at(&path)));
    }
    Ok(text)
}

/// The path of a new link with which an owner signs in once.
///
/// # Errors
/// As [`access::owner_link`].
pub fn sign_in_path(cx: &Context, tx: &mut store::Tx<'_>) -> Result<String> {
    access::owner_link(cx, tx).map(|token| access::link::path(&token))
}

/// Waits for a signal, tells everybody, and gives them a while.
async fn end(running: &Running) {
    let (mut interrupt, mut terminate) =
        match (signal(SignalKind::interrupt()), signal(SignalKind::terminate())) {
            (Ok(interrupt), Ok(terminate)) => (interrupt, terminate),
            _ => return std::future::pending().await,
        };
    tokio::select! {
        _ = interrupt.recv() => (),
        _ = terminate.recv() => (),
    }
    running.close();
    tokio::time::sleep(DRAIN).await;
}

/// Every route of the program.
pub fn router(running: &Arc<Running>) -> Router {
    Router::new()
        .route("/health", get(health))
        .merge(api::routes(running))
        .merge(mcp::http::routes(running))
        .merge(upload::routes())
        .merge(web::routes(running))
        .fallback(nowhere)
        .method_not_allowed_fallback(no_such_method)
        .with_state(Arc::clone(running))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(from_fn(whole::whole))
        .layer(from_fn(last::last))
}

/// Says that the program is up and its database answers.
async fn health(State(running): State<Arc<Running>>) -> Response {
    let answer = running
        .work(|running| {
            running.open.house.store.read(&running.own(), |tx| tx.setting("id.alphabet").map(drop))
        })
        .await;
    match answer {
        Ok(()) => axum::Json(serde_json::json!({ "status": "well" })).into_response(),
        Err(problem) => Refusal::from(problem).into_response(),
    }
}

async fn nowhere(State(running): State<Arc<Running>>, request: Request) -> Response {
    if is_for_programs(request.uri().path()) {
        return Refusal::nowhere(request.uri().path()).into_response();
    }
    web::nowhere(running, request).await
}

async fn no_such_method(State(running): State<Arc<Running>>, request: Request) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let text = format!("{method} is not among the methods of {path}");
    let refusal =
        Refusal::new(axum::http::StatusCode::METHOD_NOT_ALLOWED, Problem::not_found("serve.method", text));
    if is_for_programs(&path) {
        return refusal.into_response();
    }
    web::refuse(running, request, refusal).await
}

/// Programs are answered in JSON, people with pages.
fn is_for_programs(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/") || path == "/health" || path == mcp::PATH
}
