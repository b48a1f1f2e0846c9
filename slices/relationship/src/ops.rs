//! What can be asked of the judgement.

mod about;
mod adopted;
mod behind;
mod book;
pub mod bulk;
mod cause;
mod causes;
mod check;
mod clearance;
mod concerned;
mod consequence;
mod course;
pub mod crossing;
mod explanation;
mod filter;
mod foresee;
mod heard;
mod learn;
mod learned;
mod lessons;
pub(crate) mod line;
mod moved;
mod neighbours;
mod on_day;
mod on_record;
mod overrides;
mod picture;
mod policy;
mod preference;
mod progress;
pub(crate) mod record;
mod said;
mod service_fit;
mod span;
mod spectrum;
mod stating;
pub mod switch;
mod switching;
mod their_link;
mod told_together;
mod turned;
pub mod views;
mod wanted;

pub(crate) use self::filter::several;
pub use self::{
    about::{About, OnLine, about},
    adopted::{AdoptedPolicy, ChangedNumber, PolicyPage, history as policies},
    behind::{ExplainedFact, ExplainedLine},
    book::{Book, BookRow, Total, list},
    cause::{Cause, MovingFact},
    check::{Check, Checked, Differing, LostDecisions, Unlike, check},
    clearance::{Contacting, ShownClearance, ask as clearance, may_contact},
    concerned::concerned,
    course::ShownStretch,
    explanation::{Explanation, Named, explain, view},
    filter::Filter,
    foresee::{Change, Example, Foreseen},
    learn::{Learn, OfLearning, learn, list as learnings, view as learning},
    learned::{LearnedNumber, ShownAccuracy, ShownGroup, ShownLearning},
    lessons::LeftOut,
    neighbours::{Neighbour, Neighbours, neighbours},
    on_day::OnDay,
    on_record::OnRecord,
    overrides::{
        Overrides, SetClass, WithdrawOverride, list as overrides, set as set_class,
        withdraw as withdraw_override,
    },
    policy::{Adopt, Nothing as NothingToSay, Proposed, ShownPolicy, adopt, preview},
    preference::{
        ShownPreference, ShownStated, ShownSuggestion, of_place as preference_of, view as preference,
    },
    progress::{Deciding, progress},
    record::{Logged, Stretch, case, history},
    said::{OverrideRow, ShownOverride},
    service_fit::{ShownReason, ShownServiceFit},
    spectrum::{
        Spectrum, SpectrumCell, SpectrumCounts, SpectrumCurrency, SpectrumPoint, SpectrumStep, spectrum,
    },
    stating::{Accept, Heard, State as StatePreference, accept, state},
    switching::CONSEQUENCES,
    their_link::{Asked, PATH as THEIR_PATH, Say, TheirLink, link, open, say},
    told_together::{ToldKind, ToldTogether},
    turned::{ShownStep, ShownTurn},
};
pub(crate) use self::{adopted::changed, learn::keep_learned, on_day::ends};

use slice::{Operation, op};

/// The operation table.
pub fn table() -> Vec<Operation> {
    vec![
        op(book::LIST, list).brief(),
        op(spectrum::SPECTRUM, spectrum),
        op(crossing::LIST, crossing::list),
        op(crossing::ANSWER, crossing::answer),
        op(explanation::VIEW, view),
        op(record::CASE, case),
        op(record::HISTORY, history),
        op(check::CHECK, check),
        op(progress::PROGRESS, progress),
        op(overrides::SET, set_class),
        op(overrides::WITHDRAW, withdraw_override),
        op(overrides::LIST, overrides::list),
        op(policy::VIEW, policy::view),
        op(policy::ADOPT, adopt),
        op(policy::PREVIEW, preview),
        op(adopted::HISTORY, policies),
        op(learn::LEARN, learn),
        op(learn::LIST, learnings),
        op(learn::VIEW, learning),
        op(line::BASELINE, line::baseline),
        op(line::NOW, line::turn),
        op(line::PREVIEW, line::preview),
        op(preference::VIEW, preference::view),
        op(stating::STATE, state),
        op(stating::ACCEPT, accept),
        op(their_link::LINK, link),
        op(clearance::ASK, clearance::ask),
        op(bulk::PREVIEW, bulk::preview),
        op(bulk::APPLY, bulk::apply),
        op(bulk::VIEW, bulk::view),
        op(bulk::UNDO, bulk::undo),
        op(bulk::LIST, bulk::list),
        op(views::LIST, views::list),
        op(views::SAVE, views::save),
        op(views::CHANGE, views::change),
        op(views::DELETE, views::delete),
        op(views::RESTORE, views::restore),
    ]
}
