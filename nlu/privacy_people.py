"""Names of people, and dates of birth.

A name is found by what stands before it ("Frau", "ich heiße", "Viele Grüße"), or because a common given name is
followed by a capitalised word. Without a capital letter only common given names count, so that "ich bin sauer"
stays while "ich bin max" is masked.
"""

# ruff: noqa: SIM905 - word lists read better as text

from __future__ import annotations

import re
from collections.abc import Iterator

from desk.reading import PersonalDataSpan
from nlu.function_words import ENGLISH, GERMAN
from nlu.given_names import GIVEN_NAMES

_WORD = r"[^\W\d_]+(?:['’-][^\W\d_]+)*"
_NAME_WORDS = re.compile(
    rf"(?:(?:von|van|de|der|zu|al|el|di|da|bin)\s)?{_WORD}\.?(?:[ \t]+(?:(?:von|van|de|der|zu|al|el|di"
    rf"|da)[ \t]+)?{_WORD}){{0,3}}"
)
_SALUTATION = re.compile(
    r"\b(?:herrn?|hr|frau|fr|fräulein|mr|mrs|ms|miss|mister|madam|sir|dr|prof|professor|familie|fam|señor"
    r"|monsieur|madame)\b\.?[ \t]+"
    r"(?:(?:dr|prof|med|dipl|ing)\.?[ \t]+){0,3}",
    re.I,
)
_SAYING = re.compile(
    r"\b(?:mein(?:e)? (?:vor|nach|familien|zu|voller )?name ist|mein (?:voller )?name lautet|ich hei(?:ß|ss)e"
    r"|i hoass|mei(?:n)? nam(?:e)? is|ich bin(?: der| die)?|i bin(?: der| die)?"
    r"|hier (?:ist|schreibt|spricht|is)(?: der| die| nochmal| wieder)?|auf (?:den|meinen) namen|im namen von"
    r"|kontoinhaber(?:in)?|empfänger(?:in)?|vertragsinhaber(?:in)?|ansprechpartner(?:in)?"
    r"|(?:vor|nach|familien|zu)?name|unterzeichnet|kundin|kunde|nachbarn?|nachbarin|my (?:full |first |last "
    r"|sur)?name(?: is|'s|s)|i am|i'm|im|this is|name is|it's|it is|in the name of"
    r"|under the name(?: of)?|account holder(?: is)?|addressed to|(?:first |last |full |sur)?name|speaking with"
    r"|spoke (?:to|with)|talked to|signed for by|neighbou?r|ask for|(?:call|named) me)\b"
    r"[ \t]*[:=,]?[ \t]*",
    re.I,
)
_CLOSING = re.compile(
    r"\b(?:(?:mit )?(?:freundlichen?|besten?|liebe[nr]?|viele[nr]?|herzliche[nr]?|schöne[nr]?|sonnige"
    r"|vielen) (?:grü(?:ß|ss)en?|gruessen?|gru(?:ß|ss)|dank)|gru(?:ß|ss)|grü(?:ß|ss)e|gruesse|lg|vg|mfg|glg|bg"
    r"|hochachtungsvoll|ciao|danke(?: dir| euch| ihnen| schön)?|merci|servus|baba|(?:(?:kind|best|warm"
    r"|many) )?regards|best wishes|sincerely|faithfully|truly yours|cheers|thanks(?: a lot| so much"
    r"| in advance)?|thank you|best|ta|thx|yours)\b"
    r"[ \t]*[,.!:–-]*[ \t]*\n?[ \t\n]{0,4}",
    re.I,
)
_GREETING = re.compile(r"\b(?:hallo|hi|hey|liebe[r]?|dear|servus|moin|hello|guten (?:tag|morgen|abend))[ \t]+", re.I)
_TWO_WORDS = re.compile(rf"\b({_WORD})[ \t]+((?:(?:von|van|de|der|zu|al|el)[ \t]+)?{_WORD})")
_NO_NAME = frozenset(
    """
        kunde kundin kunden neukunde stammkunde bestandskunde student studentin rentner rentnerin entwickler
        entwicklerin mieter mieterin besitzer nutzer nutzerin benutzer mitglied lehrer lehrerin journalist
        journalistin redakteur redakteurin azubi vater mutter oma opa mann frau herr mensch anfänger laie
        techniker informatiker geschäftsführer inhaber abonnent fan euer ihr sie du dein mein unser team
        service support kundenservice kundendienst leute zusammen alle allerseits freunde damen herren jungs
        mädels gemeinde community bot chatbot roboter guys folks all there everyone team mate mates people sir
        madam customer service support help again bye goodbye morning afternoon evening und and oder or aber
        but the a an das der die den dem ein eine nicht not no nein ja yes bitte please danke thanks router
        tablet handy paket telefon internet bestellung rechnung order parcel package phone broadband wlan wifi
        app vertrag contract heute today morgen tomorrow monday tuesday wednesday thursday friday saturday
        sunday montag dienstag mittwoch donnerstag freitag samstag sonntag january february march april june
        july august september october november december januar februar märz mai juni juli oktober dezember
        german deutsch english englisch deutscher deutsche germany deutschland österreich schweiz england
        berlin münchen wien hamburg zürich london i ich we wir it es this that dies when wann why warum how
        wie what was who wer where wo mr mrs ms dr prof im voraus advance ticket nummer number name vorname
        nachname für for von of vom mit with auf on in an zu so very sehr total really still immer noch just
        only gerade wieder jetzt now also auch hier here da done nix nichts gruß grüße regards wishes best
        beste liebe schönen schöne tag day abend feierabend wochenende weekend mal gut good ok okay
    """.split()
)
_BIRTH_CUE = re.compile(
    (
        r"(?:geb(?:oren|urtsdatum|urtstag|\.)?|\*|born|dob|d\.o\.b\.?|date of birth|birth\s?da(?:te|y)"
        r"|b-?day)\b.{0,25}?$"
    ),
    re.I,
)
_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}[./-]\s?\d{1,2}[./-]\s?(?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}|\d{1,2}(?:\.|st|nd|rd"
    r"|th)?\s?(?:of\s)?[a-zä]{3,9}\.?,?\s\d{2,4}"
    r"|[a-z]{3,9}\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4}|\d{1,2}\.\s?\d{1,2}\.)(?!\d)",
    re.I,
)


