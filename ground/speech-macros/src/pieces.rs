//! A text as `format!` reads it, in pieces: shared by the macros and by whoever fills a text at run time.

/// A piece of a text.
pub enum Piece {
    /// Words.
    Text(String),
    /// What is filled in.
    Hole {
        /// Its name, or its place counted from nought.
        name: String,
        /// How it is written: what stands behind the colon.
        format: String,
    },
}

/// The pieces of a text, none of them empty.
pub fn pieces(text: &str) -> Vec<Piece> {
    let (mut pieces, mut words, mut next) = (Vec::new(), String::new(), 0);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '{' | '}' if letters.peek() == Some(&letter) => {
                letters.next();
                words.push(letter);
            }
            '{' => {
                let inner: String = letters.by_ref().take_while(|letter| *letter != '}').collect();
                let (name, format) = inner.split_once(':').unwrap_or((&inner, ""));
                let name = match name {
                    "" => {
                        next += 1;
                        (next - 1).to_string()
                    }
                    name => name.to_owned(),
                };
                pieces.push(Piece::Text(std::mem::take(&mut words)));
                pieces.push(Piece::Hole { name, format: format.to_owned() });
            }
            letter => words.push(letter),
        }
    }
    pieces.push(Piece::Text(words));
    pieces.retain(|piece| !matches!(piece, Piece::Text(words) if words.is_empty()));
    pieces
}
