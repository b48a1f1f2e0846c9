//! An order, an invoice and a payment recorded by hand, from the page of an account.

use serde_json::json;

use super::world::{TODAY, get, in_the_world, send};

#[test]
fn an_order_an_invoice_and_a_payment_are_recorded_by_hand() {
    in_the_world(|store| {
        let cx = testkit::owner(TODAY);
        let new = || serde_json::from_value(json!({ "name": "Rook <b>" })).unwrap();
        let id = store.write(&cx, |tx| accounts::ops::add(&cx, tx, new())).unwrap().id;
        let at = |noun: &str| format!("/accounts/{id}/{noun}");
        let form = get(store, &cx, &at("orders/new")).unwrap().body;
        assert!(form.contains("Rook &lt;b&gt;") && form.contains(&format!("value=\"{TODAY}\"")), "{form}");

        let order = |on: &'static str, amount: &'static str| {
            [
                ("line", "Shop"),
                ("number", "1001"),
                ("on", on),
                ("currency", "eur"),
                ("what1", "Kettle <i>"),
                ("amount1", amount),
                ("what2", "Lid"),
                ("amount2", "4.00"),
            ]
        };
        let refused = send(store, &cx, &at("orders"), &order("2025-03-04", "many")).unwrap_err();
        assert!(refused.contains("value=\"many\"") && refused.contains("Kettle &lt;i&gt;"), "{refused}");
        let refused = send(store, &cx, &at("orders"), &order("in March", "38.00")).unwrap_err();
        assert!(refused.contains("aria-invalid") && refused.contains("value=\"in March\""), "{refused}");
        let lines =
            || store.read(&cx, |tx| accounts::ops::lines(&cx, tx, accounts::ops::Nothing {})).unwrap();
        assert!(lines().is_empty(), "what is refused makes no service line");
        let to = send(store, &cx, &at("orders"), &order("2025-03-04", "38.00")).unwrap();
        assert_eq!(to, format!("/accounts/{id}#timeline"));
        let figures = get(store, &cx, "/figures").unwrap().body;
        assert!(figures.contains("42.00"), "both lines, of one order: {figures}");

        let invoice = [
            ("line", "Shop"),
            ("number", "R-1"),
            ("issued", "2025-03-05"),
            ("amount", "50.40"),
            ("currency", "EUR"),
            ("order", "1001"),
        ];
        assert_eq!(send(store, &cx, &at("invoices"), &invoice).unwrap(), format!("/accounts/{id}#bills"));
        let blank = [("line", "Shop"), ("on", "2025-03-20"), ("amount", "50.40"), ("currency", "EUR")];
        let refused = send(store, &cx, &at("payments"), &blank).unwrap_err();
        assert!(refused.contains("has to be filled in"), "{refused}");
        let payment: Vec<_> = blank.into_iter().chain([("number", "p-81"), ("invoice", "R-1")]).collect();
        assert_eq!(send(store, &cx, &at("payments"), &payment).unwrap(), format!("/accounts/{id}#bills"));

        let bills = get(store, &cx, &at("bills")).unwrap().body;
        assert!(
            bills.contains("R-1") && bills.contains("p-81") && bills.contains("Nothing is owed"),
            "{bills}"
        );
        let added = get(store, &cx, "/figures/bills").unwrap().body;
        assert!(added.contains("What was billed, by currency") && added.contains("50.40"), "{added}");
        let accounts = store.read(&cx, |tx| accounts::store::named(&cx, tx, "", 9)).unwrap();
        assert_eq!(accounts.len(), 1, "the account at hand is meant, and no other is made");
    });
}
