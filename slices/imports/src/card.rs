//! Address cards (vCard 2.1, 3.0 and 4.0): what one says of a person or a firm, under the headings of a table.

mod line;
mod property;

use std::{
    collections::BTreeMap,
    io::{self, BufRead},
};

pub(crate) use self::line::Lines;
use self::property::Property;

/// A heading: the group it belongs to, which of several it is, which part of it, and how it reads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Heading {
    group: usize,
    number: usize,
    part: usize,
    text: String,
}

impl Heading {
    /// How it reads.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// The headings in their order; of those that repeat, the first goes without a number.
const GROUPS: &[&str] = &[
    "uid",
    "kind",
    "name",
    "prefix",
    "first name",
    "middle name",
    "last name",
    "suffix",
    "nickname",
    "company",
    "department",
    "job title",
    "role",
    "email",
    "phone",
    "mobile phone",
    "work phone",
    "home phone",
    "main phone",
    "other phone",
    "work fax",
    "home fax",
    "fax",
    "pager",
    "messenger",
    "address",
    "url",
    "birthday",
    "anniversary",
    "gender",
    "language",
    "time zone",
    "categories",
    "members",
    "note",
    "changed",
];

/// The parts of a name and of an address, in the order of the card.
const NAME: [&str; 5] = ["last name", "first name", "middle name", "prefix", "suffix"];
const ADDRESS: [&str; 7] =
    ["post office box", "extended address", "street", "city", "region", "postal code", "country"];

/// What one card says.
#[derive(Debug, Default)]
pub(crate) struct Card {
    /// What stands under each heading.
    pub cells: BTreeMap<Heading, String>,
    /// The names of properties that have no heading.
    pub left_out: Vec<String>,
}

impl Card {
    /// Reads the next card; nothing at the end of the file.
    ///
    /// # Errors
    /// Where the file cannot be read on.
    pub fn next<R: BufRead>(lines: &mut Lines<R>) -> io::Result<Option<Card>> {
        let mut properties: Vec<Property> = Vec::new();
        let (mut depth, mut begun) = (0u32, false);
        while let Some(line) = lines.next()? {
            let Some(property) = Property::read(&line, lines.charset()) else { continue };
            match property.name.as_str() {
                "BEGIN" => {
                    depth += 1;
                    begun = true;
                }
                "END" => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 && begun {
                        return Ok(Some(Card::of(properties)));
                    }
                }
                // A card in a card is that of an agent.
                _ if depth == 1 => properties.push(property),
                _ => (),
            }
        }
        Ok(begun.then(|| Card::of(properties)))
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    fn of(mut properties: Vec<Property>) -> Card {
        name_kinds(&mut properties);
        // What is preferred stands first among its like.
        properties.sort_by_key(|property| !property.preferred());
        let mut card = Card::default();
        for property in &properties {
            card.take(property);
        }
        let has = |card: &Card, heading: &str| card.cells.keys().any(|other| other.text == heading);
        if !has(&card, "name") {
            let parts = ["prefix", "first name", "middle name", "last name", "suffix"];
            let text = |heading: &&str| {
                card.cells.iter().find(|(other, _)| other.text == *heading).map(|(_, text)| text.clone())
            };
            let whole = parts.iter().filter_map(text).collect::<Vec<_>>().join(" ");
            card.put("name", "name", whole);
        }
        card
    }

