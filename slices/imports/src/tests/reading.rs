//! A person says how a file is written: its letters and columns come out right, it is read so from then on, and the next
//! file like it by itself.

use ::store::Tx;
use kernel::{Context, Result};

use super::world::{ORDERS, World, in_both, owner};
use crate::ops::{
    change::{self, SetMapping},
    parts,
    reading::{self, SetReading},
    row::{self, NamedRow},
    view::ShownImport,
};

const RUSSIAN: &str = "\
Order number,Date,Amount,Customer ID,Customer name,Currency
1,2025-03-04,10.00,c1,Иван,EUR
2,2025-03-05,10.00,c1,Иван,EUR
3,2025-03-06,20.00,c2,Bo,EUR
";

/// So few letters beyond ASCII that nobody can guess in which encoding they are.
fn cyrillic(text: &str) -> Vec<u8> {
    encoding_rs::WINDOWS_1251.encode(text).0.into_owned()
}

fn lump() -> String {
    ORDERS.replace(',', "^")
}

fn try_read_so(
    world: &World,
    id: &str,
    encoding: Option<&str>,
    delimiter: Option<&str>,
) -> Result<ShownImport> {
    let (cx, word) = (world.looking(&owner()), |word: Option<&str>| word.map(str::to_owned));
    let input = SetReading { id: id.to_owned(), encoding: word(encoding), delimiter: word(delimiter) };
    world.house.store.write(&cx, |tx| reading::set_reading(&cx, tx, input.clone()))
}

fn map(world: &World, id: &str, mapping: &str) -> Result<ShownImport> {
    let cx = world.looking(&owner());
    let set = || SetMapping { id: id.to_owned(), mapping: mapping.to_owned() };
    world.house.store.write(&cx, |tx| change::set_mapping(&cx, tx, set()))
}

fn samples<'s>(shown: &'s ShownImport, name: &str) -> &'s [String] {
    &shown.columns.iter().find(|column| column.name == name).unwrap().samples
}

fn names(shown: &ShownImport) -> Vec<&str> {
    shown.columns.iter().map(|column| column.name.as_str()).collect()
}

#[test]
fn letters_come_out_right_in_the_columns_the_run_and_the_rows_and_in_the_next_file() {
    in_both(|world| {
        let id = world.receive("march.csv", &cyrillic(RUSSIAN));
        assert_eq!(samples(&world.view(&id), "Customer name"), ["Èâàí", "Bo"]);
        let shown = try_read_so(world, &id, Some("cp1251"), None).unwrap();
        assert_eq!(samples(&shown, "Customer name"), ["Иван", "Bo"]);
        assert!(shown.read_as.contains("windows-1251, commas"), "{}", shown.read_as);
        assert!(shown.mapping.contains("[reading]\nencoding = \"windows-1251\"\n"), "{}", shown.mapping);
        let planned = world.plan(&id).planned.unwrap();
        assert_eq!(world.run(&id).result.unwrap(), planned);
        let cx = world.looking(&owner());
        let first = |tx: &mut Tx<'_>| row::row(&cx, tx, NamedRow { id: id.clone(), row: 1 });
        let first = world.house.store.read(&cx, first).unwrap();
        assert_eq!(first.cells[4].value.as_deref(), Some("Иван"));
        assert_eq!(first.became.account_name.as_deref(), Some("Иван"));

        let again = try_read_so(world, &id, Some("UTF-8"), None).unwrap_err();
        assert_eq!(again.code, "imports.state");
        assert!(again.message.contains("its rows are in already"), "{again}");

        let april = RUSSIAN.replace("2025-03", "2025-04").replace("\n1,", "\n11,");
        let next = world.view(&world.receive("april.csv", &cyrillic(&april)));
        assert_eq!(samples(&next, "Customer name"), ["Иван", "Bo"]);
        assert_eq!(next.columns[0].reason, "as last time");
        // A file that tells its own encoding is believed.
        let plain = world.view(&world.receive("april-2.csv", april.as_bytes()));
        assert_eq!(samples(&plain, "Customer name"), ["Иван", "Bo"]);
        assert!(plain.read_as.contains("UTF-8") && !plain.mapping.contains("[reading]"), "{}", plain.read_as);
    });
}

