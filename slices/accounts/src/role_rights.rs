//! What each role may ask for and see, as data: doors that show something to the other side read it here.
//!
//! Who did not buy is served on the buyer's entitlement and sees only their own matters; payer, user and beneficiary
//! do not see each other's. Somebody with several roles has what any of them has.

use crate::contact::ContactRole;

/// Something that somebody on the other side may ask for or see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Right {
    /// Ask for work, order, and change an order.
    Order,
    /// See what was ordered, and how far it is.
    SeeOrders,
    /// Agree to a contract, give notice, renew.
    Agree,
    /// See the contract and what it promises.
    SeeContract,
    /// See invoices and payments.
    SeeBills,
    /// Ask about a bill, dispute it, change how it is paid.
    AskBills,
    /// Ask for help with what was bought.
    AskHelp,
    /// See their own requests.
    SeeOwnRequests,
    /// See every request of the account.
    SeeAllRequests,
    /// See what is done for them as the one whom it is for.
    SeeOwnBenefit,
    /// Give instructions on behalf of the account by telephone.
    Instruct,
}

impl Right {
    /// The word.
    pub fn as_str(self) -> &'static str {
        match self {
            Right::Order => "order",
            Right::SeeOrders => "see_orders",
            Right::Agree => "agree",
            Right::SeeContract => "see_contract",
            Right::SeeBills => "see_bills",
            Right::AskBills => "ask_bills",
            Right::AskHelp => "ask_help",
            Right::SeeOwnRequests => "see_own_requests",
            Right::SeeAllRequests => "see_all_requests",
            Right::SeeOwnBenefit => "see_own_benefit",
            Right::Instruct => "instruct",
        }
    }
}

/// What each role may.
pub const ROLE_RIGHTS: &[(ContactRole, &[Right])] = &[
    (
        ContactRole::Buyer,
        &[
            Right::Order,
            Right::SeeOrders,
            Right::Agree,
            Right::SeeContract,
            Right::AskHelp,
            Right::SeeOwnRequests,
            Right::SeeAllRequests,
        ],
    ),
    (ContactRole::Payer, &[Right::SeeBills, Right::AskBills, Right::SeeOwnRequests]),
    (ContactRole::User, &[Right::AskHelp, Right::SeeOwnRequests]),
    (ContactRole::Beneficiary, &[Right::SeeOwnBenefit, Right::SeeOwnRequests]),
    (ContactRole::NamedCaller, &[Right::AskHelp, Right::SeeOwnRequests, Right::Instruct]),
];

/// What somebody with these roles may, in the order of [`Right`].
pub fn rights(roles: &[ContactRole]) -> Vec<Right> {
    let has = |known: &ContactRole| roles.contains(known);
    let of = ROLE_RIGHTS.iter().filter(|(role, _)| has(role));
    let mut rights: Vec<Right> = of.flat_map(|(_, rights)| *rights).copied().collect();
    rights.sort_unstable();
    rights.dedup();
    rights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn payer_user_and_beneficiary_do_not_see_each_others_matters() {
        let bills = |role| rights(&[role]).contains(&Right::SeeBills);
        let all = |role| rights(&[role]).contains(&Right::SeeAllRequests);
        assert!(bills(ContactRole::Payer));
        for role in [ContactRole::User, ContactRole::Beneficiary] {
            assert!(!bills(role) && !all(role), "{role:?}");
        }
        assert!(!all(ContactRole::Payer) && !rights(&[ContactRole::Payer]).contains(&Right::SeeOwnBenefit));
        assert!(ContactRole::ALL.iter().all(|role| ROLE_RIGHTS.iter().any(|(known, _)| known == role)));
        assert_eq!(rights(&[]), []);
        assert!(rights(&[ContactRole::User, ContactRole::Payer]).contains(&Right::SeeBills));
    }
}