    fn take(&mut self, property: &Property) {
        let text = property.text();
        match property.name.as_str() {
            "FN" => self.first("name", text),
            "N" => self.parts(property, &NAME),
            "NICKNAME" => self.first("nickname", property.words()),
            "ORG" => self.organization(property),
            "TITLE" => self.first("job title", text),
            "ROLE" => self.first("role", text),
            "EMAIL" => {
                self.several("email", "email", text, property.kind(&["work", "home", "school", "other"]))
            }
            "TEL" => {
                let (group, plain) =
                    (property.phone(), text.strip_prefix("tel:").unwrap_or(&text).to_owned());
                let own = property.label.clone();
                self.several(group, group, plain, own);
            }
            "IMPP" | "X-SKYPE" | "X-SKYPE-USERNAME" | "X-AIM" | "X-ICQ" | "X-MSN" | "X-YAHOO"
            | "X-JABBER" | "X-GTALK" | "X-GOOGLE-TALK" | "X-QQ" | "X-MS-IMADDRESS" | "X-GADUGADU"
            | "X-GROUPWISE" => {
                self.several("messenger", "messenger", property.messenger(), None);
            }
            "ADR" => self.address(property),
            "URL" => self.several("url", "url", text, None),
            "BDAY" => self.first("birthday", property.day()),
            "ANNIVERSARY" | "X-ANNIVERSARY" | "X-EVOLUTION-ANNIVERSARY" | "X-MS-ANNIVERSARY" => {
                self.first("anniversary", property.day());
            }
            "GENDER" | "X-GENDER" => self.first("gender", text.trim_end_matches(';').to_owned()),
            "LANG" => self.first("language", text),
            "TZ" => self.first("time zone", text),
            "CATEGORIES" => self.first("categories", property.words()),
            "MEMBER" | "X-ADDRESSBOOKSERVER-MEMBER" => self.joined("members", &text, "; "),
            "NOTE" => self.joined("note", &text, "\n"),
            "UID" | "X-ABUID" => self.first("uid", text),
            "KIND" | "X-ADDRESSBOOKSERVER-KIND" => self.first("kind", text),
            "REV" => self.first("changed", text),
            "VERSION" | "PRODID" | "PROFILE" | "SOURCE" | "NAME" | "LABEL" | "X-ABLABEL" | "MAILER"
            | "CLASS" => (),
            other => self.left_out.push(other.to_owned()),
        }
    }

    fn put(&mut self, group: &str, heading: &str, text: String) -> usize {
        let text = text.trim().to_owned();
        if text.is_empty() {
            return 0;
        }
        let group = GROUPS.iter().position(|other| *other == group).unwrap_or(GROUPS.len());
        let number = 1 + self.cells.keys().filter(|other| other.group == group && other.part == 0).count();
        let read = if number == 1 { heading.to_owned() } else { format!("{heading} {number}") };
        self.cells.insert(Heading { group, number, part: 0, text: read }, text);
        number
    }

    /// What a card says once; the first counts.
    fn first(&mut self, heading: &str, text: String) {
        if self.cells.keys().all(|other| other.text != heading) {
            self.put(heading, heading, text);
        }
    }

    fn joined(&mut self, heading: &str, text: &str, between: &str) {
        if let Some((_, stored)) = self.cells.iter_mut().find(|(other, _)| other.text == heading) {
            stored.push_str(between);
            stored.push_str(text.trim());
            return;
        }
        self.put(heading, heading, text.to_owned());
    }

    /// What a card may say several times, each with what kind it is.
    fn several(&mut self, group: &str, heading: &str, text: String, kind: Option<String>) {
        let number = self.put(group, heading, text);
        if let Some(kind) = kind.filter(|_| number != 0) {
            let group = GROUPS.iter().position(|other| *other == group).unwrap_or(GROUPS.len());
            let read =
                if number == 1 { format!("{heading} kind") } else { format!("{heading} {number} kind") };
            self.cells.insert(Heading { group, number, part: 1, text: read }, kind);
        }
    }

    fn parts(&mut self, property: &Property, headings: &[&str]) {
        for (part, heading) in property.parts().into_iter().zip(headings) {
            self.first(heading, part);
        }
    }

    fn organization(&mut self, property: &Property) {
        let mut parts = property.parts().into_iter();
        self.first("company", parts.next().unwrap_or_default());
        let units: Vec<String> = parts.filter(|part| !part.trim().is_empty()).collect();
        self.first("department", units.join(" / "));
    }