#[test]
fn a_lump_of_one_column_is_kept_and_comes_apart_and_so_does_the_next_one_by_itself() {
    in_both(|world| {
        let id = world.receive("orders.csv", lump().as_bytes());
        let shown = world.view(&id);
        assert_eq!((shown.columns.len(), shown.left_out), (1, false));
        assert!(shown.questions[0].contains("no column of orders.csv is known"), "{:?}", shown.questions);
        assert_eq!(world.ask(&id, change::ask_plan).unwrap_err().code, "imports.mapping");

        let shown = try_read_so(world, &id, None, Some("^")).unwrap();
        assert_eq!(shown.columns.len(), 10);
        assert_eq!(shown.columns[1].meaning.as_deref(), Some("date"));
        assert!(shown.read_as.contains("^ between cells") && shown.rows == 7, "{}", shown.read_as);
        // The currency is asked for, as of any file that has none.
        assert!(!shown.questions.is_empty());
        map(world, &id, "[fixed]\ncurrency = \"GBP\"").unwrap();
        let planned = world.plan(&id).planned.unwrap();
        assert_eq!((planned.lines.create, planned.reject), (6, 1));
        assert_eq!(world.run(&id).result.unwrap(), planned);

        let next = world.receive("april.csv", lump().replace("2025-03", "2025-05").as_bytes());
        let shown = world.view(&next);
        assert_eq!((shown.columns.len(), shown.questions.len()), (10, 0), "{:?}", shown.questions);
        assert_eq!(world.plan(&next).planned.unwrap().lines.create, 4);
        // With commas it is what it always was.
        let commas = world.view(&world.receive("may.csv", ORDERS.as_bytes()));
        assert!(commas.columns.len() == 10 && commas.read_as.contains("commas"), "{}", commas.read_as);
    });
}

#[test]
fn what_a_file_cannot_be_is_refused_and_it_is_read_as_before() {
    in_both(|world| {
        let id = world.receive("orders.csv", ORDERS.as_bytes());
        let before = world.view(&id);
        let refused = |encoding, delimiter| {
            let problem = try_read_so(world, &id, encoding, delimiter).unwrap_err();
            let shown = world.view(&id);
            assert_eq!((shown.mapping, shown.read_as), (before.mapping.clone(), before.read_as.clone()));
            (problem.code, problem.field.unwrap_or_default(), problem.message)
        };
        assert_eq!(refused(Some("martian"), None).0, "imports.encoding");
        assert_eq!(refused(None, Some("\n")).0, "imports.delimiter");
        let (code, field, message) = refused(Some("UTF-16LE"), None);
        assert_eq!((code, field.as_str()), ("imports.no_rows", "encoding"), "{message}");
        assert!(message.contains("the file is read as before"), "{message}");

        // Nothing said is found out again.
        try_read_so(world, &id, None, Some("|")).unwrap();
        assert_eq!(world.view(&id).columns.len(), 1);
        let shown = try_read_so(world, &id, None, None).unwrap();
        assert_eq!((&shown.mapping, names(&shown)), (&before.mapping, names(&before)));

        let json = "[{\"order\": 1, \"date\": \"2025-03-04\", \"amount\": 5, \"customer\": \"Bo\"}]";
        let id = world.receive("orders.json", json.as_bytes());
        let problem = try_read_so(world, &id, None, Some(";")).unwrap_err();
        assert_eq!(problem.code, "imports.no_reading");
    });
}

