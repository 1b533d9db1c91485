"""Words by which a wish for a person is known, folded as `folded_for_signs` does. Written by hand for this project."""

# ruff: noqa: SIM905 - word lists read better as text

from __future__ import annotations

PERSON = frozenset(  # persons who answer for a brand
    """
        mensch menschen menschn mensche mitarbeiter mitarbeiterin mitarbeitern mitarbeita mitarbeitender
        person berater beraterin kundenberater kundenbetreuer agent agenten ansprechpartner
        ansprechpartnerin ansprechperson sachbearbeiter sachbearbeiterin kollege kollegen kollegin
        vorgesetzten vorgesetzter teamleiter abteilungsleiter servicemitarbeiter supportmitarbeiter
        kundendienstmitarbeiter chef geschaeftsfuehrer filialleiter techniker human humans humen people
        agents operator representative rep reps advisor adviser advisors employee manager supervisor boss
        clerk consultant colleague colleagues technician staff specialist teammate
    """.split()
)
SOMEONE = frozenset(  # less plain: asked for only together with talking
    """
        jemand jemanden jemandem wem wen oepper oepperem eppas irgendwem irgendwen einem support
        kundendienst kundenservice kundenbetreuung fachabteilung team leute leuten hotline someone somebody
        anyone anybody guy bloke lady department
    """.split()
)
TALK = frozenset(  # talking, and being put through
    """
        reden rede red redn reda sprechen sprech sprich schreiben schwaetzen schwaetze schnacken quatschen
        telefonieren chatten telefonisch telefon persoenlich draufschauen verbinden verbinde verbindet
        verbind verbunden durchstellen durchgestellt durchstell weiterleiten weiterverbinden weitergeleitet
        leite uebergeben unterhalten kommunizieren telefonat gespraech verbindung speak spk speek spik talk
        talking tlk text personally connect escalate converse chuck handoff
    """.split()
)
WANT = frozenset(  # wanting, bringing, reaching
    """
        will moechte moecht mecht wui wue wuensche wuenschte brauche brauch braeuchte verlange gib gibt gebt
        geben hol holt hole holst holen bitte lieber haette gern gerne schick schickt zum zur her dran
        erreiche erreichen want wanna wants need get give gimme bring find fetch prefer rather like request
        demand send reach contact where require please pls
    """.split()
)
REAL = frozenset(  # no machine
    """
        echte echten echter echtes echt richtige richtigen richtiger richtiges richtjen reale realen realer
        lebenden lebendigen menschlichen menschliche menschlicher wirklichen physischen real actual live
        living proper human breathing
    """.split()
)
PLEASE = frozenset(  # said after the person
    """
        bitte bitteschoen pls plz please now jetzt sofort asap sprechen her dringend endlich
    """.split()
)
BOT = frozenset(  # machines that answer
    """
        bot bots chatbot chatbots roboter robotern computer maschine maschinen automat automaten ki
        sprachcomputer textbausteine textbausteinen robot robots machine machines ai automated
    """.split()
)
NO = frozenset(  # against it
    """
        kein keine keinen keinem keiner nicht nix nie ned net nid nimmer ohne statt schluss stopp weg no not
        don't dont stop without never enough hate instead nobody
    """.split()
)
MAY = frozenset(  # before "a person" in a question
    """
        kann koennte koennt soll muss darf wuerde laesst can could would may does do is there have let
    """.split()
)
SOME = frozenset(  # any one of them
    """
        ein einer eine irgendein a an any one some another
    """.split()
)
FILLER = frozenset(  # may stand beside the person in a message of nothing else
    """
        ich i an a ein eine einen einem der die das den dem hallo hi hey hello moin servus ja ok the to mal
        jetzt sofort now just nur mit with und and or oder vom von of your euch service kunden customer care
        pls plz please bitte bitteschoen zum zur mi me mich said need want will moechte sprechen speak talk
        live chat echter echten real actual
    """.split()
)
TELLS = frozenset(  # who tells of a person asks for none
    """
        war waren hat hatte hatten wurde meinte sagte gestern neulich letztens erklaerte half versprach
        gesprochen geredet telefoniert angerufen ausgegeben bewerben bewerbung bewerbe job stelle stellen
        ausbildung praktikum sucht was were said told promised laughed knew hung yesterday spoke spoken
        helped explained jobs hiring apply applying vacancy career recruiting heard behauptet pretends
        pretending pretended claims claiming
    """.split()
)
COUNT = frozenset(  # persons who are users, not staff
    """
        zwei drei vier fuenf mehrere mehreren viele vielen weitere weiteren neue neuen alle unsere unserer
        meine meinem meinen per two three four five many more other all our my wrong account contact how
    """.split()
)
