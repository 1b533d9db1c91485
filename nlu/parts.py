"""The parts of a message that may each be a request of its own: sentences, and what follows "außerdem" or "also".

Only long enough parts count, and only when there are several; at most MOST_PARTS, so a message costs a bounded
number of scores.
"""

from __future__ import annotations

import re

from nlu.normalising import capped

MOST_PARTS = 6
_LEAST_WORDS = 4
_BREAK = re.compile(
    r"[.!?;\n]+\s|\n+|\s(?:und\s)?(?:außerdem|ausserdem|zusätzlich|übrigens|des weiteren|noch was|dann noch|und noch"
    r"|and also|also,|plus,|as well as that|another thing|besides|oh and|und zweitens|secondly|nebenbei|by the way"
    r"|btw|and after that|und danach)\s"
    r"|,?\s(?:und|and|oder|or)\s(?=(?:bitte|please|dann|then|wann|when|wie|how|was|what|wo|where|welche\w?|which|falls|if"
    r"|kann|k[oö]nn\w*|koenn\w*|can|could|would|will you|h[aä]tt\w*|haett\w*|sagt?|tell|schickt?|send|gebt?|give|put"
    r"|ich (?:will|m[oö]cht\w?|brauch\w?|h[aä]tt\w?)|i(?:'d| want| need| would)|mein\w* \w+ (?:soll|muss)|ne|eine)\b)",
    re.I,
)


def parts_of(text: str) -> tuple[str, ...]:
    """The parts of `text`, or nothing when it has only one."""
    parts = [p for p in _BREAK.split(capped(text)) if p and len(p.split()) >= _LEAST_WORDS]
    return tuple(parts[:MOST_PARTS]) if len(parts) > 1 else ()
