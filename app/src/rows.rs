//! Rows: a list of the house as CSV, page by page, so that none of it is held; no cell is run by a spreadsheet.

use kernel::{Problem, Result, ten_thousandths};
use schemars::SchemaGenerator;
use serde_json::{Map, Value};
use slice::Operation;

use crate::{api::shape::resolved, archive::neutral};

/// Rows asked for at once.
const AT_ONCE: i64 = 200;
/// Objects within a row of which each field is a column.
const WITHIN: usize = 1;

/// How the answers of an operation become lines of a file.
#[derive(Clone, Debug)]
pub struct Rows {
    /// The columns: fields of a row, or of what stands in a field: `override.class`.
    columns: Vec<String>,
    /// The rows stand in a field of the answer, and the next page begins at another.
    is_paged: bool,
    /// It can leave the totals out.
    leaves_totals: bool,
}

impl Rows {
    /// Nothing for an operation that does not list.
    pub fn of(operation: &Operation) -> Option<Rows> {
        let mut generator = SchemaGenerator::default();
        let (input, output) = ((operation.input)(&mut generator), (operation.output)(&mut generator));
        let definitions = generator.take_definitions(true);
        let asks = |field: &str| resolved(input.as_value(), &definitions)["properties"].get(field).is_some();
        let output = resolved(output.as_value(), &definitions);
        let rows = output.get("properties").and_then(|fields| fields.get("rows"));
        let list =
            rows.filter(|_| asks("after")).or_else(|| (output["type"] == "array").then_some(output))?;
        let row = resolved(list.get("items")?, &definitions);
        let mut columns = Vec::new();
        fields_of(row, &definitions, "", &mut columns);
        let is_paged = rows.is_some() && asks("after");
        (operation.is_read() && !columns.is_empty()).then_some(Rows {
            columns,
            is_paged,
            leaves_totals: asks("totals"),
        })
    }

    /// With those columns that the input asks for, in its order; all where it asks for none.
    #[must_use]
    pub fn chosen(mut self, input: &Map<String, Value>) -> Rows {
        let Some(asked) = input.get("columns").and_then(Value::as_str) else { return self };
        let within = |column: &str, asked: &str| {
            column == asked || column.strip_prefix(asked).is_some_and(|rest| rest.starts_with('.'))
        };
        let asked: Vec<&str> = asked.split(',').map(str::trim).filter(|word| !word.is_empty()).collect();
        let of = |word: &str| {
            self.columns.iter().filter(|column| within(column, word)).cloned().collect::<Vec<_>>()
        };
        let chosen: Vec<String> = asked.iter().flat_map(|word| of(word)).collect();
        if !chosen.is_empty() {
            self.columns = chosen;
        }
        self
    }

    /// The input of one page: as it was asked, but with as many rows as there may be, and from there on.
    pub fn page(&self, input: &Map<String, Value>, after: Option<&str>) -> Value {
        let mut input = input.clone();
        if self.is_paged {
            input.insert("limit".to_owned(), AT_ONCE.into());
        }
        if let Some(after) = after {
            input.insert("after".to_owned(), after.into());
        }
        if self.leaves_totals {
            input.insert("totals".to_owned(), false.into());
        }
        Value::Object(input)
    }

    /// The names of the columns, as the first line.
    ///
    /// # Errors
    /// `output.csv`.
    pub fn head(&self) -> Result<String> {
        written(|out| out.write_record(&self.columns))
    }

    /// The lines of an answer.
    ///
    /// # Errors
    /// `output.csv`.
    pub fn lines(&self, answer: &Value) -> Result<String> {
        let rows = if self.is_paged { &answer["rows"] } else { answer };
        written(|out| {
            let mut rows = rows.as_array().into_iter().flatten();
            rows.try_for_each(|row| out.write_record(self.columns.iter().map(|column| cell(row, column))))
        })
    }

