//! The words from which people, firms and places are made: invented, and as mixed as a real address book.

use super::chance::Chance;

const FIRST: &str = "Amelia, Aaron, Bao, Beatrix, Callum, Chidi, Clara, Colm, Devon, Dilys, Edith, Emeka, Farah, Finlay, Gareth, \
    Greta, Hana, Hugh, Imogen, Ivo, Joanna, Kwame, Laila, Leon, Maeve, Marek, Nadia, Niall, Olive, Omar, Petra, \
    Quentin, Rosa, Rafael, Saskia, Samir, Tamsin, Tobias, Una, Vikram, Wendy, Xanthe, Yara, Zoltan, Agnes, \
    Bruno, Cecily, Dominic";
const LAST: &str = "Abbott, Adeyemi, Ashdown, Bielak, Birch, Calloway, Chowdhury, Corbett, Dalgleish, Drummond, Eastwood, \
    Ferreira, Fenwick, Galbraith, Grant, Haddad, Hartley, Ibrahim, Ingram, Jarvis, Jovanovic, Kaur, Kendrick, \
    Lindqvist, Lowther, Macready, Mensah, Nakamura, Norris, O'Shea, Oyelaran, Pascoe, Pereira, Quigley, \
    Ravenscroft, Rossi, Sandhu, Selwyn, Tennant, Trevithick, Underhill, Vance, Varga, Whitlock, Wren, Yardley, \
    Yilmaz, Zhou, Acheson, Barrow, Bexley, Brannigan, Carmody, Chaudhry, Clegg, Conteh, Dacosta, Devlin, \
    Dunmore, Ekwueme, Elphick, Farrant, Fitzroy, Gallo, Garside, Gunn, Hamid, Heslop, Holroyd, Ilesanmi, Jessop, \
    Kilbride, Kovacs, Langton, Leary, Lomax, Maddock, Mistry, Moorcroft, Nowak, Ogilvy, Olufemi, Penhale, Pryor, \
    Radcliffe, Rashid, Sayers, Sefton, Szabo, Tamblyn, Thwaite, Usman, Verney, Walcott, Winslow, Zielony";
const FIRM: &str = "Alder, Anchor, Beacon, Blackthorn, Brindle, Cairn, Calder, Copperfield, Drift, Ember, Fathom, Foxglove, \
    Granary, Halyard, Harrow, Ironbridge, Juniper, Kestrel, Lantern, Larkspur, Marlow, Meridian, Millstone, \
    Nettle, Oakhurst, Orchard, Pendle, Quarry, Rowan, Saltmarsh, Severn, Slate, Spindle, Tamar, Thistle, \
    Tideway, Upland, Vellum, Wharf, Yarrow";
const TRADE: &str = "Architects, Bakery, Boatyard, Brewing, Builders, Care Homes, Catering, Clinics, Design, Dental, Electrical, \
    Engineering, Farm Supplies, Fitness, Foods, Glass, Haulage, Hotels, Interiors, Joinery, Landscapes, \
    Logistics, Media, Motors, Nurseries, Optics, Packaging, Print, Roofing, Textiles";
const LEGAL: &str = "Ltd, Ltd, Ltd, LLP, & Sons, & Daughters, Group, Co-operative";
/// Towns, each with the district of its postal codes.
const TOWNS: &str = "Falmouth TR11, Whitby YO21, Ludlow SY8, Leith EH6, Penarth CF64, Lewes BN7, Hexham NE46, Bridport DT6, \
    Southwold IP18, Buxton SK17, Stamford PE9, Bangor BT20, Totnes TQ9, Oban PA34, Tenby SA70, Rye TN31, Ripon \
    HG4, Frome BA11, Keswick CA12, Cromer NR27, Malvern WR14, Louth LN11, Ballycastle BT54, Marlow SL7, Bude \
    EX23, Nairn IV12, Conwy LL32, Deal CT14, Skipton BD23, Wells BA5, Kendal LA9, Diss IP22, Oakham LE15, \
    Matlock DE4, Newry BT34, Thame OX9, Fowey PL23, Pitlochry PH16, Brecon LD3, Arundel BN18, Richmond DL10, \
    Tetbury GL8, Alnwick NE66, Woodbridge IP12, Evesham WR11, Grantham NG31, Larne BT40, Marlborough SN8";
/// What providers of mail call themselves after their town, so that few people share a domain.
const MAIL: &str = "post, mail, net, -letters, online, web";
const STREETS: &str = "Quayside, Ropewalk, Tannery, Fisherrow, Castlegate, Fishergate, Kirkgate, Southgate, Eastgate, Westgate, \
    Broadway, Highcliff, Seaview, Bankside, Brookside, Hillcrest, Millbank, Parkside, Riverside, Churchfields, \
    Newlands, Longacre, Oldfield, Priory, Cloisters, Shambles, Cornmarket, Haymarket, Poultry, Drapery, \
    Butterwalk, Saltway, Strand, Parade, Esplanade, Terrace, Crescent, Causeway, Greenway, Ridgeway, Fosseway, \
    Watergate, Cowgate, Canongate, Lawnmarket, Grassmarket, Bakehouse, Tollgate";

