"""Signs that the contact wants a person: an agent, a call back, anybody but the bot.

Words of a few kinds that stand close together tell it: to talk or be put through + a person ("mit jemandem reden",
"talk to an agent"); to want or bring + a person; a real + person; a person + please; no + bot; call + me. A message
of nothing but such words asks too ("Mitarbeiter!!"). But people also tell of persons ("the agent yesterday was
great"), look for work, own robots, or want no call: then the words nearby say so, and the sign is none.

What is asked in other words is left to the intent and to the learned head (nlu/mood_model.py).
"""

from __future__ import annotations

import re
from collections.abc import Set

from nlu.human_words import BOT, COUNT, FILLER, MAY, NO, PERSON, PLEASE, REAL, SOME, SOMEONE, TALK, TELLS, WANT
from nlu.phrases import any_of

_TOKEN = re.compile(r"[a-z']+|[?!.,;:\n]")
_MOST_TOKENS = 150
_CALL = any_of(r"""
    (?:ruf\w?|rufen sie|ruft) (?:mich|uns|mi) (?!nicht|nie|bloss|nimmer)(?:\w+ ){0,4}(?:an|zurueck|o|retour)
    (?:bitte|um|einen?|den|wegen|erwarte|wuensche|erbitte)(?: \w+)? rueckruf
    rueckruf (?:bitte|unter|erbeten|gewuenscht|moeglich)
    angerufen werden|(?:mich|uns) (?:\w+ ){0,3}(?:anrufen|zurueckrufen)
    (?:call|ring|phone) (?:me|us),? (?:back|please|pls|on|at|asap|now|will|today|tomorrow)
    (?:call|ring|phone) (?:me|us)\W*$
    (?:koennte|koennt|kann|soll|wuerde) (?:mich|uns) (?:\w+ )?(?:jemand|wer|einer) (?:\w+ )?anrufen
    give (?:me|us) a (?:call|ring|bell|buzz)|(?:a|the|want|need|request|arrange) call ?back
    call ?back (?:please|pls|on|request)
    (?:can|could|would|will) (?:some ?one|some ?body|any ?one|you|a \w+) (?:\w+ )?(?:call|ring|phone) (?:me|us)
""")
_PLAIN = any_of(r"""
    aus fleisch und blut|flesh and blood|(?:put|patch) me (?:\w+ )?through
    (?:leite|leitet|leiten sie) mich (?:\w+ )*weiter
    (?:transfer|switch|hand|pass|forward) me(?: over)? to (?:a|an|your|the|some)|(?:transfer|connect) me\W*$
    ^(?:bitte )?(?:durchstellen|verbinden|weiterverbinden|weiterleiten)(?: bitte)?\W*$
    (?:kannst|koennen) (?:du|sie) mich weiterleiten
    (?:bist|bisch) du (?:\w+ ){0,3}(?:mensch|bot|roboter|echt)\W (?:.{0,60} )?(?:will|moechte|mensch|person|oder)
    (?:gibt'?s|gibt es|sitzt|ist|arbeitet|arbeiten) (?:hier |da |bei euch |denn |auch |noch )+(?:\w+ )?\
        (?:menschen|jemand echt\w*|ein mensch|mitarbeiter|richtige leute)
    (?:are|r|is) (?:you|u|there|any) (?:\w+ ){0,3}(?:humans?|real p\w+|real)
    (?:lebende?\w*|leibhaftige?\w*) (?:mensch\w*|seele|person)|living (?:soul|person|human)
    (?:any|some) ?(?:one|body) (?:\w+ )?alive|any ?one real|some ?(?:one|body) real|wen echte[ns]
""")
_NO_CALL = any_of(r"""
    (?:kein\w*|nicht|nie|no|don'?t|not|never|stop|without|keinesfalls|ungern) (?:\w+ ){0,4}\
        (?:anruf\w*|rueckruf\w*|anzurufen|call\w*|ring\w*|phon\w*)
    niemand (?:\w+ )?(?:mich|uns) (?:\w+ )?anrufen|(?:nobody|no one|people|friends) can (?:call|ring|phone) me
    call (?:me )?(?:forward|wait)\w*|promised (?:\w+ )?call ?back
""")
_OF_MACHINES = any_of(r"""
    (?:saug|wisch|maeh|kuechen|staubsauger)[- ]?(?:roboter|bot)\w*|(?:robot|bot) (?:vacuum|mower|hoover|cleaner)
    (?:vacuum|mower|cleaning|toy) robot|(?:kann|can) (?:der|the) bot|mit (?:dem|meinem) computer verb\w*
""")


def asks_for_human(folded: str) -> bool:
    """Whether a person is asked for. `folded` by `folded_for_signs`."""
    if _PLAIN.search(folded) or (_CALL.search(folded) and not _NO_CALL.search(folded)):
        return True
    tokens = _TOKEN.findall(_OF_MACHINES.sub(" ", folded))[:_MOST_TOKENS]
    known = set(tokens)
    persons = known & PERSON
    if not persons and not known & BOT and (known.isdisjoint(SOMEONE) or known.isdisjoint(TALK)):
        return False
    return _only_names_one(tokens) or any(_asked_at(tokens, at) for at in range(len(tokens)))


def refuses_call(folded: str) -> bool:
    """Whether the contact says that they want no call, or tells of calls only."""
    return _NO_CALL.search(folded) is not None


def _only_names_one(tokens: list[str]) -> bool:
    words = [t for t in tokens if t[0].isalpha()]
    rest = [w for w in words if w not in FILLER]
    return 0 < len(rest) <= 2 and len(words) <= 6 and all(w in PERSON for w in rest)


def _asked_at(tokens: list[str], at: int) -> bool:
    word = tokens[at]
    before, after = _clause(tokens, at)
    if word in BOT:
        return not NO.isdisjoint(before[-7:]) and TELLS.isdisjoint(before)
    if word not in PERSON and word not in SOMEONE:
        return False
    near = {*before[-6:], *after[:5]}
    if not TELLS.isdisjoint({*before[-8:], *after[:6]}) or not COUNT.isdisjoint(before[-2:]):
        return False
    if not TALK.isdisjoint(near) or not REAL.isdisjoint(after[:2]):
        return True
    return word in PERSON and _is_wanted(before, after)


def _is_wanted(before: list[str], after: list[str]) -> bool:
    if not NO.isdisjoint(before[-2:]):
        return False
    wished: Set[str] = {*before[-5:]}
    return not (
        REAL.isdisjoint(before[-2:])
        and WANT.isdisjoint(wished)
        and PLEASE.isdisjoint(after[:2])
        and (MAY.isdisjoint(before[-5:]) or SOME.isdisjoint(before[-2:]))
    )


def _clause(tokens: list[str], at: int) -> tuple[list[str], list[str]]:
    """The words before and after, up to the next mark that ends a sentence."""
    start = next((i + 1 for i in range(at - 1, -1, -1) if tokens[i] in ".!?;\n"), 0)
    end = next((i for i in range(at + 1, len(tokens)) if tokens[i] in ".!?;\n"), len(tokens))
    return ([t for t in tokens[start:at] if t != ","], [t for t in tokens[at + 1 : end] if t != ","])
