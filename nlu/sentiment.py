"""The mood of a message, by words, signs and emojis in German and English.

Each mood word counts one (strong ones two), turned round by a negation up to three words before it. Capital
shouting and repeated marks strengthen what is there. The intent tips the scales where words are silent: a
complaint is negative, praise positive. Sarcasm ("na toll", "thanks for nothing") is known by its set phrases.
"""

# ruff: noqa: SIM905 - word lists read better as text

from __future__ import annotations

import re

from desk.reading import Sentiment
from nlu.signals import folded_for_signs

_NEGATIVE = re.compile(
    r"^(?:schlecht\w{0,3}|mies\w{0,3}|furchtbar\w{0,2}|schrecklich\w{0,2}|katastroph\w{1,4}|unverschaemt\w{0,4}"
    r"|frech\w{0,4}|enttaeusch\w{1,5}|aerger\w{0,5}|veraergert|sauer|wuetend|genervt|nervt|nervig\w{0,2}"
    r"|unmoeglich\w{0,2}|saftladen|drecks?\w{0,8}|mist|scheiss\w{0,4}|scheisse|kacke|verarsch\w{0,4}|abzocke"
    r"|betrug|betrueger|luegen?|unzufrieden|unfassbar|unglaublich|peinlich|laecherlich|armutszeugnis|schnauze"
    r"|kotzt?|nerven|beschwer\w{2,5}|reicht|schade|traurig|defekt\w{0,2}|kaputt\w{0,2}|kaputte"
    r"|verzweifel\w{0,2}|hasse?|idioten|unprofessionell|inkompetent\w{0,2}|frust\w{0,6}|bloed\w{0,2}|zumutung"
    r"|sauerei|schweinerei|ewig"
    r"|bad|awful|terrible|horrible|worst|rubbish|disgust\w{2,4}|appall\w{2,4}|ridiculous|pathetic|angry"
    r"|annoy\w{2,4}|furious|frustrat\w{2,4}|disappoint\w{2,4}|useless|hate|crap|shit\w{0,3}|fuck\w{0,4}|bloody"
    r"|scam\w{0,4}|lies|liars?"
    r"|unacceptable|unhappy|upset|sick|joke|disgrace\w{0,3}|shambles|shocking|fuming|livid|sucks?|poor"
    r"|nightmare|broken|incompetent|fed|wtf|ffs|gutted|fraud|rude|hopeless)$"
)
_POSITIVE = re.compile(
    r"^(?:gut\w{0,2}|super|toll\w{0,2}|prima|klasse|spitze\w{0,2}|genial\w{0,2}|perfekt\w{0,2}|lieb\w{0,2}"
    r"|freu\w{0,4}|begeister\w{1,3}|zufrieden|danke\w{0,4}|dankbar|lob\w{0,2}|hervorragend\w{0,2}"
    r"|ausgezeichnet\w{0,2}|top|mega|nett\w{0,2}|freundlich\w{0,3}"
    r"|geil\w{0,2}|schoen\w{0,2}|wunderbar|empfehle\w?|happy|good|great|love\w{0,2}|loving|amazing|awesome"
    r"|excellent|brilliant|perfect|fantastic|wonderful|thank\w{0,3}|thx|cheers|nice|lovely|kudos|best|impressed"
    r"|pleased|glad|delighted|helpful|superb|ace)$"
)
_STRONG_NEGATIVE = re.compile(
    r"nie wieder|letzte mal|na toll|na super|na danke|vielen dank fuer nichts|danke fuer nichts|schnauze voll"
    r"|geht(?:'s| es)? noch|was soll das|ein witz|so ein laden|thanks for nothing|well done,? (?:you"
    r"|guys).{0,30}(?:broke|lost)|never again|waste of|fed up|had enough|sick (?:of|and tired)"
    r"|what a joke|how dare|rip ?off|absolute joke|great job (?:breaking|losing)|geht gar nicht|reicht(?:'s"
    r"| es)? mir|zum kotzen|wie lange (?:denn )?noch|zum (?:dritten|vierten|fuenften|x-?ten|zehnten"
    r"|hundertsten) mal|(?:third|fourth|fifth|tenth|umpteenth|nth) time"
)
_STRONG_POSITIVE = re.compile(
    r"weiter so|grosses lob|hut ab|1a\b|daumen hoch|keep it up|well done|thumbs up|made my day|hats off|five stars"
    r"|5 stars?|fuenf sterne|nichts zu (?:meckern|beanstanden)|kann nicht klagen|no complaints|can'?t complain"
    r"|not bad|nicht schlecht|ned schlecht"
)
_NEGATIONS = frozenset(
    (
        "nicht nich ned net kein keine keinen keiner nie niemals weder ohne not no never isn't wasn't don't doesn't "
        "didn't without hardly ain't nix nöd"
    ).split()
)
_SAD = re.compile("[😠😡🤬😤👎😒🙄😞😢😭😩😫🤮💩😾☹]")
_GLAD = re.compile("[😀😁😃😄😊😍🥰❤👍🙏🎉😎🤩💪♥👏🥳😻]")
_WORD = re.compile(r"[a-z0-9']+")
_LEAN = {
    "complaint": -1.5,
    "legal_threat": -1.5,
    "outage": -0.5,
    "delivery_problem": -0.5,
    "praise": 2.0,
    "thanks": 1.5,
}


def sentiment(text: str, intent: str) -> Sentiment:
    """The mood of `text`, given what it is about."""
    folded = folded_for_signs(text)
    score = _by_words(folded) + _LEAN.get(intent, 0.0)
    score -= 2 * len(_STRONG_NEGATIVE.findall(folded))
    score += 2 * len(_STRONG_POSITIVE.findall(folded))
    score += min(2, len(_GLAD.findall(text[:2500]))) - 1.5 * min(2, len(_SAD.findall(text[:2500])))
    if _shouts(text):
        score += -1 if score <= 0 else 0.5
    if score <= -1:
        return Sentiment.NEGATIVE
    return Sentiment.POSITIVE if score >= 1.5 else Sentiment.NEUTRAL


def _by_words(folded: str) -> float:
    score = 0.0
    words = _WORD.findall(folded)
    for at, word in enumerate(words):
        value = -1.0 if _NEGATIVE.match(word) else 1.0 if _POSITIVE.match(word) else 0.0
        if value and not _NEGATIONS.isdisjoint(words[max(0, at - 3) : at]):
            value = -1.0 if value > 0 else 0.5
        score += value
    return max(-4.0, min(4.0, score))


def _shouts(text: str) -> bool:
    letters = [c for c in text[:500] if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    return (len(letters) > 12 and capitals > len(letters) * 0.6) or "!!" in text[:2500] or "??" in text[:2500]
