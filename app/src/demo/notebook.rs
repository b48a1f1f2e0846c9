//! What was said, held, rated and written down: the tables that every sample business keeps beside its money.

use kernel::Day;

use super::table::{Table, Tables};

const CONTACT: &[(&str, &str)] = &[
    ("record_id", "Number"),
    ("date", "Date"),
    ("party_id", "Account"),
    ("topic", "Topic"),
    ("started_by", "Begun by"),
    ("owner", "Person"),
];
const FEEDBACK: &[(&str, &str)] = &[
    ("record_id", "Number"),
    ("date", "Date"),
    ("party_id", "Account"),
    ("rating", "Stars"),
    ("comment", "Words"),
];
const REFERRAL: &[(&str, &str)] = &[("record_id", "Number"), ("date", "Date"), ("party_id", "Account")];
const STAGE: &[(&str, &str)] = &[
    ("record_id", "Number"),
    ("date", "Date"),
    ("party_id", "Account"),
    ("stage", "Step"),
    ("stakeholders", "People"),
];
const NOTE: &[(&str, &str)] =
    &[("record_id", "Number"), ("date", "Date"), ("party_id", "Account"), ("fact", "What"), ("says", "Says")];
const PREFERENCE: &[(&str, &str)] = &[
    ("record_id", "Number"),
    ("date", "Date"),
    ("party_id", "Account"),
    ("wants", "What they want"),
    ("owner", "Who said so"),
];
const PERSON: &[(&str, &str)] = &[
    ("record_id", "Number"),
    ("party_id", "Account"),
    ("contact_name", "Name"),
    ("job_title", "Title"),
    ("role", "Role"),
    ("email", "Email"),
];

/// The tables beside the money, and the day up to which they go.
#[derive(Debug)]
pub struct Notebook {
    today: Day,
    conversations: Table,
    meetings: Table,
    feedback: Table,
    referrals: Table,
    stages: Table,
    notes: Table,
    preferences: Table,
    people: Table,
}

impl Notebook {
    /// Empty tables; `space` is the numbering of the parties.
    pub fn new(today: Day, space: &str) -> Notebook {
        Notebook {
            today,
            conversations: Table::new("conversations.csv", "conversations.record", space, CONTACT),
            meetings: Table::new("meetings.csv", "meetings.record", space, CONTACT),
            feedback: Table::new("feedback.csv", "feedback.record", space, FEEDBACK),
            referrals: Table::new("recommendations.csv", "referrals.record", space, REFERRAL),
            stages: Table::new("sales.csv", "stages.record", space, STAGE),
            notes: Table::new("notes.csv", "facts.record", space, NOTE),
            preferences: Table::new("preferences.csv", "preferences.record", space, PREFERENCE),
            people: Table::new("people.csv", "contacts.record", space, PERSON),
        }
    }

    /// They called or wrote, about something; who of us answered, where anybody is told.
    pub fn asked(&mut self, whom: &str, on: Day, topic: &str, person: &str) {
        Notebook::contact(&mut self.conversations, self.today, [whom, topic, "them", person], on);
    }

    /// We called or wrote.
    pub fn called(&mut self, whom: &str, on: Day, topic: &str, person: &str) {
        Notebook::contact(&mut self.conversations, self.today, [whom, topic, "us", person], on);
    }

    /// We met; we had asked for it.
    pub fn met(&mut self, whom: &str, on: Day, topic: &str, person: &str) {
        Notebook::contact(&mut self.meetings, self.today, [whom, topic, "us", person], on);
    }

    fn contact(table: &mut Table, today: Day, [whom, topic, by, person]: [&str; 4], on: Day) {
        if today < on {
            return; // what has not happened yet is no fact
        }
        let number = format!("{}-{}", &by[..1].to_uppercase(), table.len() + 1);
        table.row([number, on.to_string(), whom.into(), topic.into(), by.into(), person.into()]);
    }

    /// They gave stars.
    pub fn rated(&mut self, whom: &str, on: Day, stars: i32) {
        self.feedback([whom, &stars.to_string(), ""], on);
    }

    /// They told us what they think.
    pub fn told(&mut self, whom: &str, on: Day, words: &str) {
        self.feedback([whom, "", words], on);
    }

    fn feedback(&mut self, [whom, stars, words]: [&str; 3], on: Day) {
        if on <= self.today {
            let number = format!("F-{}", self.feedback.len() + 1);
            self.feedback.row([number, on.to_string(), whom.into(), stars.into(), words.into()]);
        }
    }

    /// They recommended us.
    pub fn recommended(&mut self, whom: &str, on: Day) {
        if on <= self.today {
            let number = format!("R-{}", self.referrals.len() + 1);
            self.referrals.row([number, on.to_string(), whom.into()]);
        }
    }

    /// A step of a sale, with so many people of theirs.
    pub fn step(&mut self, whom: &str, on: Day, step: &str, people: i32) {
        if on <= self.today {
            let number = format!("S-{}", self.stages.len() + 1);
            self.stages.row([number, on.to_string(), whom.into(), step.into(), people.to_string()]);
        }
    }

    /// Somebody wrote something down: who serves them, why they chose us.
    pub fn note(&mut self, whom: &str, on: Day, what: &str, says: &str) {
        if on <= self.today {
            let number = format!("N-{}", self.notes.len() + 1);
            self.notes.row([number, on.to_string(), whom.into(), what.into(), says.into()]);
        }
    }

    /// They said how they want to be dealt with.
    pub fn wants(&mut self, whom: &str, on: Day, wants: &str, by: &str) {
        let number = format!("W-{}", self.preferences.len() + 1);
        self.preferences.row([number, on.to_string(), whom.into(), wants.into(), by.into()]);
    }

    /// Somebody acts for them.
    pub fn acts(&mut self, whom: &str, [name, title, role]: [&str; 3]) {
        let number = format!("P-{}", self.people.len() + 1);
        let local = name.to_lowercase().replace(' ', ".").replace('\'', "");
        let email = format!("{local}.{}@people.example", self.people.len() + 1);
        self.people.row([number, whom.into(), name.into(), title.into(), role.into(), email]);
    }

    /// The tables that have rows.
    pub fn tables(self) -> Tables {
        let all = [
            self.people,
            self.stages,
            self.conversations,
            self.meetings,
            self.feedback,
            self.referrals,
            self.notes,
            self.preferences,
        ];
        all.into_iter().filter(|table| !table.is_empty()).collect()
    }
}
