"""What makes a message urgent by itself, folded as `folded_for_signs` does: "at once", by a time, a standstill.

Each phrase is precise enough to need no weighing; what only points that way is in nlu/urgency_words.py.
"""

from __future__ import annotations

from nlu.phrases import any_of

AT_ONCE = any_of(r"""
    (?:sehr |extrem |super |mega |echt |aeusserst |hoechst |wirklich )?dringend\w{0,2}|dringlich\w{0,4}
    (?:es |das )?eilt|eilig\w{0,2}|notfall|notfaelle|asap|umgehend\w{0,2}|unverzueglich|schnellstmoeglich
    so schnell wie moeglich|am besten gestern|schnell bitte|bitte (?:\w+ ){0,2}schnell|bitte (?:\w+ ){0,2}sofort
    sofort (?:bitte|\w+(?:en|t))(?= *[!.,]|$)
    (?:aendern|stoppen|sperren|stornieren|zurueck|kuendigen|annullieren|beheben|melden|erledigen|\
        abbrechen) (?:\w+ )?sofort
    (?:muss|brauche?|will|moechte) (?:\w+ ){0,3}sofort
    sofort (?:\w+ )?(?:sperren|stoppen|aendern|stornieren|melden|zurueck\w*|anrufen|entstoeren|handeln|\
        annullieren|dichtmachen)
    gleich (?:sperren|stoppen|erledigen)
    urgent(?:ly)?|(?:an|my|real|is an) emergency|emergency!+|immediately|asap|straight ?away|right away
    as soon as (?:possible|you can)|please hurry|hurry (?:please|up)|quick(?:ly)? (?:please|pls)
    (?:please|pls) (?:be )?quick|help!+|(?:at once|right now)(?= *[!.,]|$)|prioriti[sz]e|top priority
""")
BY_A_TIME = any_of(r"""
    (?:brauche?|brauchn|benoetige|muss|muessen|soll|sollte) (?:[\w,]+ ){0,7}(?:heute|morgen|uebermorgen|gleich|\
        in (?:einer|zwei|drei|\d+|zwanzig|zehn|einer halben) (?:stunden?|minuten?|min)|bis (?:\w+ )?(?:heute|\
        morgen|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|\d+))
    bis (?:spaetestens )?(?:heute|morgen) (?:\w+ ){0,4}(?:da|fertig|brauche?|geklaert|sein|klappt)
    (?:heute|morgen) (?:\w+ ){0,5}(?:muss|brauche?)
    frist (?:\w+ )?(?:laeuft|endet|ist) (?:\w+ )?(?:heute|morgen|ab)|laeuft (?:heute|morgen) ab
    letzter? (?:tag|frist) (?:\w+ ){0,4}(?:heute|morgen)|letzte frist|redaktionsschluss
    stellungnahme (?:\w+ ){0,4}bis|(?<!\d )bis (?:heute )?\d+ uhr(?! geliefert)
    (?:termin|pruefung|meeting|vortrag|abflug|zug|besprechung|auftritt|sendung) (?:\w+ ){0,3}\
        in (?:\w+ )?\d* ?(?:stunden?|minuten?)
    in (?:einer|zwei|\d+|zwanzig|zehn|einer halben|einer viertel) ?(?:stunden?|viertelstunde|minuten?|min) \
        (?:\w+ ){0,3}(?:muss|los|weg|beginnt|faengt|meeting|pruefung|vortrag|abflug|auf der|zug|muendliche|termin|\
        ins|zum|veroeffentlich\w*)
    (?:need|must|have to|has to|gotta|got to) (?:[\w,']+ ){0,7}(?:today|tonight|tomorrow|by (?:noon|midnight|\
        monday|tuesday|wednesday|thursday|friday|saturday|sunday|\d+)|in (?:an|two|\d+|twenty|ten|\
        half an) (?:hours?|minutes?|mins?))
    by (?:today|tonight|tomorrow)|before (?:tonight|tomorrow|noon|\d+ ?(?:am|pm))
    (?:deadline|notice period|window|trial|offer|period) (?:\w+ ){0,3}(?:today|tonight|tomorrow|\d+ ?(?:pm|am))
    (?:ends|closes|expires|runs out|due|up) (?:today|tonight|tomorrow|at midnight)|last day|final deadline
    statement (?:\w+ ){0,5}by \d+
    (?:exam|meeting|interview|flight|train|talk|call|presentation|viva|dinner'?s|show|deadline|appointment|surgery) \
        (?:\w+ ){0,4}in (?:an?|two|\d+|twenty|ten|half an|a quarter of an) (?:hours?|minutes?|mins?|quarter)
    in (?:an|two|\d+|twenty|ten|half an) (?:hours?|minutes?|mins?) (?:\w+ ){0,3}(?:and|exam|meeting|leave|flight|online)
    need (?:some|it|one|this|that|them)? ?(?:by|for) (?:tomorrow|tonight|today)
""")
STANDSTILL = any_of(r"""
    (?:laden|geschaeft|betrieb|firma|praxis|kanzlei|kasse\w?|filialen?|werkstatt|hotel|restaurant|produktion|shop|\
        buero|patienten|pflege\w*|hausnotruf\w*|notruf\w*|aufzug\w*|seniorenresidenz|apotheke|gasthaus|\
        kunden)(?: [\w,:]+){0,9} (?:steht|still|lahm\w*|tot|ausgefallen|nicht (?:mehr )?(?:kassieren|erreich\w*|\
        arbeiten|oeffnen)|erreichen uns nicht|offline|komplett ohne|ohne (?:telefon|netz|internet)|abgeschnitten|\
        keine (?:auftraege|daten))
    (?:shop|store|office|company|surgery|clinic|practice|pharmacy|hospital|care home|restaurant|salon|tills?|\
        card terminals?|terminals?|business|patients|lift phones?|fire station|ships|stores|bakery|\
        hotel)(?: [\w,:']+){0,9} (?:standstill|halt|down|dead|offline|idle|out|gone|closed|waiting|can'?t reach|\
        cannot reach|without (?:phones?|internet|a line)|not working|unreachable|can'?t (?:take|process))
    (?:landlines?|phones?|lines?|system|cloud|network|terminals?|tills?) (?:\w+ ){0,3}(?:dead|down|\
        out) (?:\w+ ){0,5}(?:care home|surgery|clinic|practice|hospital|shop|stores?|office|company)
""")
