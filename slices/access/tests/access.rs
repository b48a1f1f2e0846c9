//! What access promises, on both engines.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod store;

use ::store::Store;
use access::{Checkpoint, Entry, Outcome, Person, PersonId, SIGN_IN_PATH, Verdict, link, session, token};
use kernel::{Actor, Context, Moment, Permission, Problem, Result, Role};
use serde_json::{Value, json};
use testkit::{at, both};

const DAY: &str = "2025-03-04";

fn on_both(test: impl FnMut(&Store)) {
    both(access::slice().migrations, test);
}

fn later(cx: &Context, micros: i64) -> Context {
    Context { now: Moment::at(cx.now.micros + micros), ..cx.clone() }
}

/// Runs an operation as the app does.
fn run(cx: &Context, store: &Store, name: &str, input: Value) -> Result<Value> {
    let operations = access::slice().operations;
    let operation = operations.iter().find(|operation| operation.head.name == name).unwrap();
    if operation.is_read() {
        store.read(cx, |tx| operation.run(cx, tx, input.clone()))
    } else {
        store.write(cx, |tx| operation.run(cx, tx, input.clone()))
    }
}

fn code<T: std::fmt::Debug>(answer: Result<T>) -> &'static str {
    answer.unwrap_err().code
}

fn sign_in(cx: &Context, store: &Store, link: &str) -> Result<(String, Person)> {
    let new = store.write(cx, |tx| access::sign_in(cx, tx, link))?;
    Ok((new.cookie, new.person))
}

/// The first owner, signed in.
fn owner(cx: &Context, store: &Store) -> (String, Context) {
    let link = store.write(cx, |tx| access::owner_link(cx, tx)).unwrap();
    let (cookie, person) = sign_in(cx, store, &link).unwrap();
    (cookie, Context { actor: person.actor(), ..cx.clone() })
}

/// A new person: their id outside, the token of their link, a context in which they act.
fn add(cx: &Context, store: &Store, name: &str, role: &str) -> (String, String, Context) {
    let added = run(cx, store, "person.add", json!({"name": name, "role": role})).unwrap();
    let id = added["id"].as_str().unwrap().to_owned();
    let link = added["sign_in_path"].as_str().unwrap().strip_prefix(SIGN_IN_PATH).unwrap().to_owned();
    let number: PersonId = cx.codes.read(&id).unwrap();
    let actor = Actor::User { id: number.0, role: Role::parse(role).unwrap() };
    (id, link, Context { actor, ..cx.clone() })
}

fn signed_in(cx: &Context, store: &Store, cookie: &str) -> Option<access::Session> {
    store.read(cx, |tx| access::session_actor(tx, cookie, cx.now.micros)).unwrap()
}

fn bearer(cx: &Context, store: &Store, token: &str) -> Option<access::Bearer> {
    store.read(cx, |tx| access::token_actor(tx, token, cx.now.micros)).unwrap()
}

fn make_token(cx: &Context, store: &Store, input: Value) -> (String, String) {
    let made = run(cx, store, "token.add", input).unwrap();
    (made["id"].as_str().unwrap().to_owned(), made["token"].as_str().unwrap().to_owned())
}

#[test]
fn an_owner_link_works_once() {
    on_both(|store| {
        let cx = at(DAY);
        assert!(!store.read(&cx, access::ever_signed_in).unwrap());
        let link = store.write(&cx, |tx| access::owner_link(&cx, tx)).unwrap();
        assert!(!store.read(&cx, access::ever_signed_in).unwrap());
        let (cookie, person) = sign_in(&cx, store, &link).unwrap();
        assert_eq!((person.name.as_str(), person.role), ("Owner", Role::Owner));
        assert!(store.read(&cx, access::ever_signed_in).unwrap());
        assert_eq!(signed_in(&cx, store, &cookie).unwrap().actor(), person.actor());
        assert_eq!(code(sign_in(&cx, store, &link)), "access.link");
    });
}

#[test]
fn of_four_who_use_a_link_at_the_same_moment_one_comes_in() {
    on_both(|store| {
        let cx = at(DAY);
        let link = store.write(&cx, |tx| access::owner_link(&cx, tx)).unwrap();
        let answers: Vec<_> = std::thread::scope(|scope| {
            let tries: Vec<_> = (0..4).map(|_| scope.spawn(|| sign_in(&cx, store, &link))).collect();
            tries.into_iter().map(|tried| tried.join().unwrap()).collect()
        });
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
        assert!(answers.into_iter().filter(Result::is_err).all(|answer| code(answer) == "access.link"));
    });
}

