//! What holds for all components together: snapshots, escaping, classes, tokens, and what pages must not contain.

use std::collections::BTreeSet;

use crate::{assets::SOURCE, gallery, *};

/// Text that would do harm if it were not escaped.
const HOSTILE: &str = "<script>x</script>\" onload=\"x\" '&amp;";

/// One element a line, so that a change shows where it is.
fn lines(markup: &Markup) -> String {
    markup.0.replace("><", ">\n<")
}

#[test]
fn each_component_looks_as_it_did() {
    for (name, markup) in gallery::samples() {
        insta::assert_snapshot!(name, lines(&markup));
    }
}

#[test]
fn each_page_looks_as_it_did() {
    for sample in gallery() {
        if sample.name == "components" {
            continue;
        }
        let page = assets().iter().fold(lines(&sample.page), |page, asset| page.replace(&asset.hash, "HASH"));
        insta::assert_snapshot!(format!("page_{}", sample.name), page);
    }
}

#[test]
fn hostile_text_stays_text() {
    for markup in hostile() {
        let page = markup.into_string();
        assert!(!page.contains("<script"), "{page}");
        assert!(!page.contains("\" onload=\""), "{page}");
        assert!(page.contains("&lt;script&gt;") && page.contains("&amp;amp;"), "{page}");
    }
}

/// Every component that takes text, given hostile text wherever it takes some.
fn hostile() -> Vec<Markup> {
    let text = || Text::from(HOSTILE);
    let field = Field::text(HOSTILE, HOSTILE).value(HOSTILE).hint(HOSTILE).placeholder(HOSTILE);
    let choice = Field::select(HOSTILE, HOSTILE, vec![Choice::new(HOSTILE, HOSTILE)]);
    let answer = [Answer { value: text(), text: text(), count: None, on: true }];
    let place = Place { name: text(), href: text(), count: Some(text()), ..Place::default() };
    let me = Me {
        id: text(),
        name: text(),
        href: Some(text()),
        sign_out: text(),
        hidden: hidden(HOSTILE, HOSTILE),
    };
    let notice = Some(html! { (text()) });
    let shell = Shell {
        house: text(),
        me: Some(me),
        places: vec![(text(), vec![place])],
        help: text(),
        at: text(),
        notice,
    };
    let line = || Contribution::new(HOSTILE, -1, HOSTILE);
    vec![
        html! { @let page = shell.page(HOSTILE, &html! {}).0; (PreEscaped(without_script(&page))) },
        Head { title: text(), ..Head::default() }.render(),
        Button::link(HOSTILE, HOSTILE).render(),
        Button::submit(HOSTILE).sends(HOSTILE, HOSTILE).render(),
        Mark::new(Sign::Client, HOSTILE).render(),
        Tag::firm(HOSTILE).render(),
        field.error(Some(HOSTILE)).render(),
        choice.render(),
        Checks::any(HOSTILE, HOSTILE).answer(HOSTILE, HOSTILE, HOSTILE, true).error(Some(HOSTILE)).render(),
        Field::area(HOSTILE, HOSTILE).value(HOSTILE).bare().render(),
        Pick::any(HOSTILE, HOSTILE, &answer).render(),
        Filters { action: text(), keep: vec![(text(), text())], ..Filters::default() }.render(),
        Tabs { label: text(), tabs: vec![Tab { text: text(), href: text(), ..Tab::default() }] }.render(),
        Table::plain(HOSTILE)
            .columns([Column::new(HOSTILE).sort(HOSTILE, None)])
            .rows([Row::new([Cell::new(HOSTILE).label(HOSTILE), Cell::pick(HOSTILE, HOSTILE)])])
            .render(),
        who(HOSTILE, HOSTILE),
        Pager { label: text(), range: text(), previous: Some(text()), next: None }.render(),
        Entry::new(HOSTILE, HOSTILE, HOSTILE).when.render(),
        Contributions {
            first: line(),
            lines: vec![line()],
            strength: None,
            reach: reach([]),
            ends: (text(), text()),
        }
        .render(),
        Step::later(HOSTILE, HOSTILE).into_steps(),
        Progress { label: text(), unit: text(), note: text(), source: Some(text()), ..Progress::default() }
            .render(),
        dropped(HOSTILE, HOSTILE, HOSTILE, &html! {}),
        Counts { counts: vec![Count::new(1, HOSTILE)] }.render(),
        Note::bad(HOSTILE).render(),
        Nothing { sentence: text(), act: None }.render(),
        lost(&kernel::Problem::not_found("a.b", HOSTILE), &html! {}),
        Toast { id: "x", text: text(), act: None }.render(),
        Handout { id: "x", label: text(), value: text() }.render(),
        Group::new(HOSTILE, "").render(),
        terms(&[(HOSTILE, html! {})]),
    ]
}

