//! Files that are cut, mislabelled or half right: what can be read is read, and the rest says why not.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use proptest::prelude::*;

use super::{read_all, source};
use crate::{Encoding, Mapping, OrderLines, Read, Source, propose, sniff};

fn packed(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

/// A thousand rows of numbers that do not pack well.
fn thousand() -> String {
    let mut state = 7u64;
    let mut number = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 20
    };
    let rows: String = (0..1000).map(|row| format!("{row},{},x{}\n", number(), number())).collect();
    format!("id,amount,word\n{rows}")
}

#[test]
fn gzip_is_undone_and_members_follow_one_another() {
    let mut bytes = packed(b"a,b\n1,2\n");
    bytes.extend(packed(b"3,4\n"));
    let whole = read_all(source(&bytes).unwrap()).unwrap();
    assert_eq!(whole.records, [["1", "2"], ["3", "4"]]);
}

#[test]
fn a_cut_gzip_gives_its_rows_and_then_says_after_which_it_broke() {
    let bytes = packed(thousand().as_bytes());
    let whole = read_all(source(&bytes[..bytes.len() / 2]).unwrap()).unwrap();
    let problem = whole.problem.unwrap();
    assert_eq!(problem.code, "imports.damaged");
    let rows = whole.records.len();
    assert!(100 < rows && rows < 900, "{rows}");
    let said = format!("file.csv breaks off after row {rows}: its compressed data is cut short");
    assert!(problem.to_string().starts_with(&said), "{problem}");
}

#[test]
fn the_digest_is_that_of_the_file_as_it_came() {
    use sha2::Digest;
    let bytes = packed(thousand().as_bytes());
    let file = source(&bytes).unwrap();
    let dialect = sniff(&file).unwrap();
    let mut records = crate::Records::open(file, &dialect).unwrap();
    while records.read().unwrap().is_some() {}
    assert_eq!(records.source().sha256(), <[u8; 32]>::from(sha2::Sha256::digest(&bytes)));
    assert_eq!(records.source().bytes_read(), bytes.len() as u64);
}

#[test]
fn an_offset_leads_back_to_the_record() {
    let text = thousand();
    let file = source(text.as_bytes()).unwrap();
    let dialect = sniff(&file).unwrap();
    let mut records = crate::Records::open(file, &dialect).unwrap();
    while let Some(row) = records.read().unwrap() {
        let crate::Row::Record(record) = row else { panic!("{row:?}") };
        let at = usize::try_from(record.offset()).unwrap();
        assert!(text[at..].starts_with(record.cell(0)), "{}", record.row());
        assert_eq!(record.line(), record.row().unsigned_abs() + 1);
    }
}

#[test]
fn what_is_no_table_is_refused_by_what_it_is() {
    for (bytes, said) in [
        (b"\x89PNG\r\n\x1a\n....".as_slice(), "a picture"),
        (b"PK\x03\x04....", "workbook"),
        (b"BZh91AY", "bzip2"),
        (b"", "empty"),
        (b"{\"orders\": []}", "JSON"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"\x01\x02\x03\x04\x05\x06\x07\x01\x02\x03\x04\x05,\x06\n", "control codes"),
        (b"a,b,c\n", "no row below"),
        (b"\n\n \n", "nothing but blank lines"),
    ] {
        let problem = source(bytes).and_then(|source| sniff(&source).map(drop)).unwrap_err();
        assert!(problem.to_string().contains(said), "{said}: {problem}");
    }
}

#[test]
fn a_ragged_row_is_rejected_and_the_rest_goes_on() {
    let whole = read_all(source(b"a,b,c\n1,2,3\n4,5\n6,7,8,9\n1,2,3,,\n\n7,8,9\n").unwrap()).unwrap();
    assert_eq!(whole.records, [["1", "2", "3"], ["1", "2", "3"], ["7", "8", "9"]]);
    assert_eq!(
        whole.rejected,
        ["2: has 2 cells where the table has 3 columns", "3: has 4 cells where the table has 3 columns"]
    );
}

