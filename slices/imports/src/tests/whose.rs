//! Whose a row is: companies and their people, ids that count from 1 in every table, two of one name.

use std::fmt::Write as _;

use super::world::{World, in_both};
use crate::ops::change;

/// Brings files in together; the dry run counts what the run counts.
fn brought(world: &World, files: &[(&str, &str)]) -> Vec<String> {
    let ids = world.receive_all(files);
    for step in ["import.plan", "import.run"] {
        world.ask(&ids[0], if step == "import.plan" { change::ask_plan } else { change::ask_run }).unwrap();
        world.work(step, &ids[0]);
    }
    let parts = world.parts(&ids[0]);
    assert_eq!(parts.state, "done", "{parts:?}");
    for part in &parts.parts {
        assert_eq!(part.result, part.planned, "{}", part.name);
    }
    ids
}

/// So often a word begins a line of the dump.
fn rows(dump: &str, table: &str, holds: &str) -> usize {
    let head = format!("{table} ");
    let begins = |line: &&str| line.starts_with(&head) || line.contains(&format!("\"{table}\""));
    dump.lines().filter(begins).filter(|line| line.contains(holds)).count()
}

#[test]
fn people_who_count_from_one_overwrite_no_company_that_does() {
    in_both(|world| {
        let companies = "company_id,company_name,country\n1,Osterlund Marine,Norway\n2,Wick Bakery,Norway\n3,Grey Heron,Belgium\n";
        let people = "contact_id,company_id,first_name,last_name,email,role\n1,3,Maud,Rook,maud@heron.example,buyer\n\
                      2,3,Idris,Vale,idris@heron.example,payer\n3,1,Signe,Berg,signe@osterlund.example,user\n";
        let ids = brought(world, &[("companies.csv", companies), ("contacts.csv", people)]);
        let parts = world.parts(&ids[0]);
        assert!(world.view(&ids[1]).mapping.contains("contacts.record"), "{parts:?}");
        let counted = |part: usize| parts.parts[part].result.clone().unwrap().lines;
        assert_eq!((counted(0).create, counted(1).create, counted(1).accounts_create), (3, 3, 0));
        let dump = world.dump();
        for name in ["Osterlund Marine", "Wick Bakery", "Grey Heron", "Maud Rook", "Signe Berg"] {
            assert!(dump.contains(name), "{name}");
        }
        assert_eq!((rows(&dump, "account", "Maud"), rows(&dump, "contact", "Maud")), (0, 1));
    });
}

#[test]
fn two_tables_of_parties_that_have_nothing_to_do_with_each_other_number_for_themselves() {
    in_both(|world| {
        let clubs = "id,name,city\n1,Osterlund Marine,Bergen\n2,Wick Bakery,Oslo\n";
        let patients = "id,fullname,city\n1,Maud Rook,Bergen\n2,Idris Vale,Oslo\n";
        brought(world, &[("clubs.csv", clubs), ("patients.csv", patients)]);
        let dump = world.dump();
        for name in ["Osterlund Marine", "Wick Bakery", "Maud Rook", "Idris Vale"] {
            assert!(dump.contains(name), "{name} is not in {dump}");
        }
    });
}

#[test]
fn a_column_called_id_is_the_key_that_orders_name_whatever_the_file_is_called() {
    in_both(|world| {
        let mut clients = "id,name,email,country\n".to_owned();
        let mut orders = "order_id,customer_id,order_date,total,currency\n".to_owned();
        for n in 1001..1041 {
            writeln!(clients, "{n},Client {n},mail{n}@client.example,Norway").unwrap();
            for again in 0..2 {
                writeln!(orders, "{n}{again},{n},2025-03-{:02},10.00,EUR", 1 + n % 28).unwrap();
            }
        }
        for name in ["customers.csv", "big_list_2025.csv"] {
            let before = world.dump();
            let ids = brought(world, &[(name, &clients), ("orders.csv", &orders)]);
            let parts = world.parts(&ids[0]);
            let counts = |part: usize| parts.parts[part].result.clone().unwrap().lines;
            if before.contains("Client 1001") {
                assert_eq!((counts(0).create, counts(1).accounts_create), (0, 0), "{name}");
            } else {
                assert_eq!((counts(0).create, counts(1).accounts_create), (40, 0), "{name}");
            }
            let found = parts.overlaps.iter().any(|overlap| overlap.sentence.contains("40 of 40 found"));
            assert!(found, "{name}: {:?}", parts.overlaps);
        }
    });
}

