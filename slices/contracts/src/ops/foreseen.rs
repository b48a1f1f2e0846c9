//! What earlier files of a dry run would have written: what comes after them is planned as if it were stored.

use std::collections::{HashMap, HashSet};

use timeline::LineId;

use super::{batch::Planned, leavings};
use crate::{
    contract::Contract,
    store::{ByKey, Leaving},
    words::LeavingKind,
};

/// Contracts and leavings that a dry run would have written by now.
#[derive(Debug, Default)]
pub struct Foreseen {
    contracts: HashMap<(LineId, String), Vec<Contract>>,
    leavings: HashSet<(LineId, i64, LeavingKind, String)>,
}

impl Foreseen {
    /// Takes in the contracts that a batch would write.
    pub fn learn(&mut self, planned: &Planned<'_>) {
        for contract in planned.written() {
            let same = self.contracts.entry((contract.line, contract.key.clone())).or_default();
            match same.iter_mut().find(|known| known.account == contract.account) {
                Some(known) => known.clone_from(contract),
                None => same.push(contract.clone()),
            }
        }
    }

    /// Takes in what a batch would write of somebody having left.
    pub fn learn_leavings(&mut self, planned: &leavings::Planned<'_>) {
        let places = planned.leavings.iter().map(place);
        self.leavings.extend(places);
    }

    /// Lays what would have been written over the contracts that are stored under these keys of a line.
    pub(crate) fn lay(&self, line: LineId, keys: &[&str], known: &mut ByKey) {
        for key in keys.iter().filter(|_| !self.contracts.is_empty()) {
            let Some(later) = self.contracts.get(&(line, (*key).to_owned())) else { continue };
            let all = known.entry((*key).to_owned()).or_default();
            for contract in later {
                match all.iter_mut().find(|one| contract.id.0 != 0 && one.id == contract.id) {
                    Some(one) => one.clone_from(contract),
                    None => all.push(contract.clone()),
                }
            }
        }
    }

    /// Whether an earlier batch would have written the same.
    pub(crate) fn has_left(&self, leaving: &Leaving) -> bool {
        !self.leavings.is_empty() && self.leavings.contains(&place(leaving))
    }
}

fn place(leaving: &Leaving) -> (LineId, i64, LeavingKind, String) {
    (leaving.line, leaving.account.0, leaving.kind, leaving.key.clone())
}
