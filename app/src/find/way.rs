//! Ways: every page that has an address of its own, and everything that can be begun, by name.

use kernel::Permission::{self, Manage, Read, Write};

/// A page, or something that can be begun.
pub(super) struct Way {
    /// What it is called.
    pub(super) title: &'static str,
    /// Other words by which people look for it.
    pub(super) also: &'static str,
    /// Where it is. For what is done with an account, the end of the address of its page.
    pub(super) href: &'static str,
    /// What it asks of whoever goes there.
    pub(super) asks: Permission,
}

const fn page(title: &'static str, href: &'static str, also: &'static str) -> Way {
    Way { title, also, href, asks: Read }
}

impl Way {
    /// For whoever may do that alone.
    const fn asks(self, asks: Permission) -> Way {
        Way { asks, ..self }
    }
}

/// The pages.
pub(super) const PAGES: &[Way] = &[
    page("Today", "/today", "start home queue due next news"),
    page(
        "Book",
        "/relationships",
        "relationships accounts clients customers prospects former list print export",
    ),
    page("Spectrum", "/relationships/spectrum", "picture chart strength"),
    page("Figures", "/figures", "reports sales turnover worth cohorts orders"),
    page("Figures of contracts", "/figures/contracts", "reports fees subscriptions recurring revenue"),
    page("Bills added up", "/figures/bills", "reports invoices payments owed receivables"),
    page("What is sold", "/figures/categories", "reports categories products assortment"),
    page("Renewals", "/contracts", "contracts subscriptions notice deadlines"),
    page("Bring in", "/imports", "import files upload csv excel database undo"),
    page("Duplicates", "/duplicates", "merge double same undo"),
    page("Merge many", "/duplicates/many", "duplicates double same"),
    page("Catalogue", "/products", "products offers prices goods"),
    page("Views of the book", "/relationships/views", "saved segments filters"),
    page("More conditions", "/relationships/filter", "filter book builder segment query"),
    page("What was done to many", "/relationships/bulks", "undo bulk take back").asks(Write),
    page("Every crossing that waits", "/relationships/crossings", "waiting agree client customer"),
    page("Service models", "/service-models", "policy weights thresholds rules"),
    page("Set by hand", "/service-models/overrides", "overrides class exceptions"),
    page("Learn from labels", "/service-models/learning", "policy weights calibration").asks(Manage),
    page("Service lines", "/lines", "lines business clock baseline"),
    page("Decisions", "/decisions", "check policy replay").asks(Manage),
    page("Settings", "/connections", "setup options preferences"),
    page("Connections", "/connections", "token api key program assistant mcp"),
    page("People and roles", "/people", "users rights invite staff team role").asks(Manage),
    page("Language and words", "/language", "translation german english terms"),
    page("Calendars", "/calendars", "holidays working days"),
    page("Audit", "/audit", "log protocol who did what history").asks(Manage),
    page("Verify the audit", "/audit/verification", "log protocol check").asks(Manage),
    page("Work set aside", "/jobs", "failed jobs queue again").asks(Manage),
    page("Sample businesses", "/samples", "demo example try"),
    page("Help", "/help", "manual documentation how"),
];

/// What is begun without anybody in particular.
pub(super) const BEGUN: &[Way] = &[
    page("Add an account", "/accounts/new", "new create client customer company person firm").asks(Write),
    page("Add a product", "/products/new", "new create offer goods service").asks(Write),
    page("Bring in a file", "/imports", "new import upload csv excel add").asks(Write),
    page("Add somebody of ours", "/people", "new create user invite staff role").asks(Manage),
    page("Make a token", "/connections", "new create api key program connection"),
    page("Save a view", "/relationships/views/new", "new create segment filter"),
    page("Export everything", "/help/commands", "download backup archive data move away"),
];

/// What is done with an account.
pub(super) const DEEDS: &[Way] = &[
    page("Record something", "/facts/new", "new fact conversation meeting feedback add").asks(Write),
    page("Record a goal", "/facts/new?kind=goal", "new fact need want add").asks(Write),
    page("Write a note", "/facts/new?kind=note", "new fact remark comment add").asks(Write),
    page("Record an order", "/orders/new", "new purchase sale add create").asks(Write),
    page("Record a contract", "/contracts/new", "new agreement subscription fee add create").asks(Write),
    page("Record an invoice", "/invoices/new", "new bill add create").asks(Write),
    page("Record a payment", "/payments/new", "new money received add create").asks(Write),
    page("Add somebody who acts for them", "/people/new", "new person contact create").asks(Write),
    page("Link them to another account", "/links/new", "new household department create").asks(Write),
    page("Correct what is known of them", "/change", "edit name address email telephone").asks(Write),
    page("Merge with another", "/merges/new", "duplicate double same").asks(Write),
    page("Say who may see them", "/wall", "wall hide secret rights").asks(Manage),
];
