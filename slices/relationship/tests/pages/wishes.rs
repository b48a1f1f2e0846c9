//! What they want: nothing is noted by mistake, what was noted is told at once, and can be taken back.

use slice::Reply;

use super::{
    came::osterlund,
    world::{get, in_the_world, post},
};

const NOON: &str = "2025-06-02";

fn went(reply: Reply) -> String {
    match reply {
        Reply::Go(address) => address,
        Reply::Page { body, .. } => panic!("refused: {}", body.into_string()),
        _ => panic!("neither a page nor a way on"),
    }
}

#[test]
fn nothing_stands_in_the_form_where_nobody_said_anything() {
    in_the_world(|store| {
        let id = osterlund(store);
        let cx = testkit::owner(NOON);
        let address = format!("/relationships/{id}/preference");
        let form = get(store, &cx, &address).unwrap().body;
        assert!(form.contains("<option value=\"\" selected>Choose</option>"), "{form}");
        assert!(form.matches("required").count() == 2, "both have to be chosen: {form}");
        let noting = format!("/relationships/{id}/preferences");
        let Reply::Page { body, .. } = post(store, &cx, &noting, &[("says", ""), ("how", "")]).unwrap()
        else {
            panic!("it was noted")
        };
        assert!(body.into_string().contains("Nothing was stated yet"));

        let said = [("says", "renewals_only"), ("how", "telephone")];
        let noted = get(store, &cx, &went(post(store, &cx, &noting, &said).unwrap())).unwrap().body;
        assert!(noted.contains("Noted: Renewals only"), "{noted}");
        assert!(noted.matches(">Take it back</a>").count() == 2, "{noted}");
        assert!(
            noted.contains("<option value=\"renewals_only\" selected>"),
            "what holds stands there: {noted}"
        );
        let later = get(store, &cx, &address).unwrap().body;
        assert!(!later.contains("Noted:") && later.contains("Take it back"), "{later}");
        let reader = get(store, &testkit::reader(NOON), &address).unwrap().body;
        assert!(!reader.contains("Take it back"), "{reader}");
    });
}

#[test]
fn their_link_is_a_whole_address() {
    in_the_world(|store| {
        let id = osterlund(store);
        let cx = testkit::owner(NOON);
        let shown = post(store, &cx, &format!("/relationships/{id}/preference/links"), &[]).unwrap();
        let Reply::Once { body, .. } = shown else { panic!("not shown once") };
        let body = body.into_string();
        assert!(body.contains("value=\"http://localhost:8000/preferences/1."), "{body}");
        assert!(body.contains("data-copy=\"their-link\""), "{body}");
    });
}
