//! What the scripts say: it stands in the page, so that they say it in the language of the page.

use maud::Markup;
use speech::{html, say};

/// An element that shows nothing and has each text of the scripts by its name: `document.getElementById("words").dataset`.
pub(crate) fn of_scripts() -> Markup {
    html! {
        template id="words" data-keyboard=(say!("Keyboard")) data-control=(say!("Control")) data-lines=(say!("Next and previous line"))
            data-pick=(say!("Pick the line")) data-within=(say!("Search in this list")) data-sheet=(say!("This sheet"))
            data-on=(say!("Turn single keys on")) data-off=(say!("Turn single keys off")) data-close=(say!("Close"))
            data-lately=(say!("Seen lately")) data-here=(say!("On this page"))
            data-foot=(say!("↑ ↓ choose   ↵ open   Esc close")) data-listed=(say!("Found")) data-more=(say!("Search"))
            data-all=(say!("All that has “{typed}”", typed = "{}")) data-changed=(say!("This was changed since you began to write here."))
            data-typed=(say!("Show what you had typed")) data-discard=(say!("Discard")) data-restored=(say!("Restored what you had typed."))
            data-since=(say!("It was changed since; both are shown when you keep it.")) {}
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_text_is_said_by_a_script_and_each_that_a_script_says_is_there() {
        let names = |text: &str, before: &str| -> BTreeSet<String> {
            let letters = |rest: &str| rest.chars().take_while(char::is_ascii_lowercase).collect();
            text.split(before).skip(1).map(letters).collect()
        };
        let scripts = &crate::assets()[1].body;
        assert_eq!(names(&of_scripts().into_string(), " data-"), names(scripts, "said."));
    }
}
