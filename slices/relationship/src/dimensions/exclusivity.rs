//! Exclusivity: are we the one provider?

use speech::say;

use timeline::{
    Fact, FactId,
    fact::{Wallet, WalletSource},
};

use crate::{Dimension, DimensionName, History, history::Group, phrase};

/// Permille of their spend on such things.
pub struct Exclusivity;

impl Dimension for Exclusivity {
    fn name(&self) -> DimensionName {
        DimensionName::Exclusivity
    }

    fn measure(&self, history: &History) -> Option<i64> {
        let (_, wallet) = latest(history)?;
        let share = share(wallet)?;
        match wallet.source {
            Some(WalletSource::Estimated) => Some(500 + share.saturating_sub(500).div_euclid(2)),
            Some(WalletSource::Stated) | None => Some(share),
        }
    }

    fn version(&self, history: &History) -> i64 {
        history.seen(&[Group::Wallet]) + history.left(Group::Wallet, history.policy().windows.share)
    }

    fn facts(&self, history: &History) -> Vec<FactId> {
        latest(history).map(|(id, _)| id).into_iter().collect()
    }

    fn evidence(&self, history: &History) -> String {
        match latest(history).map(|(_, wallet)| wallet) {
            None => say!("No evidence: whether others serve them is not known").into_owned(),
            Some(Wallet { sole: true, source: Some(WalletSource::Estimated), .. }) => {
                say!("We seem to be their only provider, as we estimate").into_owned()
            }
            Some(Wallet { sole: true, .. }) => say!("We are their only provider, as they say").into_owned(),
            Some(wallet @ Wallet { source: Some(WalletSource::Estimated), .. }) => {
                say!("About {} of their need, as we estimate", phrase::percent(wallet.share.unwrap_or(0)))
            }
            Some(wallet) => {
                say!("{} of their need, as they say", phrase::percent(wallet.share.unwrap_or(0)))
            }
        }
    }
}

/// The latest one that says anything.
fn latest<'a>(history: &History<'a>) -> Option<(FactId, &'a Wallet)> {
    let wallet = |seen: &crate::history::Seen<'a>| match &seen.entry.fact {
        Fact::Wallet(wallet) if share(wallet).is_some() => Some((seen.entry.id, wallet)),
        _ => None,
    };
    history.recent(Group::Wallet, history.policy().windows.share).iter().rev().find_map(wallet)
}

fn share(wallet: &Wallet) -> Option<i64> {
    if wallet.sole { Some(1000) } else { wallet.share }
}