def names(text: str) -> Iterator[PersonalDataSpan]:
    """Names after a salutation, a phrase of introduction or a closing, and given names with a surname."""
    for match in _SALUTATION.finditer(text):
        kin = text[max(0, match.start() - 8) : match.start()].lower().split()[-1:]
        if kin not in (["meine"], ["eine"], ["seine"], ["ihre"], ["der"], ["die"], ["deine"], ["yes"], ["no"]):
            yield from _name_at(text, match.end(), most=2, lower=True)
    for match in _SAYING.finditer(text):
        yield from _name_at(text, match.end(), most=3, lower=False)
    for match in _CLOSING.finditer(text):
        yield from _name_at(text, match.end(), most=3, lower=False, alone=True)
    for match in _GREETING.finditer(text):
        yield from _given_name_at(text, match.end())
    for match in _TWO_WORDS.finditer(text):
        first, last = match[1], match[2]
        if _is_given(first) and first[0].isupper() and last[0].isupper() and last.lower() not in _NO_NAME:
            yield PersonalDataSpan(match.start(), match.end(), "name")


def birth_dates(text: str) -> Iterator[PersonalDataSpan]:
    """Dates after "geboren am", "date of birth" and the like."""
    for match in _DATE.finditer(text):
        if _BIRTH_CUE.search(text[max(0, match.start() - 45) : match.start()]):
            yield PersonalDataSpan(match.start(), match.end(), "birth_date")


def _name_at(text: str, at: int, *, most: int, lower: bool, alone: bool = False) -> Iterator[PersonalDataSpan]:
    """The name that begins at `at`, of at most `most` words. `lower`: small letters will do.

    `alone`: the name must be all that stands on its line, as under a letter; or a common given name.
    """
    piece = _NAME_WORDS.match(text, at, at + 90)
    if piece is None:
        return
    end = at
    words = 0
    for word in re.finditer(_WORD, piece[0]):
        if words == most or not _may_be_name(word[0], first=words == 0, lower=lower, after_name=words > 0):
            break
        end = at + word.end()
        words += 1
    line_ends = not text[end : end + 12].split("\n")[0].strip(" \t.,!;:)👍🙏😊🙂-")
    if words and (not alone or line_ends or _is_given(text[at:end].split()[0])):
        yield PersonalDataSpan(at, end, "name")


def _given_name_at(text: str, at: int) -> Iterator[PersonalDataSpan]:
    word = re.compile(_WORD).match(text, at, at + 40)
    if word is not None and _is_given(word[0]):
        yield PersonalDataSpan(at, word.end(), "name")


def _may_be_name(word: str, *, first: bool, lower: bool, after_name: bool) -> bool:
    small = word.lower()
    if small in {"von", "van", "de", "der", "zu", "al", "el", "di", "da", "bin"} and (first or after_name):
        return True
    if small in _NO_NAME:
        return False
    if word[0].isupper():
        return len(word) > 1 or after_name
    if _is_given(word):
        return True
    return (lower if first else after_name) and len(word) > 3 and small not in _PLAIN_WORDS


def _is_given(word: str) -> bool:
    return word.lower() in GIVEN_NAMES


_PLAIN_WORDS = (
    GERMAN
    | ENGLISH
    | frozenset(
        """
        hatte haben hats wird wurde werden kann konnte könnte soll sollte will wollte muss musste sagt sagte
        meinte schreibt schrieb kommt kam geht ging macht machte weiß wusste ruft rief said says told called
        would could should will does have want wants your you're please thank thanks this that what when where
        need needs just have been meine deine seine ihre unsere dann wenn weil dass aber oder auch noch schon
        jetzt gerade heute gestern morgen immer nicht calling writing called wrote bought ordered rufe suche
        brauche warte kaufte bestellte wohne lebe kriege warten living looking trying having waiting still
    """.split()
    )
)
