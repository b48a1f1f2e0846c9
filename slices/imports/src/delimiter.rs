//! Delimiters of several characters, and the marks that end records: found by how regularly they stand there.

/// How many lines are looked at.
const LINES: usize = 400;

/// A delimiter of two characters, such as `+|`: a usual delimiter that nearly always follows the same mark.
pub(crate) fn long_delimiter(text: &str) -> Option<String> {
    for last in ['|', ';', '%', ','] {
        let mut before = std::collections::BTreeMap::new();
        let mut all = 0usize;
        for (at, _) in text.match_indices(last) {
            all += 1;
            let mark = text[..at].chars().next_back().filter(|mark| "+~^#&$@*!:=|".contains(*mark));
            *before.entry(mark).or_insert(0usize) += 1;
        }
        let most = before.into_iter().filter_map(|(mark, count)| mark.map(|mark| (count, mark))).max();
        if let Some((count, mark)) = most
            && mark != last
            && 10 * count >= 6 * all
            && count >= text.lines().count().min(2)
        {
            return Some(format!("{mark}{last}"));
        }
    }
    None
}

/// Two marks that end nearly every line, such as `&|` or `[]`.
pub(crate) fn record_end(text: &str, delimiter: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).take(LINES).collect();
    let end = |line: &str| line.char_indices().nth_back(1).map(|(at, _)| line[at..].to_owned());
    let mut ends = lines.iter().filter_map(|line| end(line));
    let first = ends.next()?;
    let marks = first.chars().all(|mark| "&|[]~^#$@*!+".contains(mark)) && first != delimiter;
    let same = lines.iter().filter(|line| line.ends_with(&first)).count();
    let several = first != "||" && lines.len() >= 2;
    (marks && several && 10 * same >= 8 * lines.len()).then_some(first)
}
