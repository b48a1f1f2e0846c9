//! The same rows without Mainstay: the floor under every figure.

pub mod store;

use std::{fs::File, io::Read, path::Path};

use flate2::read::MultiGzDecoder;

use crate::Result;

/// Opens a file as it is, or what is packed in it.
///
/// # Errors
/// When it cannot be opened.
pub fn open(path: &Path) -> Result<Box<dyn Read>> {
    let file = File::open(path)?;
    Ok(if path.extension().is_some_and(|end| end == "gz") {
        Box::new(MultiGzDecoder::new(file))
    } else {
        Box::new(file)
    })
}

/// Reads every byte and does nothing with it; gives their number.
///
/// # Errors
/// When it cannot be read.
pub fn read(path: &Path) -> Result<u64> {
    Ok(std::io::copy(&mut open(path)?, &mut std::io::sink())?)
}

/// Splits every record and does nothing with it; gives their number.
///
/// # Errors
/// When it cannot be read.
pub fn split(path: &Path) -> Result<u64> {
    let mut reader = csv::Reader::from_reader(open(path)?);
    let (mut record, mut count) = (csv::ByteRecord::new(), 0);
    while reader.read_byte_record(&mut record)? {
        count += 1;
    }
    Ok(count)
}
