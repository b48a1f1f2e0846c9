//! Group commit: writers run one after the other on their own threads, each in a savepoint of the batch that is open, and
//! one commit is for all of them (decision 4).

use std::{
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::{
        Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use kernel::{Problem, Result};

use crate::Tx;

/// The writing connection of an engine.
pub(crate) trait Channel {
    /// A batch is committed at the latest after so many transactions.
    const BATCH: usize;

    /// Begins a batch.
    fn begin(&mut self) -> Result<()>;

    /// Begins a transaction of the batch.
    fn enter(&mut self) -> Result<()>;

    /// The transaction that was entered.
    fn tx(&mut self) -> Tx<'_>;

    /// Ends it: what was done in it stays in the batch, or does not. A failure is found by [`Channel::is_open`], or by the
    /// commit.
    fn leave(&mut self, stays: bool);

    /// The engine has not thrown the whole batch away (a full disk makes it do so).
    fn is_open(&self) -> bool;

    /// Puts the batch on disk, or, failing that, nothing of it; where the connection was lost (`store.connect`) nobody knows.
    fn commit(&mut self) -> Result<()>;

    /// Ends a batch that was thrown away.
    fn give_up(&mut self);
}

/// The transactions that write, in batches.
pub(crate) struct Batches<C> {
    writer: Mutex<Writer<C>>,
    /// Transactions that wait for the writing connection or are about to.
    waiting: AtomicUsize,
    settled: Condvar,
}

struct Writer<C> {
    channel: C,
    /// The batch that is open, or was last.
    batch: u64,
    /// Transactions in it so far; 0 when none is open.
    open: usize,
    /// The batches that are settled, and which of the latest were lost.
    settled: u64,
    lost: Vec<(u64, Written)>,
}

/// Whether a batch that was lost may stand in the database all the same.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Written {
    /// It does not.
    No,
    /// Nobody knows: the answer to its commit was lost.
    Perhaps,
}

/// Somebody who waits for the writing connection, until it is their turn or they break off.
struct Waiting<'a>(&'a AtomicUsize);

impl Waiting<'_> {
    fn among(waiting: &AtomicUsize) -> Waiting<'_> {
        waiting.fetch_add(1, Ordering::SeqCst);
        Waiting(waiting)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl<C: Channel> Batches<C> {
    pub(crate) fn new(channel: C) -> Batches<C> {
        let writer = Writer { channel, batch: 0, open: 0, settled: 0, lost: Vec::new() };
        Batches { writer: Mutex::new(writer), waiting: AtomicUsize::new(0), settled: Condvar::new() }
    }

    /// Runs `work` in a savepoint of the open batch and returns when the batch is on disk.
    ///
    /// Whoever finds nobody waiting behind it commits for all: under load many transactions share one sync.
    pub(crate) fn write<T>(&self, work: impl Fn(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let waiting = Waiting::among(&self.waiting);
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        writer.begin()?;
        drop(waiting);
        // Whoever panics still settles the batch: others may be waiting for it.
        let run = catch_unwind(AssertUnwindSafe(|| {
            writer.channel.enter()?;
            work(&mut writer.channel.tx())
        }));
        writer.channel.leave(matches!(run, Ok(Ok(_))));
        let settled = self.settle(writer, run.is_ok());
        match run {
            Ok(answer) => settled.and(answer),
            Err(panic) => resume_unwind(panic),
        }
    }

    /// Ends a transaction's part in the batch: commits for all when nobody is waiting, else waits for whoever does.
    fn settle(&self, mut writer: MutexGuard<'_, Writer<C>>, waits: bool) -> Result<()> {
        let mine = writer.batch;
        if !writer.channel.is_open() {
            writer.lose();
            self.settled.notify_all();
            return Err(lost(Written::No));
        }
        if self.waiting.load(Ordering::SeqCst) == 0 || writer.open >= C::BATCH {
            let committed = writer.commit();
            self.settled.notify_all();
            return committed;
        }
        while waits && writer.settled < mine {
            writer = self.settled.wait(writer).unwrap_or_else(PoisonError::into_inner);
        }
        let lost_batch = writer.lost.iter().find(|(batch, _)| *batch == mine);
        lost_batch.map_or(Ok(()), |(_, written)| Err(lost(*written)))
    }
}

impl<C: Channel> Writer<C> {
    fn begin(&mut self) -> Result<()> {
        if self.open == 0 {
            self.channel.begin()?;
            self.batch += 1;
        }
        self.open += 1;
        Ok(())
    }

    fn commit(&mut self) -> Result<()> {
        let answer = self.channel.commit();
        if let Err(problem) = &answer {
            let is_known = problem.code != "store.connect";
            self.lost.push((self.batch, if is_known { Written::No } else { Written::Perhaps }));
        }
        self.settle();
        answer
    }

    fn lose(&mut self) {
        self.channel.give_up();
        self.lost.push((self.batch, Written::No));
        self.settle();
    }

    fn settle(&mut self) {
        self.settled = self.batch;
        self.open = 0;
        let keep = self.lost.len().saturating_sub(16);
        self.lost.drain(..keep);
    }
}

/// What is said where a batch was lost.
pub(crate) fn lost(written: Written) -> Problem {
    let text = match written {
        Written::No => {
            "the database gave up the batch this change was part of; nothing was written, try again"
        }
        Written::Perhaps => {
            "the connection to the database was lost while this change was confirmed; look whether it stands there before \
             you try again"
        }
    };
    Problem::busy("store.lost", text)
}
