"""Function words: the small, frequent words by which a language is known. Folded to lower case.

German with its dialects, and English. Words that both lists share count for both. Written by hand for this project.
"""

# ruff: noqa: SIM905 - word lists read better as text

from __future__ import annotations

GERMAN = frozenset(
    """
        der die das den dem des ein eine einen einem einer eines kein keine keinen keiner und oder aber denn
        weil dass daß wenn ob als wie wo was wer wann warum wieso weshalb welche welcher welches ich du er sie
        es wir ihr mich mir dich dir ihn ihm uns euch ihnen mein meine meinen meinem meiner dein deine sein
        seine ihre ihren unser unsere euer eure ist sind war waren bin bist seid sein habe hab hast hat haben
        hatte hatten wird werden wurde worden würde kann kannst können könnt konnte könnte könnten muss muß
        müssen musste soll sollte will wollen wollte möchte möchten mag darf dürfen nicht nichts nix nie schon
        noch nur auch mal doch ja nein bitte danke hallo für von vom mit ohne bei beim nach aus auf an am im
        in ins zu zum zur über unter vor seit bis durch gegen um zwischen sehr so ganz viel mehr immer wieder
        jetzt heute gestern morgen hier da dort dann also eben halt leider endlich geht gibt kommt bekomme
        funktioniert seitdem trotzdem deshalb alles etwas man sich einfach gut ned net nimmer isch hob hots
        bittschön ois wos nöd ned gar oba und ick dit wat uff mei dei no bei a i mia euch koa koan kein
        immernoch isch mis mir's nid nöd gaht goht chan mer öpper üs hend mir koi net dös scho nimma kriagt gscheid
        jeht ja janich wart kost bliev mien hoit zruck heit hab hob habts san seids wia wann warum wem wen allem alle
        anderen viele jede jeder wieviel wohin woher damit davon dafür dazu darauf deine diese dieser dieses diesen
        mach mache machen macht gehen gehst gib gebt geben bring zeig zeige sag sage erzähl spiel spiele spielen ruf
        rufe stell stelle such suche schick schicke bestell bestelle fehlt hilfe jemand niemand nächste nächsten
        letzte letzten neue neuen neu alt alte groß klein teuer billig falsch falsche richtig kaputt bald später
        früh abend nacht mittag woche monat jahr tag tage uhr montag dienstag mittwoch donnerstag freitag samstag
        sonntag eins zwei drei vier fünf sechs sieben acht neun zehn
    """.split()
)
ENGLISH = frozenset(
    """
        the a an and or but because that if whether when where what who why how which i you he she it we they
        me him her us them my your his its our their mine is are was were am be been being have has had having
        do does did don't doesn't didn't can can't cannot could couldn't will won't would should shouldn't
        must may might not no yes please thanks thank hello hi hey for of from with without at by to in into
        on onto about over under before after since until through against between very so too more most always
        again now today yesterday tomorrow here there then just still yet already never ever some any all
        nothing something this these those i'm i've i'd i'll it's that's there's what's you're get got gets
        getting need want know help there up out off u ur pls plz dont cant wont im ive whats wheres hows isnt
        doesnt any anyone been keep keeps them who's whose which isn't aren't wasn't weren't haven't hasn't let make
        made give gave show tell told say said take put see going gonna wanna much many few other another each next
        last new old big small wrong right early later soon week month year day days monday tuesday wednesday
        thursday friday saturday sunday one two three four five six seven eight nine ten nope yeah ok okay cannae
        y'all innit though
    """.split()
)