#[test]
fn a_link_works_until_the_last_moment_of_its_day_and_not_after() {
    on_both(|store| {
        let cx = at(DAY);
        let link = store.write(&cx, |tx| access::owner_link(&cx, tx)).unwrap();
        assert_eq!(code(sign_in(&later(&cx, link::LIFE), store, &link)), "access.link");
        sign_in(&later(&cx, link::LIFE - 1), store, &link).unwrap();
    });
}

#[test]
fn a_new_owner_link_voids_the_older_one_and_makes_no_second_owner() {
    on_both(|store| {
        let cx = at(DAY);
        let older = store.write(&cx, |tx| access::owner_link(&cx, tx)).unwrap();
        let newer = store.write(&cx, |tx| access::owner_link(&cx, tx)).unwrap();
        assert_eq!(code(sign_in(&cx, store, &older)), "access.link");
        sign_in(&cx, store, &newer).unwrap();
        let people = run(&cx, store, "people.list", json!({})).unwrap();
        assert_eq!(people.as_array().unwrap().len(), 1);
    });
}

#[test]
fn a_used_a_late_a_void_and_an_invented_link_get_the_same_answer() {
    on_both(|store| {
        let cx = at(DAY);
        let (_, owner) = owner(&cx, store);
        let (_, used, _) = add(&owner, store, "Maren", "member");
        sign_in(&cx, store, &used).unwrap();
        let (id, void, _) = add(&owner, store, "Idris", "member");
        run(&owner, store, "person.link", json!({"id": id})).unwrap();
        let (gone, left, _) = add(&owner, store, "Petra", "member");
        run(&owner, store, "person.leave", json!({"id": gone})).unwrap();
        let (_, late, _) = add(&owner, store, "Jonas", "member");
        let answer = |cx: &Context, link: &str| {
            let Problem { kind, code, message, field, .. } = sign_in(cx, store, link).unwrap_err();
            (kind, code, message, field)
        };
        let expected = answer(&cx, "invented");
        for link in [&used, &void, &left] {
            assert_eq!(answer(&cx, link), expected);
        }
        assert_eq!(answer(&later(&cx, link::LIFE), &late), expected);
    });
}

#[test]
fn a_session_ends_when_it_is_idle_and_after_a_week_of_use() {
    on_both(|store| {
        let cx = at(DAY);
        let (cookie, _) = owner(&cx, store);
        assert!(signed_in(&later(&cx, session::IDLE - 1), store, &cookie).is_some());
        assert!(signed_in(&later(&cx, session::IDLE), store, &cookie).is_none());
        let mut passed = 0;
        while passed < session::ABSOLUTE - session::IDLE {
            passed += session::IDLE - 1;
            let now = later(&cx, passed);
            assert!(signed_in(&now, store, &cookie).unwrap().touch_due);
            store.write(&now, |tx| access::touch_session(&now, tx, &cookie)).unwrap();
            assert!(!signed_in(&now, store, &cookie).unwrap().touch_due);
        }
        assert!(signed_in(&later(&cx, session::ABSOLUTE - 1), store, &cookie).is_some());
        assert!(signed_in(&later(&cx, session::ABSOLUTE), store, &cookie).is_none());
    });
}

#[test]
fn who_is_signed_in_is_found_with_one_look_and_an_ended_session_is_not_revived() {
    on_both(|store| {
        let cx = at(DAY);
        let (cookie, _) = owner(&cx, store);
        let looks = store.read(&cx, |tx| {
            let before = tx.statements();
            access::session_actor(tx, &cookie, cx.now.micros)?;
            Ok(tx.statements() - before)
        });
        assert_eq!(looks.unwrap(), 1);
        let idle = later(&cx, session::IDLE);
        store.write(&idle, |tx| access::touch_session(&idle, tx, &cookie)).unwrap();
        assert!(signed_in(&idle, store, &cookie).is_none());
    });
}

