//! How the tables of a JSON document are laid out, and their rows.

use std::{
    collections::HashMap,
    io::{self, Read},
};

use crate::{
    shape::{Document, Shape},
    tree::{Step, Tree, Walk},
};

/// Between the names of a path.
const BELOW: char = '\u{1f}';

/// A table that is made of a document.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Layout {
    /// The path to it, with dots; empty for the document itself.
    pub name: String,
    /// The names of its columns; first what leads to the object in which it stands, and its own number, where they are needed.
    pub columns: Vec<String>,
    /// In which column each path stands, and which table each list of objects fills.
    places: HashMap<String, usize>,
    lists: HashMap<String, usize>,
    /// The column of the object in which it stands.
    lead: Option<usize>,
    /// The column of its own number, for want of a key.
    number: Option<usize>,
    /// By which path its objects are told apart.
    key: Option<String>,
}

/// All tables of a document, and where the outermost stand.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub tables: Vec<Layout>,
    roots: HashMap<String, usize>,
    /// Whether the documents themselves are the objects of a table.
    lines: bool,
    /// Whether there are values that stand in no table.
    pub loose: bool,
}

impl Plan {
    /// How the tables of a document are laid out.
    pub fn of(document: &Document) -> Plan {
        let mut plan = Plan::default();
        if document.is_list() {
            plan.lines = true;
            plan.root(String::new(), "", &[&document.shape]);
        } else {
            plan.find(String::new(), "", &document.shape);
        }
        plan
    }

    /// Looks for tables from here on.
    fn find(&mut self, path: String, name: &str, shape: &Shape) {
        let inside = shape.inside.as_deref().filter(|inside| 0 < inside.objects);
        if let Some(inside) = inside.filter(|_| 0 < shape.tables || 0 < shape.mixed) {
            // Lists of objects among the objects of a list are taken for more of them.
            let deeper = inside.inside.as_deref().filter(|_| 0 < shape.mixed);
            self.root(path.clone(), name, &std::iter::once(inside).chain(deeper).collect::<Vec<_>>());
        } else if shape.is_record() {
            self.root(path, name, &[shape]);
            return;
        }
        if shape.objects == 0 {
            return;
        }
        for (below, shape) in &shape.names {
            self.loose |= 0 < shape.values;
            let deeper = joined(&path, below, BELOW);
            self.find(deeper, &joined(name, below, '.'), shape);
        }
    }

    fn root(&mut self, path: String, name: &str, shapes: &[&Shape]) {
        let table = self.table(name, None, shapes);
        self.roots.insert(path, table);
    }

    /// Lays out a table of objects, and those in it.
    fn table(&mut self, name: &str, lead: Option<String>, shapes: &[&Shape]) -> usize {
        let at = self.tables.len();
        let mut layout = Layout {
            name: name.to_owned(),
            key: shapes.iter().find_map(|shape| shape.key()).map(str::to_owned),
            ..Layout::default()
        };
        let mut lists = Vec::new();
        let mut paths = Vec::new();
        flatten(shapes, "", "", &mut paths, &mut lists);
        if let Some(lead) = lead {
            let taken = paths.iter().any(|(_, shown)| *shown == lead);
            layout.lead = Some(layout.columns.len());
            layout.columns.push(if taken { format!("parent {lead}") } else { lead });
        }
        if layout.key.is_none() && !lists.is_empty() {
            layout.number = Some(layout.columns.len());
            layout.columns.push("row".to_owned());
        }
        for (path, shown) in paths {
            layout.places.insert(path, layout.columns.len());
            layout.columns.push(shown);
        }
        let lead = leading(name, layout.key.as_deref().unwrap_or("row"));
        self.tables.push(layout);
        for (path, shown, inside) in lists {
            let list = self.table(&joined(name, &shown, '.'), Some(lead.clone()), &inside);
            self.tables[at].lists.insert(path, list);
        }
        at
    }

    /// Walks through the documents again and hands over each row with the number of its table; `counts` are the rows of
    /// each table so far.
    pub fn rows<R: Read>(
        &self,
        walk: &mut Walk<R>,
        most: usize,
        counts: &mut [u64],
        each: &mut dyn FnMut(usize, &[String]) -> io::Result<()>,
    ) -> io::Result<()> {
        loop {
            match walk.next()? {
                Step::End => return Ok(()),
                Step::BeginObject if self.lines => {
                    let tree = walk.tree(Step::BeginObject, most)?;
                    self.row(0, &tree, None, counts, each)?;
                }
                step => self.descend(walk, step, String::new(), most, counts, each)?,
            }
        }
    }

