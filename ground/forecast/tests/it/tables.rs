//! Tables written and read again.

use std::{fs::File, path::Path};

use forecast::{
    FitAsked, ModelName,
    table::{Batch, Column, Layout, Reader, Writer},
};

fn written(path: &Path, layout: Layout, names: &[&str], columns: Vec<Column>) {
    let names = names.iter().map(|name| (*name).to_owned()).collect();
    let mut writer = Writer::new(Box::new(File::create(path).unwrap()), layout, names).unwrap();
    writer.write(&Batch { before: 0, columns: columns.clone() }).unwrap();
    writer.write(&Batch { before: 3, columns }).unwrap();
    assert_eq!(writer.finish().unwrap(), 6);
}

fn columns() -> Vec<Column> {
    vec![
        Column::Text(vec!["ann, the \"first\"".to_owned(), String::new(), "zoë".to_owned()]),
        Column::Number(vec![30.428571428571427, f64::NAN, 1e-9]),
        Column::Whole(vec![Some(2), None, Some(-7)]),
        Column::Day(vec![Some(19_782), None, Some(0)]),
    ]
}

/// What is there stays to the last digit, and what is missing stays missing.
#[test]
fn a_table_comes_back_as_it_was_written() {
    let folder = tempfile::tempdir().unwrap();
    for (layout, name) in [(Layout::Parquet, "a.parquet"), (Layout::Csv, "a.csv")] {
        let path = folder.path().join(name);
        written(&path, layout, &["who", "number", "count", "day"], columns());
        let mut reader = Reader::open(&path).unwrap();
        assert_eq!(reader.names(), ["who", "number", "count", "day"]);
        let mut rows = Vec::new();
        while let Some(batch) = reader.batch().unwrap() {
            for row in 0..batch.rows() {
                let shown: Vec<String> =
                    batch.columns.iter().map(|column| column.text(row).into_owned()).collect();
                assert_eq!(batch.columns[1].number(row).unwrap().is_none(), shown[1].is_empty());
                assert_eq!(
                    batch.columns[3].day(row).unwrap().map(|day| day.to_string()).unwrap_or_default(),
                    shown[3]
                );
                rows.push(shown);
            }
        }
        let want = [
            ["ann, the \"first\"", "30.428571428571427", "2", "2024-02-29"],
            ["", "", "", ""],
            ["zoë", "1e-9", "-7", "1970-01-01"],
        ];
        assert_eq!(rows.len(), 6);
        for (row, got) in rows.iter().enumerate() {
            assert_eq!(got, &want[row % 3], "{name}");
        }
    }
}

/// A file that breaks off, or is none, is told as such.
#[test]
fn a_damaged_file_is_told_as_such() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("broken.parquet");
    written(&path, Layout::Parquet, &["who", "number", "count", "day"], columns());
    let bytes = std::fs::read(&path).unwrap();
    std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    let told = Reader::open(&path).err().unwrap().message;
    assert!(told.contains("broken.parquet") && told.contains("write it again"), "{told}");
    std::fs::write(&path, b"\xff\xfe nothing, of\nthe \xff, sort\n").unwrap();
    let told = forecast::fit(&FitAsked::of(ModelName::Nbd, &path)).err().unwrap().message;
    assert!(told.contains("broken.parquet"), "{told}");
}

/// A mark at the beginning, semicolons, tabs, quoted names: the header tells.
#[test]
fn delimited_files_are_read_as_they_come() {
    let folder = tempfile::tempdir().unwrap();
    for text in [
        "\u{feff}frequency;recency;age\r\n2;3.5;9\r\n0;0;9\r\n1;4;7\r\n",
        "\"frequency\"\trecency\tage\n2\t3.5\t9\n0\t0\t9\n1\t4\t7\n",
        "x | t_x | T\n2 | 3.5 | 9\n0 | 0 | 9\n1 | 4 | 7\n",
    ] {
        let path = folder.path().join("people.txt");
        std::fs::write(&path, text).unwrap();
        let document = forecast::fit(&FitAsked::of(ModelName::Nbd, &path)).unwrap();
        assert_eq!(document.n, 3, "{text}");
    }
}