#[test]
fn signing_out_ends_this_session_and_leaves_the_others() {
    on_both(|store| {
        let cx = at(DAY);
        let ((one, _), (other, _)) = (owner(&cx, store), owner(&cx, store));
        assert_ne!(one, other);
        store.write(&cx, |tx| access::sign_out(&cx, tx, &one)).unwrap();
        assert!(signed_in(&cx, store, &one).is_none());
        assert!(signed_in(&cx, store, &other).is_some());
        store.write(&cx, |tx| access::sign_out(&cx, tx, "invented")).unwrap();
    });
}

#[test]
fn a_form_is_accepted_from_its_own_session_only() {
    on_both(|store| {
        let cx = at(DAY);
        let ((one, _), (other, _)) = (owner(&cx, store), owner(&cx, store));
        let (one, other) = (signed_in(&cx, store, &one).unwrap(), signed_in(&cx, store, &other).unwrap());
        assert!(one.accepts(&one.csrf));
        assert!(!one.accepts(&other.csrf));
    });
}

#[test]
fn a_reader_and_a_member_cannot_make_people() {
    on_both(|store| {
        let cx = at(DAY);
        let (_, owner) = owner(&cx, store);
        let (id, _, reader) = add(&owner, store, "Maren", "reader");
        let (_, _, member) = add(&owner, store, "Idris", "member");
        let id_of_owner = owner.codes.write(PersonId::new(owner.actor.number()));
        let nobody = Context { actor: Actor::Nobody, ..cx.clone() };
        let inputs = [
            ("people.list", json!({})),
            ("person.add", json!({"name": "Mallory", "role": "owner"})),
            ("person.link", json!({"id": id})),
            ("person.role", json!({"id": id, "role": "owner"})),
            ("person.leave", json!({"id": id})),
            ("person.language", json!({"person": id_of_owner, "language": "de"})),
            ("house.word", json!({"language": "en", "word": "client", "one": "member", "many": "members"})),
            ("audit.verify", json!({})),
        ];
        for (name, input) in inputs {
            assert_eq!(code(run(&reader, store, name, input.clone())), "access.forbidden", "{name}");
            assert_eq!(code(run(&member, store, name, input.clone())), "access.forbidden", "{name}");
            assert_eq!(code(run(&nobody, store, name, input)), "access.sign_in", "{name}");
        }
        let own = json!({"language": "de"});
        assert_eq!(
            run(&reader, store, "person.language", own).unwrap()["language"],
            "de",
            "their own is theirs"
        );
        let unknown = json!({"language": "tlh"});
        assert_eq!(code(run(&reader, store, "person.language", unknown)), "access.language");
        assert_eq!(run(&owner, store, "people.list", json!({})).unwrap().as_array().unwrap().len(), 3);
    });
}

#[test]
fn nobody_reaches_an_operation_and_only_owners_reach_those_that_manage() {
    for operation in access::slice().operations {
        let permission = operation.head.permission;
        assert_ne!(permission, Permission::Public, "{}", operation.head.name);
        // In which language one is spoken to is one's own affair.
        let manages = match operation.head.name {
            "person.language" | "house.words" => false,
            _ => ["/people", "/audit", "/house"].iter().any(|place| operation.head.path.starts_with(place)),
        };
        assert_eq!(permission == Permission::Manage, manages, "{}", operation.head.name);
    }
}

#[test]
fn the_last_owner_stays() {
    on_both(|store| {
        let cx = at(DAY);
        let (_, owner) = owner(&cx, store);
        let own = owner.codes.write(PersonId::new(owner.actor.number()));
        let demotion = json!({"id": own, "role": "member"});
        assert_eq!(code(run(&owner, store, "person.role", demotion.clone())), "access.last_owner");
        assert_eq!(code(run(&owner, store, "person.leave", json!({"id": own}))), "access.last_owner");
        let (second, _, _) = add(&owner, store, "Maren", "owner");
        run(&owner, store, "person.role", demotion).unwrap();
        assert_eq!(code(run(&cx, store, "person.leave", json!({"id": second}))), "access.last_owner");
    });
}

#[test]
fn a_new_role_holds_from_the_next_click_on() {
    on_both(|store| {
        let cx = at(DAY);
        let (_, owner) = owner(&cx, store);
        let (id, link, maren) = add(&owner, store, "Maren", "owner");
        let (cookie, _) = sign_in(&cx, store, &link).unwrap();
        let (_, token) = make_token(&maren, store, json!({"name": "till"}));
        run(&owner, store, "person.role", json!({"id": id, "role": "reader"})).unwrap();
        assert_eq!(signed_in(&cx, store, &cookie).unwrap().role, Role::Reader);
        let reader = Actor::User { id: maren.actor.number(), role: Role::Reader };
        assert_eq!(bearer(&cx, store, &token).unwrap().actor, reader);
    });
}