#[test]
fn a_quote_left_open_costs_its_row_only() {
    let good = "1,\"two, or more\",3\n".repeat(40);
    let text = format!("a,b,c\n{good}4,\"5,6\n7,8,9\nx,y,z\n");
    let whole = read_all(source(text.as_bytes()).unwrap()).unwrap();
    assert_eq!(whole.records[40..], [["7", "8", "9"], ["x", "y", "z"]]);
    assert_eq!(whole.rejected, ["41: opens a quote that is never closed"]);
}

#[test]
fn a_bad_byte_late_in_the_file_spoils_nothing() {
    let mut bytes = "id,name\n".as_bytes().to_vec();
    (0..60_000).for_each(|row| bytes.extend(format!("{row},plain\n").as_bytes()));
    bytes.extend(b"60000,Caf\xe9\n60001,Gr\xc3\xb6\xc3\x9fe\n");
    let whole = read_all(source(&bytes).unwrap()).unwrap();
    assert_eq!(whole.dialect.encoding, Encoding::Utf8);
    assert_eq!(whole.records[60_000][1], "Café");
    assert_eq!(whole.records[60_001][1], "Größe");
}

#[test]
fn a_file_of_quoted_records_is_undone() {
    let text = b"\"id,name,city\"\n\"1,\"\"Rook, Ida\"\",Ghent\"\n\"2,Falk,Malmo\"\n";
    let whole = read_all(source(text).unwrap()).unwrap();
    assert!(whole.dialect.double_encoded);
    assert!(whole.dialect.sentence(None).contains("undone"));
    assert_eq!(whole.records, [["1", "Rook, Ida", "Ghent"], ["2", "Falk", "Malmo"]]);
}

#[test]
fn order_numbers_after_a_hash_are_no_comments() {
    let whole = read_all(source(b"Name,Total\n#1001,5\n#1002,6\n").unwrap()).unwrap();
    assert_eq!(whole.records.len(), 2);
}

#[test]
fn names_are_each_different() {
    let whole = read_all(source(b"category,category,,\"a\nb\"\nx,y,z,w\n").unwrap()).unwrap();
    assert_eq!(whole.names, ["category", "category 2", "column 3", "a b"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600), packing in any::<bool>()) {
        everything(if packing { packed(&bytes) } else { bytes });
    }

    #[test]
    fn arbitrary_tables_never_panic(text in "([a-zA-Z0-9\"',;|\t #%+.:/-]{0,12}[\n\r,;|\t]){0,60}") {
        everything(text.into_bytes());
    }

    #[test]
    fn arbitrary_cells_never_panic(cell in "\\PC{0,24}", digits in "[-+0-9.,:/eE() $TZ]{0,24}") {
        for text in [cell, digits] {
            for order in crate::DateOrder::ALL {
                let _ = crate::date::parse(&text, *order);
            }
            for sign in crate::DecimalSign::ALL {
                let _ = crate::number::parse(&text, *sign);
            }
            let _ = crate::values::id(&text, true);
            let _ = crate::Identity::default().with_cell(1, &text);
        }
    }

    #[test]
    fn any_amount_reads_back_as_it_was_written(value in -kernel::MOST..=kernel::MOST) {
        let money = kernel::Money::new(value, kernel::Currency::parse("CLF").unwrap());
        prop_assert_eq!(crate::number::parse(&money.decimal(), crate::DecimalSign::Point), Ok(value));
    }
}

/// Opens, sniffs, proposes and reads whatever it is.
fn everything(bytes: Vec<u8>) {
    let open = || Source::new("any", std::io::Cursor::new(bytes.clone()));
    let Ok(dialect) = open().and_then(|source| sniff(&source)) else { return };
    let _ = open().and_then(read_all);
    let text = toml::to_string(&dialect).unwrap();
    assert_eq!(toml::from_str::<crate::Dialect>(&text).unwrap(), dialect);
    let mapping = match open().and_then(|source| propose(source, &dialect)) {
        Ok(proposal) => proposal.mapping,
        Err(_) => Mapping::from_toml(include_str!("../../mappings/online_retail.toml")).unwrap(),
    };
    let Ok(mut lines) = open().and_then(|source| OrderLines::open(source, &dialect, &mapping)) else {
        return;
    };
    while let Ok(Some(Read::Line(_) | Read::Rejected(_))) = lines.read() {}
}