    fn descend<R: Read>(
        &self,
        walk: &mut Walk<R>,
        first: Step,
        path: String,
        most: usize,
        counts: &mut [u64],
        each: &mut dyn FnMut(usize, &[String]) -> io::Result<()>,
    ) -> io::Result<()> {
        match (first, self.roots.get(&path)) {
            (Step::BeginObject, Some(table)) if !self.lines => {
                let tree = walk.tree(Step::BeginObject, most)?;
                self.row(*table, &tree, None, counts, each)
            }
            (Step::BeginList, Some(table)) => loop {
                match walk.next()? {
                    Step::EndList => return Ok(()),
                    step => match walk.tree(step, most)? {
                        Tree::List(all) => {
                            all.iter().try_for_each(|tree| self.row(*table, tree, None, counts, each))?;
                        }
                        tree => self.row(*table, &tree, None, counts, each)?,
                    },
                }
            },
            (Step::BeginObject, _) => {
                while let Step::Name(name) = walk.next()? {
                    let step = walk.next()?;
                    self.descend(walk, step, joined(&path, &name, BELOW), most, counts, each)?;
                }
                Ok(())
            }
            (step, _) => walk.tree(step, most).map(drop),
        }
    }

    /// Hands over the row of an object, then the rows of the lists in it.
    fn row(
        &self,
        table: usize,
        tree: &Tree,
        lead: Option<&str>,
        counts: &mut [u64],
        each: &mut dyn FnMut(usize, &[String]) -> io::Result<()>,
    ) -> io::Result<()> {
        let Tree::Object(pairs) = tree else { return Ok(()) };
        let layout = &self.tables[table];
        let mut row = vec![String::new(); layout.columns.len()];
        let mut lists = Vec::new();
        layout.fill(pairs, "", &mut row, &mut lists);
        counts[table] += 1;
        let number = counts[table].to_string();
        if let (Some(at), Some(lead)) = (layout.lead, lead) {
            lead.clone_into(&mut row[at]);
        }
        if let Some(at) = layout.number {
            row[at].clone_from(&number);
        }
        each(table, &row)?;
        let key = layout.key.as_ref().and_then(|key| layout.places.get(key)).map(|at| row[*at].clone());
        let key = key.unwrap_or(number);
        for (list, all) in lists {
            for tree in all {
                self.row(list, tree, Some(&key), counts, each)?;
            }
        }
        Ok(())
    }
}

impl Layout {
    /// Puts the values of an object in their columns; the lists of objects in it are set aside.
    fn fill<'t>(
        &self,
        pairs: &'t [(String, Tree)],
        path: &str,
        row: &mut [String],
        lists: &mut Vec<(usize, &'t [Tree])>,
    ) {
        for (name, value) in pairs {
            let path = joined(path, name, BELOW);
            match (value, self.lists.get(&path)) {
                (Tree::List(all), Some(list)) if value.is_table() => lists.push((*list, all)),
                (Tree::Object(pairs), _) => self.fill(pairs, &path, row, lists),
                _ => {
                    if let Some(at) = self.places.get(&path) {
                        row[*at] = value.cell();
                    }
                }
            }
        }
    }
}

/// A list of objects in others: its path as it is kept and as it is shown, and what its objects have in common.
type Listed<'s> = (String, String, Vec<&'s Shape>);

/// The paths to the values of an object, as they are kept and as they are shown; and the lists of objects in it.
fn flatten<'s>(
    shapes: &[&'s Shape],
    path: &str,
    shown: &str,
    paths: &mut Vec<(String, String)>,
    lists: &mut Vec<Listed<'s>>,
) {
    // Addresses of the interface that answered are nothing for a table.
    for (name, below) in named(shapes).into_iter().filter(|(name, _)| *name != "_links") {
        let (path, shown) = (joined(path, name, BELOW), joined(shown, name, '.'));
        let any = |count: fn(&Shape) -> u64| below.iter().any(|shape| 0 < count(shape));
        let tables = any(|shape| shape.tables);
        let never = any(|shape| shape.nothing) && !tables && !any(|shape| shape.objects);
        if any(|shape| shape.values) || any(|shape| shape.mixed) || never {
            paths.push((path.clone(), shown.clone()));
        }
        if tables {
            let inside = below.iter().filter_map(|shape| shape.inside.as_deref()).collect();
            lists.push((path.clone(), shown.clone(), inside));
        }
        flatten(&below, &path, &shown, paths, lists);
    }
}

