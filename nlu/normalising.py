"""What of a message an engine looks at: a bounded, folded form in which spellings of the same thing agree.

Folded are case, umlauts and their ae/oe/ue spellings, digits (to 0), stacked accents, long-drawn letters and
any white space or control character. The text is capped first, so the cost of any message is bounded: the
first HEAD and the last TAIL characters are read, since the point of a story stands at its end.

Offsets do not survive: entities and personal data are found on the original text.
"""

from __future__ import annotations

import re
import unicodedata

HEAD = 2000
TAIL = 500

_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "’": "'", "`": "'", "´": "'"})
_DIGITS = re.compile(r"\d")
_DRAWN = re.compile(r"(.)\1{2,}")
_INVISIBLE = {"Mn", "Me", "Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"}


def capped(text: str) -> str:
    """At most HEAD + TAIL characters of `text`: its beginning and its end."""
    return text if len(text) <= HEAD + TAIL else f"{text[:HEAD]} {text[-TAIL:]}"


def folded(text: str) -> str:
    """The form of `text` that features are made of. Words are separated by single blanks."""
    text = capped(text)
    if text.isascii():
        text = text.lower().replace("`", "'")  # all that the rest would do to it
    else:
        text = unicodedata.normalize("NFKC", text).casefold()
        text = unicodedata.normalize("NFC", text).translate(_FOLD)
        text = text if text.isascii() else "".join(_visible(c) for c in text)
    text = _DRAWN.sub(r"\1\1", _DIGITS.sub("0", text))
    return " ".join(text.split())[: HEAD + TAIL]


def _visible(character: str) -> str:
    if character.isascii():
        return character
    category = unicodedata.category(character)
    if category not in _INVISIBLE:
        return character
    return "" if category in {"Mn", "Me", "Cf"} else " "
