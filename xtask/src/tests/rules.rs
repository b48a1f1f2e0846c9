//! One planted fault per rule, and what looks like one and is none.

use super::planting::House;

mod direction {
    use super::*;

    #[test]
    fn a_sound_house_has_nothing_to_mend() {
        House::sound().is_sound();
    }

    #[test]
    fn the_ground_knows_no_slice() {
        let house = House::sound();
        house.crate_at("ground/store", "store", &["kernel", "timeline"]);
        house.shows("direction", "ground/store/Cargo.toml");
    }

    #[test]
    fn the_ground_has_an_order_of_its_own() {
        let house = House::sound();
        house.crate_at("ground/kernel", "kernel", &["store"]);
        house.shows("direction", "ground/kernel/Cargo.toml");
    }

    #[test]
    fn models_depend_on_nothing_of_ours() {
        for model in ["stats", "btyd"] {
            let house = House::sound();
            house.crate_at(&format!("ground/{model}"), model, &["kernel"]);
            house.shows("direction", &format!("ground/{model}/Cargo.toml"));
        }
    }

    #[test]
    fn a_slice_imports_only_what_its_row_lists() {
        let house = House::sound();
        house.crate_at("slices/timeline", "timeline", &["accounts"]);
        house.shows("direction", "slices/timeline/Cargo.toml");
    }

    #[test]
    fn tests_keep_the_table_too() {
        let house = House::sound();
        let manifest = "[package]\nname = \"timeline\"\n[lints]\nworkspace = true\n[dev-dependencies]\n";
        house.write("slices/timeline/Cargo.toml", &format!("{manifest}accounts.workspace = true\n"));
        house.shows("direction", "slices/timeline/Cargo.toml");
    }

    #[test]
    fn tests_may_reach_further_down() {
        let house = House::sound();
        house.crate_at("slices/access", "access", &[]);
        house.write("slices/access/README.md", "# Access\n");
        house.crate_at("slices/orders", "orders", &["accounts"]);
        house.write("slices/orders/README.md", "# Orders\n");
        let manifest = "[package]\nname = \"orders\"\n[lints]\nworkspace = true\n[dev-dependencies]\n";
        house.write("slices/orders/Cargo.toml", &format!("{manifest}access.workspace = true\n"));
        house.is_sound();
        house.crate_at("slices/orders", "orders", &["access"]);
        house.shows("direction", "slices/orders/Cargo.toml");
    }

    #[test]
    fn the_heart_reads_facts_not_slices() {
        let house = House::sound();
        house.crate_at("slices/relationship", "relationship", &["accounts", "timeline"]);
        house.write("slices/relationship/README.md", "# Relationship\n");
        house.is_sound();
        house.crate_at("slices/orders", "orders", &["accounts"]);
        house.write("slices/orders/README.md", "# Orders\n");
        house.is_sound();
        house.crate_at("slices/relationship", "relationship", &["accounts", "orders"]);
        house.shows("direction", "slices/relationship/Cargo.toml");
    }

    #[test]
    fn only_insight_takes_the_customer_base_models() {
        let house = House::sound();
        house.crate_at("ground/btyd", "btyd", &[]);
        house.crate_at("slices/insight", "insight", &["btyd"]);
        house.write("slices/insight/README.md", "# Insight\n");
        house.is_sound();
        house.crate_at("slices/accounts", "accounts", &["btyd"]);
        house.shows("direction", "slices/accounts/Cargo.toml");
    }

    #[test]
    fn nothing_depends_on_the_app() {
        let house = House::sound();
        house.crate_at("slices/accounts", "accounts", &["mainstay"]);
        house.shows("direction", "slices/accounts/Cargo.toml");
    }

    #[test]
    fn the_automation_stands_outside() {
        let house = House::sound();
        house.crate_at("xtask", "xtask", &["kernel"]);
        house.shows("direction", "xtask/Cargo.toml");
    }