#[test]
fn it_is_said_in_a_mapping_too_and_a_mapping_that_does_not_say_it_leaves_it() {
    in_both(|world| {
        let id =
            world.receive_with("march.csv", &cyrillic(RUSSIAN), "[reading]\nencoding = \"windows-1251\"\n");
        let shown = world.view(&id);
        assert_eq!(samples(&shown, "Customer name"), ["Иван", "Bo"]);
        let whole = shown.mapping.replace("[reading]\nencoding = \"windows-1251\"\n", "");
        assert!(map(world, &id, &whole).unwrap().mapping.contains("windows-1251"));
        let shown = map(world, &id, "[reading]\nencoding = \"KOI8-R\"").unwrap();
        assert_eq!(samples(&shown, "Customer name")[0], koi());
        assert!(shown.read_as.contains("KOI8-R"), "{}", shown.read_as);
        let line = world.receive_with(
            "lump.csv",
            lump().as_bytes(),
            "[reading]\ndelimiter = \"^\"\n\n[fixed]\ncurrency = \"GBP\"",
        );
        assert_eq!(world.plan(&line).planned.unwrap().lines.create, 6);
    });
}

/// What a reader of KOI8-R sees of the name in Windows-1251.
fn koi() -> String {
    encoding_rs::KOI8_R.decode(&cyrillic("Иван")).0.into_owned()
}

#[test]
fn a_table_among_others_is_read_anew_and_found_by_them() {
    in_both(|world| {
        let heads = "OrderID,OrderDate,CustomerID,Currency\n1,2025-03-04,c1,EUR\n2,2025-03-05,c2,EUR\n3,2025-03-06,c1,EUR\n";
        let lines =
            "OrderID^Product^Quantity^UnitPrice\n1^Kettle^1^38.00\n2^Teapot^2^24.00\n3^Kettle^1^38.00\n";
        let ids = world.receive_all(&[("Orders.csv", heads), ("Lines.csv", lines)]);
        assert!(world.parts(&ids[0]).parts[1].left_out);
        let shown = try_read_so(world, &ids[1], None, Some("^")).unwrap();
        assert!(!shown.left_out && shown.mapping.contains("Orders.OrderDate"), "{}", shown.mapping);
        assert!(shown.columns.iter().any(|column| column.found_in.is_some()), "{:?}", names(&shown));
        let all = world.parts(&ids[0]);
        assert!(!all.overlaps.is_empty());
        if !all.parts[0].left_out {
            world.ask(&ids[0], parts::leave_out).unwrap();
        }
        map(world, &ids[1], "[fixed]\ncurrency = \"EUR\"").unwrap();
        world.ask(&ids[0], change::ask_plan).unwrap();
        world.work("import.plan", &ids[0]);
        assert_eq!(world.view(&ids[1]).planned.unwrap().lines.create, 3);
    });
}

#[test]
fn the_page_offers_it_without_scripts_and_keeps_what_was_typed_where_it_is_refused() {
    in_both(|world| {
        let id = world.receive("orders.csv", lump().as_bytes());
        let here = format!("/imports/{id}");
        let page = |cx: &Context| world.get(cx, &here).unwrap().body;
        let shown = page(&owner());
        assert!(shown.contains("<details open>") && shown.contains("Windows-1251: Cyrillic"), "{shown}");
        assert!(!page(&testkit::reader(super::world::TODAY)).contains("/reading"));

        let form = [("reading.delimiter", "another"), ("reading.other", "\"")];
        let refused = world.post(&format!("{here}/reading"), &form).unwrap();
        assert_eq!(refused.went, "");
        assert!(refused.body.contains("cannot stand between cells; write comma"), "{}", refused.body);
        assert!(
            refused.body.contains(r#"value="&quot;""#) && refused.body.contains("What you typed is kept")
        );

        let form = [("reading.encoding", ""), ("reading.delimiter", "another"), ("reading.other", "^")];
        assert_eq!(world.post(&format!("{here}/reading"), &form).unwrap().went, here);
        let shown = page(&owner());
        assert!(shown.contains("Osterlund Marine") && shown.contains("^ between cells"), "{shown}");
        assert!(shown.contains(r#"value="^""#), "what was said stands in the form: {shown}");
        let form = [("fixed.currency", "GBP"), ("then", "plan")];
        world.post(&format!("{here}/mapping"), &form).unwrap();
        world.work("import.plan", &id);
        assert_eq!(world.run(&id).result.unwrap().lines.create, 6);
        assert!(!page(&owner()).contains("/reading"), "not after the run");
        assert_eq!(world.post(&format!("{here}/reading"), &[]).map(drop).unwrap_err().code, "imports.state");
    });
}
