"""Lists of phrases as one pattern each: how the word lists of signs, moods and hurries are written down.

A list is text with one regular expression a line; a backslash at the end carries on in the next line, blank lines only
structure it. Lists are written for the form that
`folded_for_signs` gives: lower case, ae/oe/ue for umlauts, single blanks, so each phrase stands once for all spellings.
"""

from __future__ import annotations

import re
import unicodedata

from nlu.normalising import capped

_CARRIED_ON = re.compile(r"\\\n\s*")
_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "’": "'", "´": "'", "`": "'"})


def folded_for_signs(text: str) -> str:
    """`text` capped, in lower case, umlauts spelled out, single blanks."""
    return " ".join(unicodedata.normalize("NFC", capped(text)).lower().translate(_FOLD).split())


def any_of(lines: str) -> re.Pattern[str]:
    """A pattern that finds each phrase of `lines` as whole words."""
    whole = _CARRIED_ON.sub("", lines).splitlines()
    phrases = "|".join(line.strip() for line in whole if line.strip())
    return re.compile(rf"(?<!\w)(?:{phrases})(?!\w)")
