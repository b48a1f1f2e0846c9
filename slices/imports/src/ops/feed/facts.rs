//! Feed: rows that become facts of the timeline, and nothing besides.

use accounts::sourcing;
use kernel::{Context, Result};
use store::Tx;

use super::{Came, Counted, Feed, Learned, Met, walled};
use crate::{Rejection, batch::Batch, told::facts};

impl Feed<'_> {
    pub(super) fn facts<'b>(
        &'b self,
        write: Option<&Context>,
        tx: &mut Tx<'_>,
        met: &Met,
        batch: &'b Batch,
    ) -> Result<Came<'b>> {
        let inputs = facts(self.mapping, &self.spaces, &batch.typed);
        let mut planned = sourcing::plan_after(self.bringer, tx, (&met.seen, &met.facts), &inputs, self.run)?;
        if let Some(cx) = write {
            sourcing::apply(cx, tx, self.line, &mut planned, self.run)?;
        }
        let walled = planned.walled.iter().filter(|input| input.main);
        let walled = walled.map(|input| walled_fact(input.row, input.party.key));
        let counts = planned.counts;
        let counted =
            Counted { create: counts.create, update: counts.update, skip: counts.skip, ..Counted::default() };
        Ok(Came {
            walled: walled.collect(),
            counted: counted.naming(&planned.resolution),
            learned: Learned::Facts(planned, self.run),
            ..Came::default()
        })
    }
}

fn walled_fact(row: i64, key: &str) -> Rejection {
    walled("facts about", row, Some(key.to_owned()))
}