#[test]
fn whoever_left_is_nobody_at_once_and_may_come_back_as_somebody_new() {
    on_both(|store| {
        let cx = at(DAY);
        let (_, owner) = owner(&cx, store);
        let maren = json!({"name": "Maren", "email": "Maren@Osterlund.example"});
        let added = run(&owner, store, "person.add", maren.clone()).unwrap();
        assert_eq!(code(run(&owner, store, "person.add", maren.clone())), "access.email_taken");
        let link = added["sign_in_path"].as_str().unwrap().strip_prefix(SIGN_IN_PATH).unwrap();
        let (cookie, person) = sign_in(&cx, store, link).unwrap();
        let own = Context { actor: person.actor(), ..cx.clone() };
        let (_, token) = make_token(&own, store, json!({"name": "till"}));
        let id = json!({"id": added["id"]});
        run(&owner, store, "person.leave", id.clone()).unwrap();
        assert!(signed_in(&cx, store, &cookie).is_none());
        assert!(bearer(&cx, store, &token).is_none());
        for name in ["person.leave", "person.link"] {
            assert_eq!(code(run(&owner, store, name, id.clone())), "access.left");
        }
        let again = run(&owner, store, "person.add", maren).unwrap();
        assert_ne!(again["id"], added["id"]);
    });
}

#[test]
fn a_revoked_and_a_late_token_are_nobody() {
    on_both(|store| {
        let cx = at(DAY);
        let (_, owner) = owner(&cx, store);
        let (id, token) = make_token(&owner, store, json!({"name": "till"}));
        assert!(token.starts_with("mst_"));
        assert_eq!(bearer(&cx, store, &token).unwrap().actor, owner.actor);
        assert!(bearer(&cx, store, &token.replace("mst_", "mst_a")).is_none());
        assert!(bearer(&cx, store, &token::mint("invented")).is_none());
        let late = later(&cx, token::DAYS * 24 * 60 * session::MINUTE);
        assert!(bearer(&late, store, &token).is_none());
        run(&owner, store, "token.revoke", json!({"id": id})).unwrap();
        assert!(bearer(&cx, store, &token).is_none());
        let listed = run(&owner, store, "tokens.list", json!({})).unwrap();
        assert_eq!(listed[0]["revoked"], "2025-03-04T12:00:00Z");
        assert!(!listed.to_string().contains("mst_"));
    });
}

#[test]
fn a_token_shows_when_it_was_used_to_the_minute() {
    on_both(|store| {
        let cx = at(DAY);
        let (_, owner) = owner(&cx, store);
        let (_, token) = make_token(&owner, store, json!({"name": "till"}));
        let first = bearer(&cx, store, &token).unwrap();
        assert!(first.touch_due);
        store.write(&cx, |tx| access::touch_token(&cx, tx, &first)).unwrap();
        assert!(!bearer(&later(&cx, session::TOUCH - 1), store, &token).unwrap().touch_due);
        assert!(bearer(&later(&cx, session::TOUCH), store, &token).unwrap().touch_due);
        let listed = run(&owner, store, "tokens.list", json!({})).unwrap();
        assert_eq!(listed[0]["used"], "2025-03-04T12:00:00Z");
    });
}

#[test]
fn a_token_is_never_more_than_whoever_made_it() {
    on_both(|store| {
        let cx = at(DAY);
        let (_, owner) = owner(&cx, store);
        let (id, _, member) = add(&owner, store, "Maren", "member");
        let asked = json!({"name": "till", "role": "owner"});
        assert_eq!(code(run(&member, store, "token.add", asked.clone())), "access.token_role");
        // A program that holds a member's token of an owner asks for an owner's token.
        let lesser =
            Context { actor: Actor::User { id: owner.actor.number(), role: Role::Member }, ..cx.clone() };
        assert_eq!(code(run(&lesser, store, "token.add", asked)), "access.token_role");
        let for_other = json!({"name": "till", "person": id});
        assert_eq!(code(run(&owner, store, "token.add", for_other.clone())), "access.token_person");
        assert_eq!(code(run(&cx, store, "token.add", json!({"name": "till"}))), "access.token_person");
        let (_, token) = make_token(&cx, store, for_other);
        assert_eq!(bearer(&cx, store, &token).unwrap().actor, member.actor);
    });
}