/// Somebody the business deals with, as its address book has them.
#[derive(Clone, Debug)]
pub struct Party {
    /// The number in the address book.
    pub id: String,
    /// The name.
    pub name: String,
    /// person, household or company.
    pub kind: &'static str,
    /// The email address.
    pub email: String,
    /// The telephone number.
    pub phone: String,
    /// Street and number.
    pub street: String,
    /// The town.
    pub city: String,
    /// The postal code.
    pub postcode: String,
    /// The country.
    pub country: &'static str,
}

/// Where most of them are.
const HOME: &str = "United Kingdom";

/// The columns of an address book.
pub const COLUMNS: &[(&str, &str)] = &[
    ("party_id", "Number"),
    ("party_name", "Name"),
    ("party_kind", "Kind"),
    ("email", "Email"),
    ("phone", "Phone"),
    ("street", "Street"),
    ("city", "Town"),
    ("postcode", "Postcode"),
    ("country", "Country"),
];

impl Party {
    /// As a web shop knows them: by their address of mail alone.
    #[must_use]
    pub fn by_mail(self) -> Party {
        let nothing = String::new;
        Party { phone: nothing(), street: nothing(), city: nothing(), postcode: nothing(), ..self }
    }

    /// As the card at the till knows them: by where they live, and how to call them.
    #[must_use]
    pub fn by_card(self) -> Party {
        Party { email: String::new(), ..self }
    }

    /// As a row of the address book.
    pub fn row(&self) -> [String; 9] {
        let copy = |text: &String| text.clone();
        [
            copy(&self.id),
            copy(&self.name),
            self.kind.to_owned(),
            copy(&self.email),
            copy(&self.phone),
            copy(&self.street),
            copy(&self.city),
            copy(&self.postcode),
            self.country.to_owned(),
        ]
    }

    /// The same abroad: in that country and town, with a telephone number that is kept free for stories.
    #[must_use]
    pub fn abroad(self, country: &'static str, [city, postcode, phone]: [&str; 3]) -> Party {
        let [city, postcode, phone] = [city, postcode, phone].map(str::to_owned);
        Party { country, city, postcode, phone, ..self }
    }
}

/// Makes parties that are all called otherwise.
#[derive(Debug)]
pub struct AddressBook {
    letter: char,
    made: i32,
    taken: std::collections::BTreeSet<String>,
}

impl AddressBook {
    /// An empty one, whose numbers begin with that letter.
    pub fn new(letter: char) -> AddressBook {
        AddressBook { letter, made: 0, taken: std::collections::BTreeSet::new() }
    }

    /// A person.
    pub fn person(&mut self, chance: &mut Chance) -> Party {
        let name = self.fresh(|| format!("{} {}", one_of(chance, FIRST), one_of(chance, LAST)));
        self.called(chance, &name, "person")
    }

    /// People who live and pay together.
    pub fn household(&mut self, chance: &mut Chance) -> Party {
        let name = self.fresh(|| format!("{} household", one_of(chance, LAST)));
        self.called(chance, &name, "household")
    }

    /// A firm.
    pub fn firm(&mut self, chance: &mut Chance) -> Party {
        let name = self.fresh(|| {
            format!("{} {} {}", one_of(chance, FIRM), one_of(chance, TRADE), one_of(chance, LEGAL))
        });
        self.called(chance, &name, "company")
    }

    /// One of that name.
    pub fn called(&mut self, chance: &mut Chance, name: &str, kind: &'static str) -> Party {
        self.made += 1;
        self.taken.insert(name.to_owned());
        let (town, district) = one_of(chance, TOWNS).rsplit_once(' ').unwrap_or_default();
        let letters: String = name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
        let local = name.to_lowercase().replace(' ', ".").replace(['\'', '&'], "").replace("..", ".");
        let email = match kind {
            "company" => format!("office@{letters}.example"),
            _ => format!("{local}{}@{}{}.example", self.made, town.to_lowercase(), one_of(chance, MAIL)),
        };
        Party {
            id: format!("{}-{:04}", self.letter, self.made),
            name: name.to_owned(),
            kind,
            email,
            // An area that the regulator keeps free for stories.
            phone: format!("01632 {:06}", chance.between(900_000, 999_999)),
            street: format!("{} {}", chance.between(1, 98), one_of(chance, STREETS)),
            city: town.to_owned(),
            postcode: format!(
                "{district} {}{}",
                chance.between(1, 9),
                chance.pick(&["AB", "DE", "HQ", "LN", "RT"])
            ),
            country: HOME,
        }
    }

    /// A name that nobody has yet; after many tries one that somebody has, with a number.
    fn fresh(&mut self, mut draw: impl FnMut() -> String) -> String {
        let drawn = (0..50).map(|_| draw()).find(|name| !self.taken.contains(name));
        drawn.unwrap_or_else(|| format!("{} {}", draw(), self.made + 1))
    }
}

/// A person who acts for somebody: first and last name.
pub fn somebody(chance: &mut Chance) -> String {
    format!("{} {}", one_of(chance, FIRST), one_of(chance, LAST))
}

/// One word of a list that is written with commas.
fn one_of<'l>(chance: &mut Chance, list: &'l str) -> &'l str {
    let words: Vec<&str> = list.split(", ").collect();
    chance.pick::<&str>(&words)
}
