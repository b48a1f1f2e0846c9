//! Files that are no orders: what their rows become, that a dry run says so, and that it can be taken back.

use serde_json::json;

use super::world::{World, in_both, owner};
use crate::{
    Source, Target,
    ops::{
        quality::{QualityRows, quality, quality_rows},
        row::{NamedRow, ShownRow, row},
        undo,
        view::{Named, Rejections, ShownImport, rejections},
    },
    propose, sniff,
};

const TICKETS: &str = "\
ticket_id,account_id,submitted_at,closed_at,priority,satisfaction_score
T-1,c1,2025-03-04,2025-03-05 03:00:00,high,
T-2,c2,2025-03-06,2025-03-06 12:00:00,low,4
T-3,,2025-03-06,2025-03-06 12:00:00,low,5
T-4,c2,31 April,2025-03-06 12:00:00,low,5
";

const LATER: &str = "\
ticket_id,account_id,submitted_at,closed_at,priority,satisfaction_score
T-1,c1,2025-03-04,2025-03-05 3:00,high,
T-2,c2,2025-03-08,2025-03-06 12:00:00,low,4
T-5,c9,2025-04-06,2025-04-06 12:00:00,low,
";

fn brought(world: &World, name: &str, text: &str) -> ShownImport {
    let id = world.receive(name, text.as_bytes());
    let planned = world.plan(&id).planned.unwrap();
    let done = world.run(&id);
    assert_eq!(done.result.as_ref(), Some(&planned), "{name}");
    done
}

fn take_back(world: &World, id: &str) {
    world.ask(id, undo::ask_undo).unwrap();
    world.work(undo::UNDO_JOB, id);
    world.decide();
    assert_eq!(world.view(id).state, "taken back");
}

fn at(world: &World, import: &ShownImport, number: i64) -> ShownRow {
    let cx = world.looking(&owner());
    let named = NamedRow { id: import.id.clone(), row: number };
    world.house.store.read(&cx, |tx| row(&cx, tx, named)).unwrap()
}

#[test]
fn tickets_become_conversations_and_are_taken_back() {
    in_both(|world| {
        let empty = world.dump();
        let march = brought(world, "tickets.csv", TICKETS);
        let result = march.result.clone().unwrap();
        assert_eq!((result.rows, result.lines.create, result.reject), (4, 2, 2));
        assert_eq!((result.lines.accounts_create, result.update), (2, 0));
        let known = world.dump();
        assert!(known.contains("conversation") && known.contains("feedback"), "{known}");
        assert_eq!(at(world, &march, 2).became.state, "recorded");
        assert!(at(world, &march, 2).became.account.is_some());
        assert_eq!(at(world, &march, 3).became.state, "rejected");
        let again = brought(world, "tickets (1).csv", TICKETS).result.unwrap();
        assert_eq!((again.lines.create, again.lines.skip, again.update), (0, 2, 0));
        assert_eq!(world.dump(), known);
        let later = brought(world, "may.csv", LATER);
        let result = later.result.clone().unwrap();
        assert_eq!((result.lines.create, result.update, result.lines.skip), (1, 1, 1));
        take_back(world, &later.id);
        assert_eq!(world.dump(), known, "byte for byte");
        take_back(world, &march.id);
        assert_eq!(world.dump(), empty);
    });
}

#[test]
fn an_interrupted_run_counts_and_leaves_what_an_undisturbed_one_does() {
    in_both(|world| {
        let mut text = "ticket_id,account_id,submitted_at,satisfaction_score\n".to_owned();
        for n in 0..4_500 {
            text += &format!("T-{n},c{},2025-03-{:02},{}\n", n % 300, 1 + n % 28, n % 5);
        }
        let other = world.other();
        let undisturbed = brought(&other, "tickets.csv", &text);
        let id = world.receive("tickets.csv", text.as_bytes());
        world.plan(&id);
        world.ask(&id, crate::ops::change::ask_run).unwrap();
        world.work_until("import.run", &id, 6);
        world.work("import.run", &id);
        assert_eq!(world.view(&id).result, undisturbed.result);
        assert_eq!(world.dump(), other.dump());
        take_back(world, &id);
    });
}

