"""What is asked of every system: the same five questions, and what has to be in the answers."""

import accounts
from asking import Question

# A contact is asked for at accounts all over, one that exists each time.
STEP = 7_919


def place(number, count):
    """The number of an account that is there, another one each time."""
    return number * STEP % count + 1


class Questions:
    """Makes the questions to one system from the ways in which it is asked and its answers are read."""

    def __init__(self, count):
        self.count = count
        self.first, self.rare = accounts.expected(count)

    def get(self, ask, name, what="get one account"):
        """One account by its id: it has the name that was given to it."""

        def check(number, answer):
            wanted = accounts.account(place(number, self.count)).name
            return None if name(answer) == wanted else f"it is not {wanted}"

        return Question(what, lambda number: ask(place(number, self.count)), check)

    def listed(self, request, names, what="list 50 of a country by name"):
        """Fifty of a country, sorted by name: exactly these, in this order."""

        def check(_, answer):
            found = names(answer)
            return None if found == self.first else f"{len(found)} rows, not the first of the country by name"

        return Question(what, lambda _: request, check)

    def found(self, request, names, what='text search "acme", 50'):
        """Fifty with the rare word: so many, each of them one that has it."""

        def check(_, answer):
            found = names(answer)
            right = len(found) == min(accounts.PAGE, len(self.rare)) and self.rare.issuperset(found)
            return None if right and len(set(found)) == len(found) else f"{len(found)} rows: {found[:3]}"

        return Question(what, lambda _: request, check)

    def created(self, ask, made, what="create account"):
        """A new account: the system gave it an id."""
        return Question(what, lambda number: ask(accounts.new(number)), _has_id(made))

    def joined(self, ask, made, what="create contact"):
        """A new person at an account that is there."""

        def asked(number):
            return ask(accounts.new(number), place(number, self.count))

        return Question(what, asked, _has_id(made))


def _has_id(made):
    return lambda _, answer: None if made(answer) else "nothing was created"