    #[test]
    fn the_testkit_is_for_tests() {
        let house = House::sound();
        house.crate_at("ground/testkit", "testkit", &["kernel", "store"]);
        let manifest = "[package]\nname = \"timeline\"\n[lints]\nworkspace = true\n[dev-dependencies]\n";
        house.write("slices/timeline/Cargo.toml", &format!("{manifest}testkit.workspace = true\n"));
        house.is_sound();
        house.crate_at("slices/timeline", "timeline", &["testkit"]);
        house.shows("direction", "slices/timeline/Cargo.toml");
    }

    #[test]
    fn a_slice_outside_the_table_is_discussed_first() {
        let house = House::sound();
        house.crate_at("slices/weather", "weather", &[]);
        house.write("slices/weather/README.md", "# Weather\n");
        house.shows("direction", "slices/weather/Cargo.toml");
    }
}

mod manifest {
    use super::*;

    #[test]
    fn versions_stand_in_the_workspace() {
        let house = House::sound();
        let manifest = "[package]\nname = \"accounts\"\n[lints]\nworkspace = true\n[dependencies]\n";
        house.write("slices/accounts/Cargo.toml", &format!("{manifest}libm = \"0.2\"\n"));
        house.shows("manifest", "slices/accounts/Cargo.toml");
    }

    #[test]
    fn every_crate_takes_the_lints() {
        let house = House::sound();
        house.write("slices/accounts/Cargo.toml", "[package]\nname = \"accounts\"\n");
        house.shows("manifest", "slices/accounts/Cargo.toml");
    }

    #[test]
    fn a_crate_is_called_as_its_folder() {
        let house = House::sound();
        house.crate_at("slices/accounts", "parties", &[]);
        house.shows("manifest", "slices/accounts/Cargo.toml");
    }
}

mod inside {
    use super::*;

    #[test]
    fn nouns_are_pure() {
        for line in
            ["use store::Tx;", "use crate::{ops::record};", "pub fn draw() -> maud::Markup { todo() }"]
        {
            let house = House::sound();
            house.write("slices/accounts/src/contact.rs", &format!("//! A person.\n{line}\n"));
            house.shows("noun", "slices/accounts/src/contact.rs");
        }
    }

    #[test]
    fn nouns_below_a_folder_are_pure_too() {
        let house = House::sound();
        house.write("slices/accounts/src/party/name.rs", "//! A name.\nuse std::fs::File;\n");
        house.shows("noun", "slices/accounts/src/party/name.rs");
    }

    #[test]
    fn operations_do_not_draw() {
        let house = House::sound();
        house.write("slices/accounts/src/ops.rs", "//! The verbs.\nuse crate::pages::Book;\n");
        house.shows("layer", "slices/accounts/src/ops.rs");
    }

    #[test]
    fn pages_may_read_and_draw() {
        let house = House::sound();
        let text = "//! Pages.\nuse crate::{ops, store};\nuse maud::Markup;\n";
        house.write("slices/accounts/src/pages/book.rs", text);
        house.is_sound();
    }

    #[test]
    fn nobody_asks_the_clock() {
        let house = House::sound();
        let text = "//! The verbs.\npub fn f() -> std::time::Instant {\n    std::time::Instant::now()\n}\n";
        house.write("slices/accounts/src/ops.rs", text);
        house.shows("clock", "slices/accounts/src/ops.rs");
        house.remove("slices/accounts/src/ops.rs");
        house.write("app/src/worker.rs", text);
        house.is_sound();
    }
}

mod size {
    use super::*;

    fn function(head: &str, lines: usize) -> String {
        format!("//! Long.\n{head} {{\n{}}}\n", "    step();\n".repeat(lines - 2))
    }

    #[test]
    fn a_file_ends_at_300_lines() {
        let house = House::sound();
        house.write("slices/accounts/src/party.rs", &format!("//! Long.\n{}", "\n".repeat(299)));
        house.is_sound();
        house.write("slices/accounts/src/party.rs", &format!("//! Long.\n{}", "\n".repeat(300)));
        house.shows("file-lines", "slices/accounts/src/party.rs");
    }

