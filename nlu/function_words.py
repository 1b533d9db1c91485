"""Function words: the small, frequent words by which a language is known. Folded to lower case.

German and English are read; the other lists exist only to tell "another language" from these two. Words that
two lists share count for both. Written by hand for this project.
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
        immernoch
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
        doesnt any anyone been keep keeps
    """.split()
)
OTHERS: dict[str, frozenset[str]] = {
    "French": frozenset(
        """
            le la les un une des du de et ou mais car que qui quoi quand où pourquoi comment je tu il elle
            nous vous ils elles mon ma mes votre vos notre est sont était suis ai as avez avons ont être avoir
            pas ne plus jamais pour avec sans chez dans sur sous depuis très trop bonjour merci bonsoir salut
            c'est j'ai n'est qu'il ce cette ces peux pouvez voudrais veux commande colis s'il plaît toujours
            rien aujourd'hui svp mon quel quelle au aux
        """.split()
    ),
    "Spanish": frozenset(
        """
            el la los las un una unos y o pero porque que qué quien cuando cuándo donde dónde cómo como yo tú
            él ella nosotros ustedes mi mis su sus tu es son era soy está están estoy he ha han tengo tiene no
            nunca para con sin en sobre desde muy más hola gracias por favor buenos días mi pedido quiero
            puedo puede necesito ayuda todavía hoy del al lo se
        """.split()
    ),
    "Italian": frozenset(
        """
            il lo la gli le un una uno e o ma perché che chi quando dove come io tu lui lei noi voi mio mia
            miei sono è era ho hai ha abbiamo hanno non mai per con senza in su da molto più ciao grazie
            buongiorno salve prego vorrei posso può ordine pacco ancora oggi ieri del della di al nel mi si
            questo questa
        """.split()
    ),
    "Turkish": frozenset(
        """
            bir ve veya ama çünkü ki ne kim nerede neden nasıl ben sen o biz siz onlar benim senin bizim var
            yok değil mi mı mu mü için ile çok daha hala henüz bugün dün yarın merhaba selam teşekkürler
            lütfen sipariş siparişim kargo paket paketim gelmedi geldi istiyorum nasıl zaman hangi bu şu
            olarak kadar sonra önce evet hayır iyi bana gibi her şey
        """.split()
    ),
    "Polish": frozenset(
        """
            i w na z do nie tak jest są był była mam ma mamy czy co kto kiedy gdzie dlaczego jak ja ty on ona
            my wy oni mój moja moje się to ten ta dla przez od po bez już jeszcze bardzo dzień dobry cześć
            dziękuję proszę zamówienie paczka paczkę nadal dzisiaj chcę mogę można jestem mnie
        """.split()
    ),
    "Dutch": frozenset(
        """
            de het een en of maar omdat dat wie wanneer waar waarom hoe ik jij hij zij wij jullie mijn jouw
            zijn onze ben bent heb hebt heeft hebben niet geen nooit voor met zonder bij naar uit op aan zeer
            veel meer hallo bedankt dank graag alstublieft bestelling pakket nog steeds vandaag gisteren wil
            kunnen kunt wordt werd deze dit mij
        """.split()
    ),
    "Portuguese": frozenset(
        """
            o a os as um uma e ou mas porque que quem quando onde como eu você ele ela nós meu minha seu sua é
            são era está estou tenho tem não nunca para com sem em sobre desde muito mais olá obrigado
            obrigada bom dia por favor pedido encomenda quero posso preciso ainda hoje do da no na ao
        """.split()
    ),
    "Romanian": frozenset(
        """
            și sau dar pentru că ce cine când unde de ce cum eu tu el ea noi voi meu mea este sunt era am ai
            are avem au nu niciodată cu fără în pe la din foarte mai bună ziua mulțumesc vă rog comanda
            coletul încă astăzi vreau pot care
        """.split()
    ),
    "Croatian": frozenset(
        """
            i ili ali jer da što tko kada gdje zašto kako ja ti on ona mi vi oni moj moja je su bio sam imam
            ima nije ne za sa bez u na od do vrlo više bok hvala molim dobar dan narudžba paket još danas
            želim mogu gdje koji
        """.split()
    ),
}