#[test]
fn people_see_and_revoke_their_own_tokens_and_owners_revoke_anybodys() {
    on_both(|store| {
        let cx = at(DAY);
        let (_, owner) = owner(&cx, store);
        let (_, _, maren) = add(&owner, store, "Maren", "member");
        let (_, _, idris) = add(&owner, store, "Idris", "member");
        let (hers, _) = make_token(&maren, store, json!({"name": "till"}));
        let (his, _) = make_token(&idris, store, json!({"name": "desk"}));
        assert_eq!(run(&maren, store, "tokens.list", json!({})).unwrap().as_array().unwrap().len(), 1);
        assert_eq!(code(run(&maren, store, "token.revoke", json!({"id": his}))), "access.no_token");
        run(&maren, store, "token.revoke", json!({"id": hers})).unwrap();
        run(&owner, store, "token.revoke", json!({"id": his})).unwrap();
        assert_eq!(run(&cx, store, "tokens.list", json!({})).unwrap().as_array().unwrap().len(), 2);
    });
}

#[test]
fn no_row_holds_a_secret_in_clear() {
    on_both(|store| {
        let cx = at(DAY);
        let link = store.write(&cx, |tx| access::owner_link(&cx, tx)).unwrap();
        let (cookie, person) = sign_in(&cx, store, &link).unwrap();
        let owner = Context { actor: person.actor(), ..cx.clone() };
        let csrf = signed_in(&cx, store, &cookie).unwrap().csrf;
        let (_, invitation, _) = add(&owner, store, "Maren", "member");
        let (_, token) = make_token(&owner, store, json!({"name": "till"}));
        let input = json!({"token": token, "note": format!("see {token}"), "password": "correct horse"});
        note(&owner, store, "facts.record", &input);
        let cells = store::every_cell(&cx, store);
        assert!(cells.contains("Maren") && cells.contains("facts.record"));
        for secret in [&link, &cookie, &csrf, &invitation, &token, &"correct horse".to_owned()] {
            assert!(!cells.contains(secret.as_str()), "{secret} stands in {cells}");
            assert!(!cells.contains(&access::secret::hex(secret.as_bytes())));
        }
    });
}

fn note(cx: &Context, store: &Store, operation: &str, input: &Value) {
    let entry = Entry {
        via: "page",
        operation,
        subject: "acc_x7Kq2",
        accounts: &[7, 3],
        input,
        outcome: Outcome::Done,
    };
    store.write(cx, |tx| access::record(cx, tx, &entry)).unwrap();
}

/// An audit of five entries.
fn five(cx: &Context, store: &Store) -> Checkpoint {
    for n in 1..=5 {
        note(&later(cx, n), store, "account.add", &json!({"name": format!("Client {n}")}));
    }
    store.read(cx, access::head).unwrap()
}

fn verify(cx: &Context, store: &Store, known: Option<Checkpoint>) -> Verdict {
    store.read(cx, |tx| access::verify(tx, known)).unwrap()
}

fn broken_at(verdict: Verdict) -> Option<i64> {
    match verdict {
        Verdict::Whole { .. } => None,
        Verdict::Broken { serial, .. } => Some(serial),
    }
}

#[test]
fn the_chain_is_whole_when_nobody_touched_it() {
    on_both(|store| {
        let cx = at(DAY);
        let empty = Verdict::Whole { entries: 0, forgotten: 0, head: Checkpoint::BEGIN };
        assert_eq!(verify(&cx, store, None), empty);
        let head = five(&cx, store);
        let whole = Verdict::Whole { entries: 5, forgotten: 0, head };
        assert_eq!(verify(&cx, store, None), whole);
        assert_eq!(verify(&cx, store, Some(head)), whole);
    });
}

#[test]
fn the_chain_is_whole_when_many_write_at_the_same_moment() {
    on_both(|store| {
        let cx = at(DAY);
        std::thread::scope(|scope| {
            (0..4).for_each(|_| drop(scope.spawn(|| five(&cx, store))));
        });
        assert!(matches!(verify(&cx, store, None), Verdict::Whole { entries: 20, .. }));
    });
}

