"""What a message says that it does not want: "I don't want to cancel, just the smaller plan".

Such clauses name the one request the message does not hold, and a model of words believes the word before the "not".
They are left out before the intent is scored, up to the comma or the "just" that brings what is wanted, if enough words
are left. Only plain wishes that are denied count ("nicht kündigen", "not returning anything"), not refusals that are
the request itself ("I don't want it any more", "please do not cancel").

Pure. Mood, urgency and personal data are read from the whole text.
"""

from __future__ import annotations

import re

from nlu.normalising import capped

_LEAST_WORDS = 3
_WORD = re.compile(r"[^\W\d_]+")
_WISHED_DE = (
    r"k(?:ü|ue)ndigen|aufk(?:ü|ue)ndigen|stornieren|abbestellen|widerrufen|zur(?:ü|ue)ck(?:schicken|geben|senden)"
    r"|retournieren|umtauschen|reklamieren|mich\sbeschweren|beschweren|meckern|l(?:ö|oe)schen"
    r"|austreten|ausstreiten|klagen"
)
_WISHED_EN = (
    r"cancel(?:l?ing)?|return(?:ing)?|send(?:ing)?\s(?:it|them|this|anything)\sback|complain(?:ing)?|leaving"
    r"|quit(?:ting)?|terminat(?:e|ing)|disput(?:e|ing)|refund(?:ing)?"
    r"|delet(?:e|ing)|switch(?:ing)?\sprovider|mak(?:e|ing)\sa\scomplaint|a\srefund|my\smoney\sback"
)
_ENOUGH = r"any|anymore|just|only|but|nur|sondern|aber|oder|i|ich|can|could|is|und|and|blo(?:ß|ss)|lediglich|keine"
_REST = rf"(?:\s(?!(?:{_ENOUGH}|mehr|if|unless|until|wenn|before|yet)\b)[\w'’]+){{0,6}}"
_OVER = rf"(?=\s*(?:[.,;:!?–-]|$|(?!any)(?:{_ENOUGH})\b))"
_DISCLAIMED = re.compile(
    r"(?:"
    rf"(?:\b(?:ich|wir|i|mir)\s)?(?:will|m(?:ö|oe)chte?n?|wollen?|mecht|wollte|habe?\snicht\svor)\s(?:ich\s|wir\s)?"
    rf"(?:(?!nicht\b|nichts\b)\w+\s){{0,3}}(?:nicht|nichts|ned|net|nid|nix|keinesfalls)\s(?!mehr\b)"
    rf"(?:(?!sondern\b|nur\b|mehr\b|{_WISHED_DE}\b)\w+\s){{0,4}}(?:{_WISHED_DE}){_OVER}"
    rf"|\bnicht\s(?:{_WISHED_DE})(?=\s?,?\s?(?:nur|sondern|lediglich|blo(?:ß|ss))\b)"
    rf"|\bohne\s(?:\w+\s){{0,3}}zu\s(?:{_WISHED_DE})"
    rf"|\bkeine\s(?:k(?:ü|ue)ndigung|stornierung|reklamation|beschwerde|r(?:ü|ue)cksendung|retoure|bestellung)"
    rf"(?=\s?,?\s?(?:nur|sondern|lediglich|blo(?:ß|ss)|keine\ssorge)\b)"
    rf"|(?:\b(?:i|we)\s(?:really\s|still\s)?(?:do\s?n['’o]?t|didn['’]?t|wouldn['’]?t|don)\s(?:\w+\s)?"
    rf"(?:want|wish|mean|intend|need|plan)\s(?:to\s)?"
    rf"|(?:\b(?:i|we)\s?(?:['’]m|['’]re|\sam|\sare)\s|\b(?:im|am)\s|^|[.!?,;]\s)not\s(?:actually\s|really\s|even\s)?"
    rf"(?:(?:trying|looking|wanting|asking|planning|here|after|going|about|out)\s(?:to\s)?)?"
    rf"|\bno\sneed\sto\s)"
    rf"(?:{_WISHED_EN})\b{_REST}{_OVER}"
    r")",
    re.I,
)
_DENIALS = ("nicht", "nix", "nid", "ned", "net", "keine", "ohne", "not", "n't", "n’t", "dnt", "do", "need")
"""Every such clause holds one of these; most messages hold none, and are not looked at longer."""


def without_disclaimers(text: str) -> str:
    """`text` without what it says it does not want; as it is where too little would be left."""
    short = capped(text)
    low = short.lower()
    if not any(denial in low for denial in _DENIALS):
        return text
    left = _DISCLAIMED.sub(" ", short)
    if left == short or len(_WORD.findall(left)) < _LEAST_WORDS:
        return text
    return " ".join(left.split()).lstrip(" ,;.!-–")
