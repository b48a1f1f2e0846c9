"""The accounts that every system gets: made up from their numbers, so that they are the same everywhere."""

import csv
from dataclasses import dataclass

COUNTRIES = {
    "BE": "Belgium",
    "DE": "Germany",
    "ES": "Spain",
    "FR": "France",
    "GB": "United Kingdom",
    "IT": "Italy",
    "NL": "Netherlands",
    "US": "United States",
}
CODES = list(COUNTRIES)
# The word that few have, which is searched for, and how often it stands in a name.
RARE, EVERY = "Acme", 1_300
FIRST = (
    "Kestrel Rook Heron Linden Harbour Mill Cedar Granite Amber Falcon Meadow Juniper Copper Orchard Beacon Willow "
    "Summit Anchor Marble Thistle Pioneer Lantern Saffron Northern"
).split()
TRADES = "Bakery Books Marine Works Textiles Foods Optics Tools Partners Studio Logistics Garden".split()
# The country that is listed, and how many rows a list has.
ASKED, PAGE = "BE", 50
CONSONANTS, VOWELS = "bdfghklmnprst", "aeiou"


@dataclass(frozen=True)
class Account:
    """One account, as it is known before it is anywhere."""

    number: int
    name: str
    country: str
    email: str
    phone: str


def account(number):
    """The account of this number."""
    first = RARE if number % EVERY == 7 else FIRST[number * 7 % len(FIRST)]
    own = word(number)
    return Account(
        number=number,
        name=f"{first} {TRADES[number * 31 // 8 % len(TRADES)]} {own.capitalize()}",
        country=CODES[number * 40_503 // 64 % len(CODES)],
        email=f"info@{own}{number}.example",
        phone=f"+44 20 7{number:07}",
    )


def new(number):
    """An account that is nowhere yet, with a name like nobody's."""
    first, mixed = word(number), number * 2_654_435_761 // 4_096
    name = f"{first} {word(number * 31 + 7)} {number}".title()
    return Account(number, name, "GB", f"info@{first}{number}.example", f"+44 161 {mixed % 10_000_000:07}")


def expected(count):
    """The names of the first fifty of a country, sorted, and all names with the rare word, of so many accounts."""
    everybody = [account(number) for number in range(1, count + 1)]
    names = sorted((one.name for one in everybody if one.country == ASKED), key=sorting)
    return names[:PAGE], {one.name for one in everybody if RARE in one.name}


def word(number):
    """A word of three syllables; the same for the same number, and seldom for two."""
    mixed, letters = number * 2_654_435_761 % 274_625, []
    for _ in range(3):
        mixed, syllable = divmod(mixed, len(CONSONANTS) * len(VOWELS))
        letters += CONSONANTS[syllable // len(VOWELS)], VOWELS[syllable % len(VOWELS)]
    return "".join(letters)


def sorting(name):
    """By what names are sorted: capitals and blanks make no difference to some of the systems, so none is counted."""
    return "".join(name.lower().split())


def write(file, count, columns):
    """Writes so many accounts as CSV, in these columns: pairs of a heading and what stands under it."""
    with open(file, "w", newline="", encoding="utf-8") as text:
        rows = csv.writer(text, lineterminator="\n")
        rows.writerow([heading for heading, _ in columns])
        for number in range(1, count + 1):
            one = account(number)
            rows.writerow([value(one) for _, value in columns])
