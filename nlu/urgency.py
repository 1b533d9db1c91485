"""How soon the contact needs an answer, by what they wrote.

Danger to life and self-harm are always urgent. So are a stated deadline within the day, an emergency, and fraud
that is going on. Thanks, praise and ideas can wait, unless the words say otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Set

from desk.reading import Urgency
from nlu.signals import Signal, folded_for_signs

_URGENT = re.compile(
    r"\b(?:(?:sehr |extrem |super |mega )?dringend\w{0,2}|eilt|eilig|eilmeldung|notfall|sofort\w{0,3}|umgehend"
    r"|unverzueglich|asap|schnellstmoeglich|so schnell wie moeglich|am besten gestern|brauch\w? .{0,30}(?:heute"
    r"|morgen frueh|sofort)|bis (?:heute|morgen|spaetestens)|heute noch|noch heute|letzte frist|frist (?:laeuft"
    r"|endet)"
    r"|in (?:einer|zwei|2|1|3|drei|wenigen) stunden?|herzschrittmacher|hausnotruf|notrufknopf|pflegefall"
    r"|beatmungs\w{3,8}|gehackt|gehackter|hacker|kontosperrung|wird gerade abgebucht|unbefugt\w{0,2}"
    r"|unautorisiert\w{0,2}"
    r"|urgent(?:ly)?|emergency|immediately|right now|right away|straight ?away|as soon as possible|by (?:today"
    r"|tonight|tomorrow|noon|midnight|the end of (?:the day|today))|need .{0,30}(?:today|tonight"
    r"|within the hour|by tomorrow)|deadline|time[- ]sensitive|medical (?:alarm|alert|device)|pacemaker|hacked"
    r"|compromised|unauthori[sz]ed)\b"
)
_CALM = re.compile(
    r"\b(?:nicht (?:so )?(?:dringend|eilig)|ned dringend|eilt nicht|hat (?:keine eile|zeit)|keine eile"
    r"|wenn (?:ihr|sie) (?:mal )?zeit habt?|irgendwann mal|nur so|aus neugier|reine neugier|no rush|no hurry"
    r"|not urgent|isn'?t urgent|whenever you (?:can|get)|when you get a (?:chance|minute|moment)"
    r"|in your own time|just curious|just wondering|out of curiosity)\b"
)
_REPEATED = re.compile(
    r"\b(?:zum (?:dritten|vierten|fuenften|sechsten|zehnten|x-?ten|wiederholten|[3-9]\.|hundertsten) mal"
    r"|schon (?:drei|vier|fuenf|sechs|zehn|[3-9])\s?(?:mal|x)|(?:third|fourth|fifth|sixth|tenth|[3-9](?:rd|th)"
    r"|umpteenth|nth) time|(?:three|four|five|several|[3-9]) times (?:now|already)|keine antwort"
    r"|niemand (?:antwortet|meldet)|no (?:reply|response|answer)|nobody (?:replies|answers|responds))\b"
)
_CAN_WAIT = frozenset({"praise", "thanks", "goodbye", "greeting", "product_idea", "job_application", "partnership"})
_HARD_TO_WAIT = frozenset(
    {"payment_problem", "outage", "account_login", "delivery_problem", "phishing_report", "refund"}
)


def urgency(text: str, intent: str, found: Set[Signal]) -> Urgency:
    """How soon `text` needs an answer, given its intent and the plain signs found in it."""
    if intent == "safety_hazard" or found & {Signal.SELF_HARM, Signal.DANGER}:
        return Urgency.URGENT
    folded = folded_for_signs(text)
    if _CALM.search(folded):
        return Urgency.LOW
    if _URGENT.search(folded):
        return Urgency.URGENT
    if _REPEATED.search(folded) and intent in _HARD_TO_WAIT:
        return Urgency.URGENT
    return Urgency.LOW if intent in _CAN_WAIT else Urgency.NORMAL
