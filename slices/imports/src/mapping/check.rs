//! What a mapping cannot do without.

use kernel::{Problem, Result};
use speech::{say, word};

use super::Mapping;
use crate::{DateOrder, Meaning, Target, meaning::Reads};

impl Mapping {
    /// Refuses a mapping with which no row could be read.
    ///
    /// # Errors
    /// `imports.mapping` for a column or a fixed value that is needed, a meaning that its target has not, or a prefix
    /// that fits everything; `imports.zone` for an unknown time zone.
    pub fn check(&self) -> Result<()> {
        self.zone()?;
        self.as_of()?;
        let allowed = self.target.meanings();
        if let Some(meaning) = self.columns.keys().find(|meaning| !allowed.contains(meaning)) {
            let (word, target) = (meaning.as_str(), self.target.as_str());
            let message = say!("`{word}` means nothing in {target}; its columns are {}", words(allowed));
            return refused(&format!("columns.{word}"), &message);
        }
        if self.target == Target::OrdersRecord {
            self.check_orders()?;
        } else {
            self.check_needs()?;
        }
        let unsaid = |meaning: &&Meaning| {
            meaning.reads() == Reads::Date && self.formats.dates(**meaning) == DateOrder::Unsaid
        };
        if let Some(meaning) = self.columns.keys().find(unsaid) {
            let message = say!(
                "every date of `{}` can be read day first or month first; write dates = \"day.month.year\" or dates = \
                 \"month/day/year\" under [formats]",
                meaning.as_str()
            );
            return refused("formats.dates", &message);
        }
        let tells_money = self.columns.keys().any(|meaning| meaning.reads() == Reads::Amount);
        if tells_money && self.fixed.currency.is_none() && !self.has(Meaning::Currency) {
            let message =
                say!("no column tells the currency; write it under [fixed], such as currency = \"GBP\"");
            return refused("fixed.currency", &message);
        }
        if self.target.needs_line() && self.fixed.line.trim().is_empty() {
            let message = say!("the service line has no name; write one such as \"Shop\"");
            return refused("fixed.line", &message);
        }
        self.check_also()?;
        self.rules.check()
    }

    fn has(&self, meaning: Meaning) -> bool {
        self.columns.contains_key(&meaning)
    }

    fn check_orders(&self) -> Result<()> {
        if !self.has(Meaning::Date) {
            let message = say!("the mapping names no column `date`; say which column tells the day");
            return refused("columns.date", &message);
        }
        if !Meaning::ALL.iter().any(|meaning| meaning.is_amount() && self.has(*meaning)) {
            let message =
                say!("the mapping names no amount; give one of `unit_price`, `line_amount`, `order_total`");
            return refused("columns.line_amount", &message);
        }
        let whose = [Meaning::OrderNumber, Meaning::PartyId, Meaning::PartyName, Meaning::Email];
        // Returns may name nobody: they count in what went back, and nothing besides.
        if !self.rules.cancellation.all && !whose.iter().any(|meaning| self.has(*meaning)) {
            let message = say!(
                "the mapping names neither orders nor parties; give one of `order_number`, `party_id`, `party_name`, \
                 `email`"
            );
            return refused("columns.order_number", &message);
        }
        Ok(())
    }

    fn check_needs(&self) -> Result<()> {
        match self.target.needs().iter().find(|needed| !needed.iter().any(|meaning| self.has(*meaning))) {
            Some(needed) => {
                let field = format!("columns.{}", needed[0].as_str());
                let what = word!(self.target.label());
                let message = say!("{what} need a column for one of {}", words(needed));
                refused(&field, &message)
            }
            None => Ok(()),
        }
    }
}

fn words(meanings: &[Meaning]) -> String {
    meanings.iter().map(|meaning| format!("`{}`", meaning.as_str())).collect::<Vec<_>>().join(", ")
}

pub(crate) fn refused(field: &str, message: &str) -> Result<()> {
    Err(Problem::invalid(field, "imports.mapping", message))
}