fn proposed(text: &str) -> (Target, Vec<(String, String)>) {
    let open = || Source::new("file.csv", std::io::Cursor::new(text.as_bytes().to_vec())).unwrap();
    let dialect = sniff(&open()).unwrap();
    let mapping = propose(open(), &dialect).unwrap().mapping;
    let columns = mapping.columns.iter().map(|(meaning, name)| (meaning.as_str().to_owned(), name.clone()));
    (mapping.target, columns.collect())
}

#[test]
fn what_rows_are_is_told_by_their_columns() {
    for (text, target, meaning) in [
        (
            "Case ID,Customer ID,Created at,Topic\n1,c1,2025-03-04,billing\n",
            Target::ConversationsRecord,
            "topic",
        ),
        ("Client,User,Date,Hours\nRook,Ada,2025-03-04,1.5\n", Target::WorkRecord, "hours"),
        ("Name,Phone,City,Website\nRook,020,Leeds,rook.example\n", Target::AccountsRecord, "website"),
        ("SKU,Name,Price\nK1,Kettle,38.00\n", Target::ProductsRecord, "unit_price"),
        ("Contract No,Client,Start Date,End Date\nK1,Rook,2025-03-04,\n", Target::ContractsRecord, "end"),
        ("Order number,Date,Amount,Customer\n1,2025-03-04,38.00,Rook\n", Target::OrdersRecord, "line_amount"),
    ] {
        let (found, columns) = proposed(text);
        assert_eq!(found, target, "{text}");
        assert!(columns.iter().any(|(known, _)| known == meaning), "{text}: {columns:?}");
    }
}

#[test]
fn a_person_says_what_the_rows_are_and_the_columns_follow() {
    in_both(|world| {
        let id = world.receive("tickets.csv", TICKETS.as_bytes());
        let page = world.get(&owner(), &format!("/imports/{id}")).unwrap();
        assert!(page.body.contains("What the rows are"), "{}", page.lines());
        let sent = [("target", "meetings.record"), ("now", "end of data")];
        world.post(&format!("/imports/{id}/mapping"), &sent).unwrap();
        let mapping = world.view(&id).mapping;
        assert!(mapping.contains("meetings.record") && !mapping.contains("rating"), "{mapping}");
        let columns = json!(world.view(&id).columns).to_string();
        assert!(columns.contains("record_id"), "{columns}");
    });
}

#[test]
fn each_figure_of_the_quality_is_one_click_from_its_rows() {
    in_both(|world| {
        let text = TICKETS.replace("T-4,c2,31 April", "T-2,test,2025-03-07")
            + "T-2,c2,2025-03-06,2025-03-06 12:00:00,low,4\nT-9,c2,2099-01-01,,Unknown,\nT-8,c2,31 April,,,\n";
        let id = world.receive("tickets.csv", text.as_bytes());
        let cx = world.looking(&owner());
        let quality = world.house.store.read(&cx, |tx| quality(&cx, tx, Named { id: id.clone() })).unwrap();
        let figure = |word: &str| quality.figures.iter().find(|figure| figure.figure == word).unwrap().rows;
        assert_eq!(quality.rows, 7);
        assert_eq!([figure("nobody_named"), figure("unread_date"), figure("repeated")], [1, 1, 1]);
        assert_eq!([figure("clash"), figure("test"), figure("future"), figure("sentinel")], [1, 1, 1, 1]);
        assert_eq!(quality.last_day, "2025-03-07");
        assert_eq!(quality.incomplete_month.unwrap().month, "2025-03");
        let asked = QualityRows { id: id.clone(), figure: "clash".into(), after: None, limit: None };
        let rows = world.house.store.read(&cx, |tx| quality_rows(&cx, tx, asked)).unwrap().rows;
        assert_eq!(rows.iter().map(|row| row.row).collect::<Vec<_>>(), [4]);
        let page = world.get(&owner(), &format!("/imports/{id}/quality")).unwrap().body;
        assert!(page.contains(&format!("/imports/{id}/quality/clash")), "{page}");
        let page = world.get(&owner(), &format!("/imports/{id}/quality/clash")).unwrap().body;
        assert!(page.contains(&format!("/imports/{id}/rows/4")), "{page}");
        assert_eq!(
            world.get(&owner(), &format!("/imports/{id}/quality/luck")).map(|_| ()).unwrap_err().code,
            "imports.no_figure"
        );
    });
}

