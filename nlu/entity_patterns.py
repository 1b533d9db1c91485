"""How people write amounts of money and dates, in German and English: patterns without nested repeats.

Amounts: "49,90 €", "€ 12,50", "12 Euro 50", "zwölf Euro", "20 quid", "fifty quid", "a tenner", "50 ct".
Dates: "3.4.", "03/04/2026", "2026-04-03", "3. April", "April 3rd", "am dritten April", "the third of April",
"Mai 2024", "im Mai".
"""

# ruff: noqa: SIM905 - word lists read better as text

from __future__ import annotations

import re

_CURRENCY = r"(?:€|euronen|euros?|eur|£|gbp|pounds?|quid|\$|usd|dollars?|bucks|chf|franken|fr\.|stutz|sfr\.?)"
_CENT = r"(?:cents?|ct|rappen|pence|p(?=\W|$))"
_FIGURE = r"(?:\d{1,3}(?:[.,' ]\d{3}){1,3}(?:[.,]\d{2})?|\d{1,7}(?:[.,]\d{1,2})?)"
_UNITS = (
    r"(?:ein(?:e[nm]?|s)?|zwei|drei|vier|fünf|fuenf|sechs|sieben|acht|neun|zehn|elf|zwölf|zwoelf|(?:drei|vier"
    r"|fünf|sech|sieb"
    r"|acht|neun)zehn|(?:(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)und)?(?:zwanzig|dreißig|dreissig"
    r"|vierzig|fünfzig"
    r"|sechzig|siebzig|achtzig|neunzig)|(?:ein|zwei|drei|vier|fünf|sechs)?hundert(?:zwanzig|fünfzig)?|(?:ein"
    r"|zwei)?tausend"
    r"|a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:one|two|three|four|five|six|seven|eight"
    r"|nine))?"
    r"|(?:a|one|two|three|four|five|six|seven|eight|nine) (?:hundred|thousand))"
)
AMOUNT = re.compile(
    rf"(?<![\w.,])(?:{_FIGURE}(?:,-|,--)?[ -]?{_CURRENCY}(?!\w)(?:[ ]\d{{2}}(?![\w.,:]))?"
    rf"|(?:[€£$]|eur|chf|usd|gbp|fr\.)[ ]?{_FIGURE}(?:,-)?(?![\w])"
    rf"|{_UNITS}[ ](?:euronen|euros?|pounds|quid|dollars?|bucks|franken|stutz)(?!\w)"
    rf"|{_FIGURE}[ ]?{_CENT}(?!\w)|(?:a )?(?:tenner|fiver|fuffi|zwanni|hunni)(?!\w))",
    re.I,
)
"""Sums of money, in figures or words."""

_MONTH = (
    r"(?:jan(?:uary|uar|ner|\.)?|jänner|feb(?:ruary|ruar|er|\.)?|märz|maerz|mär\.|mar(?:ch|\.)?|apr(?:il|\.)?|mai"
    r"|may|june?"
    r"|juni|july?|juli|aug(?:ust|\.)?|sept?(?:ember|\.)?|okt(?:ober|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?"
    r"|dez(?:ember|\.)?"
    r"|dec(?:ember|\.)?)"
)
_FULL_MONTH = (
    r"(?:januar|january|jänner|februar|february|märz|maerz|march|april|mai|juni|june|juli|july|august|september|oktober"
    r"|october"
    r"|november|dezember|december)"
)
_ORDINAL = (
    r"(?:erste[nr]?|zweite[nr]?|dritte[nr]?|vierte[nr]?|fünfte[nr]?|sechste[nr]?|siebte[nr]?|siebente[nr]?"
    r"|achte[nr]?|neunte[nr]?"
    r"|zehnte[nr]?|elfte[nr]?|zwölfte[nr]?|(?:drei|vier|fünf|sech|sieb|acht|neun)zehnte[nr]?"
    r"|(?:(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)und)?(?:zwanzig|dreißig|dreissig)ste[nr]?"
    r"|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teenth|(?:twenty|thirty)[ -](?:first|second|third|fourth|fifth|sixth"
    r"|seventh"
    r"|eighth|ninth)|twentieth|thirtieth)"
)
_WHEN = "|".join(
    rf"(?<=\b{word} )" for word in "im in bis seit ab für vom zum since until till for by last next".split()
)
_DAY = r"(?:[012]?\d|3[01])"
DATE = re.compile(
    rf"(?<![\w.,/-])(?!24/7)(?:{_DAY}\.[ ]?(?:0?\d|1[0-2])\.(?:[ ]?\d{{4}}|\d{{2}})?(?!\d)"
    rf"|{_DAY}[/-]{_DAY}[/-](?:\d{{4}}|\d{{2}})(?!\d)|\d{{4}}-[01]\d-[0-3]\d(?!\d)|{_DAY}/(?:0?[1-9]"
    rf"|1[0-2])(?=[ ,.;!?]|$)(?![ ]?(?:\d|zoll|inch))"
    rf"|{_DAY}(?:\.|st|nd|rd|th)?[ ]?(?:of[ ])?{_MONTH}(?!\w)(?:[ ]\d{{4}}(?!\d))?"
    rf"|{_MONTH}[ ]{_DAY}(?:st|nd|rd|th)?(?![\d:])(?:,?[ ]\d{{4}}(?!\d))?"
    rf"|{_ORDINAL}[ ](?:of[ ])?(?:{_FULL_MONTH}|{_ORDINAL})(?!\w)(?:[ ]\d{{4}}(?!\d))?|{_FULL_MONTH}[ ]\d{{4}}(?!\d)"
    rf"|(?:{_WHEN}){_FULL_MONTH}(?!\w)"
    r"|\d{1,2}(?:st|nd|rd|th)(?= of (?:this|last|next|the) month))",
    re.I,
)
"""Days of a year, with or without the year."""

_MONEY = "euro quid pound dollar buck franken stutz tenner fiver fuffi zwanni hunni".split()
_DAYS = (
    "januar jänner februar märz maerz march april mai juni june juli july august september oktober october november "
    "dezember december erste zweite dritte vierte fünfte sechste siebte siebente achte neunte zehnte elfte zwölfte "
    "igste first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth teenth ieth"
).split()


def may_hold_amounts(low: str) -> bool:
    """Whether a text without digits, in small letters, may hold an AMOUNT; most hold not one of these letters."""
    return any(word in low for word in _MONEY)


def may_hold_dates(low: str) -> bool:
    """The same for a DATE."""
    return any(word in low for word in _DAYS)