/// The names of objects in the order in which they came, each with what was seen under it.
fn named<'s>(shapes: &[&'s Shape]) -> Vec<(&'s str, Vec<&'s Shape>)> {
    let (mut all, mut places) = (Vec::<(&str, Vec<&Shape>)>::new(), HashMap::new());
    for (name, below) in shapes.iter().flat_map(|shape| &shape.names) {
        let at = *places.entry(name.as_str()).or_insert(all.len());
        match all.get_mut(at) {
            Some((_, known)) => known.push(below),
            None => all.push((name, vec![below])),
        }
    }
    all
}

fn joined(above: &str, below: &str, between: char) -> String {
    if above.is_empty() { below.to_owned() } else { format!("{above}{between}{below}") }
}

/// The name of the column that leads from a list to the object in which it stands: `order_id` in the lines of orders.
fn leading(table: &str, key: &str) -> String {
    let last = table.rsplit('.').next().unwrap_or_default();
    let one = match (last.strip_suffix("ies"), last.strip_suffix('s')) {
        (Some(stem), _) => format!("{stem}y"),
        (_, Some(stem)) if !stem.ends_with('s') && !stem.is_empty() => stem.to_owned(),
        _ => last.to_owned(),
    };
    let plain = ["", "data", "result", "results", "item", "row", "record", "node", "edge", "value"];
    let one = if plain.contains(&one.as_str()) { "parent" } else { &one };
    format!("{one}_{}", key.trim_start_matches('_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each table of a text: its name, its columns, its rows.
    fn tables(text: &str) -> Vec<(String, Vec<Vec<String>>)> {
        let mut document = Document::default();
        document.learn(&mut Walk::new(text.as_bytes())).unwrap();
        let plan = Plan::of(&document);
        let mut tables: Vec<_> =
            plan.tables.iter().map(|table| (table.name.clone(), vec![table.columns.clone()])).collect();
        let mut each = |table: usize, row: &[String]| {
            tables[table].1.push(row.to_vec());
            Ok(())
        };
        let mut counts = vec![0; plan.tables.len()];
        plan.rows(&mut Walk::new(text.as_bytes()), 1 << 20, &mut counts, &mut each).unwrap();
        tables
    }

    #[test]
    fn an_answer_of_a_shop_is_its_orders_and_their_lines() {
        let text = r#"{"count": 2, "orders": [
            {"lines": [{"sku": "a", "price": "10.00"}], "id": 1, "who": {"name": "Ida", "tags": ["new", "vip"]}},
            {"id": 2, "note": null, "lines": [], "who": null}]}"#;
        let tables = tables(text);
        assert_eq!(tables[0].0, "orders");
        assert_eq!(
            tables[0].1,
            [["id", "who.name", "who.tags", "note"], ["1", "Ida", "new; vip", ""], ["2", "", "", ""]]
        );
        assert_eq!(tables[1].0, "orders.lines");
        assert_eq!(tables[1].1, [["order_id", "sku", "price"], ["1", "a", "10.00"]]);
    }

    #[test]
    fn objects_without_a_key_are_numbered_where_lists_stand_in_them() {
        let tables = tables("[{\"a\": 1, \"b\": [{\"c\": 2}]}, {\"b\": [{\"c\": 3}, {\"c\": 4}]}]");
        assert_eq!(tables[0].1, [["row", "a"], ["1", "1"], ["2", ""]]);
        assert_eq!(tables[1].1, [["parent_row", "c"], ["1", "2"], ["2", "3"], ["2", "4"]]);
    }

    #[test]
    fn lists_among_the_objects_of_a_list_hold_more_of_them() {
        let tables = tables("[{\"id\": 1}, [{\"id\": 2, \"a\": 3}, {\"id\": 4}], {\"id\": 5}]");
        assert_eq!(tables[0].1, [["id", "a"], ["1", ""], ["2", "3"], ["4", ""], ["5", ""]]);
    }

    #[test]
    fn one_object_is_a_row_and_lines_are_rows() {
        assert_eq!(
            tables("{\"order\": {\"id\": 7, \"sum\": 1.50}}"),
            [(
                "order".to_owned(),
                vec![vec!["id".to_owned(), "sum".to_owned()], vec!["7".to_owned(), "1.50".to_owned()]]
            )]
        );
        assert_eq!(tables("{\"a\": 1}\n{\"a\": 2}")[0].1, [["a"], ["1"], ["2"]]);
    }
}
