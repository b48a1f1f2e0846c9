//! Timeline: a dot for what happened, a bar for what began to last, the source below; a run of the same is folded.

use maud::{Markup, Render};
use speech::{html, say, tell};

/// So many of the same in a row are folded.
const RUN: usize = 4;

/// What happened, the newest first.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    /// The entries.
    pub entries: Vec<Entry>,
}

/// One entry.
#[derive(Clone, Debug)]
pub struct Entry {
    /// When: a `time` element.
    pub when: Markup,
    /// What, as a sentence.
    pub what: Markup,
    /// Where it is known from.
    pub source: Markup,
    /// Whether it began to last.
    pub lasts: bool,
    /// The name that a link on this page goes to.
    pub id: Option<String>,
    /// Earlier ones of the same, which stand folded below it, the newest first.
    pub folded: Vec<Entry>,
}

impl Entry {
    /// Something that happened.
    pub fn new(when: impl Render, what: impl Render, source: impl Render) -> Entry {
        let (when, what, source) = (when.render(), what.render(), source.render());
        Entry { when, what, source, lasts: false, id: None, folded: Vec::new() }
    }

    /// Something that began to last.
    #[must_use]
    pub fn lasting(self) -> Entry {
        Entry { lasts: true, ..self }
    }

    fn line(&self) -> Markup {
        html! {
            li class=[self.lasts.then_some("span")] id=[&self.id] {
                (self.when)
                div {
                    p { (self.what) } p .src { (self.source) }
                    @if let Some(last) = self.folded.last() {
                        details .run {
                            summary { (say!("{n} more before it" | "{n} more before it" % self.folded.len())) ", " (tell!("back to {}", last.when)) span .chev {} }
                            ol .time { @for entry in &self.folded { (entry.line()) } }
                        }
                    }
                }
            }
        }
    }
}

/// Folds what happened again and again: of entries in a row that are alike, the newest stays and the others stand below it.
/// What is like nothing else (no key) is never folded.
pub fn folded<K: PartialEq>(entries: impl IntoIterator<Item = (Option<K>, Entry)>) -> Vec<Entry> {
    let mut runs: Vec<(Option<K>, Vec<Entry>)> = Vec::new();
    for (key, entry) in entries {
        match runs.last_mut() {
            Some((last, run)) if key.is_some() && *last == key => run.push(entry),
            _ => runs.push((key, vec![entry])),
        }
    }
    let mut all = Vec::new();
    for (_, mut run) in runs {
        if run.len() < RUN {
            all.append(&mut run);
        } else {
            let folded = run.split_off(1);
            all.extend(run.into_iter().map(|newest| Entry { folded: folded.clone(), ..newest }));
        }
    }
    all
}

impl Render for Timeline {
    fn render(&self) -> Markup {
        html! {
            ol .time data-rows {
                @for entry in &self.entries { (entry.line()) }
            }
        }
    }
}
