//! What the shop sells, and when: candles in the dark months, garden things in spring.

use kernel::Day;

use super::super::{
    chance::Chance,
    table::{Table, money},
};

/// Something on the shelf.
#[derive(Clone, Debug)]
pub(super) struct Article {
    pub(super) sku: String,
    pub(super) name: String,
    pub(super) cents: i32,
}

/// A category: its letter, its name, its months (none for all year), its things with their prices in cents.
struct Category {
    letter: char,
    name: &'static str,
    months: &'static [i8],
    things: &'static [(&'static str, i32)],
}

const CATEGORIES: &[Category] = &[
    Category {
        letter: 'K',
        name: "Kitchen",
        months: &[],
        things: &[
            ("Enamel kettle", 3_800),
            ("Oak chopping board", 2_950),
            ("Stoneware mug", 1_250),
            ("Linen tea towel", 900),
            ("Mixing bowl, speckled", 2_200),
            ("Teapot for six", 2_400),
            ("Cake stand", 3_100),
        ],
    },
    Category {
        letter: 'T',
        name: "Textiles",
        months: &[],
        things: &[
            ("Wool throw", 6_500),
            ("Feather cushion", 2_750),
            ("Linen napkins, four", 2_100),
            ("Bath mat", 1_900),
        ],
    },
    Category {
        letter: 'L',
        name: "Candles and light",
        months: &[9, 10, 11, 12, 1, 2],
        things: &[
            ("Beeswax candle", 850),
            ("Storm lantern", 3_400),
            ("Paper star, lit", 1_650),
            ("Advent wreath", 4_200),
        ],
    },
    Category {
        letter: 'G',
        name: "Garden",
        months: &[3, 4, 5, 6],
        things: &[
            ("Seed tin", 1_150),
            ("Copper watering can", 4_600),
            ("Terracotta pots, three", 2_600),
            ("Twine and dibber", 990),
        ],
    },
    Category {
        letter: 'S',
        name: "Paper and gifts",
        months: &[],
        things: &[
            ("Notebook, ruled", 1_050),
            ("Gift wrap, ten sheets", 1_200),
            ("Card, letterpress", 375),
            ("Wooden puzzle", 1_850),
        ],
    },
];

/// The catalogue.
pub(super) fn write(products: &mut Table) {
    for category in CATEGORIES {
        for place in 0..category.things.len() {
            let article = article_of(category, place);
            products.row([article.sku, article.name, category.name.to_owned(), money(article.cents)]);
        }
    }
}

/// Something that is bought on such a day.
pub(super) fn article(chance: &mut Chance, on: Day) -> Article {
    let month = on.date().month();
    let in_season: Vec<&Category> = CATEGORIES.iter().filter(|one| one.months.contains(&month)).collect();
    let category = match in_season.is_empty() || chance.percent(45) {
        true => {
            let always: Vec<&Category> = CATEGORIES.iter().filter(|one| one.months.is_empty()).collect();
            *chance.pick(&always)
        }
        false => *chance.pick(&in_season),
    };
    let most = i32::try_from(category.things.len()).unwrap_or(1) - 1;
    article_of(category, usize::try_from(chance.between(0, most)).unwrap_or(0))
}

fn article_of(category: &Category, place: usize) -> Article {
    let (name, cents) = category.things[place];
    Article { sku: format!("{}{:02}", category.letter, place + 1), name: name.to_owned(), cents }
}

/// A day of a year that people buy on: more in November and December, fewer in February and August.
pub(super) fn day(chance: &mut Chance, today: Day, oldest: i32) -> Day {
    loop {
        let on = today.plus(-chance.between(1, oldest));
        let share = match on.date().month() {
            11 | 12 => 100,
            4 | 5 | 10 => 45,
            2 | 8 => 22,
            _ => 32,
        };
        if chance.percent(share) {
            return on;
        }
    }
}
