//! Tables written as Parquet: one row group per batch, every cell may be missing.

use std::{io::Write, sync::Arc};

use kernel::Result;
use parquet::{
    basic::{Compression, ConvertedType, LogicalType, Repetition, Type as Physical},
    data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type},
    errors::Result as Written,
    file::{
        properties::WriterProperties,
        writer::{SerializedFileWriter, SerializedRowGroupWriter},
    },
    schema::types::Type,
};

use super::{Column, writer::failed};

type Out = Box<dyn Write + Send>;

/// A Parquet file being written; its schema is that of its first rows.
pub(super) enum Columnar {
    Waiting(Option<Out>),
    Open(SerializedFileWriter<Out>),
}

impl Columnar {
    pub(super) fn new(out: Out) -> Columnar {
        Columnar::Waiting(Some(out))
    }

    pub(super) fn write(&mut self, names: &[String], columns: &[Column]) -> Result<()> {
        if let Columnar::Waiting(out) = self {
            // The place is emptied once, by the file that is opened in it.
            let Some(out) = out.take() else { return Ok(()) };
            *self = Columnar::Open(open(out, names, columns).map_err(|cause| failed(&cause))?);
        }
        let Columnar::Open(file) = self else { return Ok(()) };
        write(file, columns).map_err(|cause| failed(&cause))
    }

    pub(super) fn finish(mut self, names: &[String]) -> Result<()> {
        if matches!(self, Columnar::Waiting(_)) {
            let empty: Vec<Column> = names.iter().map(|_| Column::Text(Vec::new())).collect();
            self.write(names, &empty)?;
        }
        if let Columnar::Open(file) = self {
            file.close().map_err(|cause| failed(&cause))?;
        }
        Ok(())
    }
}

fn open(out: Out, names: &[String], columns: &[Column]) -> Written<SerializedFileWriter<Out>> {
    let mut fields = Vec::with_capacity(names.len());
    for (name, column) in names.iter().zip(columns) {
        let (physical, logical) = match column {
            Column::Text(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Column::Number(_) => (Physical::DOUBLE, None),
            Column::Whole(_) => (Physical::INT64, None),
            Column::Day(_) => (Physical::INT32, Some(LogicalType::Date)),
        };
        let field = Type::primitive_type_builder(name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_converted_type(ConvertedType::NONE)
            .with_logical_type(logical);
        fields.push(Arc::new(field.build()?));
    }
    let schema = Arc::new(Type::group_type_builder("schema").with_fields(fields).build()?);
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    SerializedFileWriter::new(out, schema, Arc::new(properties))
}

fn write(file: &mut SerializedFileWriter<Out>, columns: &[Column]) -> Written<()> {
    let mut group = file.next_row_group()?;
    for column in columns {
        next(&mut group, column)?;
    }
    group.close()?;
    Ok(())
}

/// Writes the cells that are there, and for each row whether it is.
fn next(group: &mut SerializedRowGroupWriter<'_, Out>, column: &Column) -> Written<()> {
    let Some(mut out) = group.next_column()? else { return Ok(()) };
    match column {
        Column::Text(values) => {
            let there: Vec<ByteArray> =
                values.iter().filter(|text| !text.is_empty()).map(|text| text.as_str().into()).collect();
            let levels: Vec<i16> = values.iter().map(|text| i16::from(!text.is_empty())).collect();
            out.typed::<ByteArrayType>().write_batch(&there, Some(&levels), None)?;
        }
        Column::Number(values) => {
            let there: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
            let levels: Vec<i16> = values.iter().map(|value| i16::from(!value.is_nan())).collect();
            out.typed::<DoubleType>().write_batch(&there, Some(&levels), None)?;
        }
        Column::Whole(values) => {
            let there: Vec<i64> = values.iter().copied().flatten().collect();
            let levels: Vec<i16> = values.iter().map(|value| i16::from(value.is_some())).collect();
            out.typed::<Int64Type>().write_batch(&there, Some(&levels), None)?;
        }
        Column::Day(values) => {
            let there: Vec<i32> = values.iter().copied().flatten().collect();
            let levels: Vec<i16> = values.iter().map(|value| i16::from(value.is_some())).collect();
            out.typed::<Int32Type>().write_batch(&there, Some(&levels), None)?;
        }
    }
    out.close()
}