    fn address(&mut self, property: &Property) {
        let parts = property.parts();
        if parts.iter().all(|part| part.trim().is_empty()) {
            return;
        }
        let group = GROUPS.iter().position(|other| *other == "address").unwrap_or(GROUPS.len());
        let before = self.cells.keys().filter(|other| other.group == group).map(|other| other.number).max();
        let number = before.unwrap_or(0) + 1;
        let kind = property.kind(&["work", "home", "other"]);
        let all = parts.into_iter().zip(ADDRESS).chain(kind.map(|kind| (kind, "address kind")));
        for (part, (text, heading)) in all.enumerate().filter(|(_, (text, _))| !text.trim().is_empty()) {
            let read = if number == 1 { heading.to_owned() } else { format!("{heading} {number}") };
            self.cells.insert(Heading { group, number, part, text: read }, text.trim().to_owned());
        }
    }
}

/// What properties of a group are called stands in a property of its own.
fn name_kinds(properties: &mut [Property]) {
    let labels: Vec<(String, String)> = properties
        .iter()
        .filter(|property| property.name == "X-ABLABEL" && !property.group.is_empty())
        .map(|property| (property.group.clone(), property.text()))
        .collect();
    for property in properties {
        let label = labels.iter().find(|(group, _)| *group == property.group).map(|(_, label)| label);
        property.label = label.map(|label| {
            let plain = label.trim_start_matches("_$!<").trim_end_matches(">!$_");
            plain.to_lowercase()
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cards(text: &str) -> Vec<Vec<(String, String)>> {
        let mut lines = Lines::new(text.as_bytes(), encoding_rs::UTF_8);
        let mut all = Vec::new();
        while let Some(card) = Card::next(&mut lines).unwrap() {
            all.push(card.cells.into_iter().map(|(heading, text)| (heading.text, text)).collect());
        }
        all
    }

    fn is(card: &[(String, String)], wanted: &[(&str, &str)]) {
        let plain: Vec<_> = card.iter().map(|(heading, text)| (heading.as_str(), text.as_str())).collect();
        assert_eq!(plain, wanted);
    }

    #[test]
    fn an_old_card_with_odd_letters_and_a_folded_note() {
        let card = "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:R=C3=B6k;Ida=\r\n =20B.;;;\r\n\
                    TEL;CELL;PREF:0170 1\r\nTEL;WORK;FAX:0170 2\r\nADR;HOME:;;1 Main St;Ghent;;9000;BE\r\nBDAY:19800322\r\n\
                    PHOTO;ENCODING=BASE64:\r\n  AAAA\r\n\r\nEND:VCARD\r\n";
        is(
            &cards(card)[0],
            &[
                ("name", "Ida  B. Rök"),
                ("first name", "Ida  B."),
                ("last name", "Rök"),
                ("mobile phone", "0170 1"),
                ("work fax", "0170 2"),
                ("street", "1 Main St"),
                ("city", "Ghent"),
                ("postal code", "9000"),
                ("country", "BE"),
                ("address kind", "home"),
                ("birthday", "1980-03-22"),
            ],
        );
    }

    #[test]
    fn a_card_of_today_with_groups_escapes_and_a_preference() {
        let card = "begin:vcard\nversion:4.0\nfn:Falk\\, Bram\nitem1.EMAIL:b@home.example\nitem1.X-ABLabel:_$!<Home>!$_\n\
                    EMAIL;PREF=1;TYPE=\"work\":b@firm.example\nORG:Falk \\; Sons;Sales;North\nNOTE:one\\ntwo\n  and three\n\
                    CATEGORIES:vip,new\nend:vcard\nBEGIN:VCARD\nN:Rook;Ida\n";
        let cards = cards(card);
        is(
            &cards[0],
            &[
                ("name", "Falk, Bram"),
                ("company", "Falk ; Sons"),
                ("department", "Sales / North"),
                ("email", "b@firm.example"),
                ("email kind", "work"),
                ("email 2", "b@home.example"),
                ("email 2 kind", "home"),
                ("categories", "vip; new"),
                ("note", "one\ntwo and three"),
            ],
        );
        assert_eq!(cards.len(), 2);
    }
}
