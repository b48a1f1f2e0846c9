//! Table: plain rows, a list of rows that fold on a phone, or a before and after.

use maud::{Markup, Render};
use speech::{html, say};

use crate::{Cell, Text};

/// A table.
#[derive(Clone, Debug)]
pub struct Table<'a> {
    caption: Text<'a>,
    look: Look,
    columns: Vec<Column<'a>>,
    rows: Vec<Row<'a>>,
    totals: Vec<Row<'a>>,
    scrolls: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Plain,
    List,
    Fold,
}

/// The head of a column.
#[derive(Clone, Debug)]
pub struct Column<'a> {
    text: Text<'a>,
    sort: Option<(Text<'a>, Option<Order>)>,
    class: &'static str,
    unseen: bool,
}

/// In which order a column sorts the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The least first.
    Ascending,
    /// The greatest first.
    Descending,
}

/// A row of cells.
#[derive(Clone, Debug, Default)]
pub struct Row<'a> {
    /// Its cells.
    pub cells: Vec<Cell<'a>>,
}

impl<'a> Table<'a> {
    /// A plain table; where it is too wide, it scrolls by itself.
    pub fn plain(caption: impl Into<Text<'a>>) -> Table<'a> {
        Table::new(caption, Look::Plain)
    }

    /// A dense list: three lines a row on a phone, the whole row the link.
    pub fn list(caption: impl Into<Text<'a>>) -> Table<'a> {
        Table::new(caption, Look::List)
    }

    /// A before and after: stacked lines on a phone.
    pub fn fold(caption: impl Into<Text<'a>>) -> Table<'a> {
        Table::new(caption, Look::Fold)
    }

    fn new(caption: impl Into<Text<'a>>, look: Look) -> Table<'a> {
        let caption = caption.into();
        let scrolls = look == Look::Plain;
        Table { caption, look, columns: Vec::new(), rows: Vec::new(), totals: Vec::new(), scrolls }
    }

    /// The heads of its columns.
    #[must_use]
    pub fn columns(mut self, columns: impl IntoIterator<Item = Column<'a>>) -> Table<'a> {
        self.columns.extend(columns);
        self
    }

    /// Its rows.
    #[must_use]
    pub fn rows(mut self, rows: impl IntoIterator<Item = Row<'a>>) -> Table<'a> {
        self.rows.extend(rows);
        self
    }

    /// Totals for all matches, one line per currency and kind of value.
    #[must_use]
    pub fn totals(mut self, totals: impl IntoIterator<Item = Row<'a>>) -> Table<'a> {
        self.totals.extend(totals);
        self
    }

    /// Scrolls by itself where it is too wide, as a list with many columns is.
    #[must_use]
    pub fn scrolling(mut self) -> Table<'a> {
        self.scrolls = true;
        self
    }

    fn body(&self) -> Markup {
        // A table that is laid out as a grid on phones loses its meaning unless the roles are said.
        let says = self.look != Look::Plain;
        let role = |word: &'static str| says.then_some(word);
        html! {
            table class=(self.look.class()) role=[role("table")] {
                caption .sr { (self.caption) }
                @if !self.columns.is_empty() {
                    thead role=[role("rowgroup")] {
                        tr role=[role("row")] { @for column in &self.columns { (column.head(says)) } }
                    }
                }
                tbody role=[role("rowgroup")] data-rows { @for row in &self.rows { (row.line(says)) } }
                @if !self.totals.is_empty() {
                    tfoot role=[role("rowgroup")] { @for row in &self.totals { (row.line(says)) } }
                }
            }
        }
    }
}

impl Look {
    fn class(self) -> &'static str {
        match self {
            Look::Plain => "tbl",
            Look::List => "tbl rels",
            Look::Fold => "tbl fold",
        }
    }
}

impl Render for Table<'_> {
    fn render(&self) -> Markup {
        if !self.scrolls {
            return self.body();
        }
        html! { div .scroll tabindex="0" role="region" aria-label=(self.caption) { (self.body()) } }
    }
}

impl<'a> Column<'a> {
    /// A head in words.
    pub fn new(text: impl Into<Text<'a>>) -> Column<'a> {
        Column { text: text.into(), sort: None, class: "", unseen: false }
    }

    /// The head of the boxes that pick a row.
    pub fn pick() -> Column<'static> {
        Column { class: "a-pick", unseen: true, ..Column::new(say!("Select")) }
    }

    /// The head of the column of acts, which is read and not seen.
    pub fn acts() -> Column<'a> {
        Column { unseen: true, ..Column::new(say!("Act")) }
    }

    /// A head that sorts: the address to follow, and the order if the rows are in it now.
    #[must_use]
    pub fn sort(mut self, href: impl Into<Text<'a>>, now: Option<Order>) -> Column<'a> {
        self.sort = Some((href.into(), now));
        self
    }

    /// A column of figures.
    #[must_use]
    pub fn num(mut self) -> Column<'a> {
        self.class = "num";
        self
    }

    /// A column that only wide windows show.
    #[must_use]
    pub fn wide_only(mut self) -> Column<'a> {
        self.class = "opt";
        self
    }

    fn head(&self, says: bool) -> Markup {
        let order = self.sort.as_ref().and_then(|(_, now)| *now).map(Order::word);
        let class = (!self.class.is_empty()).then_some(self.class);
        html! {
            th class=[class] scope="col" role=[says.then_some("columnheader")] aria-sort=[order] {
                @match &self.sort {
                    Some((href, _)) => { a href=(href) { (self.text) } },
                    None if self.unseen => { span .sr { (self.text) } },
                    None => { (self.text) },
                }
            }
        }
    }
}

impl Order {
    /// The word of `aria-sort`.
    fn word(self) -> &'static str {
        match self {
            Order::Ascending => "ascending",
            Order::Descending => "descending",
        }
    }

    /// The other one.
    #[must_use]
    pub fn turned(self) -> Order {
        match self {
            Order::Ascending => Order::Descending,
            Order::Descending => Order::Ascending,
        }
    }
}

impl<'a> Row<'a> {
    /// A row of these cells.
    pub fn new(cells: impl IntoIterator<Item = Cell<'a>>) -> Row<'a> {
        Row { cells: cells.into_iter().collect() }
    }

    fn line(&self, says: bool) -> Markup {
        html! { tr role=[says.then_some("row")] { @for cell in &self.cells { (cell.at(says)) } } }
    }
}
