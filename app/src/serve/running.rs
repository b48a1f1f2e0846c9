//! The running program: the house, what wakes its worker, and the two ways in which a door works on it.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use kernel::{Actor, Context, Permission, Problem, ProblemKind, Result};
use serde_json::Value;
use store::Tx;
use tokio::sync::watch;

use super::{address::PublicAddress, caller::Caller};
use crate::{config::Open, worker::Bell};

/// So many refused writes of nobody in particular are written into the audit per minute; more are only logged, so
/// that strangers cannot fill the disk.
pub const STRANGERS_PER_MINUTE: u32 = 150;

/// What all doors share.
pub struct Running {
    /// The open house.
    pub open: Open,
    /// Wakes the worker.
    pub bell: Bell,
    /// Where people reach it, if not at the address it listens on.
    pub public: Option<PublicAddress>,
    closing: watch::Sender<bool>,
    /// How many are working on the database for somebody.
    asking: AtomicUsize,
    strangers: Mutex<(i64, u32)>,
}

/// What is about to be written, for the audit.
#[derive(Clone, Copy, Debug)]
pub struct Deed<'a> {
    /// Through which door: page, api, command or mcp.
    pub via: &'static str,
    /// What it is called.
    pub operation: &'a str,
    /// What it asks of its caller.
    pub permission: Permission,
    /// The id of what it is about, as far as the address tells.
    pub subject: &'a str,
    /// What was asked for.
    pub input: &'a Value,
}

/// What a deed came to, and the id of what it was about when only the answer tells.
#[derive(Debug)]
pub struct Done<T> {
    /// The answer.
    pub answer: T,
    /// The id, where the address did not tell it.
    pub subject: Option<String>,
}

impl Running {
    /// A program that begins to run.
    pub fn new(open: Open) -> Arc<Running> {
        Running::reached_at(open, None)
    }

    /// A program that begins to run, and that people reach at an address of its own.
    pub fn reached_at(open: Open, public: Option<PublicAddress>) -> Arc<Running> {
        crate::spoken::learn();
        let (closing, _) = watch::channel(false);
        Arc::new(Running {
            open,
            bell: Bell::default(),
            public,
            closing,
            asking: AtomicUsize::new(0),
            strangers: Mutex::default(),
        })
    }

    /// Whether browsers reach it by HTTPS only.
    pub fn is_https(&self) -> bool {
        self.public.as_ref().is_some_and(PublicAddress::is_https)
    }

    /// The house's own context, now.
    pub fn own(&self) -> Context {
        self.open.house.context()
    }

    /// Tells everybody that the program closes.
    pub fn close(&self) {
        self.closing.send_replace(true);
        self.bell.ring();
    }

    /// Whether the program closes.
    pub fn is_closing(&self) -> bool {
        *self.closing.borrow()
    }

    /// Becomes true when the program closes.
    pub fn closing(&self) -> watch::Receiver<bool> {
        self.closing.subscribe()
    }

    /// Works on the database, away from the threads that listen.
    ///
    /// # Errors
    /// What `work` answers; `serve.panic` when it breaks off.
    pub async fn work<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Running) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let running = Arc::clone(self);
        let _asking = Asking::of(self);
        tokio::task::spawn_blocking(move || work(&running)).await.unwrap_or_else(|cause| {
            Err(Problem::internal("serve.panic", "this broke off; what it had begun to write did not stay")
                .because(cause))
        })
    }

    /// Looks at the database where the request was heard, while nobody else asks for anything: waking another thread and
    /// being woken by it costs more than a few rows do. Nothing where somebody else asks as well, where `look` finds
    /// that it would take long ([`store::Store::glance`]), or where it breaks off; then it is asked by [`Running::work`].
    pub fn glance<T>(&self, look: impl FnOnce(&Running) -> Option<T>) -> Option<T> {
        let asking = Asking::of(self);
        if asking.others > 0 {
            return None;
        }
        catch_unwind(AssertUnwindSafe(|| look(self))).unwrap_or(None)
    }

    /// Writes, for a caller who may, together with its audit entry; a refusal is written down by itself. The worker
    /// is woken.
    ///
    /// # Errors
    /// `access.*` for a caller who may not, else what `work` answers.
    pub fn write<T>(
        &self,
        caller: &Caller,
        deed: Deed<'_>,
        work: impl Fn(&mut Tx<'_>) -> Result<Done<T>>,
    ) -> Result<T> {
        let cx = &caller.cx;
        let written = cx.require(deed.permission, deed.operation).and_then(|()| {
            self.open.house.store.write(cx, |tx| {
                let done = work(tx)?;
                let subject = done.subject.as_deref().unwrap_or(deed.subject);
                deed.record(cx, tx, subject, access::Outcome::Done)?;
                Ok(done.answer)
            })
        });
        match &written {
            Ok(_) => self.bell.ring(),
            Err(problem) => self.refused(cx, deed, problem),
        }
        written
    }

    /// Writes down what was done in transactions of its own, and wakes the worker.
    ///
    /// # Errors
    /// `store.statement`.
    pub fn done(&self, cx: &Context, deed: Deed<'_>) -> Result<()> {
        self.open.house.store.write(cx, |tx| deed.record(cx, tx, deed.subject, access::Outcome::Done))?;
        self.bell.ring();
        Ok(())
    }

    /// Writes a refusal down, in a transaction of its own.
    pub fn refused(&self, cx: &Context, deed: Deed<'_>, problem: &Problem) {
        if problem.kind == ProblemKind::Busy || (cx.actor == Actor::Nobody && !self.may_note_stranger(cx)) {
            tracing::warn!(operation = deed.operation, code = problem.code, "refused, and not in the audit");
            return;
        }
        let refused = access::Outcome::Refused(problem.code);
        if let Err(failed) = self.open.house.store.write(cx, |tx| deed.record(cx, tx, deed.subject, refused))
        {
            tracing::error!(code = failed.code, cause = ?failed.cause, "a refusal could not be written down");
        }
    }

    fn may_note_stranger(&self, cx: &Context) -> bool {
        let minute = cx.now.micros.div_euclid(60_000_000);
        let mut strangers = self.strangers.lock().unwrap_or_else(PoisonError::into_inner);
        if strangers.0 != minute {
            *strangers = (minute, 0);
        }
        strangers.1 += 1;
        strangers.1 <= STRANGERS_PER_MINUTE
    }
}

/// Somebody for whom the database is being worked on, as long as it lasts.
struct Asking<'r> {
    running: &'r Running,
    /// For how many others it was then.
    others: usize,
}

impl Asking<'_> {
    fn of(running: &Running) -> Asking<'_> {
        Asking { running, others: running.asking.fetch_add(1, Ordering::Relaxed) }
    }
}

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        self.running.asking.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Deed<'_> {
    /// Writes it down, with the accounts it concerns.
    ///
    /// # Errors
    /// `store.statement`.
    pub fn record(
        &self,
        cx: &Context,
        tx: &mut Tx<'_>,
        subject: &str,
        outcome: access::Outcome<'_>,
    ) -> Result<()> {
        let mut accounts = accounts::concerned(cx, tx, subject, self.input)?;
        accounts.extend(contracts::concerned(cx, tx, subject, self.input)?);
        accounts.extend(relationship::concerned(cx, tx, subject, self.input)?);
        accounts.sort_unstable();
        accounts.dedup();
        let Deed { via, operation, input, .. } = *self;
        access::record(
            cx,
            tx,
            &access::Entry { via, operation, subject, accounts: &accounts, input, outcome },
        )
    }
}
