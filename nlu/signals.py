"""Plain signs in a message that no model should overrule: danger, self-harm, law, privacy, "a human, please".

Patterns are written for precision: each names words that hardly stand in any other kind of message. They search
the capped text, folded to lower case with ae/oe/ue for umlauts, so each is written once for both spellings.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from nlu.normalising import capped


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
    Signal.SELF_HARM: (
        (
            r"(?:bring|brings|bringe|brin)\w{0,2} mich (?:noch )?um(?!s)|mich umbringen|mir (?:das"
            r"|mein) leben (?:zu )?nehmen|nehm\w? mir das leben|selbstmord|suizid|will (?:nur noch )?sterben"
        ),
        (
            r"(?:will|mag|kann) nicht mehr leben|nimmer leben|leben (?:hat )?keinen sinn|ritze mich"
            r"|mich selbst verletz\w{1,4}|tu\w? mir (?:selbst )?(?:et)?was an|allem ein ende (?:machen|setzen)"
        ),
        (
            r"kill(?:ing)? myself|end(?:ing)? my (?:own )?life|\bend(?:ing)? it all"
            r"|take my (?:own )?life|suicid(?:e|al)"
            r"|want to die|wanna die|don'?t want to (?:live|be alive)|self[- ]?harm|hurt(?:ing)? myself"
            r"|cutting myself|no reason to live"
        ),
    ),
    Signal.DANGER: (
        (
            r"\b(?:brennt|brannte|in flammen|feuer gefangen|fing (?:an zu brennen|feuer)|rauchentwicklung|qualmt"
            r"|qualmte|am qualmen|gequalmt|explodiert\w?|explosion|stromschlag\w{0,2}|stromstoss|eine gewischt)\b"
        ),
        (
            r"\b(?:raucht|rauch kommt|kommt rauch|steigt rauch|riecht (?:total |stark |extrem )?(?:verbrannt"
            r"|verschmort|nach (?:gas|rauch|verbrannt\w{1,3}))|verschmort\w?|geschmort|schmort|durchgeschmort"
            r"|funken\s?(?:spr\w{2,8}|schl\w{2,8})|funkt\b.{0,20}steckdose)"
        ),
        (
            r"\b(?:akku|batterie|handy|smartphone|tablet|geraet|powerbank|ladegeraet"
            r"|netzteil)\b.{0,60}\b(?:aufgeblaeht|blaeht|aufgequollen|geplatzt|gluehend|kochend ?heiss|ausgelaufen"
            r"|geschmolzen|brandblase\w?|verbrannt)\b"
        ),
        (
            r"\b(?:battery|phone|tablet|device|charger|power ?bank|adapter|headphones?"
            r"|earbuds?)\b.{0,60}\b(?:swollen|swelling|swelled|bulging|bulged|burst|leaking|melted|melting|smoking"
            r"|sparking|burned me|burnt me)\b"
        ),
        (
            r"\b(?:on fire|caught fire|catch(?:ing)? fire|went up in flames|in flames|smoke (?:is )?com(?:es|ing)"
            r"|(?:is|was|started|starts) smoking|burning smell|smells? (?:of|like) (?:burning|smoke|gas)"
            r"|electric shock|got (?:a )?(?:shock|zapped|electrocuted)|electrocuted|sparks? (?:fl\w{2,4}|com\w{2,4}"
            r"|from|out|shot)|exploded|explosion)\b"
        ),
        (
            r"\b(?:lebensgefahr|notarzt|krankenwagen|ambulance|verletzt worden|verbrennungen|brandwunde\w?"
            r"|life[- ]threatening|notruf (?:geht|funktioniert) nicht|112 (?:geht|funktioniert) nicht"
            r"|can'?t (?:call|reach|dial) (?:911|999|112|emergency))\b"
        ),
    ),
    Signal.LEGAL: (
        (
            r"\b(?:meine[mnr]? (?:rechts)?anw[a-z]{2,8}|mein anwalt|rechtsanw\w{2,8}|anwalt (?:ein\w{0,10}"
            r"|nehm\w{1,3}|uebergeb\w{1,3}|kontakt\w{0,8}|beauftrag\w{0,4})|(?:zum|einen|den|vom) anwalt"
            r"|rechtliche schritte|rechtsweg|vor gericht|klage (?:ein|er)\w{3,8}|verklag\w{1,3}|strafanzeige"
            r"|anzeige erstatten|verbraucherzentrale|verbraucherschutz|schlichtungsstelle|bundesnetzagentur"
            r"|mahnbescheid|schadensersatz|schadenersatz)\b"
        ),
        (
            r"\b(?:my (?:lawyer|solicitor|attorney)|legal action|see you in court|take you to court"
            r"|(?:small claims )?court|sue you|suing|lawsuit|trading standards|ombudsman|consumer protection"
            r"|citizens advice|ofcom|letter before action)\b"
        ),
    ),
    Signal.PRIVACY: (
        (
            r"\b(?:dsgvo|datenschutzauskunft|datenauskunft|selbstauskunft|art(?:ikel|\.)? ?(?:15|17|20"
            r"|21)\b.{0,20}(?:dsgvo|gdpr)|datenschutzbeauftragte\w?|welche daten .{0,40}(?:gespeichert|ueber mich"
            r"|habt ihr|haben sie)|(?:alle )?(?:meine|saemtliche) (?:persoenlichen |personenbezogenen "
            r"|gespeicherten )?daten .{0,25}(?:loesch\w{1,4}|herausgeben|geloescht)"
            r"|loesch\w{0,3} .{0,20}meine (?:ganzen |persoenlichen |personenbezogenen )?daten"
            r"|recht auf vergessen\w{0,3}|werbewiderspruch|(?:widerspreche|widerruf\w{0,3}) .{0,40}(?:werbung"
            r"|einwilligung|datenverarbeitung|verarbeitung meiner daten|datennutzung))\b"
        ),
        (
            r"\b(?:gdpr|subject access request|data protection officer|right to (?:be forgotten|erasure)|(?:delete"
            r"|erase|remove|wipe) (?:all )?(?:of )?my (?:personal )?(?:data|info(?:rmation)?)"
            r"|copy of (?:all )?(?:my|the) (?:personal )?data|(?:what|which) (?:personal )?data .{0,30}(?:about"
            r"|on) me|stop (?:using|selling|sharing|processing) my (?:personal )?data)\b"
        ),
    ),
    Signal.HUMAN: (
        (
            r"\b(?:mit (?:einem|nem|am|eim|einer) (?:echten |richtigen |realen |lebenden "
            r"|menschlichen )?(?:mensch\w{0,3}|mitarbeiter\w{0,2}|person|berater\w{0,2}|kollegen|menschen)"
            r"|echte[nrm]? (?:mensch\w{0,3}|person|mitarbeiter)|richtige[nr]? (?:mensch\w{0,3}|person)"
            r"|mitarbeiter (?:bitte|sprechen)|jemand\w{0,2} (?:echte[ns]|richtige[ns]|aus fleisch)"
            r"|aus fleisch und blut|mensch bitte|bitte (?:einen |ein )?mensch\w{0,2}|kein(?:en)? (?:chat)?(?:bot"
            r"|roboter|computer)|nicht mit (?:einem|ner|einer|nem|der) (?:bot|maschine|roboter|computer|chatbot|ki)"
            r"|keine (?:maschine|ki)\b)"
        ),
        (
            r"\b(?:(?:real|actual|live|proper|human) (?:person|human|being|people|agent|someone|operator"
            r"|representative)|(?:speak|talk|chat|spk|connect(?: me)?|put me through|pass me|transfer me) (?:to"
            r"|with) (?:a |an |some ?one|some|the )?(?:human|person|agent|someone|somebody|representative|rep"
            r"|advisor|adviser|operator|staff|member of staff|manager|supervisor|people)|human (?:please|pls|plz)"
            r"|(?:agent|operator|representative) (?:please|pls|plz)|not (?:a |another |some )?(?:bot|robot|machine"
            r"|computer|chatbot|ai)\b|flesh and blood|an actual human)"
        ),
        r"^\W*(?:mensch|mitarbeiter|human|agent|operator|representative|person|berater|/human)\W*$",
    ),
}
_COMPILED = {signal: tuple(re.compile(p) for p in patterns) for signal, patterns in _PATTERNS.items()}
_HARMLESS_FIRE = re.compile(
    r"\b(?:feuer(?:zeug|alarm ?app|werk)|fire ?(?:stick|tv|fox|wall)|you'?re on fire|hellauf|mein herz brennt"
    r"|brennt (?:es )?(?:mir )?unter den naegeln|raucht mir der kopf|kopf raucht)"
)
_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "’": "'", "´": "'", "`": "'"})


def folded_for_signs(text: str) -> str:
    """The form the patterns are written for: capped, lower case, umlauts spelled out, single blanks."""
    return " ".join(unicodedata.normalize("NFC", capped(text)).lower().translate(_FOLD).split())


def signals(text: str) -> frozenset[Signal]:
    """All signs found in `text`."""
    folded = folded_for_signs(text)
    found = {signal for signal, patterns in _COMPILED.items() if any(p.search(folded) for p in patterns)}
    if Signal.DANGER in found and _HARMLESS_FIRE.search(folded):
        found.discard(Signal.DANGER)
    return frozenset(found)
