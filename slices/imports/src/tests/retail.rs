//! The invoice lines of a real shop, counted to the penny, and its small relatives.

use std::path::PathBuf;

use super::source;
use crate::{
    LineKind, Mapping, Meaning, OrderLine, OrderLines, Proposal, Read, Rejection, Source, propose, sniff,
};

const SMALL: &str = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
536365,85123A,WHITE HANGING HEART,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom
C536379,D,Discount,-1,2010-12-01 09:41:00,27.5,14527.0,United Kingdom
536414,22139,,56,2010-12-01 11:52:00,0.0,,United Kingdom
536544,DOT,DOTCOM POSTAGE,1,2010-12-01 14:32:00,569.77,,United Kingdom
A563185,B,Adjust bad debt,1,2011-08-12 14:50:00,11062.06,,United Kingdom
536589,21777,damaged,-10,2010-12-01 16:50:00,0.0,,United Kingdom
536590,21777,PEN,many,2010-12-01 16:50:00,1.0,,United Kingdom
536591,21777,PEN,1,,1.0,,United Kingdom
";

fn proposal(text: &str) -> Proposal {
    let file = source(text.as_bytes()).unwrap();
    let dialect = sniff(&file).unwrap();
    propose(file, &dialect).unwrap()
}

fn lines(text: &str, mapping: &Mapping, mut each: impl FnMut(OrderLine<'_>)) -> Vec<Rejection> {
    let file = source(text.as_bytes()).unwrap();
    let dialect = sniff(&file).unwrap();
    let mut lines = OrderLines::open(file, &dialect, mapping).unwrap();
    let mut rejected = Vec::new();
    while let Some(read) = lines.read().unwrap() {
        match read {
            Read::Line(line) => each(line),
            Read::Rejected(rejection) => rejected.push(rejection),
        }
    }
    rejected
}

#[test]
fn each_kind_of_row_is_told_apart() {
    let proposal = proposal(SMALL);
    assert_eq!(proposal.ready, Some("online_retail"));
    let mut seen = Vec::new();
    let rejected = lines(SMALL, &proposal.mapping, |line| {
        let party = line.party.map(|party| party.id.into_owned());
        seen.push((line.row, line.kind, line.fee, party, line.amount));
    });
    let party = |id: &str| Some(id.to_owned());
    assert_eq!(
        seen,
        [
            (1, LineKind::Sale, false, party("17850"), 153_000),
            (2, LineKind::Cancellation, true, party("14527"), -275_000),
            (3, LineKind::Movement, false, None, 0),
            (4, LineKind::Sale, true, None, 5_697_700),
            (5, LineKind::Adjustment, true, None, 110_620_600),
            (6, LineKind::Movement, false, None, 0),
        ]
    );
    let shown: Vec<_> =
        rejected.iter().map(|no| (no.row, no.column.as_deref(), no.reason.as_str())).collect();
    assert_eq!(
        shown,
        [(7, Some("Quantity"), "is no number"), (8, Some("InvoiceDate"), "is empty where a date is needed")]
    );
}

#[test]
fn the_same_rows_from_a_spreadsheet_are_the_same_rows() {
    let copy = "Country,CustomerID,UnitPrice,InvoiceDate,Quantity,Description,StockCode,InvoiceNo,Note
United Kingdom,17850,2.55,12/1/2010 8:26,6,WHITE HANGING HEART,85123A,536365,
United Kingdom,14527,27.5,12/13/2010 9:41,-1,Discount,D,C536379,
";
    let (mut first, mut second) = (Vec::new(), Vec::new());
    lines(SMALL, &proposal(SMALL).mapping, |line| first.push((line.identity, line.at)));
    let mapping = proposal(copy).mapping;
    assert_eq!(mapping.formats.dates.as_str(), "month/day/year");
    lines(copy, &mapping, |line| second.push((line.identity, line.at)));
    assert_eq!(first[0], second[0]);
    assert_ne!(first[1], second[1], "the day differs");
}

#[test]
fn a_file_nobody_knew_is_proposed_with_reasons_and_questions() {
    let text = "Rechnungsnummer;Datum;Firma;Betrag\nR1;08.03.2019;Rook & Daughters;1.234,50\n\
                R2;14.11.2022;Falk Brewery;20,0\nR3;02.01.2024;Falk Brewery;-5,00\n";
    let proposal = proposal(text);
    let meanings: Vec<_> = proposal.columns.iter().map(|column| column.meaning).collect();
    let expected = [Meaning::OrderNumber, Meaning::Date, Meaning::PartyName, Meaning::LineAmount].map(Some);
    assert_eq!(meanings, expected);
    assert_eq!(proposal.columns[1].reason, "called Datum, day.month.year");
    let asked: Vec<_> = proposal.questions.iter().map(|question| question.field).collect();
    assert_eq!(asked, ["fixed.currency"]);
    let mut mapping = proposal.mapping;
    mapping.fixed.currency = kernel::Currency::parse("EUR").ok();
    let mut amounts = Vec::new();
    lines(text, &mapping, |line| amounts.push((line.kind, line.amount, line.at.iso())));
    assert_eq!(amounts[0], (LineKind::Sale, 12_345_000, "2019-03-08".to_owned()));
    assert_eq!(amounts[2], (LineKind::Cancellation, -50_000, "2024-01-02".to_owned()));
}

#[test]
fn an_order_total_counts_once_whether_it_repeats_or_stands_on_the_first_line() {
    for text in [
        "Name,Created at,Subtotal,Currency,Lineitem quantity,Email\n\
         #1,2025-03-04 10:00:00 +0100,50,EUR,1,a@x.example\n#1,2025-03-04 10:00:00 +0100,50,EUR,2,a@x.example\n",
        "Name,Created at,Subtotal,Currency,Lineitem quantity,Email\n\
         #1,2025-03-04 10:00:00 +0100,50,EUR,1,a@x.example\n#1,2025-03-04 10:00:00 +0100,,,2,a@x.example\n",
    ] {
        let mut mapping = proposal(text).mapping;
        mapping.fixed.currency = kernel::Currency::parse("EUR").ok();
        let mut sum = 0;
        let rejected = lines(text, &mapping, |line| sum += line.amount);
        assert_eq!((sum, rejected.len()), (500_000, 0));
    }
}

#[test]
fn a_file_without_known_columns_is_refused_with_what_it_has() {
    let file = source(b"colour,taste\nred,sweet\nblue,sour\n").unwrap();
    let dialect = sniff(&file).unwrap();
    let problem = propose(file, &dialect).unwrap_err();
    assert_eq!(problem.code, "imports.no_columns");
    assert!(problem.to_string().contains("colour, taste"), "{problem}");
}

#[test]
fn the_real_shop_is_read_to_the_penny() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/online_retail/online_retail_2010-12-01_2011-08-31.csv.gz");
    if !path.is_file() {
        println!("skipped: the lines of the real shop are not here");
        return;
    }
    let open = || Source::open(&path).unwrap();
    let dialect = sniff(&open()).unwrap();
    let proposal = propose(open(), &dialect).unwrap();
    assert_eq!((proposal.ready, proposal.rows, proposal.rejected), (Some("online_retail"), 320_705, 0));
    let expected = Mapping::from_toml(include_str!("../../mappings/online_retail.toml")).unwrap();
    assert_eq!(proposal.mapping, expected);
    let mut lines = OrderLines::open(open(), &dialect, &proposal.mapping).unwrap();
    let (mut gross, mut unidentified, mut cancelled, mut fees) = (0, 0, 0, (0, 0));
    while let Some(read) = lines.read().unwrap() {
        let Read::Line(line) = read else { panic!("{read:?}") };
        match line.kind {
            LineKind::Sale => {
                gross += line.amount;
                unidentified += if line.party.is_none() { line.amount } else { 0 };
                fees = if line.fee { (fees.0 + line.amount, fees.1 + 1) } else { fees };
            }
            LineKind::Cancellation => cancelled += line.amount,
            _ => (),
        }
    }
    assert_eq!((gross, unidentified, cancelled), (62_937_640_020, 10_545_234_400, -5_207_705_600));
    assert_eq!(fees, (2_327_149_220, 1_547));
}
