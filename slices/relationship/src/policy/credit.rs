//! What facts count: the credits of a policy, by the closed words of the timeline.

use serde::Deserialize;
use timeline::fact::{AssignmentRole, Custom, Form, Offer};

use super::number::numbers;

/// What facts count.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credit {
    /// A fulfilled contract fades to this while warm, permille.
    pub fulfilled: i64,
    /// Spend that says nothing of `custom` pulls personalization to this.
    pub unsaid: i64,
    /// Permille of professional service or advice, by offer.
    pub offer: OfferCredit,
    /// Permille of "made for them".
    pub custom: CustomCredit,
    /// Points of 1000 per clause of a contract.
    pub clause: ClauseCredit,
    /// Permille by the form of a contract.
    pub form: FormCredit,
    /// Permille of a named person serving.
    pub named: NamedCredit,
    /// What they give back.
    pub give: GiveCredit,
}

numbers! {
    /// Permille of professional service or advice.
    OfferCredit {
        /// Things.
        goods,
        /// Things whose price, scope or making was agreed with them.
        goods_for_them,
        /// A haircut, a meal, a night.
        generic_service,
        /// Software, telecom, media, membership.
        subscription,
        /// An insurance or banking product as such.
        cover,
        /// Run for them all the time.
        managed_service,
        /// Work of a profession.
        professional_service,
        /// Advice.
        advice,
    }
}

impl OfferCredit {
    /// The credit of an offer; `agreed` says that price, scope or making was agreed with them.
    pub fn of(&self, offer: Offer, agreed: bool) -> i64 {
        match offer {
            Offer::Goods if agreed => self.goods_for_them,
            Offer::Goods => self.goods,
            Offer::GenericService => self.generic_service,
            Offer::Subscription => self.subscription,
            Offer::Cover => self.cover,
            Offer::ManagedService => self.managed_service,
            Offer::ProfessionalService => self.professional_service,
            Offer::Advice => self.advice,
        }
    }
}

numbers! {
    /// Permille of "made for them".
    CustomCredit {
        /// A price of their own.
        price,
        /// A scope of their own.
        scope,
        /// A deliverable of their own.
        deliverable,
    }
}

impl CustomCredit {
    /// The best of what was made for them; 0 for nothing.
    pub fn best(&self, made: &[Custom]) -> i64 {
        let worth = |custom: &Custom| match custom {
            Custom::Price => self.price,
            Custom::Scope => self.scope,
            Custom::Deliverable => self.deliverable,
        };
        made.iter().map(worth).max().unwrap_or(0)
    }
}

numbers! {
    /// Points of 1000 per clause that is known.
    ClauseCredit {
        /// Fees.
        fees,
        /// Scope.
        scope,
        /// Withdrawal.
        withdrawal,
        /// Term.
        term,
    }
}

numbers! {
    /// Permille by the form of a contract.
    FormCredit {
        /// Negotiated.
        individual,
        /// Our paper; an unrecorded form counts as this.
        standard,
        /// Terms accepted.
        click,
    }
}

impl FormCredit {
    /// The permille of a form.
    pub fn of(&self, form: Option<Form>) -> i64 {
        match form {
            Some(Form::Individual) => self.individual,
            Some(Form::Standard) | None => self.standard,
            Some(Form::Click) => self.click,
        }
    }
}

numbers! {
    /// Permille of a named person serving.
    NamedCredit {
        /// Named and seen acting.
        serving,
        /// Named on paper.
        paper,
        /// A team.
        team,
        /// Owns the account, sells.
        sales,
        /// Does the work, does not answer for the relationship.
        performer,
    }
}

impl NamedCredit {
    /// The permille of an assignment whose person was seen acting, or not.
    pub fn of(&self, role: AssignmentRole, acting: bool) -> i64 {
        match role {
            AssignmentRole::Named if acting => self.serving,
            AssignmentRole::Named => self.paper,
            AssignmentRole::Team => self.team,
            AssignmentRole::Sales => self.sales,
            AssignmentRole::Performer => self.performer,
        }
    }
}

/// What they give back: thousandths of a point per fact, and the most one kind can give in the window.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GiveCredit {
    /// Feedback in words.
    pub detailed: (i64, i64),
    /// A goal told to us.
    pub goal: (i64, i64),
    /// A referral.
    pub referral: (i64, i64),
    /// Training.
    pub training: (i64, i64),
    /// They ask how to do better.
    pub learning: (i64, i64),
    /// Interest in an upgrade.
    pub upgrade: (i64, i64),
    /// Stars and scores.
    pub rating: (i64, i64),
}

impl GiveCredit {
    /// The kinds in a fixed order.
    pub const KINDS: [&'static str; 7] =
        ["detailed", "goal", "referral", "training", "learning", "upgrade", "rating"];

    /// The pairs in the order of [`GiveCredit::KINDS`].
    pub fn pairs(&self) -> [(i64, i64); 7] {
        [self.detailed, self.goal, self.referral, self.training, self.learning, self.upgrade, self.rating]
    }
}
