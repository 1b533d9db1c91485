"""Messages made from templates and values: many habits of writing each kind of personal data, none of them real.

Numbers that have check digits get right ones; phone numbers come from ranges kept free for films, mail addresses from
example domains. The same language and count give the same messages.
"""

# ruff: noqa: SIM905 - word lists read better as text

from __future__ import annotations

import random
from collections.abc import Callable

from stdnum import luhn
from stdnum.de import idnr
from stdnum.iso7064 import mod_97_10

from tests.eval.marked_texts import MarkedText, marked

_GIVEN = """Roswitha Detlef Sunniva Eike Rukiye Tarık Halina Bogdan Thanh Linh Nadim Samira Isla Rhys Deirdre Lachlan
    Priyanka Tunde Ngozi Luca Chiara Ines Yannick Solveig Pelle""".split()
_FAMILY = """Achterkamp Bierwirth Czerny Dombrowski Eberlein Fassbender Gundlach Hollerbach Isenberg Kaltenegger
    Yıldırım Çelik Zielińska Nguyen Haddad Farouk Ashcroft Birtwistle Fotheringham Macready O'Shea
    Adeyinka Venkataraman Moretti""".split()
_STREETS = (
    "Birkenweg",
    "Schillerstraße",
    "Kirchgasse",
    "Bahnhofstr.",
    "Am Mühlbach",
    "Ludwig-Thoma-Str.",
    "Hohe Gasse",
)
_TOWNS = ("50667 Köln", "8010 Graz", "3011 Bern", "01099 Dresden", "83022 Rosenheim", "9020 Klagenfurt", "24103 Kiel")
_ROADS = ("Orchard Road", "Mill Lane", "King's Avenue", "Elm Grove", "Station Street", "Willow Crescent")
_POST_TOWNS = ("York YO1 7HH", "Cardiff CF10 3NQ", "Glasgow G1 1XQ", "Austin, TX 78701", "Denver, CO 80202")

_TEMPLATES = {
    "de": {
        "name": ("Mein Name ist {}", "Viele Grüße\\n{}", "Bitte an {} ausliefern", "{} hat unterschrieben",
                 "Ich bin {}", "Frau {} wartet", "Der Vertrag läuft auf {}"),
        "phone": ("Ruft mich an: {}", "Handy {}", "{} ist meine Nummer", "erreichbar unter {} ab 18 Uhr"),
        "email": ("Mail: {}", "schreibt an {}", "Ich komme mit {} nicht rein", "{} wäre besser"),
        "iban": ("IBAN {}", "Bitte von {} abbuchen", "{} ist meine neue Bankverbindung"),
        "card": ("Meine Kreditkarte {} geht nicht", "Karte {} wurde belastet"),
        "tax_id": ("Steuer-ID {}", "meine IdNr lautet {}"),
        "address": ("Ich wohne {}", "Neue Adresse: {}", "Lieferung an {} bitte", "umgezogen nach {}"),
        "birth_date": ("geboren am {}", "Geburtsdatum: {}", "geb. {}"),
        "customer_number": ("Kundennummer {}", "Kd-Nr. {}", "meine Kundennummer ist {}"),
        "order_number": ("Bestellung {} fehlt", "Auftragsnummer: {}", "Bestellnr {} stornieren"),
        "password": ("Passwort: {}", "mein Passwort lautet {}", "WLAN-Passwort {} geht nicht"),
    },
    "en": {
        "name": ("My name is {}", "Kind regards\\n{}", "please deliver to {}", "{} signed for it", "This is {}",
                 "Mrs {} is waiting", "the contract is in the name of {}"),
        "phone": ("Call me: {}", "cell {}", "{} is my number", "reach me on {} after six"),
        "email": ("Email: {}", "write to {}", "I can't log in with {}", "{} would be better"),
        "iban": ("IBAN {}", "please debit {}", "{} is my new account"),
        "card": ("My card {} fails", "card {} was charged"),
        "tax_id": ("tax id {}", "my tax number is {}"),
        "address": ("I live at {}", "New address: {}", "ship to {} please", "moved to {}"),
        "birth_date": ("born on {}", "date of birth: {}", "DOB {}"),
        "customer_number": ("customer number {}", "account no. {}", "my customer ID is {}"),
        "order_number": ("Order {} is missing", "order number: {}", "cancel order no {}"),
        "password": ("password: {}", "my password is {}", "wifi password {} fails"),
    },
}  # fmt: skip
_BEFORE = {"de": ("", "Hallo, ", "Guten Tag! ", "Moin, "), "en": ("", "Hi, ", "Hello! ", "Good morning. ")}
_AFTER = {
    "de": (
        "",
        ", danke",
        ". Das Gerät XR-500 zeigt Fehler E12.",
        " und seit Montag geht nichts mehr",
        "! Kosten: 49,90 €",
    ),
    "en": ("", ", thanks", ". The XR-500 shows error E12.", " and nothing works since Monday", "! It cost £49.90"),
}


def made_messages(language: str, count: int) -> list[MarkedText]:
    """`count` messages in `language`, "de" or "en"."""
    chance = random.Random(f"{language}-{count}")
    messages = []
    for _ in range(count):
        kind, templates = chance.choice(list(_TEMPLATES[language].items()))
        value = _MAKERS[kind](chance, language)
        said = chance.choice(templates).format(f"{{{kind}:{value}}}")
        messages.append(marked(chance.choice(_BEFORE[language]) + said + chance.choice(_AFTER[language]), language))
    return messages


