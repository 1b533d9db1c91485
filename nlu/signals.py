"""Plain signs in a message that no model should overrule: danger, self-harm, law, privacy, "a human, please".

The patterns of law and privacy are written for precision: each names words that hardly stand in any other kind of
message. Those of danger, self-harm and "a human, please" have a file each and catch more.
"""

from __future__ import annotations

from collections.abc import Set
from enum import StrEnum

from desk.reading import Danger
from nlu.danger_signs import tells_of_danger
from nlu.human_signs import asks_for_human
from nlu.phrases import Phrases, folded_for_signs
from nlu.self_harm_signs import means_self_harm


class Signal(StrEnum):
    """What a message plainly says. The first two are always urgent, and always staff's."""

    SELF_HARM = "self_harm"
    DANGER = "danger"
    LEGAL = "legal"
    PRIVACY = "privacy"
    HUMAN = "human"


INTENT_OF = {
    Signal.SELF_HARM: "safety_hazard",
    Signal.DANGER: "safety_hazard",
    Signal.LEGAL: "legal_threat",
    Signal.PRIVACY: "privacy_request",
    Signal.HUMAN: "human_please",
}

_PATTERNS: dict[Signal, tuple[str, ...]] = {
    Signal.LEGAL: (
        (
            r"meine[mnr]? (?:rechts)?anw[a-z]{2,8}|mein anwalt|rechtsanw\w{2,8}|anwalt (?:ein\w{0,10}"
            r"|nehm\w{1,3}|uebergeb\w{1,3}|kontakt\w{0,8}|beauftrag\w{0,4})|(?:zum|einen|den|vom) anwalt"
            r"|rechtliche schritte|rechtsweg|vor gericht|klage (?:ein|er)\w{3,8}|verklag\w{1,3}|strafanzeige"
            r"|anzeige erstatten|verbraucherzentrale|verbraucherschutz|schlichtungsstelle|bundesnetzagentur"
            r"|mahnbescheid|schadensersatz|schadenersatz"
        ),
        (
            r"my (?:lawyer|solicitor|attorney)|legal action|see you in court|take you to court"
            r"|(?:small claims )?court|sue you|suing|lawsuit|trading standards|ombudsman|consumer protection"
            r"|citizens advice|ofcom|letter before action"
        ),
    ),
    Signal.PRIVACY: (
        (
            r"dsgvo|datenschutzauskunft|datenauskunft|selbstauskunft|art(?:ikel|\.)? ?(?:15|17|20"
            r"|21)\b.{0,20}(?:dsgvo|gdpr)|datenschutzbeauftragte\w?|welche daten .{0,40}(?:gespeichert|ueber mich"
            r"|habt ihr|haben sie)|(?:alle )?(?:meine|saemtliche) (?:persoenlichen |personenbezogenen "
            r"|gespeicherten )?daten .{0,25}(?:loesch\w{1,4}|herausgeben|geloescht)"
            r"|loesch\w{0,3} .{0,20}meine (?:ganzen |persoenlichen |personenbezogenen )?daten"
            r"|recht auf vergessen\w{0,3}|werbewiderspruch|(?:widerspreche|widerruf\w{0,3}) .{0,40}(?:werbung"
            r"|einwilligung|datenverarbeitung|verarbeitung meiner daten|datennutzung)"
        ),
        (
            r"gdpr|subject access request|data protection officer|right to (?:be forgotten|erasure)|(?:delete"
            r"|erase|remove|wipe) (?:all )?(?:of )?my (?:personal )?(?:data|info(?:rmation)?)"
            r"|copy of (?:all )?(?:my|the) (?:personal )?data|(?:what|which) (?:personal )?data .{0,30}(?:about"
            r"|on) me|stop (?:using|selling|sharing|processing) my (?:personal )?data"
        ),
    ),
}
_PHRASES = {signal: Phrases("|".join(patterns)) for signal, patterns in _PATTERNS.items()}


def signals(text: str) -> frozenset[Signal]:
    """All signs found in `text`."""
    return signals_in(folded_for_signs(text))


def signals_in(folded: str) -> frozenset[Signal]:
    """The same for a text that is folded already."""
    found = {signal for signal, phrases in _PHRASES.items() if phrases.search(folded)}
    if means_self_harm(folded):
        found.add(Signal.SELF_HARM)
    if tells_of_danger(folded):
        found.add(Signal.DANGER)
    if asks_for_human(folded):
        found.add(Signal.HUMAN)
    return frozenset(found)


def danger_in(found: Set[Signal], intent: str) -> Danger | None:
    """What threatens life or health, by the plain signs, else by the intent."""
    if Signal.SELF_HARM in found:
        return Danger.SELF_HARM
    return Danger.HAZARD if Signal.DANGER in found or intent == INTENT_OF[Signal.DANGER] else None
