"""Phrases that tell how soon an answer is needed, in German and English, folded as `folded_for_signs` does."""

from __future__ import annotations

from nlu.phrases import any_of

HURRY = any_of(r"""
    (?:sehr |extrem |super |mega |echt |aeusserst |hoechst )?dringend\w{0,2}|dringlich\w{0,4}|eilt|eilig\w{0,2}
    eilmeldung|notfall|notfaelle|hilfe!+
    sofort\w{0,3}|umgehend\w{0,2}|unverzueglich|asap|schnellst\w{0,8}|so schnell wie moeglich|am besten gestern
    auf der stelle|pronto|sofortigst
    (?:bitte|ganz|mach\w*|muss|geht|wirklich) (?:\w+ )?schnell|schnell bitte|beeil\w*|keine zeit (?:mehr|zu)
    prioritaet|hoechste eisenbahn|zeit (?:laeuft|draengt|rennt)
    urgent\w{0,2}|emergency|immediate(?:ly)?|right now|right away|straight ?away|as soon as (?:possible|you can)
    at once|quick(?:ly)? (?:please|pls)|(?:please|pls) (?:be )?(?:quick|hurry)
    hurry|help!+|prioriti[sz]e|top priority|time[- ](?:sensitive|critical)|running out of time
    every (?:minute|hour|second) counts|no time to (?:lose|waste)|desperate(?:ly)?
""")
SOON = any_of(r"""
    bis (?:\w+ )?(?:heute|morgen|spaetestens|mitternacht|mittag|\d+ ?uhr|samstag|freitag)
    heute(?: noch| abend| nacht| nachmittag| mittag| um| bis|n?och)?|noch heute|heut|heit
    morgen(?: frueh| abend| mittag| um)?|uebermorgen
    in (?:einer|ner|zwei|2|1|3|drei|wenigen|\d+|einer halben|zwanzig|zehn|paar) (?:stunde\w?|minuten?|min|std)
    gleich|jede minute|(?:letzte\w?|letzter) (?:frist|tag|chance|minute)|frist (?:laeuft|endet)
    laeuft (?:heute|morgen|gleich|bald) ab|redaktionsschluss|stichtag|in letzter minute
    by (?:today|tonight|tomorrow|noon|midnight|\d+ ?(?:pm|am)|(?:the )?end of (?:the day|today)|friday|monday|\
        lunch\w*)
    today|tonight|tomorrow|tmrw|tmr|2moro|this (?:evening|afternoon|morning)
    (?:in|within) (?:an?|two|the|half an|\d+|twenty|ten|a few) (?:hours?|minutes?|mins?|hrs?)|deadline
    last (?:day|minute|chance)|(?:ends|closes|expires|runs out|due) (?:today|tonight|tomorrow|soon|in)|any minute
    (?:um|vor|bis|spaetestens|ab) (?:halb )?(?:\d{1,2}|sieben|acht|neun|zehn|elf|zwoelf)(?:[:.]\d\d)?(?: uhr)?
    am (?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|wochenende)
    bis (?:\w+ )?(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|ende der woche)|viertelstunde
    halben? stunde|in \d+ ?(?:min|std|h)|vormittag|heute frueh|in kuerze|vorher|ehe es|bevor (?:es|das|sie)|grad
    gerade|eben|minuetlich|jetzt
    (?:at|before|by|till|until) (?:\d{1,2}(?:[:.]\d\d)?(?: ?(?:am|pm))?|eight|nine|ten|noon|seven|six)
    (?:on|by|before|this|next) (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekend)|in \d+
    quarter of an hour|half an hour|this (?:morning|afternoon|evening|minute)|as we speak|just now|right this
    any (?:second|minute|moment) now|every (?:few )?minutes?|currently|now
""")
NEED = any_of(r"""
    brauche?|brauchn|benoetig\w*|muss|muessen|muas|unbedingt|zwingend|angewiesen|sonst|rechtzeitig|klappt das
    reicht das|geht sich|schafft ihr
    need\w{0,2}|must|have to|has to|gotta|got to|really|otherwise|or else|in time|depend\w*|relying|without it
    will it|before
    sicher vorher|kommt (?:\w+ )?(?:noch|sicher|rechtzeitig)|nicht ohne|ohne (?:das|die|den|geht)|hilf\w*|helft
    stopp\w*|sperr\w*|blockier\w*|dichtmachen|zurueckgeholt
    definitely|for sure|make it|help|stop|block|freeze|recall\w*|shut (?:it|that)|lock
""")
OCCASION = any_of(r"""
    urlaub|flug\w*|fliege\w?|abflug|reise|hochzeit\w*|geburtstag\w*|weihnacht\w*|heiligabend|pruefung\w*|klausur
    abgabe|vortrag|praesentation|meeting|termin|umzug|ziehe\w? um|beerdigung|taufe|operation|op|auftritt|konzert
    messe|vorstellungsgespraech|amt|steuerberater|gericht
    holiday|flight|fly|airport|wedding|birthday|christmas|exam\w*|presentation|talk|interview|meeting|appointment
    moving|move house|funeral|surgery|gig|concert|conference|trip|tax office|accountant|court|hospital
    einschul\w*|eingeschult|schulanfang|buehne|auftreten|show|premiere|probe|turnier|spiel heute|zug|bahn|kurier
    arzttermin|untersuchung|operier\w*|entlassung|dreh|drehen|interview|muendliche|examen|bewerbungsgespraech
    abschluss\w*|kommunion|konfirmation|jubilaeum|party|feier|gaeste|besuch kommt|messe|eroeffnung|stichtag|steuer
    finanzamt|beamt\w*|verhandlung|notar|uebergabe|auszug|einzug
    school starts|starts school|stage|curtain|show|premiere|rehearsal|tournament|train|bus leaves|operation
    op tomorrow|scan|discharge|shoot|viva|finals|oral exam|job interview|communion|party|guests|in-laws|visitors
    opening|tax return|hearing|handover|completion|move in|move out|auction|deadline|christmas
""")
FRAUD = any_of(r"""
    gehack\w*|hacker\w*|hack|gekapert|sim[- ]?swap\w*|unbefugt\w*|unautorisiert\w*|kontouebernahme
    identitaetsdiebstahl|betrueger (?:am|in|hat|haben|hab)|fernwartung|teamviewer|anydesk
    (?:fremde\w?|unbekannte\w?|jemand\w*|wer|irgendwer|irgendjemand|einer|da) (?:\w+ ){0,4}(?:bestellt\w?|\
        bucht\w?|kauft\w?|abgebucht|eingeloggt|angemeldet|zugriff|drin|bestellungen|geaendert|konto|account|\
        kreditkarte|karte|namen)
    (?:bestell\w*|abbuchung\w*|buchung\w*|kaeufe?|einkaeufe)(?: \w+){0,6} (?:nicht von mir|nie gemacht|\
        nicht gemacht|kenne ich nicht|nicht getaetigt|fremd\w*)
    nicht von mir
    (?:daten|pin|tan|code|passwort|kartendaten|bankdaten|nummer|link)(?: \w+){0,6} (?:eingegeben|gegeben|gesagt|\
        verraten|durchgegeben|geklickt|angegeben)
    (?:link|anhang) geklickt|geklaut\w*|gestohlen\w*|entwendet|geld (?:\w+ ){0,4}(?:weg|verschwindet)
    konto (?:\w+ ){0,3}leer\w*
    hacked|hackers?|compromised|unauthori[sz]ed|hijack\w*|taken over|identity theft|scammers?|fraudsters?
    remote(?:ly)? (?:on|access|into|control)|(?:stolen|stole|nicked)|drain\w*
    (?:some ?one|some ?body|strangers?|a stranger|they|he|fraudster|people|unknown) (?:\w+ ){0,4}(?:logged|\
        order\w*|buy\w*|bought|spend\w*|spent|using|used|in my|into my|changed|access\w*|added|my card|my account|\
        my name)
    (?:orders?|charges?|payments?|transactions?|purchases?|parcels)(?: \w+){0,6} (?:not mine|aren'?t mine|\
        isn'?t mine|never made|didn'?t make|didn'?t order|dont recogni[sz]e|don'?t recogni[sz]e)
    not (?:me|mine|by me)
    (?:clicked|opened|entered|gave|typed|told)(?: \w+){0,7} (?:link|details|code|pin|password|card|number|\
        attachment)
    (?:money|cash) (?:\w+ ){0,4}(?:leaving|left|vanish\w*|disappear\w*|gone|being taken)
    (?:handy|portemonnaie|brieftasche|geldboerse|karte|tasche|laptop)(?: \w+){0,4} (?:geklaut|gestohlen|weg|\
        verloren)
    verloren (?:\w+ )?(?:handy|karte|brieftasche)|zugriff (?:auf|haben)|haben (?:\w+ )?zugriff|loggt sich|liest mit
    (?:kaeufe|einkaeufe|bestellungen|posten|codes?)(?: \w+,?){0,6} (?:die|den|das) (?:ich|wir) nicht
    nicht (?:angefordert|bestellt|getaetigt|beauftragt)|passwort geaendert|kauft (?:\w+ ){0,3}ein
    tan (?:\w+ )?(?:durchgegeben|gegeben|verraten)|falschen? (?:seite|mail|shop)
    (?:phone|wallet|purse|card|bag|laptop)(?: \w+){0,4} (?:stolen|gone|nicked|lost|missing)
    (?:lost|stole|stolen|nicked) (?:my|the|her|his) (?:phone|wallet|purse|card)|have access to|get(?:ting)? into my
    logging into|reading along|shopping (?:at|with|on)|pops? up that i|never asked for
    did(?:n'?t| not) (?:ask|request|order|authorise|make)|havent made|haven'?t made|wasn'?t me
    (?:read|gave|given|told|typed)(?: \w+){0,6} (?:code|pin|tan|details|password|digits)|changed (?:my|the) password
    trying to get in
""")
DEPENDENT = any_of(r"""
    herzschrittmacher|hausnotruf\w*|notruf\w*|pflege\w*|beatmung\w*|ekg\w*|insulin\w*|blutzucker\w*|dialyse\w*
    sauerstoff\w*|herzkrank\w*|schwerbehindert\w*|behindert\w*|rollstuhl|bettlaegerig
    krank\w{0,3} (?:mutter|vater|kind|frau|mann)|intensiv\w*|medizin\w*|medikament\w*|patient\w*
    praxis|klinik|krankenhaus|apotheke|ordination|kanzlei
    (?:laden|geschaeft|betrieb|firma|lokal|restaurant|filiale|werkstatt|buero|hotel|kasse|terminal|server|\
        produktion)(?: \w+){0,6} (?:still|steht|voll|zu|geschlossen|dicht|offline|tot|lahm\w*|nicht)
    stillstand|kunden (?:verlier\w*|weg)|verlier\w* (?:\w+ )?(?:kunden|auftraege|umsatz)|jede stunde|existenz\w*
    nicht kassieren|kassieren nicht
    (?:ganz |voellig )?allein\w?|nur (?:das|dieses|dies|ein) (?:eine |einzige )?(?:telefon|handy)|abgeschnitten
    (?:oma|opa|mutter|vater|eltern|grossmutter|grossvater)(?: \w+,?){0,4} (?:\d\d|allein\w?)|homeoffice|arbeitslos
    steckt (?:\w+ )?(?:fest|jemand)|eingesperrt|ausgesperrt
    miete|strom abgestellt|nichts (?:zu|mehr zu) essen|essen kaufen|kein essen|ueberzogen|pfaendung
    gerichtsvollzieher|inkasso
    pacemaker|personal alarm|emergency (?:alarm|button|phone|pendant)|medical\w*|medic\w*|insulin
    blood (?:sugar|pressure)|glucose|dialysis|oxygen|ventilator|heart (?:monitor|condition)|disabled|wheelchair
    bedridden|carer|intensive care|patients?|vulnerable
    surgery|clinic|hospital|pharmacy|dental practice|practice without
    (?:shop|business|store|office|company|till|tills|terminal|server|restaurant|salon|site|\
        hotel)(?: \w+){0,6} (?:down|standstill|offline|closed|full|dead|shut|stuck|halt|not working)
    standstill|losing (?:\w+ )?(?:customers|clients|money|business|orders)|every hour costs
    can'?t (?:take|accept) (?:card )?payments|livelihood
    (?:all )?alone|home alone|only (?:has|have|got) (?:this|the|that|one)|cut off
    (?:gran|nan|mum|mother|dad|father|grandad|grandmother)(?: \w+,?){0,4} (?:\d\d|alone)|work from home|stuck in
    locked (?:in|out)
    rent|buy food|no food|overdrawn|bailiffs?|eviction|electricity cut|debt collectors?
    angewiesen|auf (?:das|die|den) \w+ angewiesen|pflegedienst|notfalluhr|alarmuhr|hoergeraet\w*|prothese
    medikamentenk\w+|asthma|diabet\w*|epilep\w*|herz\w*|schwanger|neugeboren\w*|fruehchen
    kein(?:en)? (?:arzt|notarzt)|seniorenresidenz|altenheim|pflegeheim|betreute\w? wohnen
    keine (?:auftraege|bestellungen|kunden|buchungen)
    (?:online ?shop|webshop|shop|anlage|praxis|kassen?|leitung|system\w*)(?: \w+){0,5} (?:steht|still|down|aus|\
        ausgefallen|spinnt|tot)
    schulessen|kinder\w* (?:\w+ ){0,3}(?:nichts|kein essen|hunger)|konto (?:\w+ ){0,2}gekuendigt|dispo|existenz
    arbeitgeber|chef droht|kuendigung droht|obdachlos|raeumung|strom (?:\w+ )?abgestellt|sperr\w* (?:\w+ )?anschluss
    rel(?:y|ies|ying) on|depends? on|fall alarm|care service|home care|carers?|care home|sheltered housing
    hearing aid|asthma|inhaler|diabet\w*|epilep\w*|pregnant|newborn|premature|elderly|pensioner|frail|nurse|midwife
    hospice|can'?t (?:take|process|accept|fulfil) (?:any )?(?:orders|bookings|payments|customers)
    (?:web ?shop|online shop|website|phone system|tills?|card terminals?|systems?|lines?|\
        lift phones?)(?: \w+){0,5} (?:down|out|dead|gone|offline|idle|plays? up|blocked)
    los(?:e|ing) (?:\w+ )?(?:sales|customers|orders|business|money)|school dinners?
    (?:kids|children)(?: \w+){0,4} (?:hungry|nothing to eat|no food)|closing my account|evict\w*|homeless
    at a standstill|brought to a halt
""")
REPEATED = any_of(r"""
    zum (?:dritten|vierten|fuenften|sechsten|siebten|achten|neunten|zehnten|x-?ten|zigsten|wiederholten|\
        hundertsten|\d+\.) mal
    (?:dritte|vierte|fuenfte|sechste|siebte|achte|zehnte|x-?te|\d+\.) (?:mal|mail|nachricht|anruf|brief|\
        beschwerde|versuch|anfrage)
    (?:schon |bereits |jetzt |nun )?(?:zwei|drei|vier|fuenf|sechs|sieben|acht|zehn|mehr|\d+|zig|x|\
        hundert)\s?(?:mal|x|fach|mails?|anrufe?|nachrichten|briefe|einschreiben|emails|wochen|monate\w?)
    mehrmals|mehrfach\w*|wiederholt\w*|immer und immer|staendig|dauernd|seit (?:\w+ )?(?:wochen|monat\w*|tagen)
    (?:third|fourth|fifth|sixth|seventh|eighth|tenth|\d+(?:rd|th)|umpteenth|nth) (?:time|email|message|call|\
        letter|attempt|complaint)
    (?:two|three|four|five|six|seven|eight|ten|several|many|\d+|countless|numerous) (?:times|emails?|calls|\
        messages|letters|phone calls|registered letters|weeks|months)
    again and again|over and over|repeatedly|once again|yet again|for (?:\w+ )?(?:weeks|months|days)
    keep (?:\w+ )?(?:calling|writing|asking|emailing)|chas(?:ed|ing)
    (?:anruf|mail|brief|nachricht|versuch) (?:nummer|nr\.?) \w+|x[ -]?mal|zum x|zigmal|zigfach
    (?:gestern|vorgestern)(?: \w+,?){0,3} (?:und )?heute|dritte[nr]?|vierte[nr]?|fuenfte[nr]?|dreimal|viermal
    fuenfmal|immer noch|seit (?:ueber |mehr als )?(?:\w+ )?(?:jahr\w*|ewigkeit\w*)
    (?:call|email|letter|message) (?:number|no\.?) \w+|umpteen|yesterday(?: \w+,?){0,5} today|third|fourth|fifth
    sixth|rang (?:\w+ )?times|twice|still (?:no|not|nothing|waiting)|over a (?:month|year)
""")
UNANSWERED = any_of(r"""
    (?:keine?r?|null|nie|ohne|bislang ohne|keinerlei|nie eine) (?:\w+ ){0,2}(?:antwort\w*|reaktion\w*|\
        rueckmeldung\w*|reagier\w*|rueckruf|hilfe|loesung|info\w*)
    (?:niemand|keiner|kein mensch|nix) (?:\w+ ){0,3}(?:antwortet|meldet|reagiert|geantwortet|gemeldet|ruft|hilft|\
        geht ran|ran|interessiert|kuemmert)
    ignorier\w*|vertroestet|hoere nichts|hoert man nichts|antwortet (?:mir )?(?:nicht|keiner|niemand)|nie passiert
    nie (?:was )?gekommen|jedes mal versprochen|tot gestellt
    (?:no|zero|without|never|not a single|not one|not had a|any) (?:\w+ ){0,2}(?:reply|replies|response|answers?|\
        reaction|call ?back|feedback|help|solution)
    (?:nobody|no one|noone|no-one) (?:\w+ ){0,4}(?:replies|answers|responds|replied|answered|responded|gets back|\
        got back|cares|calls|picks up|helps?|reacts)
    ignor(?:ed|ing)|fobbed off|heard nothing|radio silence|never (?:happened|replied|came back|called back)
    always promised|still waiting|unanswered
    nix passiert|nichts passiert|keiner fuehlt sich|nie (?:was|etwas|eine \w+) (?:zurueck|gehoert|bekommen|erhalten)
    keine (?:meiner|einzige) \w+|niemand zustaendig|man hoert nichts
    nowt happens|nothing happens|nobody feels|no(?:body| one) (?:calls|gets|writes)|not one of my
    never (?:heard|got|received) (?:back|an|any)|nobody responsible
""")
COSTLY = any_of(r"""
    \d+(?:[.,]\d+)? ?(?:€|euro|eur|chf|franken)|euro|geld|abgebucht|bucht|abbuch\w*|bezahlt|zahl\w*|betrag
    rueckzahlung|erstattung|konto|gesperrt|kassiert|kostet|zinsen|mahn\w*|gehalt|lohn
    [£$€] ?\d+|\d+ (?:pounds?|quid|dollars?|euros?|bucks)|\d{3,}|money|paid|pay|charg\w*|refund\w*|payment|account
    locked|costs?|interest|fees?|debit\w*|bill\w*|took
    \d{3,}|1[.,]\d{3}|rate|raten|lastschrift|fehlbuchung|betrag|umsatz|verdienst\w*
    grand|instal?ment|overdraft|wages|salary|sales|deposit
""")
CALM = any_of(r"""
    (?:nicht|ned|net|nid|nich|auch nicht|ueberhaupt nicht|gar nicht) (?:so |sehr |ganz |allzu |super |\
        wirklich )?(?:dringend\w*|eilig|wild|schlimm|tragisch)
    eilt (?:ueberhaupt |gar |wirklich |auch )?(?:nicht|ned|net|nid|nich)|hat (?:keine eile|(?:noch )?zeit)
    kei?ne eile|kein stress|keinen stress|ohne eile|in aller ruhe|bei gelegenheit|pressiert ned|kein thema wenn
    wenn (?:ihr|sie|du|es)? ?(?:\w+ )?(?:zeit habt|zeit haben|zeit hast|dazu kommt|passt)|wenns passt
    irgendwann(?: mal| einmal)?|nur so|(?:nur )?(?:mal )?aus (?:reiner )?neugier|reine neugier|interessehalber
    interessensfrage|nur (?:mal )?(?:interessiert|gefragt|zur info|informativ)|nur melden|just fyi|mal so gefragt
    eines tages|naechstes jahr|naechste woche (?:auch|reicht)|ueberlege (?:mir )?(?:gerade |noch |irgendwann )?
    schau(?:e)? mich (?:nur|mal)|erst im (?:sommer|winter|herbst|fruehjahr|naechsten)
    no (?:rush|hurry|stress|pressure|biggie|big deal)
    (?:not|isn'?t|nothing|isnt|aint) (?:at all |that |so |very |super |really )?urgent|whenever (?:you|it|ur)
    when(?:ever)? you (?:\w+ )?(?:get|have|find|can|got)(?: \w+){0,3} (?:chance|minute|moment|time|mo|round to it|\
        around to it)
    when you get round|in your own time|take your time|at your (?:leisure|convenience)|it can wait|can wait
    just (?:\w+ )?(?:curious|wondering|asking|reporting|browsing|wondered|fyi|out of interest)
    out of (?:curiosity|interest)|some ?(?:day|time)|one day|next year|thinking (?:of|about)|no worries if
    not (?:a|an) (?:emergency|issue|biggie)|dont need it (?:till|until)|don'?t need it (?:till|until)
""")