    /// Where the next page begins.
    pub fn next(answer: &Value) -> Option<String> {
        answer.get("next").and_then(Value::as_str).map(str::to_owned)
    }
}

fn written(write: impl FnOnce(&mut csv::Writer<Vec<u8>>) -> csv::Result<()>) -> Result<String> {
    let failed = || Problem::internal("output.csv", "a line of the file cannot be written");
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    write(&mut out).map_err(|cause| failed().because(cause))?;
    let bytes = out.into_inner().map_err(|_| failed())?;
    String::from_utf8(bytes).map_err(|cause| failed().because(cause))
}

/// The columns of a row, those of what stands in a field behind its name.
fn fields_of(schema: &Value, definitions: &Map<String, Value>, before: &str, columns: &mut Vec<String>) {
    for (name, field) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let field = present(field, definitions);
        let column = format!("{before}{name}");
        let is_list_of_objects =
            field.get("items").is_some_and(|item| present(item, definitions).get("properties").is_some());
        match field.get("properties") {
            Some(_) if before.matches('.').count() < WITHIN => {
                fields_of(field, definitions, &format!("{column}."), columns)
            }
            Some(_) => (),
            None if is_list_of_objects => (),
            None => columns.push(column),
        }
    }
}

/// What a field is where it is there.
fn present<'s>(schema: &'s Value, definitions: &'s Map<String, Value>) -> &'s Value {
    let ways = ["anyOf", "oneOf"].iter().find_map(|word| schema.get(*word)?.as_array());
    let way = ways.and_then(|ways| ways.iter().find(|way| way.get("type").is_none_or(|word| word != "null")));
    resolved(way.unwrap_or(schema), definitions)
}

fn cell(row: &Value, column: &str) -> String {
    let found = column.split('.').fold(row, |value, name| &value[name]);
    match found {
        Value::Array(several) => {
            let texts: Vec<_> = several.iter().map(word).collect();
            neutral(&texts.join(", "))
        }
        // A number that is told as text, such as an amount, is no formula though it begins with a minus.
        Value::String(text) if ten_thousandths(text).is_none() => neutral(text),
        other => word(other),
    }
}

fn word(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null | Value::Object(_) | Value::Array(_) => String::new(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::slices;

    fn rows(name: &str) -> Option<Rows> {
        let slices = slices::all();
        let mut operations = slices.iter().flat_map(|slice| &slice.operations);
        Rows::of(operations.find(|operation| operation.head.name == name).unwrap())
    }

    #[test]
    fn lists_have_columns_and_single_things_have_none() {
        for name in ["relationships.list", "contracts.list", "overrides.list", "lines.list", "views.list"] {
            assert!(rows(name).is_some(), "{name}");
        }
        for name in ["relationship.view", "account.add", "policy.view"] {
            assert!(rows(name).is_none(), "{name}");
        }
    }

    #[test]
    fn the_columns_asked_for_come_in_their_order_and_no_cell_is_a_formula() {
        let asked = json!({ "columns": "name, net,override" });
        let rows = rows("relationships.list").unwrap().chosen(asked.as_object().unwrap());
        let head = rows.head().unwrap();
        assert!(head.starts_with("name,net,override."), "{head}");
        let rows = Rows { columns: vec!["name".into(), "net".into(), "override.reason".into()], ..rows };
        let answer = json!({ "rows": [
            { "name": "=cmd|' /C calc'!A0", "net": "-12.50", "override": { "reason": "+49 \"first\"" } },
            { "name": "Rook, Ltd", "net": "" },
        ] });
        assert_eq!(
            rows.lines(&answer).unwrap(),
            "'=cmd|' /C calc'!A0,-12.50,\"'+49 \"\"first\"\"\"\r\n\"Rook, Ltd\",,\r\n"
        );
        let page = rows.page(asked.as_object().unwrap(), Some("x"));
        assert_eq!(
            (&page["limit"], &page["after"], &page["totals"]),
            (&json!(200), &json!("x"), &json!(false))
        );
    }
}