#[test]
fn the_chain_shows_every_changed_removed_and_inserted_entry() {
    for (sql, serial) in store::TAMPERINGS {
        on_both(|store| {
            let cx = at(DAY);
            five(&cx, store);
            store::tamper(&cx, store, sql);
            assert_eq!(broken_at(verify(&cx, store, None)), Some(*serial), "{sql}");
            assert_eq!(run(&cx, store, "audit.verify", json!({})).unwrap()["whole"], false);
        });
    }
}

#[test]
fn a_cut_off_end_shows_against_a_checkpoint_and_at_the_next_entry() {
    on_both(|store| {
        let cx = at(DAY);
        let head = five(&cx, store);
        store::tamper(&cx, store, store::CUT);
        assert_eq!(broken_at(verify(&cx, store, None)), None);
        assert_eq!(broken_at(verify(&cx, store, Some(head))), Some(5));
        note(&cx, store, "account.add", &Value::Null);
        assert_eq!(broken_at(verify(&cx, store, None)), Some(6));
    });
}

#[test]
fn a_chain_written_anew_shows_against_a_checkpoint() {
    on_both(|store| {
        let cx = at(DAY);
        let head = five(&cx, store);
        let other = Checkpoint { hash: access::secret::digest("another", "chain"), ..head };
        assert_eq!(broken_at(verify(&cx, store, Some(other))), Some(5));
        let text = json!({"checkpoint": other.write(&cx.codes)});
        assert_eq!(
            run(&cx, store, "audit.verify", text).unwrap()["broken_at"],
            cx.codes.write(access::EntryId::new(5))
        );
    });
}

#[test]
fn what_was_asked_for_can_be_forgotten_and_the_chain_still_holds() {
    on_both(|store| {
        let cx = at(DAY);
        let head = five(&cx, store);
        assert_eq!(store.write(&cx, |tx| access::forget(tx, "acc_x7Kq2")).unwrap(), 5);
        assert_eq!(verify(&cx, store, Some(head)), Verdict::Whole { entries: 5, forgotten: 5, head });
        assert!(!store::every_cell(&cx, store).contains("Client"));
    });
}

#[test]
fn a_refused_change_leaves_no_entry_and_no_gap() {
    on_both(|store| {
        let cx = at(DAY);
        five(&cx, store);
        let refused = store.write(&cx, |tx| {
            let input = &Value::Null;
            let entry = Entry {
                via: "api",
                operation: "x",
                subject: "",
                accounts: &[],
                input,
                outcome: Outcome::Done,
            };
            access::record(&cx, tx, &entry)?;
            Err::<(), _>(Problem::conflict("test.refused", "it was refused"))
        });
        assert_eq!(code(refused), "test.refused");
        note(&cx, store, "account.add", &Value::Null);
        assert!(matches!(verify(&cx, store, None), Verdict::Whole { entries: 6, .. }));
    });
}

#[test]
fn a_signed_link_holds_until_it_is_altered_and_its_key_is_nowhere_outside() {
    on_both(|store| {
        let cx = at(DAY);
        let read = |purpose: &str, token: &str| {
            let found =
                store.read(&cx, |tx| Ok(access::signed_payload(tx, purpose, token)?.map(str::to_owned)));
            found.unwrap()
        };
        assert_eq!(read("preference", "1.acc_x7Kq2.seal"), None, "without a key there is no link");
        let sign =
            |payload: &str| store.write(&cx, |tx| access::sign(&cx, tx, "preference", payload)).unwrap();
        let token = sign("acc_x7Kq2-line_p0Zq1");
        assert_eq!(token, sign("acc_x7Kq2-line_p0Zq1"), "one key, one link");
        assert_eq!(read("preference", &token).as_deref(), Some("acc_x7Kq2-line_p0Zq1"));
        assert_eq!(read("survey", &token), None);
        let last = if token.ends_with('a') { "b" } else { "a" };
        let altered = [
            token.replace("x7Kq2", "x7Kq3"),
            token.replacen('1', "2", 1),
            format!("{}{last}", &token[..token.len() - 1]),
            token[..token.len() - 1].to_owned(),
            format!("{token}."),
            String::new(),
            "..".to_owned(),
        ];
        for altered in altered {
            assert_eq!(read("preference", &altered), None, "{altered:?}");
        }
        let secrets = access::store::TABLES.iter().find(|table| table.name == "house_key").unwrap();
        assert_eq!((secrets.class, secrets.canonical), (::store::DataClass::Secret, false));
    });
}
