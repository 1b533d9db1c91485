"""Where a name begins and ends: salutations, titles, initials and what is glued on belong to it."""

from __future__ import annotations

import re

from nlu.privacy_lexicon import WordKind, word_kind
from nlu.privacy_look import Look, Word
from nlu.privacy_name_cues import CUES, NEVER, SALUTATIONS, TITLES

_LONGEST_LEAD = 48
_LEAD = re.compile(
    r"(?<![\w.])(?:(?:(?i:herrn?|hr|frau|fr|fräulein|mr|mrs|ms|miss|mister|madam|familie|fam|eheleute|ehepaar|mme"
    r"|dr|prof|professor|doktor|med|dipl|ing|mag|rer|nat|phil|jur)\b\.?|[A-ZÄÖÜ]\. ?(?:&|und|and)"
    r"|(?!Mai|Jan|Feb|M[äa]r|Apr|May|Ju[nl]|Aug|Sep|O[kc]t|Nov|De[cz]|N[ro]\.|Tel|Str|Abs|Art|Uhr|Tag)"
    r"[A-ZÄÖÜ][a-zäöü]{0,2}\.|(?:[a-z]|chr|th|joh|wilh|hch"
    r"|alex)\.)[ \t-]{0,2}){1,7}$"
)
_SURNAME_FIRST = re.compile(r"(?:^|\n)([A-ZÄÖÜ][\w'-]{2,30}), $")
_FILED = re.compile(r"[A-ZÄÖÜ][\w'-]{1,30}(?: [A-ZÄÖÜ][\w'-]{1,30})?(?:: | \(|, (?:geb|born|\*))")
"""After a surname that stands first, an ordinary word or not: "Sonnenschein, Petra: ..."."""
_INITIAL_AFTER = re.compile(r" [bcfghj-npqrtw]\.(?! ?[A-Za-z]\.)")
"""Of a surname, in small letters. Others begin abbreviations: "u.", "z. B.", "d. h.", "o. ä."."""
_LEADS = SALUTATIONS | TITLES | {"mag", "jur", "&", "und", "and"}
_OPENING = "(\"'„“[:,;-–*>/"
_GLUED = re.compile(r"[\d_]\w{0,30}")


def name_end(look: Look, last: Word) -> int:
    """Where the name ends, the dot of an initial and what is glued on included: "Stefanie B.", "lena_84"."""
    if last.end - last.start == 1 and look.text[last.end : last.end + 1] == ".":
        return last.end + 1
    initial = _INITIAL_AFTER.match(look.text, last.end)
    if initial is not None and word_kind(last.low) is WordKind.GIVEN:
        return initial.end()
    glued = _GLUED.match(look.text, last.end)
    return glued.end() if glued is not None else last.end


def name_start(look: Look, at: int) -> int:
    """Where the name that begins at `at` begins together with its salutation, titles and initials."""
    before = look.text[max(0, at - _LONGEST_LEAD) : at]
    lead = _LEAD.search(before) if _may_lead(before) else None
    if lead is not None:
        return at - len(before) + lead.start()
    surname = _SURNAME_FIRST.search(before) if before.endswith(", ") else None
    if surname is None or (at > len(before) and surname.start() == 0):
        return at
    low = surname[1].lower()
    if low in CUES or low in NEVER or (word_kind(low) <= WordKind.COMPOUND and not _FILED.match(look.text, at)):
        return at
    return at - len(before) + surname.start(1)


def _may_lead(before: str) -> bool:
    """Whether the last word of `before` is a title or ends in a dot: most names have neither before them."""
    pieces = before.rstrip(" \t-").split()
    return bool(pieces) and (pieces[-1][-1] == "." or pieces[-1].lstrip(_OPENING).lower() in _LEADS)
