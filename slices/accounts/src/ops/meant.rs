//! Who is meant by people that are recorded by hand.

use ::store::Tx;
use kernel::{Context, Result};
use timeline::AccountId;

use super::contacts::{ContactInput, Planned, plan_said};
use crate::party::{PersonName, Resolution, Seen};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meant {
    /// Who is known there by the same address or name, else somebody new.
    WhoIsKnown,
    /// Somebody new, unless a source's id says who.
    SomebodyNew,
}

/// Works out what a batch of people who act for one account does, recorded by hand.
pub(super) fn plan_at<'a>(
    cx: &Context,
    tx: &mut Tx<'_>,
    account: AccountId,
    meant: Meant,
    inputs: &[ContactInput<'a>],
) -> Result<Planned<'a>> {
    let mut said: Vec<_> = inputs.iter().map(|input| input.says(account.0)).collect();
    if meant == Meant::SomebodyNew {
        said.iter_mut().for_each(|(_, names)| names.retain(|name| matches!(name, PersonName::Key(..))));
    }
    let whose = vec![(account.0, 0); inputs.len()];
    plan_said(cx, tx, &Seen::default(), (inputs, &whose, said), Planned::of(Resolution::default()), 0)
}
