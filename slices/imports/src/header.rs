//! Where the table begins among the records of a file, and whether its first record names the columns.

/// The table among the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    /// Records before it: titles, notes.
    pub titles: usize,
    /// Its first record names the columns.
    pub header: bool,
    /// How many columns it has.
    pub columns: usize,
}

/// Finds the table among the first records of a file.
pub(crate) fn find(records: &[Vec<String>]) -> Table {
    let columns = usual(records.iter().map(Vec::len));
    let filled = |record: &Vec<String>| record.iter().filter(|cell| !cell.trim().is_empty()).count();
    let mut body: Vec<usize> = records.iter().filter(|record| record.len() == columns).map(filled).collect();
    body.sort_unstable();
    let middle = body.get(body.len() / 2).copied().unwrap_or(1);
    let least = (3 * middle).div_ceil(5).max(1);
    let begins =
        |record: &Vec<String>| least <= filled(record) && (2 * record.len() >= columns || columns == 1);
    let titles = records.iter().take(records.len().min(60)).position(begins).unwrap_or(0);
    let titles = titles + levels(&records[titles.min(records.len())..]);
    let Some(first) = records.get(titles) else { return Table { titles: 0, header: true, columns } };
    let header = is_header(first, &records[titles + 1..]);
    let columns = if header { first.len() } else { columns };
    Table { titles, header, columns }
}

/// Records that head several columns each, above the one that names them all.
fn levels(records: &[Vec<String>]) -> usize {
    const MOST: usize = 3;
    let filled = |record: &[String]| record.iter().filter(|cell| !cell.trim().is_empty()).count();
    let deeper = |at: &usize| {
        let [above, next, below @ ..] = &records[*at..] else { return false };
        let (over, named) = (headed(above, below), headed(next, below));
        filled(above) < filled(next) && above.len() == next.len() && over + 2 <= named
    };
    (0..MOST.min(records.len())).take_while(deeper).count()
}

/// How many words of a record stand above what is mostly no words.
fn headed(record: &[String], below: &[Vec<String>]) -> usize {
    let heads = |(at, cell): &(usize, &String)| {
        let column = below.iter().filter_map(|record| record.get(*at)).filter(|cell| !cell.trim().is_empty());
        let kinds: Vec<Kind> = column.take(100).map(|cell| Kind::of(cell)).collect();
        let words = kinds.iter().filter(|kind| **kind == Kind::Text).count();
        Kind::of(cell) == Kind::Text && !kinds.is_empty() && 2 * words < kinds.len()
    };
    record.iter().enumerate().filter(heads).count()
}

/// The most frequent length; the longer one of two.
fn usual(lengths: impl Iterator<Item = usize>) -> usize {
    let mut counts = std::collections::BTreeMap::new();
    for length in lengths {
        *counts.entry(length).or_insert(0usize) += 1;
    }
    counts.into_iter().max_by_key(|(length, count)| (*count, *length)).map_or(1, |(length, _)| length)
}

/// Whether the record names columns: its cells are other in kind than those below.
fn is_header(first: &[String], below: &[Vec<String>]) -> bool {
    let corner = first.first().is_some_and(|cell| Kind::of(cell) == Kind::Blank);
    let years = corner || first.iter().any(|cell| Kind::of(cell) == Kind::Text);
    let (mut names, mut values, mut repeats) = (0, 0, 0);
    for (at, cell) in first.iter().enumerate() {
        let kind = Kind::of(cell);
        let column = below.iter().filter_map(|record| record.get(at)).filter(|cell| !cell.trim().is_empty());
        let kinds: Vec<Kind> = column.clone().take(100).map(|cell| Kind::of(cell)).collect();
        let same = kinds.iter().filter(|other| **other == kind).count();
        match kind {
            Kind::Blank => (),
            Kind::Number if years && is_year(cell) => (),
            Kind::Number | Kind::Date if kinds.is_empty() || same > 0 => values += 1,
            Kind::Number | Kind::Date => (),
            Kind::Text if !kinds.is_empty() && 2 * same < kinds.len() => names += 1,
            // A name is no row of figures.
            Kind::Text if 8 <= cell.bytes().filter(u8::is_ascii_digit).count() => values += 1,
            Kind::Text => repeats += usize::from(column.take(100).any(|other| other == cell)),
        }
    }
    if values != names { names > values } else { values == 0 && 2 * repeats <= first.len() }
}

/// A whole number that can head a column of that year.
fn is_year(cell: &str) -> bool {
    cell.trim().parse::<u16>().is_ok_and(|year| (1900..=2100).contains(&year))
}

/// What a cell looks like.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Blank,
    Number,
    Date,
    Text,
}

impl Kind {
    fn of(cell: &str) -> Kind {
        let cell = cell.trim();
        let digits = cell.bytes().filter(u8::is_ascii_digit).count();
        let others =
            |allowed: &str| cell.chars().all(|letter| letter.is_ascii_digit() || allowed.contains(letter));
        if cell.is_empty() {
            Kind::Blank
        } else if digits == 0 {
            Kind::Text
        } else if others("-+.,()$£€% ") && !(digits >= 6 && cell.matches(['-', '.']).count() == 2) {
            Kind::Number
        } else if digits >= 3 && (others("-/.: TZ+") || is_day_month(cell)) {
            Kind::Date
        } else {
            Kind::Text
        }
    }
}

/// `09-Mar-11`, `24 October 2011`.
fn is_day_month(cell: &str) -> bool {
    let parts: Vec<&str> = cell.split(['-', ' ', '/']).collect();
    matches!(parts.as_slice(), [day, month, year, ..] if day.parse::<u8>().is_ok()
        && crate::date::month(month).is_some() && year.parse::<u16>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&str]) -> Table {
        let records: Vec<Vec<String>> =
            rows.iter().map(|row| row.split(',').map(str::to_owned).collect()).collect();
        find(&records)
    }

    #[test]
    fn numbers_only_are_no_header() {
        assert_eq!(table(&["1,2,3", "4,5,6"]), Table { titles: 0, header: false, columns: 3 });
        assert_eq!(table(&["a,b,c", "1,b,c", "2,b,c"]), Table { titles: 0, header: true, columns: 3 });
        assert!(!table(&["AD,Andorra,2019-04-30", "AE,Emirates,2019-04-30"]).header);
        assert!(!table(&["foo", "foo", "foo"]).header);
    }

    #[test]
    fn what_heads_several_columns_stands_above_the_header() {
        let rows =
            ["name,sales,,share,", "region,first,second,first,second", "North,1,2,3,4", "South,5,6,7,8"];
        assert_eq!(table(&rows), Table { titles: 1, header: true, columns: 5 });
        let blank = ["region,first,,first,", "North,some,more,3,4", "South,some,more,7,8"];
        assert_eq!(table(&blank), Table { titles: 0, header: true, columns: 5 });
    }

    #[test]
    fn titles_stand_before_the_header_and_years_may_stand_in_it() {
        let found = table(&["Emissions 2000 to 2007,,", ",,", "Year,2000,2001", "Timber,2666,2274"]);
        assert_eq!(found, Table { titles: 2, header: true, columns: 3 });
    }
}
