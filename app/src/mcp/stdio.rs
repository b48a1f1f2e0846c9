//! The tools over standard input and output, for an assistant on this machine: `mainstay mcp`.

use std::sync::Arc;

use kernel::{Problem, Result};
use rmcp::{
    ServiceExt,
    service::ServerInitializeError,
    transport::{async_rw::AsyncRwTransport, stdio},
};

use super::{Door, Speaker, tool::Toolbox};
use crate::{api::body::LARGEST_BODY, config::Open, serve::Running};

/// Answers one message a line until the input ends.
///
/// # Errors
/// `mcp.runtime` when the machine gives no threads, `mcp.arrival` when whoever speaks does not speak MCP.
pub fn speak(open: Open, only_reads: bool) -> Result<()> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().map_err(
            |cause| Problem::internal("mcp.runtime", "the machine gives no threads").because(cause),
        )?;
    let tools = Arc::new(Toolbox::of(&open.slices));
    let door = Door::new(Running::new(open), tools, Speaker::House { only_reads }, None);
    let (input, output) = stdio();
    let lines = AsyncRwTransport::new_server(input, output).with_max_line_length(LARGEST_BODY);
    let answer = runtime.block_on(async {
        match door.serve(lines).await {
            Ok(served) => {
                // However the conversation ended, it did.
                drop(served.waiting().await);
                Ok(())
            }
            Err(ServerInitializeError::ConnectionClosed(_) | ServerInitializeError::Cancelled) => Ok(()),
            Err(cause) => Err(Problem::conflict(
                "mcp.arrival",
                format!("whoever is at the other end does not begin as MCP does: {cause}"),
            )),
        }
    });
    // Reading standard input cannot be called off.
    runtime.shutdown_background();
    answer
}
