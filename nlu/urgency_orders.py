"""What makes a message urgent by itself, folded as `folded_for_signs` does: "at once", by a time, a standstill, fraud.

Each phrase is precise enough to need no weighing; what only points that way is in nlu/urgency_words.py.
"""

from __future__ import annotations

from nlu.phrases import any_of

AT_ONCE = any_of(r"""
    (?:sehr |extrem |super |mega |echt |aeusserst |hoechst |wirklich )?dringend\w{0,2}|dringlich\w{0,4}
    (?:es |das )?eilt|eilig\w{0,2}|notfall|notfaelle|asap|umgehend\w{0,2}|unverzueglich|schnellstmoeglich
    so schnell wie moeglich|am besten gestern|schnell bitte|bitte (?:\w+ ){0,2}schnell|bitte (?:\w+ ){0,2}sofort
    sofort bitte
    sofort (?:\w+ )?(?:sperren|stoppen|stopp|aendern|stornieren|zurueck\w*|entstoeren|annullieren|dichtmachen|\
        raus|anhalten|abbrechen)
    (?:aendern|stoppen|sperren|stornieren|zurueck|annullieren|beheben|erledigen|abbrechen) (?:\w+ )?sofort
    gleich (?:sperren|stoppen|erledigen)
    (?:schickt|sendet|verschickt) (?:das |es |die |den )?(?:bloss|bitte|auf keinen fall) nicht|stopp!+
    urgent(?:ly)?|(?:an|my|real) emergency|emergency!+|immediately|asap|straight ?away(?! and)|please hurry
    hurry (?:please|up)
    as soon as (?:possible|you can)|quick(?:ly)? (?:please|pls)|(?:please|pls) (?:be )?quick$|prioriti[sz]e
    top priority
    quick,? (?:other|wrong|change|stop)|(?:please|pls) (?:\w+ ){0,3}right away|stop!+
""")
BY_A_TIME = any_of(r"""
    (?:brauche?|brauchn|brauchen|benoetige|muss|muessen) (?!nicht|ned|nimmer)(?:[\w,]+ ){0,7}(?:heute|morgen|\
        uebermorgen|bis (?:\w+ )?(?:heute|morgen|\w+tag|mittwoch|\d+))
    (?:bis|vor) (?:spaetestens )?(?:heute|morgen) (?:\w+ ){0,4}(?:da|fertig|brauche?|geklaert|sein|klappt)
    (?:heute|morgen) (?:\w+ ){0,4}muss
    frist (?:\w+ )?(?:laeuft|endet|ist) (?:\w+ )?(?:heute|morgen)|laeuft (?:heute|morgen) ab
    letzter? (?:tag|frist) (?:\w+ ){0,4}(?:heute|morgen)
    (?:heute|morgen) (?:\w+ ){0,2}letzte\w? (?:tag|frist)|redaktionsschluss|stellungnahme (?:\w+ ){0,4}bis
    (?<!\d )bis (?:heute )?\d+ uhr
    (?:termin|pruefung|meeting|vortrag|abflug|zug|besprechung|auftritt|\
        sendung) (?:\w+ ){0,3}in (?:\w+ )?\d* ?(?:stunden?|minuten?)
    in (?:einer|zwei|\d+|zwanzig|zehn|einer halben|einer) ?(?:stunden?|viertelstunde|minuten?|\
        min) (?:\w+ ){0,3}(?:muss|los|weg|beginnt|faengt|meeting|pruefung|vortrag|abflug|auf der|zug|muendliche|\
        termin|ins|zum|veroeffentlich\w*)
    (?:hochzeit|urlaub|flug|fliege\w?|umzug|pruefung|abgabe|beerdigung|geburtstag|weihnachten|\
        op) (?:\w+ ){0,3}(?:ist |sind )?(?:heute|morgen)
    (?:morgen|heute) (?:\w+ ){0,5}(?:hochzeit|in den urlaub|fliege\w?|flug|umzug|pruefung|beerdigung|geburtstag|\
        op|abgabe)
    (?:need|must|have to|has to|gotta|got to)(?! not) (?:[\w,']+ ){0,7}(?:today|tonight|tomorrow|by (?:noon|\
        midnight|\w+day|\d+)|in (?:an|two|\d+|twenty|ten|half an) (?:hours?|minutes?|mins?))
    by (?:today|tonight|tomorrow(?! noon))|before (?:tonight|tomorrow|noon|\d+ ?(?:am|pm))|by \d+ ?(?:am|pm)
    (?:deadline|notice period|window|trial|period) (?:\w+ ){0,3}(?:today|tonight|tomorrow|\d+ ?(?:pm|am))
    last day of my|last day to give
    (?:ends|closes|expires|runs out|due|up) (?:today|tonight|tomorrow|at midnight)|statement (?:\w+ ){0,5}by \d+
    (?:exam|meeting|interview|flight|train|talk|presentation|viva|dinner'?s|show|deadline|appointment|\
        surgery) (?:\w+ ){0,4}in (?:an?|two|\d+|twenty|ten|half an) (?:hours?|minutes?|mins?|quarter)
    in (?:an|two|\d+|twenty|ten|half an) (?:hours?|minutes?|mins?) (?:\w+ ){0,2}(?:exam|meeting|leave|flight|\
        i have to|i must)
    (?:wedding|holiday|flight|exam|funeral|birthday|christmas|moving|operation|op) (?:is )?(?:today|tomorrow|\
        tonight)
    (?:fly|leave|move|moving) (?:\w+ ){0,4}(?:today|tomorrow|tonight)
    need (?:some|it|one|this|that|them)? ?(?:by|for) (?:tomorrow|tonight|today)
""")
STANDSTILL = any_of(r"""
    (?:unser\w*|mein\w*|ganze\w?|saemtliche|die|der|das|im) (?:\w+ ){0,2}(?:laden|geschaeft|betrieb|firma|kanzlei|\
        kassen?|filialen?|werkstatt|hotel|restaurant|produktion|shop|buero|server\w*)(?: [\w,:]+){0,6} (?:still|\
        lahm\w*|tot|ausgefallen|nicht (?:mehr )?(?:kassieren|arbeiten|oeffnen)|komplett ohne|ohne (?:telefon|netz|\
        internet)|keine (?:auftraege|buchungen|bestellungen|daten))
    (?:\w*praxis|patienten|pflege\w*|hausnotruf\w*|aufzug\w*|senioren\w*|apotheke|aerztehaus|klinik|ordination|\
        betreute\w? wohnen)(?: [\w,:]+){0,9} (?:steht|still|lahm\w*|tot|ausgefallen|nicht (?:mehr )?erreich\w*|\
        erreichen uns nicht|offline|ohne (?:telefon|netz|internet)|verstummt|nichts|down|kommen nicht durch)
    keine (?:auftraege|buchungen|bestellungen|kunden) (?:\w+ )?annehmen|nicht (?:mehr )?kassieren
    (?:kunden|umsatz|auftraege) (?:\w+ )?verlier\w*|verlier\w* (?:\w+ ){0,3}(?:kunden|umsatz|auftraege)
    (?:our|my|the whole|whole|entire|the) (?:\w+ ){0,2}(?:shop|store|office|company|restaurant|salon|business|\
        server|site|warehouse|hotel|bakery)(?: [\w,:']+){0,6} (?:standstill|halt|idle|dead|without (?:phones?|\
        internet|a line)|can'?t (?:take|process|trade|open)|cannot (?:take|process|trade|open))
    (?:surgery|clinic|practice|pharmacy|hospital|care home|patients|lift phones?|fire station|\
        sheltered housing|ships|home care|personal alarm)(?: [\w,:']+){0,9} (?:standstill|halt|down|dead|offline|\
        idle|gone|waiting|can'?t reach|cannot reach|no phones?|without (?:phones?|internet|a line)|not working|\
        unreachable|nothing)
    (?:can'?t|cannot|unable to|not able to) (?:take|process|accept) (?:any |card )?(?:orders|bookings|payments|\
        customers)
    at a standstill|los(?:e|ing) (?:\w+ )?(?:sales|customers|clients|orders|business)
""")
TAKEN_OVER = any_of(r"""
    (?:konto|account|kundenkonto|profil|zugang|mail\w*)(?: \w+){0,3} (?:gehackt\w*|gekapert|uebernommen)
    gehackt(?:er|es)? (?:account|konto)|^(?:account|konto)? ?gehackt\W*$
    (?:jemand\w*|fremde\w?|unbekannte\w?|irgendwer|hacker|mein ex)(?: \w+){0,4} (?:in meinem (?:konto|account)|\
        mein (?:konto|passwort|kennwort)|meine (?:mail\w*|karte|kreditkarte\w*)|eingeloggt|fremdes)
    fremde\w? (?:zugriff|anmeldung|login)|wer hat mein (?:passwort|kennwort)
    auf (?:den|einen) (?:\w+ )?link geklickt|(?:tan|pin|code|passwort)(?: \w+){0,4} (?:durchgegeben|verraten|gesagt)
    (?:code|tan|zugriff)(?: \w+){0,3} gegeben
    (?:bank|karten|konto)?daten (?:\w+ ){0,6}(?:fake|falschen|gefaelschten) (?:\w+ )?eingegeben
    (?:sim|karte|handy|telefon|brieftasche|portemonnaie)(?: \w+){0,2} (?:gestohlen|geklaut|weg)
    (?:sim|karte)(?: \w+)? sperren|fernwartung
    zugriff auf (?:ihren|seinen|meinen|ihrem|mein|den) (?:rechner|computer|pc|onlinebanking|konto)
    nicht von mir
    (?:bestellungen|kaeufe|zahlungen|abbuchungen|codes)(?: [\w,]+){0,7} (?:nicht (?:angefordert|veranlasst|\
        gemacht|getaetigt)|ich nicht)
    (?:bestellt|kauft|bucht|shoppt) (?:\w+ ){0,4}(?:auf|mit|ueber) mein\w*
    (?:account|email|login|profile|password)(?: \w+){0,4} (?:hacked|hijacked|compromised|stolen|taken over|swapped)
    ^(?:account )?hacked\W*$|took over my (?:account|profile)|who changed my password
    (?:someone|somebody|strangers?|a hacker|a scammer|scammers?|my ex)(?: \w+){0,4} (?:in(?:to|\
        side)? my (?:account|profile)|my (?:account|password|email|card|credit card)|logged in)
    (?:it )?wasn'?t me|not me|aren'?t mine|not mine
    (?:clicked|opened|followed) (?:on )?(?:the|a|that|this|your) (?:scam |phishing |fake )?(?:link|\
        attachment)(?! in your)
    (?:gave|told|given)(?: \w+){0,5} (?:code|pin|tan|password|bank details|card details|digits)
    (?:entered|typed)(?: \w+){0,6} (?:fake|false|phishing|scam|wasn'?t your)
    (?:phone|sim|card|wallet)(?: \w+){0,2} (?:stolen|nicked|gone)
    (?:block|freeze|lock) (?:my|the|this|it|everything|both)?(?: \w+){0,2} (?:at once|now|immediately)|still remote
    on my (?:computer|pc|laptop)(?: \w+)? (?:right )?now
    (?:orders?|payments?|purchases?|codes)(?: \w+){0,6} (?:did(?:n'?t| not)|haven'?t|havent|\
        never) (?:\w+ )?(?:make|made|order|authori[sz]e|ask\w*|request\w*)
    (?:ordering|buying|spending|shopping|orders) (?:\w+ ){0,3}(?:on|with|in) my
""")