    #[test]
    fn tests_may_be_long() {
        let house = House::sound();
        let tests = format!("#[cfg(test)]\nmod tests {{\n{}}}\n", "\n".repeat(300));
        house.write("slices/accounts/src/party.rs", &format!("//! Short.\n{tests}"));
        house.write("slices/accounts/src/tests/party.rs", &format!("//! Long.\n{}", "\n".repeat(400)));
        house.is_sound();
    }

    #[test]
    fn style_sheets_and_scripts_are_files_too() {
        let house = House::sound();
        house.write("ground/ui/css/table.css", &"\n".repeat(301));
        house.shows("file-lines", "ground/ui/css/table.css");
    }

    #[test]
    fn a_function_ends_at_60_lines() {
        let house = House::sound();
        house.write("slices/accounts/src/ops.rs", &function("fn record()", 60));
        house.is_sound();
        house.write("slices/accounts/src/ops.rs", &function("fn record()", 61));
        house.shows("function-lines", "slices/accounts/src/ops.rs::record");
    }

    #[test]
    fn a_method_is_a_function() {
        let house = House::sound();
        let body = "    step();\n".repeat(60);
        let text = format!("//! Long.\nimpl Party {{\nfn name(&self) {{\n{body}}}\n}}\n");
        house.write("slices/accounts/src/party.rs", &text);
        house.shows("function-lines", "slices/accounts/src/party.rs::name");
    }

    #[test]
    fn a_function_that_draws_ends_at_40_lines() {
        let house = House::sound();
        house.write("slices/accounts/src/pages.rs", &function("fn head() -> maud::Markup", 40));
        house.is_sound();
        house.write("slices/accounts/src/pages.rs", &function("fn head() -> Markup", 41));
        house.shows("markup-lines", "slices/accounts/src/pages.rs::head");
    }
}

mod naming {
    use super::*;

    #[test]
    fn types_that_say_nothing_are_refused() {
        let names =
            ["struct AccountManager;", "enum Data {}", "trait PartyHelper {}", "type MailService = u8;"];
        for name in names {
            let house = House::sound();
            house.write("slices/accounts/src/party.rs", &format!("//! A party.\n{name}\n"));
            house.shows("name", "slices/accounts/src/party.rs");
        }
    }

    #[test]
    fn terms_of_the_house_are_not() {
        let house = House::sound();
        let text =
            "//! Terms.\nstruct ServiceModel;\nstruct ServiceLine;\nmod service_line {}\nstruct DataClass;\n";
        house.write("slices/accounts/src/party.rs", text);
        house.is_sound();
    }

    #[test]
    fn files_and_modules_are_named_too() {
        let house = House::sound();
        house.write("slices/accounts/src/utils.rs", "//! Odds and ends.\n");
        house.shows("name", "slices/accounts/src/utils.rs");
        house.remove("slices/accounts/src/utils.rs");
        house.write("slices/accounts/src/lib.rs", "//! Accounts.\nmod page_helpers {}\n");
        house.shows("name", "slices/accounts/src/lib.rs");
        house.write("slices/accounts/src/lib.rs", "//! Accounts.\n");
        house.write("ground/ui/js/common.js", "// Shared.\n");
        house.shows("name", "ground/ui/js/common.js");
    }
}

mod sources {
    use super::*;

    #[test]
    fn every_file_opens_with_a_sentence() {
        for path in ["slices/accounts/src/party.rs", "app/tests/it/faces.rs"] {
            let house = House::sound();
            house.write(path, "fn f() {}\n");
            house.shows("opening", path);
        }
    }

    #[test]
    fn a_file_must_parse() {
        let house = House::sound();
        house.write("slices/accounts/src/party.rs", "//! Half.\nfn f( {\n");
        house.shows("syntax", "slices/accounts/src/party.rs");
    }
}

mod sql {
    use super::*;

