"""Where a name begins and ends: salutations, titles, initials and what is glued on belong to it."""

from __future__ import annotations

import re

from nlu.privacy_look import Look, Word

_LONGEST_LEAD = 48
_LEAD = re.compile(
    r"(?<![\w.])(?:(?:(?i:herrn?|hr|frau|fr|fräulein|mr|mrs|ms|miss|mister|madam|familie|fam|eheleute|ehepaar|mme"
    r"|dr|prof"
    r"|professor|doktor|med"
    r"|dipl|ing|mag|rer|nat|phil|jur)\b\.?|[A-ZÄÖÜ][a-zäöü]{0,2}\.|(?:[a-z]|chr|th|joh|wilh|hch"
    r"|alex)\.)[ \t-]{0,2}){1,7}$"
)
_GLUED = re.compile(r"[\d_]\w{0,30}")


def name_end(look: Look, last: Word) -> int:
    """Where the name ends, the dot of an initial and what is glued on included: "Stefanie B.", "lena_84"."""
    if last.end - last.start == 1 and look.text[last.end : last.end + 1] == ".":
        return last.end + 1
    glued = _GLUED.match(look.text, last.end)
    return glued.end() if glued is not None else last.end


def name_start(look: Look, at: int) -> int:
    """Where the name that begins at `at` begins together with its salutation, titles and initials."""
    before = look.text[max(0, at - _LONGEST_LEAD) : at]
    lead = _LEAD.search(before)
    return at - len(before) + lead.start() if lead is not None else at
