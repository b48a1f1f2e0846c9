//! What of an import a viewer may look at: what stands in its rows may lie behind a wall, and so may what they add
//! up to.

use ::store::Tx;
use kernel::{Context, Permission, Problem, Result};
use speech::say;

use super::view::ShownImport;
use crate::run::{Outcome, Run};

/// How much of the imports a viewer sees.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sight {
    viewer: i64,
    /// No wall keeps the viewer out.
    sees_all: bool,
    /// The viewer brings in files: what stands in them is not for readers.
    brings: bool,
}

impl Sight {
    /// How much this viewer sees now.
    ///
    /// # Errors
    /// `store.statement`.
    pub(crate) fn of(cx: &Context, tx: &mut Tx<'_>) -> Result<Sight> {
        Ok(Sight {
            viewer: cx.actor.number(),
            sees_all: accounts::sees_all(cx, tx)?,
            brings: cx.actor.may(Permission::Write),
        })
    }

    /// Whether the viewer may know what came of its rows: whoever brought it, and everybody whom no wall keeps out.
    pub(crate) fn opens(self, run: &Run) -> bool {
        self.sees_all || self.viewer == run.by
    }

    /// Refuses a look into the rows of an import, or a step with them.
    ///
    /// # Errors
    /// `access.forbidden` for readers, `imports.not_open` for those whom a wall may keep out.
    pub(crate) fn require(self, run: &Run) -> Result<()> {
        if !self.brings {
            let text = say!("what stands in a file is open to members and owners; ask an owner");
            return Err(Problem::forbidden("access.forbidden", text));
        }
        if self.opens(run) {
            return Ok(());
        }
        let text = say!(
            "the rows of {} are open to whoever brought it in; ask them, or bring in a file of your own",
            run.name
        );
        Err(Problem::forbidden("imports.not_open", text))
    }

    /// Takes out what is not for the viewer: from a file that is not open all but what it is, from an open one what
    /// stands in its cells where the viewer only reads.
    pub(crate) fn narrow(self, is_open: bool, import: ShownImport) -> ShownImport {
        let mut import = ShownImport { closed: !is_open, ..import };
        if !is_open {
            (import.columns, import.questions, import.mapping) = (Vec::new(), Vec::new(), String::new());
            import.recognised = None;
            (import.planned, import.result, import.failure) = (None, None, String::new());
        }
        if !self.brings {
            import.columns.iter_mut().for_each(|column| column.samples.clear());
        }
        import
    }

    /// What an import came to, for whom it is open.
    pub(crate) fn outcome(self, run: &Run) -> Outcome {
        let text = if self.opens(run) { run.result.as_str() } else { "" };
        serde_json::from_str(text).unwrap_or_default()
    }
}