    const STATEMENTS: &[&str] = &[
        "SELECT name FROM account",
        "INSERT INTO account VALUES (?1)",
        "UPDATE account SET name = ?1",
        "DELETE FROM account",
        "  CREATE TABLE account (id INTEGER)",
        "select id from account where id = ?1",
        "name ASC ORDER BY name ",
        "WITH last AS (SELECT 1) SELECT 2",
    ];

    #[test]
    fn statements_outside_the_store_are_refused() {
        for statement in STATEMENTS {
            let house = House::sound();
            let text = format!("//! The verbs.\nconst Q: &str = \"{statement}\";\n");
            house.write("slices/accounts/src/ops.rs", &text);
            house.shows("sql", "slices/accounts/src/ops.rs");
        }
    }

    #[test]
    fn a_statement_inside_a_macro_is_found() {
        let house = House::sound();
        let text = "//! The verbs.\nfn f() { let _ = format!(\"SELECT {} FROM account\", 1); }\n";
        house.write("slices/accounts/src/ops.rs", text);
        house.shows("sql", "slices/accounts/src/ops.rs");
    }

    #[test]
    fn the_store_writes_sql() {
        let house = House::sound();
        let text = "//! Tables.\nconst Q: &str = \"SELECT name FROM account WHERE id = ?1\";\n";
        for path in ["src/store.rs", "src/store/lists.rs", "src/tests/store.rs"] {
            house.write(&format!("slices/accounts/{path}"), text);
        }
        house.is_sound();
    }

    #[test]
    fn sentences_for_people_are_not_sql() {
        let house = House::sound();
        let text = "//! Says SELECT in prose.\n/// SELECT too.\nconst S: &str = \"Select a file from your disk, or update the address\";\nconst K: &str = \"a SQLite database\";\n";
        house.write("slices/accounts/src/pages.rs", text);
        house.is_sound();
    }

    #[test]
    fn engines_are_named_below_the_seam_only() {
        for text in ["fn open_sqlite() {}", "const E: &str = \"PostgreSQL\";", "use postgres::Client;"] {
            let house = House::sound();
            house.write("slices/accounts/src/store.rs", &format!("//! Tables.\n{text}\n"));
            house.shows("engine", "slices/accounts/src/store.rs");
            house.remove("slices/accounts/src/store.rs");
            house.write("ground/store/src/dialect.rs", &format!("//! The seam.\n{text}\n"));
            house.write("app/src/config.rs", &format!("//! Settings.\n{text}\n"));
            house.is_sound();
        }
    }

    #[test]
    fn drivers_are_for_the_store() {
        let house = House::sound();
        house.crate_at("slices/accounts", "accounts", &["rusqlite"]);
        house.shows("engine", "slices/accounts/Cargo.toml");
    }
}

mod walls {
    use super::*;

    /// A slice with two tables: notes about accounts, and lines that hang on them.
    fn house(functions: &str) -> House {
        let house = House::sound();
        let table = |name: &str, columns: &str, account: &str| {
            format!(
                "const {}: Table = Table {{ name: \"{name}\", columns: &[{columns}], account: {account} }};\n",
                name.to_uppercase()
            )
        };
        let note =
            table("note", "Column { name: \"id\", kind: ColumnKind::Id(\"note\") }", "Some(\"account\")");
        let line = table("note_line", "Column { name: \"note\", kind: ColumnKind::Ref(\"note\") }", "None");
        let other = table("weather", "Column { name: \"id\", kind: ColumnKind::Id(\"weather\") }", "None");
        house.write("slices/accounts/src/store.rs", &format!("//! Tables.\n{note}{line}{other}{functions}"));
        house
    }

    fn reads(name: &str, statement: &str) -> String {
        format!("fn {name}() {{\n    let _ = format!(\"{statement}\");\n}}\n")
    }

