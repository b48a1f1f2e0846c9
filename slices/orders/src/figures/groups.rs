//! Money by group, such as the country of the buyers or who of us sold.

use std::collections::HashMap;

/// Groups by their names.
#[derive(Debug, Default)]
pub(super) struct Groups(HashMap<String, Group>);

/// What a group comes to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Group {
    /// What was sold, with what went back taken off.
    pub net: i64,
    /// Orders with a sale.
    pub orders: i64,
    /// Accounts with a sale.
    pub buyers: i64,
    /// The account that was counted last.
    last: i64,
}

impl Groups {
    /// Adds an order of an account (0: nobody); the orders of an account come one after the other.
    pub(super) fn add(&mut self, name: &str, account: i64, net: i64, sold: bool) {
        let group = match self.0.get_mut(name) {
            Some(group) => group,
            None => self.0.entry(name.to_owned()).or_default(),
        };
        group.net = group.net.saturating_add(net);
        group.orders += i64::from(sold);
        if sold && account != 0 && group.last != account {
            group.buyers += 1;
            group.last = account;
        }
    }

    /// The ten with the highest net.
    pub(super) fn first(self) -> Vec<(String, Group)> {
        let mut all: Vec<_> = self.0.into_iter().collect();
        all.sort_by(|a, b| b.1.net.cmp(&a.1.net).then_with(|| a.0.cmp(&b.0)));
        all.truncate(10);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buyer_of_several_orders_is_counted_once_for_each_who_sold() {
        let mut groups = Groups::default();
        for (seller, account, sold) in
            [("Ada", 1, true), ("Ben", 1, true), ("Ada", 1, true), ("Ada", 2, true), ("Ben", 3, false)]
        {
            groups.add(seller, account, 10, sold);
        }
        let told: Vec<_> =
            groups.first().into_iter().map(|(name, it)| (name, it.net, it.orders, it.buyers)).collect();
        assert_eq!(told, [("Ada".to_owned(), 30, 3, 2), ("Ben".to_owned(), 20, 1, 1)]);
    }
}