def _digits(chance: random.Random, count: int) -> str:
    return "".join(chance.choices("0123456789", k=count))


def _name(chance: random.Random, language: str) -> str:
    given, family = chance.choice(_GIVEN), chance.choice(_FAMILY)
    if chance.random() < 0.2:
        family += f"-{chance.choice(_FAMILY)}"
    return f"{given} {family}"


def _phone(chance: random.Random, language: str) -> str:
    places = {
        "de": (("0171", "39200", 2), ("030", "23125", 3), ("040", "66969", 3)),
        "en": (("07700", "900", 3), ("020", "79460", 3), ("415", "555-01", 2)),
    }
    area, first, count = chance.choice(places[language])
    last = _digits(chance, count)
    if not area.startswith("0"):
        return chance.choice((f"({area}) {first}{last}", f"+1 {area} {first}{last}", f"{area}-{first}{last}"))
    country = "49" if language == "de" else "44"
    shapes = (
        f"{area} {first} {last}",
        f"{area}/{first}{last}",
        f"{area}-{first}{last}",
        f"+{country} {area[1:]} {first}{last}",
        f"00{country}{area[1:]}{first}{last}",
        f"+{country} (0){area[1:]} {first} {last}",
        f"({area}) {first} {last}",
        area + first + last,
    )
    return chance.choice(shapes)


def _email(chance: random.Random, language: str) -> str:
    given = chance.choice(("r.eber", "tina_88", "jo-hollerbach", "n.o.shea"))
    host, end = chance.choice((("example", "org"), ("example", "com"), ("example", "net")))
    at, dot = ("at", "punkt") if language == "de" else ("at", "dot")
    shapes = (
        f"{given}@{host}.{end}",
        f"{given} (at) {host} ({dot}) {end}",
        f"{given} {at} {host} {dot} {end}",
        f"{given}[at]{host}.{end}",
        f"{given} @ {host}.{end}",
        f"{given.upper()}@{host.upper()}.{end.upper()}",
    )
    return chance.choice(shapes)


def _iban(chance: random.Random, language: str) -> str:
    country, account = chance.choice(
        (("DE", _digits(chance, 18)), ("AT", _digits(chance, 16)), ("GB", "NWBK" + _digits(chance, 14)))
    )
    whole = country + mod_97_10.calc_check_digits(account + country) + account
    spaced = " ".join(whole[i : i + 4] for i in range(0, len(whole), 4))
    return chance.choice((whole, spaced, whole.lower(), spaced.replace(" ", "-")))


def _card(chance: random.Random, language: str) -> str:
    front = chance.choice("45") + _digits(chance, 14)
    whole = front + luhn.calc_check_digit(front)
    return chance.choice(
        (
            whole,
            " ".join(whole[i : i + 4] for i in range(0, 16, 4)),
            "-".join(whole[i : i + 4] for i in range(0, 16, 4)),
        )
    )


def _tax_id(chance: random.Random, language: str) -> str:
    while True:
        number = chance.choice("123456789") + _digits(chance, 10)
        if idnr.is_valid(number):
            return chance.choice((number, f"{number[:2]} {number[2:5]} {number[5:8]} {number[8:]}"))


def _address(chance: random.Random, language: str) -> str:
    number = chance.randint(1, 180)
    letter = chance.choice(("", "", "a", "b"))
    if language == "de":
        return f"{chance.choice(_STREETS)} {number}{letter}, {chance.choice(_TOWNS)}"
    return f"{number}{letter} {chance.choice(_ROADS)}, {chance.choice(_POST_TOWNS)}"


def _birth_date(chance: random.Random, language: str) -> str:
    day, month, year = chance.randint(1, 28), chance.randint(1, 12), chance.randint(1935, 2006)
    word = {"de": ("Januar", "März", "Oktober"), "en": ("January", "March", "October")}[language][month % 3]
    if language == "de":
        return chance.choice(
            (
                f"{day}.{month}.{year}",
                f"{day:02}.{month:02}.{year % 100:02}",
                f"{day}. {word} {year}",
                f"{year}-{month:02}-{day:02}",
            )
        )
    return chance.choice(
        (f"{day}/{month}/{year}", f"{day} {word} {year}", f"{word} {day}, {year}", f"{year}-{month:02}-{day:02}")
    )


def _number(chance: random.Random, language: str) -> str:
    return chance.choice(
        (
            _digits(chance, 8),
            f"K-{_digits(chance, 6)}",
            f"{_digits(chance, 4)}-{_digits(chance, 5)}",
            f"AB{_digits(chance, 7)}",
        )
    )


def _password(chance: random.Random, language: str) -> str:
    return chance.choice(("Sommer", "kettle", "Blau", "tiger")) + chance.choice("!_$#") + str(chance.randint(10, 9999))


_MAKERS: dict[str, Callable[[random.Random, str], str]] = {
    "name": _name,
    "phone": _phone,
    "email": _email,
    "iban": _iban,
    "card": _card,
    "tax_id": _tax_id,
    "address": _address,
    "birth_date": _birth_date,
    "customer_number": _number,
    "order_number": _number,
    "password": _password,
}