/// Two cards: somebody of a firm with several numbers and addresses, and somebody of none with a number only.
const CARDS: &str = "BEGIN:VCARD\nVERSION:3.0\nN:Moss;Ada;;;\nFN:Ada Moss\nORG:Rook & Daughters\nEMAIL;TYPE=work:ada@rook.example\n\
                     EMAIL;TYPE=home:moss@home.example\nTEL;TYPE=cell:(111) 555-4444\nTEL;TYPE=work:(111) 555-1111\n\
                     TEL;TYPE=home:020 7946 0018\nEND:VCARD\n\
                     BEGIN:VCARD\nVERSION:3.0\nN:Falk;Bram;;;\nFN:Bram Falk\nTEL;TYPE=home:020 7946 0999\nEND:VCARD\n";

#[test]
fn a_card_keeps_every_number_and_every_address() {
    in_both(|world| {
        let empty = world.dump();
        let cards = brought(world, "people.vcf", CARDS);
        let result = cards.result.clone().unwrap();
        assert_eq!((result.rows, result.lines.create, result.reject), (2, 2, 0));
        let known = world.dump();
        for said in [
            "ada@rook.example",
            "moss@home.example",
            "(111) 555-4444",
            "(111) 555-1111",
            "020 7946 0018",
            "020 7946 0999",
            "Rook & Daughters",
            "Bram Falk",
        ] {
            assert!(known.contains(said), "{said}: {known}");
        }
        let also: Vec<_> = cards.columns.iter().filter(|it| it.reason.starts_with("one more")).collect();
        assert_eq!(also.len(), 3, "{also:?}");
        let second = brought(world, "people (1).vcf", CARDS);
        let again = second.result.clone().unwrap();
        assert_eq!((again.lines.create, again.update), (0, 0));
        assert_eq!(world.dump(), known);
        // What the page sends of it keeps them, too.
        let other = world.receive("more.vcf", CARDS.replace("Moss", "Mill").as_bytes());
        world.post(&format!("/imports/{other}/mapping"), &[("now", "end of data")]).unwrap();
        assert!(world.view(&other).mapping.contains("[also]"), "{}", world.view(&other).mapping);
        take_back(world, &second.id);
        take_back(world, &cards.id);
        assert_eq!(world.dump(), empty);
    });
}

#[test]
fn a_broken_line_of_json_stands_among_the_rejected_rows() {
    in_both(|world| {
        let text = "{\"ticket_id\":\"T-1\",\"account_id\":\"c1\",\"submitted_at\":\"2025-03-04\"}\n\
                    {\"ticket_id\":\"T-2\",\"account_id\":\n\
                    {\"ticket_id\":\"T-3\",\"account_id\":\"c2\",\"submitted_at\":\"2025-03-06\"}\n";
        let done = brought(world, "tickets.jsonl", text);
        let result = done.result.clone().unwrap();
        assert_eq!((result.rows, result.lines.create, result.reject), (3, 2, 1));
        let cx = world.looking(&owner());
        let asked = || Rejections { id: done.id.clone(), after: None, limit: None };
        let rejected = world.house.store.read(&cx, |tx| rejections(&cx, tx, asked())).unwrap().rows;
        assert_eq!((rejected.len(), rejected[0].row), (1, 2));
        assert!(rejected[0].reason.contains("line 2 of the file is no JSON"), "{}", rejected[0].reason);
        assert!(rejected[0].value.contains("T-2"), "{}", rejected[0].value);
    });
}

