//! Moving what stands on one account to another, in every table that says which of its columns name an account; each row
//! that moves is written down, so that it can go back.
//!
//! A row stays where it is if the other account has one in its place already (its table's key with the other account in
//! it): it is out of sight behind the pointer, and back in sight when the merge is undone.

use ::store::{ColumnKind, DataClass, Table, Tx, Value, dialect};
use kernel::Result;

use super::merge::Pair;

/// A column by which rows are an account's.
#[derive(Clone, Debug)]
pub struct Place {
    table: &'static Table,
    column: &'static str,
    /// As it stands in the list of moves: `fact.account`.
    pub name: String,
    /// The column that numbers the rows of the table, if one does.
    number: Option<&'static str>,
    /// People and files know its rows, so one that is gone is worth telling.
    pub told: bool,
}

impl Place {
    /// Every column of these tables that names an account. What the machinery keeps for itself, such as which
    /// relationships are to be decided again, is not moved but made anew.
    pub fn all(tables: &[&'static Table]) -> Vec<Place> {
        let kept = tables.iter().filter(|table| table.class != DataClass::Internal);
        let columns = kept.flat_map(|table| table.columns.iter().map(|column| (*table, column)));
        columns
            .filter(|(_, column)| column.kind == ColumnKind::Ref("account"))
            .map(|(table, column)| {
                let numbers = table.columns.iter().find(|other| matches!(other.kind, ColumnKind::Id(_)));
                let alone = (table.key.len() == 1 && table.key[0] != column.name).then(|| table.key[0]);
                let is_number = |name: &&str| {
                    table.columns.iter().any(|other| other.name == *name && !other.kind.is_text())
                };
                let number = numbers.map(|id| id.name).or(alone.filter(is_number));
                let name = format!("{}.{}", table.name, column.name);
                Place { table, column: column.name, name, number, told: numbers.is_some() }
            })
            .collect()
    }

    /// The number of a row, and its other names where it has no number.
    fn identity(&self) -> (String, String) {
        let table = self.table.name;
        if let Some(number) = self.number {
            return (format!("{table}.{number}"), "''".to_owned());
        }
        let others = self.table.key.iter().filter(|name| **name != self.column);
        let parts: Vec<_> = others.map(|name| format!("CAST({table}.{name} AS TEXT)")).collect();
        ("0".to_owned(), if parts.is_empty() { "''".to_owned() } else { parts.join(" || '|' || ") })
    }

    /// The condition under which a row can go from one account of a pair to the other: none is in its place.
    fn free(&self, pairs: &str, from: &str, to: &str) -> String {
        let (table, column) = (self.table.name, self.column);
        if self.number.is_some() || !self.table.key.contains(&column) {
            return String::new();
        }
        let others = self.table.key.iter().filter(|name| **name != column);
        let same: String = others.map(|name| format!(" AND other.{name} = {table}.{name}")).collect();
        format!(
            " AND NOT EXISTS (SELECT 1 FROM {table} AS other JOIN merge_pair AS p ON p.{to} = other.{column}
               WHERE p.id IN ({pairs}) AND p.{from} = {table}.{column}{same})"
        )
    }

    /// Moves rows from the accounts that go to those that are kept, and writes each down.
    ///
    /// # Errors
    /// `store.conflict` where the database wants something to be unique that the table does not tell; else
    /// `store.statement`.
    pub fn carry(&self, tx: &mut Tx<'_>, pairs: &[Pair]) -> Result<()> {
        let (table, column) = (self.table.name, self.column);
        let (ids, gone, values) = lists(pairs, |pair| pair.couple.gone.0);
        let (number, key) = self.identity();
        let free = self.free(&ids, "gone", "kept");
        let log = format!(
            "INSERT INTO merge_move (pair, place, n, key, value)
             SELECT merge_pair.id, CAST(?{} AS TEXT), {number}, {key}, '' FROM {table}
             JOIN merge_pair ON merge_pair.gone = {table}.{column}
             WHERE merge_pair.id IN ({ids}) AND {table}.{column} IN ({gone}){free}",
            values.len() + 1
        );
        let named = [values.as_slice(), &[Value::from(&self.name)]].concat();
        if tx.execute(&log, &named)? == 0 {
            return Ok(());
        }
        let moved = format!(
            "UPDATE {table} SET {column} = (SELECT p.kept FROM merge_pair AS p
               WHERE p.id IN ({ids}) AND p.gone = {table}.{column})
             WHERE {column} IN ({gone}){free}"
        );
        tx.execute(&moved, &values).map(drop)
    }

    /// Moves back what was moved and is still where it was moved to.
    ///
    /// # Errors
    /// `store.statement`.
    pub fn bring_back(&self, tx: &mut Tx<'_>, pairs: &[Pair]) -> Result<()> {
        let (table, column) = (self.table.name, self.column);
        let (ids, kept, values) = lists(pairs, |pair| pair.couple.kept.0);
        let (number, key) = self.identity();
        let free = self.free(&ids, "kept", "gone");
        let sql = format!(
            "UPDATE {table} SET {column} = (SELECT p.gone FROM merge_pair AS p
               WHERE p.id IN ({ids}) AND p.kept = {table}.{column})
             WHERE {column} IN ({kept}) AND EXISTS (
               SELECT 1 FROM merge_pair AS p JOIN merge_move ON merge_move.pair = p.id
               WHERE p.id IN ({ids}) AND p.kept = {table}.{column} AND merge_move.place = ?{}
                 AND merge_move.n = {number} AND merge_move.key = {key}){free}",
            values.len() + 1
        );
        tx.execute(&sql, &[values.as_slice(), &[Value::from(&self.name)]].concat()).map(drop)
    }

    /// How many of the rows that were moved are not where they were moved to, by pair.
    ///
    /// # Errors
    /// `store.statement`.
    pub fn missing(&self, tx: &mut Tx<'_>, pairs: &[Pair]) -> Result<Vec<(i64, i64)>> {
        let (table, column) = (self.table.name, self.column);
        let (ids, values) = dialect::list(&[(&self.name).into()], pairs.iter().map(|pair| pair.id));
        let (number, key) = self.identity();
        let sql = format!(
            "SELECT merge_move.pair, COUNT(*) FROM merge_move JOIN merge_pair AS p ON p.id = merge_move.pair
             WHERE merge_move.place = ?1 AND merge_move.pair IN ({ids}) AND NOT EXISTS (
               SELECT 1 FROM {table} WHERE {table}.{column} = p.kept AND {number} = merge_move.n AND {key} = merge_move.key)
             GROUP BY merge_move.pair"
        );
        tx.query(&sql, &values, |row| Ok((row.int(0)?, row.int(1)?)))
    }
}

fn lists(pairs: &[Pair], of: impl Fn(&Pair) -> i64) -> (String, String, Vec<Value<'static>>) {
    let both: Vec<_> = pairs.iter().map(|pair| (pair.id, of(pair))).collect();
    dialect::lists(&both)
}
