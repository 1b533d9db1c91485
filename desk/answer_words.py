# ruff: noqa: E501 - an expression reads better whole
"""Words in what a volunteer writes that have no place there, in German and English: leading the contact elsewhere,
asking for personal data, insults, posing as staff.

Each list is short on purpose. A helpful answer that is refused costs more than a rude one that a reviewer or the
contact reports; so an expression stands here only if it is hardly ever meant well, and the figures of
`python -m tests.eval.answers` decide.

Pure. Patterns run over plain small letters (desk/lookalikes.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

_ELSEWHERE = (
    r"(?:whatsapp|whats\s?app|telegram|signal|insta(?:gram)?|facebook|messenger|discord|snapchat|snap|skype|threema|"
    r"teams|zoom|viber|linkedin|tiktok|teamviewer|anydesk)"
)
_PRIVATE = r"(?:privat(?:ly|e)?|persönlich|direkt|directly|pn|dm|pm|dms|per\s+mail|per\s+e-?mail|woanders|off\s?list)"

LURING = (
    rf"\b(?:schreib(?:e|t|en\s+sie)?|schick(?:e|t|en\s+sie)?|melde?(?:t|n\s+sie)?|kontaktier(?:e|en\s+sie)?|add(?:e)?)\s+"
    rf"(?:\w+\s+){{0,3}}?(?:mir|mich|uns)\b[^.!?\n]{{0,30}}?\b(?:{_PRIVATE}|{_ELSEWHERE}|eine?\s+(?:pn|dm|mail|e-?mail|nachricht))\b",
    r"\bkontaktier(?:e|en\s+sie)?\s+mich\b",
    rf"\b(?:find(?:e|est)?|erreich(?:e|st|en\s+sie)?|hol)\s+(?:du\s+)?mich\b[^.!?\n]{{0,20}}?\b{_ELSEWHERE}\b",
    rf"\b(?:lass|lasst|können\s+wir|wollen\s+wir)\s+(?:uns\s+|das\s+)?[^.!?\n]{{0,25}}?\b(?:{_PRIVATE}|{_ELSEWHERE})\b[^.!?\n]{{0,20}}?"
    r"\b(?:weiter|schreiben|reden|klären|besprechen|quatschen|machen)\w*",
    r"\b(?:ruf|ruft|rufen\s+sie)\s+mich\b",
    r"\b(?:meine|hier\s+meine)\s+(?:handy|telefon|mobil)?nummer\b",
    r"\bmeine\s+(?:privat\w*\s+)?(?:e-?mail|mail)(?:-?adresse)?\s+(?:ist|lautet)\b",
    r"\b(?:gib|schick|schreib)\w*\s+mir\s+(?:mal\s+)?(?:bitte\s+)?deine[n]?\s+(?:handy|telefon|mobil)?(?:nummer|e-?mail|mail)\w*",
    r"\b(?:dm|pm|message|text|whatsapp|email|e-mail|call|ping|add)\s+me\b(?!\s+(?:here|in\s+this))",
    rf"\b(?:contact|reach|write\s+to|write|hit)\s+me\b[^.!?\n]{{0,20}}?\b(?:{_PRIVATE}|{_ELSEWHERE}|at|on|up|by\s+(?:mail|phone)|outside)\b",
    r"\bfind\s+me\s+on\b",
    r"\bmy\s+(?:dms?|pms?)\s+(?:are|is)\s+open\b",
    rf"\b(?:let'?s|let\s+us|we\s+can|we\s+could)\s+(?:talk|chat|continue|move|take\s+this|discuss|sort)[^.!?\n]{{0,25}}?\b(?:{_PRIVATE}|{_ELSEWHERE}|private)\b",
    r"\bmy\s+(?:private\s+|personal\s+)?(?:phone\s+|mobile\s+|cell\s+)?(?:number|e-?mail)\s+is\b",
    r"\bgive\s+me\s+your\s+(?:phone|number|mobile|e-?mail)\b",
    r"\bfür\s+\d+\s*(?:€|euro)\s+(?:mach|reparier|erledig)\w*\s+ich\b",
    r"\bfor\s+(?:\d+\s*(?:€|\$|£|euros?|dollars|bucks)|[$€£]\s?\d+)\s+i(?:'?ll|\s+will|\s+can)\b",
)  # fmt: skip

_DATA = (
    r"(?:passwor[dt]\w*|kennwort|pin(?:-?nummer)?|tan|iban|kontonummer|kontodaten|bankdaten|zugangsdaten|logindaten|login-daten|"
    r"kundennummer|vertragsnummer|ausweis\w*|geburtsdatum|kreditkarte\w*|kartennummer|telefonnummer|handynummer|"
    r"e-?mail-?adresse|mailadresse|adresse|anschrift|(?:vollen|vollständigen)\s+namen|"
    r"password|account\s+number|bank\s+details|login\s+(?:details|data)|credentials|customer\s+number|card\s+number|credit\s+card|"
    r"date\s+of\s+birth|phone\s+number|e-?mail\s+address|home\s+address|full\s+name|id\s+card|social\s+security\s+number)"
)
ASKING_FOR_DATA = (
    rf"\b(?:schick|schreib|gib|nenn|sag|sende|teil|poste|verrat)\w*\s+(?:sie\s+)?(?:mir|uns|hier|mal|bitte)\b[^.!?\n]{{0,30}}?\b(?:deine?[nmr]?|ihre?[nmr]?)\s+(?:\w+\s+)?{_DATA}",
    rf"\b(?:wie\s+(?:lautet|ist|heißt)|was\s+ist)\s+(?:denn\s+)?(?:deine?|ihre?)\s+(?:\w+\s+)?{_DATA}",
    rf"\b(?:ich\s+brauche|ich\s+bräuchte|wir\s+brauchen|wir\s+benötigen|ich\s+benötige)\s+(?:noch\s+|dafür\s+|bitte\s+|von\s+dir\s+)*(?:deine?[nmr]?|ihre?[nmr]?)\s+(?:\w+\s+)?{_DATA}",
    rf"\b(?:send|tell|give|post|share|pm)\s+(?:me|us)\b[^.!?\n]{{0,20}}?\byour\s+(?:\w+\s+)?{_DATA}",
    rf"(?<!not )(?<!never )(?<!n't )\b(?:post|write|enter|put|leave)\s+your\s+(?:\w+\s+)?{_DATA}\s+(?:right\s+)?(?:here|below)\b",
    rf"\b(?:what\s+is|what's|whats)\s+your\s+(?:\w+\s+)?{_DATA}",
    rf"\b(?:i|we)(?:'?ll|\s+will)?\s+need\s+your\s+(?:\w+\s+)?{_DATA}",
)  # fmt: skip

ABUSE = (
    r"\b(?:voll)?idiot(?:en|in)?\b(?![\s-]*(?:proof|sicher))", r"\b(?:voll)?depp(?:en)?\b", r"\b(?:voll)?trottel\b",
    r"\barschl(?:o|ö)ch(?:er)?\b", r"\bwichser\b", r"\bhuren?so(?:h)?n\w*", r"\bfotze\w*", r"\bmissgeburt\w*", r"\bspast(?:i|en)?\b",
    r"\bschwachkopf\b", r"\bdummkopf\b", r"\bdrecksack\b", r"\bpenner\b", r"\bvollpfosten\b", r"\bmongo\b", r"\bschlampe\b",
    r"\b(?:halt|haltet)\s+(?:die|deine|einfach\s+(?:die|den))\s+(?:fresse|klappe|schnauze|maul)\b", r"\bfick\s+dich\b",
    r"\bverpiss\s+dich\b", r"\bleck\s+mich\b", r"(?<!nicht )(?<!nie )\b(?:bist|seid)\s+(?:du|ihr|sie)?\s*(?:(?:echt|wirklich|eigentlich|einfach|so|zu|nur)\s+){0,3}(?:dumm|blöd|doof|bescheuert|bekloppt|behindert)\b",
    r"\b(?:zu|so)\s+(?:dumm|blöd|doof|dämlich)\s+(?:zum|für|um|dafür|dazu)\b", r"\b(?:wie|wer)\s+(?:kann|ist)\s+(?:man\s+)?(?:nur\s+)?so\s+(?:dumm|blöd|doof|dämlich|bescheuert)\b",
    r"(?<!keine )(?<!gibt keine )\b(?:selten\s+)?(?:dumme|dämliche|bescheuerte|saudumme|strunzdumme)\s+frage\b(?!n?\s+gibt\s+es\s+nicht)",
    r"\b(?:an\s+)?(?:idiot(?![\s-]*proof)|idiots|moron|morons|imbecile|dumbass|dumbasses|asshole|assholes|arsehole|dickhead|dipshit|shithead|retard|retarded|bitch|cunt|wanker|twat|jackass|scumbag)\b",
    r"\bfuck\s+(?:you|off|u)\b", r"\bstfu\b", r"\bshut\s+(?:the\s+\w+\s+)?up\b", r"\bkys\b", r"\bkill\s+yourself\b", r"\bbring\s+dich\s+um\b",
    r"\b(?:are\s+you|you\s+are|you're|ur|how)\s+(?:really\s+|just\s+|too\s+|so\s+|that\s+)*(?:stupid|dumb|braindead|brainless|pathetic|useless)\b",
    r"\bpiss\s+off\b", r"\bstupid\s+people\s+like\s+you\b", r"(?<!no such thing as a )(?<!not a )\bwhat\s+a\s+(?:stupid|dumb|idiotic)\s+question\b",
)  # fmt: skip

_POSTS = (
    r"(?:mitarbeiter(?:in)?|angestellte[rn]?|support(?:er|-?mitarbeiter(?:in)?|-?team)?|kunden(?:service|dienst|betreuer(?:in)?|betreuung)|"
    r"service-?team|technike[r]?\s+(?:von|bei)|moderator(?:in)?|admin(?:istrator)?|team-?mitglied|teamleiter(?:in)?)"
)
_DENIED = r"(?<!nicht )(?<!kein )(?<!keine )(?<!not )(?<!no )"
POSING = (
    rf"\b{_DENIED}(?:ich\s+bin|hier\s+ist|hier\s+schreibt)\s+(?:der|die|ein|eine|vom|von|aus|im|beim|ihr|dein)?\s*(?:{_POSTS}|team\s+von)\b(?!\s+(?:nicht|gewesen))",
    r"\bals\s+(?:offizieller?\s+|langjähriger?\s+|ihr\s+|dein\s+)?(?:mitarbeiter(?:in)?|angestellte[r]?|support-?mitarbeiter(?:in)?|kundenbetreuer(?:in)?|moderator(?:in)?|admin)\s+(?:kann|darf|muss|habe|hab|sehe|werde|weiß|empfehle|sage|bestätige|versichere|von|im|bei)\b",
    r"\b(?:offizielle|amtliche)\s+(?:antwort|auskunft|stellungnahme|mitteilung)\b(?!\s+(?:bekommst|gibt|kommt|kann|findest|steht|hat|geben|bekommen|vom|von\s+dem))",
    r"\bim\s+(?:auftrag|namen)\s+(?:von|des|der)\s+(?:kundenservice|kundendienst|support|firma|unternehmens|geschäftsleitung)\w*",
    r"\b(?:ihr|dein|euer)\s+(?:support|service|kundenservice|kundendienst)(?:-?\s?team)?\s*[!.]?\s*$",
    r"\b(?:wir\s+(?:vom|im|aus\s+dem))\s+(?:support|kundenservice|kundendienst|service|team|werk)\b",
    r"\b(?:kundenservice|support|kundendienst|service-?team)\s+(?:hier|am\s+apparat|meldet\s+sich)\b",
    r"\b(?:i\s+am|i'm|im|this\s+is|speaking\s+as)\s+(?:an?\s+|the\s+|from\s+|with\s+|your\s+|in\s+)*(?:official\s+)?(?:support\s+(?:agent|team|staff|representative|here)|customer\s+(?:service|support|care)|employee|staff\s+member|member\s+of\s+staff|representative|moderator|admin(?:istrator)?|(?:the\s+)?support)\b(?!\s+(?:can|will|might|page|ticket))",
    r"\bas\s+(?:an?\s+|your\s+|the\s+)(?:official\s+)?(?:employee|staff\s+member|member\s+of\s+staff|support\s+agent|representative|moderator|admin)\b(?!\s+user)",
    r"\bon\s+behalf\s+of\s+(?:the\s+)?(?:company|customer\s+service|support|team|management)\b",
    r"\bofficial\s+(?:answer|reply|response|statement|support)\b(?!\s+(?:page|site|website|channel|forum|article|docs|line|from|by|is|in|team\s+can))",
    r"\byour\s+(?:support|service|customer\s+service|customer\s+care)\s+team\s*[!.]?\s*$",
    r"\bwe\s+(?:at|from|in)\s+(?:the\s+)?(?:support|customer\s+(?:service|care|support)|company|service)\b",
)  # fmt: skip


def _joined(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in patterns), re.MULTILINE)


LURES = _joined(LURING)
ASKS = _joined(ASKING_FOR_DATA)
INSULTS = _joined(ABUSE)


@cache
def poses(brand: str) -> re.Pattern[str]:
    """Posing as staff, or as somebody who speaks for `brand` (in plain small letters)."""
    own = r"\s+".join(re.escape(word) for word in brand.split()) or r"(?!)"
    by_name = (
        rf"\b(?:wir\s+(?:bei|von)|we\s+at|we\s+from|here\s+at|hier\s+bei)\s+{own}\b",
        rf"\b{_DENIED}(?:ich\s+arbeite|ich\s+bin|i\s+work|i'm|i\s+am|this\s+is)\s+(?:\w+\s+)?(?:bei|für|von|vom|for|at|with|from)\s+(?:der\s+|the\s+)?(?:firma\s+)?{own}\b(?!\s+(?:begeistert|enttäuscht|überzeugt|fasziniert))",
        rf"\b(?:ihr|dein|euer|your|the|das)\s+{own}[\s-]*(?:team|support|service|kundenservice)\s*[!.]?\s*$",
        rf"^\s*[-–—~]*\s*{own}(?:[\s-]*(?:team|support|service|kundenservice))?\s*[!.]?\s*$",
        rf"\b(?:im\s+(?:auftrag|namen)\s+von|on\s+behalf\s+of)\s+{own}\b",
        rf"\b(?:this\s+is|i'm|i\s+am|hier\s+ist|ich\s+bin)\s+(?:\w+\s+){{0,2}}?{own}[\s-]+(?:support|kundenservice|service|staff|team)\b",
        rf"\b{own}[\s-]+(?:support|kundenservice|service|team)\s+(?:hier|here|am\s+apparat)\b",
    )
    return _joined((*POSING, *by_name))
