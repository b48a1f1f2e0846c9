//! Workbooks, documents, cards, databases and pages as tables: what a person sees in them is what is read.

use std::io::{Cursor, Write};

use zip::{ZipWriter, write::SimpleFileOptions};

use super::{
    read_table,
    unpack::{Kept, names, rows},
};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// A workbook of these sheets: name, state, rows and what follows them.
pub fn workbook(properties: &str, texts: &str, sheets: &[(&str, &str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let mut part = |name: &str, text: String| {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    };
    part("[Content_Types].xml", format!("<Types xmlns=\"{PACKAGE}/content-types\"/>"));
    let led = |kind: &str, target: &str, id: usize| {
        format!("<Relationship Id=\"rId{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
    };
    let leading =
        |all: String| format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{all}</Relationships>");
    part("_rels/.rels", leading(led("officeDocument", "xl/workbook.xml", 1)));
    let listed = sheets.iter().enumerate().map(|(at, (name, state, _))| {
        format!("<sheet name=\"{name}\" sheetId=\"{0}\" {state} r:id=\"rId{0}\"/>", at + 1)
    });
    let listed: String = listed.collect();
    part(
        "xl/workbook.xml",
        format!(
            "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\">{properties}<sheets>{listed}</sheets></workbook>"
        ),
    );
    let sheet = |at: usize| led("worksheet", &format!("worksheets/sheet{at}.xml"), at);
    let own = led("styles", "styles.xml", 98) + &led("sharedStrings", "sharedStrings.xml", 99);
    part("xl/_rels/workbook.xml.rels", leading((1..=sheets.len()).map(sheet).collect::<String>() + &own));
    part("xl/sharedStrings.xml", format!("<sst xmlns=\"{MAIN}\" {texts}</sst>"));
    // Formats: none, a day, a percentage, a length of time.
    let formats: String = [0, 14, 9, 46].map(|format| format!("<xf numFmtId=\"{format}\"/>")).concat();
    part(
        "xl/styles.xml",
        format!("<styleSheet xmlns=\"{MAIN}\"><cellXfs count=\"4\">{formats}</cellXfs></styleSheet>"),
    );
    for (at, (_, _, content)) in sheets.iter().enumerate() {
        part(
            &format!("xl/worksheets/sheet{}.xml", at + 1),
            format!("<worksheet xmlns=\"{MAIN}\">{content}</worksheet>"),
        );
    }
    archive.finish().unwrap().into_inner()
}

fn text(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

fn value(place: &str, style: u32, value: &str) -> String {
    format!("<c r=\"{place}\" s=\"{style}\"><v>{value}</v></c>")
}

/// The rows of a sheet: a title, its header, two orders of which the second is merged with the first, and formats only.
fn orders() -> String {
    let rows = [
        text("A1", "Orders of the year"),
        ["order", "day", "share", "took", "paid", "sum"]
            .iter()
            .zip(["A3", "B3", "C3", "D3", "E3", "F3"])
            .map(|(name, place)| text(place, name))
            .collect(),
        [
            text("A4", "007"),
            value("B4", 1, "43000"),
            value("C4", 2, "0.25"),
            value("D4", 3, "1.5"),
            "<c r=\"E4\" t=\"b\"><v>1</v></c>".to_owned(),
            "<c r=\"F4\"><f>1+2</f><v>0.30000000000000004</v></c>".to_owned(),
        ]
        .concat(),
        [value("B5", 1, "43000.75"), value("F5", 0, "17850")].concat(),
        value("A900", 1, ""),
    ];
    let numbers = [1, 3, 4, 5, 900];
    let rows: String =
        rows.iter().zip(numbers).map(|(cells, row)| format!("<row r=\"{row}\">{cells}</row>")).collect();
    format!(
        "<sheetData>{rows}</sheetData><mergeCells count=\"2\"><mergeCell ref=\"A1:F1\"/><mergeCell ref=\"A4:A5\"/></mergeCells>"
    )
}

#[test]
fn a_workbook_reads_as_a_person_sees_it() {
    let one = format!("<sheetData><row r=\"1\">{}</row></sheetData>", text("A1", "secret"));
    let sheets = [
        ("Orders", "", orders()),
        ("Prices", "state=\"hidden\"", one.clone()),
        ("Notes", "", "<sheetData/>".to_owned()),
        ("Codes", "state=\"veryHidden\"", one),
    ];
    let sheets: Vec<_> =
        sheets.iter().map(|(name, state, content)| (*name, *state, content.as_str())).collect();
    let tables = Kept::new(&workbook("", ">", &sheets)).tables_with(|tables| {
        assert_eq!(names(tables), ["Orders"]);
        assert_eq!(
            rows(&tables[0]),
            [
                ["order", "day", "share", "took", "paid", "sum"],
                ["007", "2017-09-22", "0.25", "36:00:00", "TRUE", "0.3"],
                ["007", "2017-09-22 18:00:00", "", "", "", "17850"],
            ]
        );
        tables[0].notes.clone()
    });
    assert_eq!(
        tables,
        [
            "Hidden sheets were left out: Prices, Codes.",
            "Empty sheets were left out: Notes.",
            "Row 1 stands in row 4 there."
        ]
    );
}

#[test]
fn days_are_counted_from_1904_where_the_workbook_says_so() {
    let sheet = format!(
        "<sheetData><row r=\"1\">{}{}</row><row r=\"2\">{}{}</row></sheetData>",
        text("A1", "id"),
        text("B1", "day"),
        text("A2", "1"),
        value("B2", 1, "41538")
    );
    let book = workbook("<workbookPr date1904=\"1\"/>", ">", &[("One", "", &sheet)]);
    Kept::new(&book).tables_with(|tables| assert_eq!(rows(&tables[0])[1], ["1", "2017-09-22"]));
}

#[test]
fn a_document_of_a_shop_is_its_orders_and_their_lines() {
    let json = r#"{"orders": [{"id": 12345678901234567890, "total": "10.50", "tags": ["a", "b"],
        "customer": {"id": 1, "email": "ida@example.com"},
        "line_items": [{"sku": "007", "price": 5.250}, {"sku": "008", "price": 5.25}]}]}"#;
    let utf16: Vec<u8> = json.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [json.as_bytes().to_vec(), [b"\xff\xfe".as_slice(), &utf16].concat()] {
        Kept::new(&bytes).tables_with(|tables| {
            assert_eq!(names(tables), ["orders", "orders.line_items"]);
            assert_eq!(
                rows(&tables[0]),
                [
                    ["id", "total", "tags", "customer.id", "customer.email"],
                    ["12345678901234567890", "10.50", "a; b", "1", "ida@example.com"]
                ]
            );
            let id = "12345678901234567890";
            assert_eq!(
                rows(&tables[1]),
                [["order_id", "sku", "price"], [id, "007", "5.250"], [id, "008", "5.25"]]
            );
        });
    }
}

#[test]
fn lines_of_json_go_on_after_one_that_is_none() {
    let lines = b"{\"id\": 1, \"name\": \"Ida\"}\n{\"id\": 2, \"na\n{\"id\": 3, \"name\": \"Bram\"}\n";
    Kept::new(lines).tables_with(|tables| {
        let whole = read_table(&tables[0]).unwrap();
        assert_eq!(whole.records, [["1", "Ida"], ["3", "Bram"]]);
        assert_eq!(whole.rejected.len(), 1, "it is rejected where it stands");
        assert!(whole.rejected[0].starts_with("2: line 2 of the file is no JSON"), "{:?}", whole.rejected);
        assert_eq!(tables[0].notes, ["1 lines of file are no JSON and are rejected: 2."]);
    });
}

#[test]
fn a_database_gives_its_tables_and_no_view() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop");
    testkit::foreign_database(&path);
    Kept::new(&std::fs::read(&path).unwrap()).tables_with(|tables| {
        assert_eq!(names(tables), ["order", "person"]);
        assert_eq!(
            rows(&tables[0]),
            [["number", "who", "total", "seal"], ["1", "007", "2400", ""], ["2", "008", "0.1", ""]]
        );
        assert_eq!(rows(&tables[1])[2], ["008", "Bram; Falk"]);
        let notes = tables[0].notes.join(" ");
        assert!(
            notes.contains("recent") && notes.contains("blank") && notes.contains("1 cells of order"),
            "{notes}"
        );
    });
}

#[test]
fn a_page_without_a_table_and_a_dump_are_refused_in_words() {
    for (bytes, said) in [
        (
            b"<!DOCTYPE html><html><body><form>Sign in</form></body></html>".as_slice(),
            "a sign-in page may have come",
        ),
        (
            b"-- Dump\ncreate table a (\n id int);\ninsert into a values (1);\n",
            "load it there and export each table",
        ),
        (b"{\"a\": [1, 2]", "line 1: it is cut short"),
        (b"[[]]", "no list of objects"),
        (b"SQLite format 3\0 and nothing more", "is damaged"),
        (b"PK\x03\x04 and nothing more", "is cut short or damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and nothing more", "is damaged"),
    ] {
        let problem = Kept::new(bytes).tables().unwrap_err().to_string();
        assert!(problem.contains(said), "{said}: {problem}");
    }
}