#[test]
fn a_dash_in_a_column_of_numbers_is_nothing() {
    in_both(|world| {
        let text = "Contract No,Client,Start Date,End Date,Monthly fee,Seats\nK1,Rook,2025-03-04,,\u{2013},-\nK2,Falk,2025-03-04,,38.00,4\n";
        let id = world.receive("contracts.csv", text.as_bytes());
        world.say_currency(&id);
        let planned = world.plan(&id).planned.unwrap();
        assert_eq!((planned.rows, planned.reject, planned.lines.create), (2, 0, 2));
    });
}

#[test]
fn contracts_without_a_number_are_told_apart_by_the_day_on_which_they_begin() {
    in_both(|world| {
        let text = "Client,Plan,Start Date,End Date,Monthly fee\nRook,Basic,2025-03-04,,100.00\n\
                    Rook,Support,2025-05-01,,30.00\nFalk,Basic,2025-03-04,,100.00\n";
        let twice = [(); 2].map(|()| {
            let id = world.receive("contracts.csv", text.as_bytes());
            world.say_currency(&id);
            world.plan(&id).planned.unwrap()
        });
        assert_eq!((twice[0].lines.create, twice[0].update), (3, 0));
        let id = world.receive("contracts.csv", text.as_bytes());
        world.say_currency(&id);
        world.plan(&id);
        assert_eq!(world.run(&id).result.unwrap().lines.create, 3);
        let later = text.replace("30.00", "35.00");
        let id = world.receive("contracts.csv", later.as_bytes());
        world.say_currency(&id);
        let planned = world.plan(&id).planned.unwrap();
        assert_eq!(
            (planned.lines.create, planned.update, planned.lines.skip),
            (0, 1, 2),
            "a new fee is a change of the same"
        );
    });
}

/// Charges as the API of Stripe has them: cents, yen that have none, one that failed.
const CHARGES: &str = "\
id,amount,amount_refunded,balance_transaction_id,captured,customer_id,created,currency,status,invoice_id,receipt_email
ch_1,1999,0,txn_1,TRUE,cus_1,2025-03-04 14:00:00,eur,succeeded,,
ch_2,500,0,txn_2,TRUE,cus_2,2025-03-05 14:00:00,jpy,succeeded,,
ch_3,4071,0,txn_3,FALSE,cus_1,2025-03-06 14:00:00,eur,failed,,
";

#[test]
fn amounts_in_cents_are_read_by_their_currency_and_what_failed_is_kept_as_that() {
    in_both(|world| {
        let done = brought(world, "charge_data.csv", CHARGES);
        assert!(done.recognised.as_deref().unwrap_or_default().contains("stripe: charges"), "{done:?}");
        let result = done.result.unwrap();
        assert_eq!((result.rows, result.lines.create, result.exclude, result.reject), (3, 3, 0, 0));
        let known = world.dump();
        assert!(known.contains("19.99") || known.contains("199900"), "{known}");
        assert!(known.contains("5000000") || known.contains("\"500\""), "{known}");
        assert!(known.contains("failed"), "{known}");
    });
}

#[test]
fn rows_that_a_rule_leaves_out_are_told_with_the_rule() {
    in_both(|world| {
        let text = "Order number,Date,Amount,Customer ID,Currency,Status\n1,2025-03-04,38.00,c1,GBP,failed\n\
                    2,2025-03-04,38.00,test,GBP,paid\n3,2025-03-05,24.00,c2,GBP,voided\n4,2025-03-05,24.00,c2,GBP,failed\n";
        let id = world.receive("orders.csv", text.as_bytes());
        let planned = world.plan(&id).planned.unwrap();
        assert_eq!((planned.exclude, planned.lines.create), (4, 0));
        let told: Vec<_> = planned.left_out.iter().map(|(why, rows)| (why.as_str(), *rows)).collect();
        assert_eq!(told, [("party test", 1), ("status failed", 2), ("status voided", 1)]);
        let page = world.get(&owner(), &format!("/imports/{id}")).unwrap().body;
        assert!(page.contains("2 of status failed"), "{page}");
    });
}
