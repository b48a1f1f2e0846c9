//! Parquet files, row by row; days stay days, moments become text such as `2024-03-31T23:59:00`.

use std::{fs::File, path::Path};

use btyd::Day;
use kernel::{Problem, Result};
use parquet::{
    basic::{LogicalType, TimeUnit, Type as Physical},
    file::reader::{FileReader, SerializedFileReader},
    record::{Field, reader::RowIter},
    schema::types::Type,
};

use super::{Column, ROWS};

/// A Parquet file.
pub(super) struct Columnar {
    rows: RowIter<'static>,
    fields: Vec<(String, Kind)>,
}

/// What a column holds.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Text,
    Number,
    Whole,
    Day,
    /// Billionths of a second since 1970, which the reader of records knows only as whole numbers.
    Nanoseconds,
}

impl Columnar {
    pub(super) fn open(path: &Path, name: &str) -> Result<Columnar> {
        let file = File::open(path).map_err(|cause| unreadable(name, &cause))?;
        let reader = SerializedFileReader::new(file).map_err(|cause| unreadable(name, &cause))?;
        let fields = reader.metadata().file_metadata().schema().get_fields();
        let fields = fields.iter().map(|field| (field.name().to_owned(), kind(field))).collect();
        Ok(Columnar { rows: RowIter::from_file_into(Box::new(reader)), fields })
    }

    pub(super) fn names(&self) -> Vec<String> {
        self.fields.iter().map(|(name, _)| name.clone()).collect()
    }

    pub(super) fn columns(&mut self, name: &str) -> Result<Vec<Column>> {
        let mut columns: Vec<Column> = self.fields.iter().map(|(_, kind)| kind.column()).collect();
        for _ in 0..ROWS {
            let Some(row) = self.rows.next() else { break };
            let row = row.map_err(|cause| unreadable(name, &cause))?;
            for ((column, (_, kind)), (_, field)) in
                columns.iter_mut().zip(&self.fields).zip(row.get_column_iter())
            {
                kind.push(column, field);
            }
        }
        Ok(columns)
    }
}

impl Kind {
    fn column(self) -> Column {
        match self {
            Kind::Text | Kind::Nanoseconds => Column::Text(Vec::new()),
            Kind::Number => Column::Number(Vec::new()),
            Kind::Whole => Column::Whole(Vec::new()),
            Kind::Day => Column::Day(Vec::new()),
        }
    }

    fn push(self, column: &mut Column, field: &Field) {
        match column {
            Column::Number(values) => values.push(number(field)),
            Column::Whole(values) => values.push(whole(field)),
            Column::Day(values) => values.push(match field {
                Field::Date(day) => Some(*day),
                _ => None,
            }),
            Column::Text(values) => values.push(match (self, field) {
                (Kind::Nanoseconds, Field::Long(at)) => moment(at.div_euclid(1_000_000_000)),
                _ => text(field),
            }),
        }
    }
}

fn kind(field: &Type) -> Kind {
    if !field.is_primitive() {
        return Kind::Text;
    }
    let info = field.get_basic_info();
    let logical = info.logical_type_ref();
    match (field.get_physical_type(), logical) {
        (_, Some(LogicalType::Decimal(_))) | (Physical::FLOAT | Physical::DOUBLE, _) => Kind::Number,
        (Physical::INT32, Some(LogicalType::Date)) => Kind::Day,
        (Physical::INT64, Some(LogicalType::Timestamp(of))) if of.unit == TimeUnit::NANOS => {
            Kind::Nanoseconds
        }
        (_, Some(LogicalType::Timestamp(_))) | (Physical::INT96, _) => Kind::Text,
        (Physical::INT32 | Physical::INT64, Some(LogicalType::Time(_))) => Kind::Text,
        (Physical::INT32 | Physical::INT64 | Physical::BOOLEAN, _) => Kind::Whole,
        _ => Kind::Text,
    }
}

fn number(field: &Field) -> f64 {
    match field {
        Field::Float(value) => f64::from(*value),
        Field::Double(value) => *value,
        // Its text is exact; the reading rounds once.
        Field::Decimal(_) => field.to_string().parse().unwrap_or(f64::NAN),
        _ => f64::NAN,
    }
}

fn whole(field: &Field) -> Option<i64> {
    match field {
        Field::Bool(value) => Some(i64::from(*value)),
        Field::Byte(value) => Some(i64::from(*value)),
        Field::Short(value) => Some(i64::from(*value)),
        Field::Int(value) => Some(i64::from(*value)),
        Field::Long(value) => Some(*value),
        Field::UByte(value) => Some(i64::from(*value)),
        Field::UShort(value) => Some(i64::from(*value)),
        Field::UInt(value) => Some(i64::from(*value)),
        Field::ULong(value) => i64::try_from(*value).ok(),
        _ => None,
    }
}

fn text(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Str(value) => value.clone(),
        Field::Bytes(value) => String::from_utf8_lossy(value.data()).into_owned(),
        Field::TimestampMillis(at) => moment(at.div_euclid(1_000)),
        Field::TimestampMicros(at) => moment(at.div_euclid(1_000_000)),
        other => other.to_string(),
    }
}

/// Seconds since 1970 as a day and a time.
fn moment(seconds: i64) -> String {
    let (day, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    format!("{}T{:02}:{:02}:{:02}", Day::numbered(day), rest / 3600, rest / 60 % 60, rest % 60)
}

fn unreadable(name: &str, cause: &dyn std::error::Error) -> Problem {
    let text =
        format!("cannot read {name} as Parquet: {cause}; write it again, compressed by snappy or zstd");
    Problem::invalid("input", "model.file", text)
}
