//! A mapping of a few lines, laid over what is proposed for the file.

use crate::desk::Desk;

/// Lines of a shop whose export names its columns a little otherwise than the one that is known.
const SHOP: &str = "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country
489434,85048,CHRISTMAS LIGHTS,12,2009-12-13 07:45:00,6.95,13085,United Kingdom
489434,79323,CHERRY LIGHTS,2,2009-12-13 07:45:00,6.75,13085,United Kingdom
489435,POST,POSTAGE,1,2009-12-14 07:46:00,18.00,13085,France
489436,22350,CAT BOWL,4,2009-12-15 09:06:00,2.55,13078,United Kingdom
C489449,22350,CAT BOWL,-1,2009-12-16 10:33:00,2.55,13078,United Kingdom
C489450,85048,CHRISTMAS LIGHTS,-2,2009-12-17 10:33:00,6.95,13085,United Kingdom
489464,21733,85123a mixed,-96,2009-12-18 10:52:00,0.00,,United Kingdom
";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("shop.csv", SHOP);
    desk.write("pounds.toml", "[fixed]\ncurrency = \"GBP\"");
    desk
}

#[test]
fn one_line_is_enough_for_a_file_that_lacks_only_the_currency() {
    let desk = desk();
    let import = desk.answer(&["import", "shop.csv", "--mapping", "pounds.toml"])["imports"][0].clone();
    let mapping = import["mapping"].as_str().unwrap();
    for line in ["currency = \"GBP\"", "prefixes = [\"C\"]", "skus = [\"POST\"]", "negative_quantity = true"]
    {
        assert!(mapping.contains(line), "{line} is not in {mapping}");
    }
    let result = &import["result"];
    let money = &result["money"]["GBP"];
    assert_eq!((&result["create"], &result["reject"]), (&7.into(), &0.into()), "{result}");
    assert_eq!(
        (&result["sales"], &result["cancellations"], &result["movements"]),
        (&4.into(), &2.into(), &1.into())
    );
    // 12 × 6.95 + 2 × 6.75 + 18.00 + 4 × 2.55 sold, postage among it; 2.55 + 2 × 6.95 went back.
    let sums = ["gross", "fees", "cancelled"].map(|name| money[name].as_str().unwrap().to_owned());
    assert_eq!(sums, ["125.10", "18.00", "16.45"]);
}

#[test]
fn a_whole_mapping_without_rules_takes_those_that_the_rows_suggest() {
    let desk = desk();
    let whole = "target = \"orders.record\"\n[fixed]\nline = \"Shop\"\ncurrency = \"GBP\"\n[columns]\n\
                 order_number = \"Invoice\"\ndate = \"InvoiceDate\"\nparty_id = \"Customer ID\"\nsku = \"StockCode\"\n\
                 quantity = \"Quantity\"\nunit_price = \"Price\"\n";
    desk.write("whole.toml", whole);
    let answer = desk.answer(&["import", "shop.csv", "--dry-run", "--mapping", "whole.toml"]);
    let rules = desk.answer(&["import", "shop.csv", "--dry-run", "--mapping", "pounds.toml"]);
    assert_eq!(answer["imports"][0]["planned"]["money"], rules["imports"][0]["planned"]["money"]);
    let off = format!("{whole}[rules.cancellation]\nprefixes = []\nnegative = false\n");
    desk.write("off.toml", off);
    let answer = desk.answer(&["import", "shop.csv", "--dry-run", "--mapping", "off.toml"]);
    assert!(!answer["imports"][0]["mapping"].as_str().unwrap().contains("\"C\""), "switched off");
}

