//! The document: skip link, rail with its places, menu for phones, main column, page head.

use maud::{DOCTYPE, Markup, Render};
use speech::{html, say};

use crate::{Address, Text, assets, words};

/// What stands around every page of a signed-in person.
#[derive(Clone, Debug, Default)]
pub struct Shell<'a> {
    /// The name of the business.
    pub house: Text<'a>,
    /// Who is signed in.
    pub me: Option<Me<'a>>,
    /// The groups of places in the rail, each with its label.
    pub places: Vec<(Text<'a>, Vec<Place<'a>>)>,
    /// Where help on this screen stands; empty where there is none.
    pub help: Text<'a>,
    /// The address of the page, where there is something to do with what it is about.
    pub at: Text<'a>,
    /// What holds for every page, and a reader should know first.
    pub notice: Option<Markup>,
}

/// The signed-in person, at the foot of the rail.
#[derive(Clone, Debug)]
pub struct Me<'a> {
    /// Their id: what this tab keeps for one person is not shown to another.
    pub id: Text<'a>,
    /// How they are called.
    pub name: Text<'a>,
    /// Their own page, where there is one.
    pub href: Option<Text<'a>>,
    /// Where the form that signs out posts to.
    pub sign_out: Text<'a>,
    /// The hidden fields that every form of this session carries.
    pub hidden: Markup,
}

/// A screen in the rail.
#[derive(Clone, Debug, Default)]
pub struct Place<'a> {
    /// Its name.
    pub name: Text<'a>,
    /// Its address.
    pub href: Text<'a>,
    /// How many things stand there, where that is worth saying.
    pub count: Option<Text<'a>>,
    /// Whether the page is this screen.
    pub current: bool,
    /// The letter that goes there after `g`.
    pub key: Option<char>,
}

impl Shell<'_> {
    /// The whole page: `title` for the window, `body` for the main column.
    pub fn page(&self, title: &str, body: &Markup) -> Markup {
        document(
            title,
            &html! {
                a .skip href="#main" { "Skip to content" }
                div .shell {
                    (self.rail())
                    main .main id="main" tabindex="-1" {
                        @if let Some(notice) = &self.notice { aside .notice aria-label="About this house" { (notice) } }
                        (body)
                    }
                }
            },
        )
    }

    fn rail(&self) -> Markup {
        html! {
            header .rail {
                (brand("/"))
                p .house { (self.house) }
                @if self.me.is_some() {
                    @let find = Address::new("/find").with("at", (!self.at.is_empty()).then_some(&*self.at)).write();
                    a .find href=(find) data-find aria-keyshortcuts="Control+K Meta+K" {
                        span { "Find" span .sr { " or do anything" } } kbd aria-hidden="true" { "Ctrl K" }
                    }
                }
                (self.groups(""))
                details .menu {
                    summary { "Menu" }
                    div { (self.groups(&say!(", menu"))) (self.foot()) }
                }
                (self.foot())
            }
        }
    }

    fn groups(&self, suffix: &str) -> Markup {
        html! {
            @for (label, places) in &self.places {
                nav .nav aria-label={ (label) (suffix) } { @for place in places { (place) } }
            }
        }
    }

    fn foot(&self) -> Markup {
        html! {
            @if let Some(me) = &self.me {
                div .me data-me=(me.id) {
                    @if let Some(href) = &me.href { a href=(href) { (me.name) } } @else { span { (me.name) } }
                    form method="post" action=(me.sign_out) {
                        (me.hidden)
                        button .plain { "Sign out" }
                    }
                    @if !self.help.is_empty() { a href=(self.help) { "Help" } }
                    button .plain type="button" data-keys hidden { "Keyboard " kbd { "?" } }
                }
            }
        }
    }
}

impl Render for Place<'_> {
    fn render(&self) -> Markup {
        html! {
            a href=(self.href) aria-current=[self.current.then_some("page")] data-go=[self.key] {
                (self.name)
                @if let Some(count) = &self.count { " " span { (count) } }
            }
        }
    }
}

/// A page without a rail, in the middle of the window: sign-in and first steps.
pub fn centred(title: &str, house: &str, body: &Markup) -> Markup {
    document(
        title,
        &html! {
            main .centre {
                div .sign {
                    p .brand { (logo()) "Mainstay" }
                    h1 { (house) }
                    (body)
                }
            }
        },
    )
}

/// The document around any body.
fn document(title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(speech::language().code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · Mainstay" }
                link rel="stylesheet" href=(assets::stylesheet());
                link rel="icon" type="image/svg+xml" href=(assets::icon());
                script type="module" src=(assets::script()) {}
            }
            body { (body) (words::of_scripts()) }
        }
    }
}

fn brand(href: &str) -> Markup {
    html! { a .brand href=(href) { (logo()) "Mainstay" } }
}

/// The two shapes of the house: a moment and a stay.
fn logo() -> Markup {
    html! {
        svg viewBox="0 0 22 8" aria-hidden="true" {
            circle cx="4" cy="4" r="4" {}
            path d="M11 1h11v6H11z" {}
        }
    }
}

/// The head of a page: trail, title, one sentence, acts.
#[derive(Clone, Debug, Default)]
pub struct Head<'a> {
    /// The title.
    pub title: Text<'a>,
    /// What stands beside the title: the link that edits it, or below it: its form.
    pub edit: Option<Markup>,
    /// Where one came from: links.
    pub trail: Option<Markup>,
    /// One sentence that answers.
    pub lead: Option<Markup>,
    /// The acts of the page, the main one last.
    pub acts: Option<Markup>,
    /// Whether the page is a narrow one.
    pub narrow: bool,
}

impl Render for Head<'_> {
    fn render(&self) -> Markup {
        html! {
            div .head .narrow[self.narrow] {
                div {
                    @if let Some(trail) = &self.trail { p .trail { (trail) } }
                    @match &self.edit {
                        Some(edit) => { div .titled { h1 { (self.title) } (edit) } },
                        None => { h1 { (self.title) } },
                    }
                    @if let Some(lead) = &self.lead { p { (lead) } }
                }
                @if let Some(acts) = &self.acts { div .acts { (acts) } }
            }
        }
    }
}
