"""Personal data are found in the habits of people, and what is harmless stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.reading import MessageLanguage
from nlu.privacy import KINDS, find_personal_data, label, mask

FOUND = [
    ("meine mail ist max.muster@web.example", "email", "max.muster@web.example"),
    ("schreibt an max at web punkt de", "email", "max at web punkt de"),
    ("mia punkt vogt at gmx punkt net bitte", "email", "mia punkt vogt at gmx punkt net"),
    ("max (at) gmx (dot) net", "email", "max (at) gmx (dot) net"),
    ("max[at]web.de", "email", "max[at]web.de"),
    ("reach me on joe.bloggs+shop@mail.example.co.uk ta", "email", "joe.bloggs+shop@mail.example.co.uk"),
    ("joe at gmail dot com", "email", "joe at gmail dot com"),
    ("ruf an 0176 1234567", "phone", "0176 1234567"),
    ("0176/12345678 geht immer", "phone", "0176/12345678"),
    ("+49 (0)30 1234-567", "phone", "+49 (0)30 1234-567"),
    ("0049 171 2345678", "phone", "0049 171 2345678"),
    ("+43 664 1234567", "phone", "+43 664 1234567"),
    ("079 123 45 67 isch mini nummer", "phone", "079 123 45 67"),
    ("call me on 07700 900123", "phone", "07700 900123"),
    ("(555) 123-4567 is my cell", "phone", "(555) 123-4567"),
    ("555-123-4567", "phone", "555-123-4567"),
    ("my phone number is 4471234567", "phone", "4471234567"),
    ("Tel. 4567890", "phone", "4567890"),
    ("null eins sieben sechs eins zwei drei vier", "phone", "null eins sieben sechs eins zwei drei vier"),
    ("DE89 3704 0044 0532 0130 00 ist mein Konto", "iban", "DE89 3704 0044 0532 0130 00"),
    ("IBAN: DE89370400440532013000", "iban", "DE89370400440532013000"),
    ("de12 5001 0517 0648 4898 99 vertippt", "iban", "de12 5001 0517 0648 4898 99"),
    ("GB29 NWBK 6016 1331 9268 19", "iban", "GB29 NWBK 6016 1331 9268 19"),
    ("Kontonummer 532013000 BLZ 37040044", "account_number", "532013000"),
    ("meine Karte 4111 1111 1111 1111", "card", "4111 1111 1111 1111"),
    ("card number 4111-1111-1111-1112", "card", "4111-1111-1111-1112"),
    ("Steuer-ID: 12345678901", "tax_id", "12345678901"),
    ("Steuer ID 65 929 970 489", "tax_id", "65 929 970 489"),
    ("Sozialversicherungsnummer 65 170839 J 003", "insurance", "65 170839 J 003"),
    ("my NI number is QQ 12 34 56 C", "insurance", "QQ 12 34 56 C"),
    ("SSN 123-45-6789", "insurance", "123-45-6789"),
    ("AHV 756.9217.0769.85", "insurance", "756.9217.0769.85"),
    ("geboren am 12.03.1985 in Lindental", "birth_date", "12.03.1985"),
    ("geb. 1.2.90", "birth_date", "1.2.90"),
    ("my date of birth is 3 March 1985", "birth_date", "3 March 1985"),
    ("wohne in der Lindenstraße 5", "address", "Lindenstraße 5"),
    ("Am Alten Markt 12a", "address", "Am Alten Markt 12a"),
    ("hauptstr. 17 in 10115 Berlin", "address", "hauptstr. 17"),
    ("10115 Berlin", "address", "10115 Berlin"),
    ("A-1010 Wien", "address", "A-1010 Wien"),
    ("12 Baker Street", "address", "12 Baker Street"),
    ("flat 3, 221b Acacia Avenue", "address", "flat 3, 221b Acacia Avenue"),
    ("NW1 6XE", "address", "NW1 6XE"),
    ("PLZ 80331", "address", "80331"),
    ("Packstation 145", "address", "Packstation 145"),
    ("Frau Vogt hat angerufen", "name", "Vogt"),
    ("mein name ist mira vogt", "name", "mira vogt"),
    ("ich bin der jonas", "name", "jonas"),
    ("ich heiße Kowalczyk", "name", "Kowalczyk"),
    ("my name is John Smith", "name", "John Smith"),
    ("this is Siobhan O'Neill", "name", "Siobhan O'Neill"),
    ("Viele Grüße\nJonas Weber", "name", "Jonas Weber"),
    ("lg Tina", "name", "Tina"),
    ("Kind regards, Priya", "name", "Priya"),
    ("Der Vertrag läuft auf Peter Lindner", "name", "Peter Lindner"),
    ("Kundennummer 88213377", "customer_number", "88213377"),
    ("customer no. AB-12345", "customer_number", "AB-12345"),
    ("Bestellung 4711-2209 fehlt", "order_number", "4711-2209"),
    ("order number is 99812345", "order_number", "99812345"),
    ("Vertragsnummer: VN-2023-0042", "contract_number", "VN-2023-0042"),
    ("Rechnung RE-2024-3381", "invoice_number", "RE-2024-3381"),
    ("tracking number 1Z999AA10123456784", "tracking_number", "1Z999AA10123456784"),
    ("Passwort: hund123", "password", "hund123"),
    ("mein passwort lautet Sommer!7", "password", "Sommer!7"),
    ("pin 4711", "password", "4711"),
    ("the password is hunter2", "password", "hunter2"),
    ("https://shop.example/reset?token=abcdef123456&x=1", "token", "abcdef123456"),
    ("schreib @maxi_m", "handle", "@maxi_m"),
    ("t.me/maxi1990", "handle", "t.me/maxi1990"),
    ("discord: maxi#1234", "handle", "maxi#1234"),
    ("Kennzeichen B-MW 1234", "plate", "B-MW 1234"),
    ("52.520008, 13.404954", "coordinates", "52.520008, 13.404954"),
    ("///tulpe.regal.fenster ist es", "coordinates", "tulpe.regal.fenster"),
    ("Es geht an Paula Brandt, nicht an mich", "name", "Paula Brandt"),
    ("my neighbour Marek took it", "name", "Marek"),
    ("Gruß, Svenja", "name", "Svenja"),
    ("hier ist ayse yilmaz aus der hauptfiliale", "name", "ayse yilmaz"),
    ("it went to Oyelaran next door", "name", "Oyelaran"),
    ("Die Rücksendung lief unter A. Brodersen", "name", "A. Brodersen"),
    ("Best wishes\nTim & Svea", "name", "Tim & Svea"),
    ("Nguyễn Thị Hạnh hat bestellt", "name", "Nguyễn Thị Hạnh"),
    ("Max und Moritz Ebeling", "name", "Max"),
    ("c/o Baumgärtel", "name", "Baumgärtel"),
    ("schreibt an paula äd posteo punkt de", "email", "paula äd posteo punkt de"),
    ("paula.brandt @ example . org", "email", "paula.brandt @ example . org"),
    ("o171 39200 15 geht", "phone", "o171 39200 15"),
    ("double seven double oh nine hundred four five six", "phone", "double seven double oh nine hundred four five six"),
    ("０１７１ ３９２００１１", "phone", "０１７１ ３９２００１１"),
    ("iban at: AT61 1904 3002 3457 3201", "iban", "AT61 1904 3002 3457 3201"),
    ("meine bic ist BYLADEM1001", "account_number", "BYLADEM1001"),
    ("Karte endet auf 4242", "card", "4242"),
    ("Unter den Linden 77 wohne ich", "address", "Unter den Linden 77"),
    ("Lieferung an Theodor-Heuss-Ring 9", "address", "Theodor-Heuss-Ring 9"),
    ("Postfach 10 04 51, 33504 Bielefeld", "address", "Postfach 10 04 51, 33504 Bielefeld"),
    ("1420 Maple Ridge Dr, Apt 5B, Boise, ID 83702", "address", "1420 Maple Ridge Dr, Apt 5B, Boise, ID 83702"),
    ("deliver to The Old Rectory, Church Street, Ludlow", "address", "The Old Rectory, Church Street, Ludlow"),
    ("living at 19a old mill lane, durham dh1 4sx", "address", "19a old mill lane, durham dh1 4sx"),
    ("born on the 3rd of April 1981", "birth_date", "3rd of April 1981"),
    ("Geburtsjahr 1963", "birth_date", "1963"),
    ("Ausweisnummer L01X00T47", "id_number", "L01X00T47"),
    ("Zähler 1 ESM 11 2233 4455", "meter_number", "1 ESM 11 2233 4455"),
    ("Seriennummer vom Router: SN7742-K19-0033", "device_number", "SN7742-K19-0033"),
    ("MAC 00:1A:2B:3C:4D:5E", "device_number", "00:1A:2B:3C:4D:5E"),
    ("orders 88120031, 88120032 and 88120040", "order_number", "88120040"),
    ("hab das pw auf Mondschein77 gesetzt", "password", "Mondschein77"),
    ("the code you texted me 662914 fails", "password", "662914"),
    ("my pw is correcthorse", "password", "correcthorse"),
    ("ich bin bei discord als tjorbi_88", "handle", "tjorbi_88"),
    ("meine IP ist 203.0.113.9", "ip_address", "203.0.113.9"),
    ("Auto ZH 445 210 parkt hier", "plate", "ZH 445 210"),
    ("wann ruft Herr von der Heide an", "name", "Herr von der Heide"),
    ("ring the bell for Eva and Peter Novak", "name", "Eva and Peter Novak"),
    ("Grüße, A. & B. Fröhlich", "name", "A. & B. Fröhlich"),
    ("the Osterman family moved out", "name", "Osterman"),
    ("Sonnenschein, Petra: Rückruf erbeten", "name", "Sonnenschein, Petra"),
    ("Sagen Sie Frau M. Bescheid", "name", "Frau M."),
    ("my brother Art has a line", "name", "Art"),
    ("my no: o77oo 9oo 752", "phone", "o77oo 9oo 752"),
    ("back from 9 to 4) 0161-496-0309", "phone", "0161-496-0309"),
    ("Vertragsnummer: MOB 554 120 9", "contract_number", "MOB 554 120 9"),
    ("Kd.Nr.5588-1123 passt", "customer_number", "5588-1123"),
    ("zugang: p.lenk@example.net / Xy9!kkRt", "password", "Xy9!kkRt"),
    ("Codewort: Zitronenfalter", "password", "Zitronenfalter"),
    ("Ich zieh nach Mannheim, Q7 24", "address", "Mannheim, Q7 24"),
    ("User: kegelkoenig58 ist gesperrt", "handle", "kegelkoenig58"),
    ("Ich glaube Zamira hat unterschrieben", "name", "Zamira"),
    ("hab Jorvik gefragt, der weiß nichts", "name", "Jorvik"),
    ("I think Jorvik signed for it", "name", "Jorvik"),
    ("that was Zamira's idea", "name", "Zamira"),
    ("Name: Krümmling", "name", "Krümmling"),
    ("Kundennummer 31 448 902, wie immer", "customer_number", "31 448 902"),
    ("Auf der Rechnung RG 2024/4471 steht etwas", "invoice_number", "RG 2024/4471"),
    ("tamara w. bin ich", "name", "tamara w."),
    ("meine mutter (82), edith kranefeld, findet ihn nicht", "name", "edith kranefeld"),
    ("All is well.\nGreetings from up north\nFitz", "name", "Fitz"),
]
HARMLESS = [
    "ich bin sehr sauer und der Router RX-300 zeigt Fehler E5012",
    "Version 1.2.3.4567 vom 12.03.2024 kostet 49,90 Euro",
    "ich bin Kunde seit 2019 und zufrieden",
    "ich bin seit drei Wochen ohne Internet",
    "mein passwort ist falsch",
    "Passwort vergessen, was nun?",
    "my password is not working",
    "Rechnung über 1500 Euro, das stimmt nicht",
    "meine Rechnung ist 149.90 Euro zu hoch",
    "Nur 50 Mbit statt 250000 kbit",
    "Code 404, Fehler 50123 beim Start",
    "Der Murmel Mini in Blau, gibt es den noch?",
    "cancel my order 10 minutes after placing it",
    "I am so happy with the Onda Pods 2",
    "bin am 14.12. nicht da",
    "zwischen 2019-2023 war alles gut",
    "192.168.178.1 antwortet nicht",
    "meine Frau hat bestellt",
    "Danke für die schnelle Hilfe!",
    "Thanks for nothing",
    "hi there, wheres my parcel",
    "it's broken again",
    "Meine Bestellung vom 3. März ist noch nicht da",
    "um 09:30 bis 11:00 Uhr",
    "Firmware 7.29 auf Modell 7590 installiert",
    "eins zwei drei los gehts",
    "no use in our flat at all. It's still in its box",
    "i got nothing at all. No reply, no parcel",
    "look at the website, it is down",
    "Wo finde ich meine Kundennummer?",
    "Die Onda Pods klingen großartig, danke an das Team",
    "Hermes hat geklingelt und ist sofort wieder gefahren",
    "Der Herr Doktor hat gesagt, ich soll weniger schauen",
    "Ich will im Mai nach Hamburg, nicht im August",
    "I may mark this as spam, and will you grant a refund?",
    "My passcode won't work and the login doesn't either",
    "nobody answers the phone at yours, it's a joke",
    "Promo code SUMMER24 says error code 50123",
    "Ist das Kabel Typ USB-C 3.2 Gen 2 mit 100 Watt?",
    "Does it take money from an ATM in USD or GBP?",
    "Mein Techniker war schon da, schönen Dank",
    "Das Modell Klara in Eiche, ist das lieferbar?",
    "Are the Paula shoes still available?",
    "I looked at John Lewis and at Marks and Spencer",
    "Ist die Fritzbox 7590 AX auf Lager?",
    "From the U.S. Will it work, and can you art direct?",
    "Login bricht mit ERR_AUTH_FAILED ab",
    "Ich bin Koch von Beruf",
    "Does it cost more in AUD than in the app?",
]


@pytest.mark.parametrize(("text", "kind", "value"), FOUND)
def test_personal_data_are_masked_with_their_kind(text: str, kind: str, value: str) -> None:
    spans = find_personal_data(text)
    covering = [s for s in spans if s.start <= text.index(value) and s.end >= text.index(value) + len(value)]
    assert [s.kind for s in covering] == [kind], [(s.kind, text[s.start : s.end]) for s in spans]
    assert value not in mask(text, spans, "de")


@pytest.mark.parametrize("text", HARMLESS)
def test_what_names_nobody_stays(text: str) -> None:
    assert mask(text, find_personal_data(text), "de") == text


def test_the_label_is_in_the_language_of_the_message() -> None:
    text = "0176 1234567"
    spans = find_personal_data(text)
    assert mask(text, spans, "de") == "[Telefon]"
    assert mask(text, spans, "en") == mask(text, spans, "other") == "[phone]"
    assert all(label(kind, language).startswith("[") for kind in KINDS for language in ("de", "en", "other"))


def test_a_name_found_once_is_masked_everywhere() -> None:
    text = "Mein Name ist Mira Vogt. Die Rechnung geht an Vogt, nicht ans Vogtland."
    assert (
        mask(text, find_personal_data(text), "de")
        == "Mein Name ist [Name]. Die Rechnung geht an [Name], nicht ans Vogtland."
    )


def test_masked_text_holds_nothing_more_to_mask() -> None:
    for text in (*(sample for sample, _, _ in FOUND), "\n".join(sample for sample, _, _ in FOUND)):
        for language in ("de", "en"):
            masked = mask(text, find_personal_data(text), language)
            assert mask(masked, find_personal_data(masked), language) == masked


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_mask_typed_by_the_sender_stays_as_it_is(kind: str, language: MessageLanguage) -> None:
    shown = label(kind, language)
    for text in (
        f"Ruf {shown} an, {shown}",
        f"Passwort: {shown}",
        f"mein Name ist {shown}",
        f"Bestellung {shown} fehlt",
    ):
        assert mask(text, find_personal_data(text), language) == text


PIECES = st.sampled_from(
    [sample for sample, _, _ in FOUND] + HARMLESS + ["@", "[", "]", "\n", "\x00", "😀", "‮", "０１７６"]
)
ANYTHING = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=8).map(" ".join), st.lists(PIECES).map("".join))


@given(ANYTHING)
def test_spans_are_sorted_disjoint_and_inside(text: str) -> None:
    spans = find_personal_data(text)
    ends = [0] + [s.end for s in spans]
    assert all(before <= s.start < s.end <= len(text) for before, s in zip(ends, spans, strict=False))
    assert all(s.kind in KINDS for s in spans)


@given(ANYTHING)
def test_masking_keeps_all_that_stands_between_and_nothing_of_the_rest(text: str) -> None:
    spans = find_personal_data(text)
    masked, at, rest = mask(text, spans, "de"), 0, ""
    for span in spans:
        piece = text[at : span.start] + label(span.kind, "de")
        assert masked.startswith(piece, len(rest))
        rest += piece
        at = span.end
    assert masked == rest + text[at:]


@given(st.lists(st.sampled_from([sample for sample, _, _ in FOUND] + HARMLESS), max_size=4).map("\n".join))
def test_masking_twice_is_masking_once(text: str) -> None:
    masked = mask(text, find_personal_data(text), "de")
    assert mask(masked, find_personal_data(masked), "de") == masked