#[test]
fn what_is_missing_is_said_with_the_lines_that_say_it_and_the_proposal_can_be_saved() {
    let desk = desk();
    let before = desk.hash();
    desk.says(&["import", "shop.csv"]).refuses(&[
        "shop.csv",
        "no column tells the currency",
        "A few lines of TOML",
        "[fixed]\ncurrency = \"GBP\"",
    ]);
    let said = desk.says(&["import", "shop.csv", "--dry-run"]);
    assert_eq!(said.code, 1);
    for words in ["Customer ID", "party_id", "Which is it?", "[rules.cancellation]\nprefixes = [\"C\"]"] {
        assert!(said.out.to_lowercase().contains(&words.to_lowercase()), "{words:?} is not in {}", said.out);
    }
    let (_, mapping) = said.out.split_once("--mapping:").unwrap();
    desk.write("saved.toml", mapping.replace("[fixed]", "[fixed]\ncurrency = \"GBP\""));
    assert_eq!(desk.hash(), before);
    desk.answer(&["import", "shop.csv", "--mapping", "saved.toml"]);
}

#[test]
fn a_file_recognised_by_its_columns_says_what_it_did_not_tell() {
    let desk = Desk::new();
    let known = SHOP.replace("Invoice,", "InvoiceNo,").replace("Price,Customer ID", "UnitPrice,CustomerID");
    desk.write("known.csv", known);
    let said = desk.says(&["import", "known.csv", "--dry-run"]);
    assert_eq!(said.code, 0, "nothing is asked: {}", said.err);
    for words in
        ["as online retail", "the currency GBP, the time zone Europe/London and the service line Shop"]
    {
        assert!(said.out.contains(words), "{words:?} is not in {}", said.out);
    }
    desk.write("ours.toml", "[fixed]\ncurrency = \"EUR\"\nzone = \"Europe/Berlin\"\nline = \"Ours\"");
    let import = &desk.answer(&["import", "known.csv", "--mapping", "ours.toml"])["imports"][0];
    assert_eq!(import["recognised"], serde_json::Value::Null);
    assert_eq!(import["result"]["money"]["EUR"]["fees"], "18.00");
}

#[test]
fn a_file_that_is_guessed_wrong_is_read_as_is_said_and_the_next_one_by_itself() {
    let desk = desk();
    // The name is written in Windows-1251, with too few letters for a guess.
    let shop = |month: &str| {
        let text = format!("Invoice^Date^Amount^Customer^Currency\n1{month}^2009-{month}-13^6.95^?^EUR\n");
        let (before, after) = text.split_once('?').unwrap();
        [before.as_bytes(), b"\xc8\xe2\xe0\xed", after.as_bytes()].concat()
    };
    desk.write("march.csv", shop("03"));
    let before = desk.hash();
    let lump = desk.says(&["import", "march.csv", "--dry-run"]);
    assert!(
        lump.code == 1 && lump.out.contains("Invoice^Date^Amount"),
        "what is known is shown: {}",
        lump.out
    );
    assert!(lump.err.contains("no column of march.csv is known"), "{}", lump.err);
    assert!(lump.err.contains("--delimiter"), "{}", lump.err);
    assert_eq!(desk.hash(), before);
    desk.says(&["import", "march.csv", "--encoding", "martian"]).refuses(&["martian", "is no encoding"]);
    desk.says(&["import", "march.csv", "--delimiter"]).corrects(&["--delimiter", "a character"]);

    let words = ["import", "march.csv", "--encoding", "windows-1251", "--delimiter", "^"];
    let import = desk.answer(&words)["imports"][0].clone();
    assert_eq!((&import["result"]["create"], import["columns"].as_array().unwrap().len()), (&1.into(), 5));
    assert_eq!(import["columns"][3]["samples"][0], "Иван");
    let id = import["id"].as_str().unwrap();
    desk.says(&["import", id, "reading", "--encoding", "KOI8-R"]).refuses(&["its rows are in already"]);

    desk.write("april.csv", shop("04"));
    let next = desk.answer(&["import", "april.csv"])["imports"][0].clone();
    assert_eq!(next["columns"][3]["samples"][0], "Иван");
    assert_eq!(next["result"]["create"], 1);
}