    #[test]
    fn a_statement_on_account_data_without_the_fragment_is_found() {
        for statement in [
            "SELECT text FROM note WHERE id = ?1",
            "SELECT COUNT(*) FROM note",
            "SELECT text FROM note_line WHERE note = ?1",
            "SELECT weather.id FROM weather LEFT JOIN note ON note.id = weather.id",
            "UPDATE weather SET id = note.id FROM note",
            "{columns} FROM note",
        ] {
            house(&reads("planted", statement)).shows("wall", "slices/accounts/src/store.rs::planted");
        }
    }

    #[test]
    fn a_constant_and_a_method_are_read_too() {
        house("const Q: &str = \"SELECT text FROM note\";\n")
            .shows("wall", "slices/accounts/src/store.rs::Q");
        let method = "struct Book;\nimpl Book {\nfn all() {\n    let _ = \"SELECT text FROM note\";\n}\n}\n";
        house(method).shows("wall", "slices/accounts/src/store.rs::all");
    }

    #[test]
    fn one_statement_with_the_fragment_does_not_excuse_its_neighbour() {
        let both = "fn planted() {\n    let _ = format!(\"SELECT 1 FROM note WHERE {VISIBLE}\");\n    let _ = \"SELECT 2 FROM note\";\n}\n";
        house(both).shows("wall", "slices/accounts/src/store.rs::planted");
    }

    #[test]
    fn statements_with_the_fragment_and_those_on_other_tables_are_sound() {
        let shared = "fn seen() -> String {\n    format!(\"note WHERE {}\", VISIBLE)\n}\nfn counted() {\n    let _ = format!(\"SELECT COUNT(*) FROM note {}\", seen());\n}\n";
        for functions in [
            &reads("fine", "SELECT text FROM note WHERE {VISIBLE} AND id = ?2"),
            &reads("fine", "SELECT id FROM weather"),
            &reads("fine", "DELETE FROM note WHERE id = ?1"),
            shared,
        ] {
            house(functions).is_sound();
        }
    }

    #[test]
    fn an_excuse_names_its_statement_and_gives_a_reason() {
        let place = "slices/accounts/src/store.rs::planted";
        let house = house(&reads("planted", "SELECT text FROM note"));
        house.write("xtask/walls.txt", &format!("# why\n{place}: the house judges\n"));
        house.is_sound();
        house.write("xtask/walls.txt", &format!("{place}:\n"));
        assert!(!house.faults().is_empty(), "an excuse without a reason is none");
        house.write("xtask/walls.txt", &format!("{place}: the house judges\n{place}_elsewhere: gone\n"));
        house.shows("wall", "xtask/walls.txt");
    }

    #[test]
    fn the_list_may_only_shrink() {
        let numbers = || 0..=crate::tidy::UNSEALED;
        let house =
            house(&numbers().map(|n| reads(&format!("f{n}"), "SELECT text FROM note")).collect::<String>());
        let lines: String =
            numbers().map(|n| format!("slices/accounts/src/store.rs::f{n}: because\n")).collect();
        house.write("xtask/walls.txt", &lines);
        house.shows("wall", "xtask/walls.txt");
    }
}

mod words {
    use super::*;

    #[test]
    fn a_noun_without_a_line_is_refused() {
        let house = House::sound();
        let noun = |noun: &str| {
            format!("//! A noun.\nimpl Kind for K {{ const NOUN: &'static str = \"{noun}\"; }}\n")
        };
        house.write("slices/accounts/src/party.rs", &noun("an account"));
        house.is_sound();
        house.write("slices/accounts/src/party.rs", &noun("a household"));
        house.shows("glossary", "slices/accounts/src/party.rs");
    }

    #[test]
    fn tests_may_invent_nouns() {
        let house = House::sound();
        let text =
            "//! Ids.\n#[cfg(test)]\nmod tests {\nimpl Kind for B { const NOUN: &str = \"a boat\"; }\n}\n";
        house.write("slices/accounts/src/party.rs", text);
        house.is_sound();
    }

    #[test]
    fn one_line_per_word_in_order() {
        for lines in ["- **Fact**: b.\n- **Account**: a.\n", "- **Fact**: a.\n- **Fact**: b.\n"] {
            let house = House::sound();
            house.write("GLOSSARY.md", lines);
            house.shows("glossary", "GLOSSARY.md");
        }
    }

