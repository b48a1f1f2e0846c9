//! Behind a wall, only its members see an account; to everybody else it does not exist.

use kernel::Role;
use serde_json::{Value, json};
use store::Store;

use crate::{account, code, on_both, person, run};

fn code_of(id: i64) -> Value {
    json!(testkit::at(crate::DAY).codes.write(access::PersonId::new(id)))
}

fn answers(store: &Store, cx: &kernel::Context, id: &str) -> Vec<Result<Value, &'static str>> {
    let goal = json!([{ "kind": "goal", "on": "2025-01-01" }]);
    let fact = cx.codes.write(timeline::FactId::new(1));
    [
        ("account.view", json!({ "id": id })),
        ("account.history", json!({ "id": id })),
        ("facts.record", json!({ "id": id, "facts": goal })),
        ("fact.withdraw", json!({ "id": id, "fact": fact, "reason": "wrong" })),
        ("account.wall", json!({ "id": id, "people": [] })),
    ]
    .map(|(name, input)| run(cx, store, name, input).map_err(|refusal| refusal.code))
    .into()
}

#[test]
fn only_members_see_an_account_behind_a_wall_whatever_their_role() {
    on_both(|store| {
        let (maren, idris, owner) = (person(1, Role::Owner), person(2, Role::Member), person(3, Role::Owner));
        let id = account(store, "Osterlund Marine");
        let goal = json!([{ "kind": "goal", "on": "2025-01-01" }]);
        run(&maren, store, "facts.record", json!({ "id": id, "facts": goal })).unwrap();
        let people = [code_of(1), code_of(2), code_of(2)];
        run(&maren, store, "account.wall", json!({ "id": id, "people": people })).unwrap();
        assert_eq!(answers(store, &owner, &id), vec![Err("accounts.no_account"); 5]);
        let nobody = maren.codes.write(timeline::AccountId::new(4_711));
        assert_eq!(answers(store, &owner, &nobody), answers(store, &owner, &id), "the answer is the same");
        let seen = answers(store, &idris, &id);
        assert!(seen[..4].iter().all(Result::is_ok), "{seen:?}");
        assert_eq!(seen[4], Err("access.forbidden"));
        run(&testkit::at(crate::DAY), store, "account.view", json!({ "id": id })).unwrap();
        run(&maren, store, "account.wall", json!({ "id": id, "people": [] })).unwrap();
        run(&owner, store, "account.view", json!({ "id": id })).unwrap();
    });
}

#[test]
fn an_owner_cannot_wall_himself_out() {
    on_both(|store| {
        let maren = person(1, Role::Owner);
        let id = account(store, "Osterlund Marine");
        let out = run(&maren, store, "account.wall", json!({ "id": id, "people": [code_of(2)] }));
        assert_eq!(code(out), "accounts.walled_out");
        run(&person(2, Role::Member), store, "account.view", json!({ "id": id })).unwrap();
        let stranger = run(&maren, store, "account.wall", json!({ "id": id, "people": ["per_nobody"] }));
        assert_eq!(code(stranger), "id.unknown");
    });
}
