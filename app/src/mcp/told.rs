//! What an assistant is told: the JSON of REST, once as structure and once as text in which nothing hides.

use rmcp::model::{CallToolResult, ContentBlock};
use serde_json::Value;

use super::call::Stopped;

/// An answer.
pub(super) fn answer(value: Value) -> CallToolResult {
    let mut result = CallToolResult::structured(value);
    result.content = vec![ContentBlock::text(text(&result))];
    result
}

/// A refusal: the same body as over REST, and what a program needs to go on.
pub(super) fn stopped(stopped: &Stopped, request: &str) -> CallToolResult {
    stopped.refusal.log(request);
    let mut body = stopped.refusal.body(request);
    if let Some(fields) = body.as_object_mut() {
        fields.extend(stopped.more.clone());
    }
    let mut result = CallToolResult::structured_error(body);
    result.content = vec![ContentBlock::text(text(&result))];
    result
}

fn text(result: &CallToolResult) -> String {
    result.structured_content.as_ref().map_or_else(String::new, |value| visible(&value.to_string()))
}

/// Letters that are seen by a machine and not by a person: what steers a terminal or the direction of reading, joins, fills
/// nothing, tags. Written by others, they can hide words.
const HIDDEN: &[(char, char)] = &[
    ('\u{7f}', '\u{9f}'),
    ('\u{ad}', '\u{ad}'),
    ('\u{34f}', '\u{34f}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{115f}', '\u{1160}'),
    ('\u{17b4}', '\u{17b5}'),
    ('\u{180b}', '\u{180f}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{2028}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{fe00}', '\u{fe0f}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{ffa0}', '\u{ffa0}'),
    ('\u{fff0}', '\u{fffb}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{e0000}', '\u{e0fff}'),
];

/// The same JSON with hidden letters written as `\u202e`: a reader gets the same value, and a person sees them.
fn visible(json: &str) -> String {
    let is_hidden = |letter: char| HIDDEN.iter().any(|(first, last)| (*first..=*last).contains(&letter));
    let mut text = String::with_capacity(json.len());
    for letter in json.chars() {
        if is_hidden(letter) {
            let mut units = [0; 2];
            for unit in letter.encode_utf16(&mut units) {
                text.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            text.push(letter);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_hides_is_written_out_and_the_value_stays() {
        let value = json!({ "name": "Rook\u{202e}\u{200b} & \u{e0041}Daughters\u{1b}[31m", "ö": 1 });
        let written = visible(&value.to_string());
        assert!(written.contains(r"Rook\u202e\u200b & \udb40\udc41Daughters\u001b[31m"), "{written}");
        assert!(written.contains("ö"));
        assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), value);
    }
}