    #[test]
    fn the_glossary_is_there() {
        let house = House::sound();
        house.remove("GLOSSARY.md");
        house.shows("glossary", "GLOSSARY.md");
    }

    #[test]
    fn pages_do_not_say_refused_words() {
        let house = House::sound();
        let glossary =
            "- **Fact**: a.\n\n## Words we do not use\n\n- **downgrade**: a customer is no lesser client.\n";
        house.write("GLOSSARY.md", glossary);
        house.is_sound();
        house.write(
            "slices/accounts/src/pages.rs",
            "//! Pages.\nconst W: &str = \"downgrade\";\nconst S: &str = \"Downgrade to customer\";\n",
        );
        house.shows("wording", "slices/accounts/src/pages.rs");
    }
}

mod files {
    use super::*;
    use crate::tidy::PACKAGES;

    #[test]
    fn every_slice_has_a_short_readme() {
        let house = House::sound();
        house.write("slices/accounts/README.md", &"\n".repeat(61));
        house.shows("readme", "slices/accounts/README.md");
        house.remove("slices/accounts/README.md");
        house.shows("readme", "slices/accounts/README.md");
    }

    #[test]
    fn the_budget_of_packages_holds() {
        let house = House::sound();
        house.write("Cargo.lock", &"[[package]]\n".repeat(PACKAGES));
        house.is_sound();
        house.write("Cargo.lock", &"[[package]]\n".repeat(PACKAGES + 1));
        house.shows("packages", "Cargo.lock");
    }

    #[test]
    fn registries_are_not_named() {
        let house = House::sound();
        house.write(
            "browser/package-lock.json",
            &format!("{{\"resolved\": \"https://registry.npmjs.{}/\"}}", "org"),
        );
        house.shows("host", "browser/package-lock.json");
    }

    #[test]
    fn folders_of_one_machine_are_not_named() {
        let house = House::sound();
        let neighbour = house.root().parent().unwrap().join("notes");
        std::fs::create_dir(&neighbour).unwrap();
        for path in [
            format!("/{}/ada/x", "home"),
            house.root().display().to_string(),
            neighbour.display().to_string(),
        ] {
            house.write("README.md", &format!("See `{path}` there.\n"));
            house.shows("machine-path", "README.md");
        }
        house.write("README.md", "Opens /usr/bin/chromium, then https://example.com/home/index.\n");
        house.is_sound();
    }
}

mod exceptions {
    use super::*;

    #[test]
    fn an_exception_holds_for_its_place_and_its_lines() {
        let house = House::sound();
        house.write("slices/accounts/src/party.rs", &format!("//! Long.\n{}", "\n".repeat(349)));
        house.write("xtask/exceptions.txt", "# why\nfile-lines slices/accounts/src/party.rs 350\n");
        house.is_sound();
        house.write("slices/accounts/src/party.rs", &format!("//! Longer.\n{}", "\n".repeat(350)));
        let rules: Vec<&str> = house.faults().iter().map(|fault| fault.rule).collect();
        assert_eq!(rules, ["file-lines", "exceptions"]);
    }

    #[test]
    fn a_stale_exception_is_a_fault() {
        let house = House::sound();
        house.write("xtask/exceptions.txt", "file-lines slices/accounts/src/party.rs 350\n");
        house.shows("exceptions", "xtask/exceptions.txt");
    }

    #[test]
    fn the_list_may_only_shrink() {
        let house = House::sound();
        let mut lines = String::new();
        for number in 0..=crate::tidy::EXCEPTIONS {
            house.write(&format!("slices/accounts/src/n{number}.rs"), "fn f() {}\n");
            lines += &format!("opening slices/accounts/src/n{number}.rs\n");
        }
        house.write("xtask/exceptions.txt", &lines);
        house.shows("exceptions", "xtask/exceptions.txt");
    }
}