#[test]
fn two_of_one_name_with_other_telephones_are_two() {
    in_both(|world| {
        let people = "first_name,last_name,email,phone,street,postcode,city\n\
                      Ann,Lee,,555-3000,5 Mid St,2000,Beta\nAnn,Lee,,555-4000,7 Far St,3000,Gamma\n\
                      Ann,Lee,,,5 Mid St,2000,Beta\nBo,Vale,,555-9000,,,\nBo,Vale,,555-9000,,,Beta\n";
        let id = world.receive("people.csv", people.as_bytes());
        world.plan(&id);
        let counts = world.run(&id).result.unwrap();
        assert_eq!((counts.lines.create, counts.lines.skip), (3, 2));
        let dump = world.dump();
        assert!(
            dump.contains("5 Mid St") && dump.contains("7 Far St") && dump.contains("555-3000"),
            "{dump}"
        );
        // The same people again, in another order, are nobody new.
        let mut lines: Vec<&str> = people.lines().collect();
        lines[1..].reverse();
        let id = world.receive("people again.csv", (lines.join("\n") + "\n").as_bytes());
        world.plan(&id);
        let counts = world.run(&id).result.unwrap();
        assert_eq!((counts.lines.create, counts.update), (0, 0));
        assert_eq!(world.dump(), dump);
    });
}

#[test]
fn a_unique_first_column_numbers_people_who_have_the_same_name() {
    in_both(|world| {
        let people = "rec_id,given_name,surname,street,postcode\nrec-1-org,Ann,Lee,5 Mid St,2000\n\
                      rec-1-dup,Ann,Lee,5 Mid St,2000\nrec-2-org,Bo,Vale,7 Far St,3000\n";
        let id = world.receive("people.csv", people.as_bytes());
        world.plan(&id);
        assert_eq!(world.run(&id).result.unwrap().lines.create, 3);
    });
}

#[test]
fn a_number_that_most_rows_share_numbers_no_record() {
    in_both(|world| {
        let use_of = |from: usize| {
            let mut text =
                "usage_id,subscription_id,account_id,usage_date,feature_name,usage_count\n".to_owned();
            for n in from..from + 60 {
                writeln!(text, "U{n},S{},A{},2025-03-{:02},reports,{n}", n % 7, n % 7, 1 + n % 28).unwrap();
            }
            text
        };
        for (name, from, created) in [("march.csv", 0, 60), ("april.csv", 60, 60)] {
            let id = world.receive(name, use_of(from).as_bytes());
            world.plan(&id);
            let counts = world.run(&id).result.unwrap();
            assert_eq!((counts.lines.create, counts.update), (created, 0), "{name}");
        }
        let columns = "subscription_id,account_id,usage_date,feature_name\n".to_owned();
        let rows: String = (0..60)
            .map(|n| format!("S{},A{},2025-05-{:02},reports{n}\n", n % 7, n % 7, 1 + n % 28))
            .collect();
        let id = world.receive("may.csv", (columns + &rows).as_bytes());
        world.plan(&id);
        assert_eq!(world.run(&id).result.unwrap().lines.create, 60);
    });
}

#[test]
fn dates_that_read_two_ways_are_asked_and_not_guessed() {
    in_both(|world| {
        let text = "order_id,customer_id,order_date,total,currency\nA1,c1,03/04/2025,10.00,EUR\nA2,c1,05/04/2025,10.00,EUR\n";
        let id = world.receive("orders.csv", text.as_bytes());
        assert!(
            world.view(&id).questions.iter().any(|question| question.contains("day first or month first"))
        );
        let problem = world.ask(&id, change::ask_plan).unwrap_err();
        assert_eq!(
            (problem.code, problem.field.as_deref()),
            ("imports.mapping", Some("formats.dates")),
            "{problem}"
        );
        world.write_anew(&id, "dates = \"not said\"", "dates = \"month/day/year\"");
        world.plan(&id);
        world.run(&id);
        let is_on = |day: &str| {
            let micros = kernel::Day::parse(day).unwrap().moment().micros.to_string();
            world.dump().contains(&micros)
        };
        assert!(is_on("2025-03-04") && !is_on("2025-04-03"));
    });
}

#[test]
fn what_is_no_sale_by_its_name_waits_for_a_word() {
    in_both(|world| {
        let orders = "order_id,customer_id,order_date,total,currency\nA1,c1,2025-03-04,10.00,EUR\n";
        let money = "id,created,amount,currency\n1,2025-03-04,10.00,EUR\n2,2025-03-05,12.00,EUR\n";
        let staff = "id,name,email,city\n1,Maud Rook,maud@ours.example,Bergen\n";
        let files = [
            ("orders.csv", orders),
            ("refunds.csv", money),
            ("disputes.csv", money),
            ("estimates.csv", money),
            ("draft_orders.csv", money),
            ("abandoned_checkouts.csv", money),
            ("owners.csv", staff),
        ];
        let ids = brought(world, &files);
        let parts = world.parts(&ids[0]).parts;
        let left: Vec<bool> = parts.iter().map(|part| part.left_out).collect();
        assert_eq!(left, [false, true, true, true, true, true, true]);
        assert!(parts[1].questions[0].contains("money that went back"), "{:?}", parts[1].questions);
        assert!(!world.dump().contains("Maud Rook"));
        // Alone it comes in, and is told apart by whoever reads.
        let id = world.receive("estimates.csv", money.as_bytes());
        assert!(world.view(&id).questions.iter().any(|question| question.contains("offers that were made")));
    });
}