impl Step<'_> {
    fn into_steps(self) -> Markup {
        Steps { steps: vec![self] }.render()
    }
}

/// A document without the one script that the shell itself asks for.
fn without_script(page: &str) -> String {
    page.replacen("<script type=\"module\"", "<module", 1)
}

#[test]
fn every_class_of_the_markup_is_in_the_stylesheet_and_the_other_way_round() {
    let styled = classes_of_css(SOURCE);
    let mut used: BTreeSet<String> = ["over", "keys", "palette"].map(str::to_owned).into();
    for sample in gallery() {
        used.extend(attributes(&sample.page.0, "class").flat_map(|all| all.split(' ')).map(str::to_owned));
    }
    let without_style: Vec<_> = used.difference(&styled).collect();
    let without_use: Vec<_> = styled.difference(&used).collect();
    assert!(without_style.is_empty(), "classes without a style: {without_style:?}");
    assert!(without_use.is_empty(), "styles without a component: {without_use:?}");
}

/// The values of an attribute, in order.
fn attributes<'a>(page: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let opening = format!(" {name}=\"");
    page.split(&opening).skip(1).filter_map(|rest| rest.split('"').next()).collect::<Vec<_>>().into_iter()
}

/// The names after a dot in selectors.
fn classes_of_css(css: &str) -> BTreeSet<String> {
    let selectors = css.split(['{', '}', ';']).filter(|part| !part.contains(": ") || part.contains(":is("));
    let words = selectors.flat_map(|part| part.split('.').skip(1));
    words
        .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect::<String>())
        .filter(|word| word.starts_with(|c: char| c.is_alphabetic()))
        .collect()
}

#[test]
fn components_read_tokens_and_know_no_colour_and_no_side() {
    let (tokens, components) = SOURCE.split_once("/* What browsers disagree").unwrap();
    for word in components.split([' ', '(', ',', ';', ':', ')']).filter(|word| word.starts_with("--")) {
        let owns = ["--rail-w", "--pick"].contains(&word);
        assert!(owns || tokens.contains(&format!("{word}:")), "{word} is not a token");
    }
    for literal in ["#", "rgb(", "hsl(", "oklch(", "oklab(", "light-dark("] {
        assert!(!components.contains(literal), "a literal colour: {literal}");
    }
    for value in components.split([' ', ';', ',', '(', ')', '\n']) {
        assert!(!["black", "white", "red", "gray", "grey", "green", "blue"].contains(&value), "{value}");
    }
    for side in ["-left", "-right", " left:", " right:", "text-align: left", "text-align: right"] {
        assert!(!components.contains(side), "{side} does not turn with the script");
    }
}

#[test]
fn pages_keep_the_content_security_policy_and_tie_what_belongs_together() {
    for sample in gallery() {
        let page = sample.page.0;
        // No script but from our own files: one for every page, more only where a component asks for its own.
        let own = page.matches(r#"<script type="module" src="/assets/"#).count();
        assert!(own == 1 || sample.name == "components", "{}", sample.name);
        assert_eq!(page.matches("<script").count(), own, "{}", sample.name);
        assert!(!page.contains(" style=") && !page.contains("<style"), "{}", sample.name);
        assert!(!page.contains(" onclick") && !page.contains("javascript:"), "{}", sample.name);
        assert_eq!(page.matches("<h1").count(), 1, "{}", sample.name);
        let ids: Vec<_> = attributes(&page, "id").collect();
        let names: BTreeSet<_> = ids.iter().copied().collect();
        assert_eq!(ids.len(), names.len(), "{}: an id twice among {ids:?}", sample.name);
        let ties = attributes(&page, "for").chain(attributes(&page, "aria-describedby"));
        for id in ties.flat_map(|ids| ids.split(' ')) {
            assert!(names.contains(id), "{}: nothing is called {id}", sample.name);
        }
    }
}

#[test]
fn a_list_row_stays_small() {
    let cells =
        [Cell::pick("r1", "Select Wick Textiles"), Cell::who(who("Wick Textiles", "/accounts/acc_x7Kq2"))];
    let scale = Scale::new(Sign::Client, Some(Strength::of_ppm(740_000)));
    let row = Row::new(
        cells.into_iter().chain([Cell::scale(scale), Cell::mark(Mark::new(Sign::Client, "Client"))]),
    );
    let list = Table::list("Rows").rows([row]).render().into_string();
    assert!(list.len() < 900, "{}", list.len());
}
