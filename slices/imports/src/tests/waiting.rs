//! What waits for a person on the page of today: every file that does, however old, and those that came together as one.

use slice::Visit;

use super::world::{ORDERS, World, in_both, owner};
use crate::{
    ops::{change, halt, parts},
    pages::today::due,
};

/// What a file that waits leads to, the newest first, and where the rest is.
fn waits(world: &World) -> (Vec<String>, Option<String>) {
    let cx = owner();
    let visit = Visit {
        cx: &cx,
        parts: Default::default(),
        query: Default::default(),
        form: Default::default(),
        house: "http://localhost:8000".into(),
        csrf: "",
        slices: &[],
        panels: &[],
        finders: &[],
        agendas: &[],
        consequences: &[],
    };
    let due = world.house.store.read(&cx, |tx| due(&visit, tx)).unwrap();
    let place = |act: String| {
        let from = act.split("href=\"").nth(1).unwrap();
        from.split('"').next().unwrap().to_owned()
    };
    let places = due.matters.into_iter().map(|matter| place(matter.act.into_string()));
    (places.collect(), due.rest.map(|(_, place)| place))
}

/// Orders of another month, so that no two files are the same.
fn month(n: usize) -> String {
    ORDERS.replace("100", &format!("{n}00"))
}

#[test]
fn a_file_that_waits_behind_many_that_are_in_is_shown() {
    in_both(|world| {
        let old = world.receive("waits.csv", month(9).as_bytes());
        for n in 10..21 {
            world.bring_in(&format!("{n}.csv"), month(n).as_bytes());
        }
        assert_eq!(waits(world), (vec![format!("/imports/{old}")], None));
        world.ask(&old, change::discard).unwrap();
        assert_eq!(waits(world), (Vec::new(), None));

        let ids: Vec<_> = (30..41).map(|n| world.receive("more.csv", month(n).as_bytes())).collect();
        let newest: Vec<_> = ids.iter().rev().take(10).map(|id| format!("/imports/{id}")).collect();
        assert_eq!(waits(world), (newest, Some("/imports".to_owned())));
        world.ask(&ids[0], change::discard).unwrap();
        assert_eq!((waits(world).0.len(), waits(world).1), (10, None));
    });
}

#[test]
fn files_that_came_together_wait_as_one_and_what_is_left_out_waits_for_nobody() {
    in_both(|world| {
        let [one, two, three] = [50, 60, 70].map(month);
        let ids = world.receive_all(&[("one.csv", one), ("two.csv", two), ("three.csv", three)]);
        ids.iter().for_each(|id| world.say_currency(id));
        let all = vec![format!("/imports/{}/parts", ids[0])];
        assert_eq!(waits(world), (all.clone(), None));
        // The others wait on where the first one is left out.
        world.ask(&ids[0], parts::leave_out).unwrap();
        assert_eq!(waits(world), (all.clone(), None));
        world.ask(&ids[0], change::ask_plan).unwrap();
        assert_eq!(waits(world), (Vec::new(), None), "nothing waits while they are counted");
        world.work("import.plan", &ids[0]);
        assert_eq!(waits(world), (all.clone(), None));
        world.ask(&ids[0], change::ask_run).unwrap();
        world.ask(&ids[0], halt::pause).unwrap();
        assert_eq!(waits(world), (all, None));
        world.ask(&ids[0], halt::resume).unwrap();
        world.work("import.run", &ids[0]);
        assert_eq!(world.view(&ids[0]).state, "received");
        assert_eq!(waits(world), (Vec::new(), None));
    });
}
