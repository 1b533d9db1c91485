"""What every classifier must do, whatever engine it is. Subclasses give the fixture `classifier`."""

from __future__ import annotations

import asyncio
import time

import pytest

from desk.classifying import Classifier, TextToRead
from desk.people import Locale
from desk.reading import Reading, Urgency

CLEAR = [
    ("Wo bleibt mein Paket? Die Bestellung 4711-2209 ist immer noch nicht da", "de", "delivery_status"),
    ("where is my parcel, I ordered a week ago", "en", "delivery_status"),
    ("Ich möchte meinen Vertrag kündigen", "de", "contract_cancel"),
    ("I want to cancel my contract", "en", "contract_cancel"),
    ("Bitte schickt mir eine Kopie meiner Rechnung", "de", "invoice"),
    ("could you send me a copy of my invoice", "en", "invoice"),
]
ODD = [
    "",
    " ",
    "\n" * 10_000,
    "a" * 100_000,
    "wort " * 20_000,
    "😀😭🎉" * 300,
    "Z̴̢̛͉͍a̷l̶g̵o̴ ̷" * 200,
    "\u202eתנו לי אדם\u202c العربية",
    "\x00\x01\x1b[31m\x7f",
    "где мой заказ и почему 私の注文",
    "> On Monday you wrote:\n> > hello\n> hi",
    "def f(x): return {'a': [1, 2]}  # <script>alert(1)</script>",
    "https://example.org/a?b=c",
    "/restart",
    '/greet{"a": "b"}',
    "\ud800 lone",
    "0",
]


class ClassifierContract:
    """The suite. Nothing here knows which engine answers."""

    async def read_one(self, classifier: Classifier, text: str, spoken: Locale | None = None) -> Reading:
        return (await classifier.read([TextToRead(text, spoken)]))[0]

    @pytest.mark.parametrize(("text", "language", "intent"), CLEAR)
    async def test_clear_messages_are_understood(
        self, classifier: Classifier, text: str, language: str, intent: str
    ) -> None:
        reading = await self.read_one(classifier, text)
        assert (reading.language, reading.intent, reading.out_of_scope) == (language, intent, False)
        assert 0.3 < reading.confidence <= 1
        assert reading.engine == classifier.name
        assert reading.model

    async def test_readings_come_in_the_order_of_the_messages(self, classifier: Classifier) -> None:
        messages = [TextToRead(text) for text, _, _ in CLEAR] * 5
        together = await classifier.read(messages)
        assert [r.intent for r in together] == [intent for _, _, intent in CLEAR] * 5

    async def test_no_messages_no_readings(self, classifier: Classifier) -> None:
        assert list(await classifier.read([])) == []

    @pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
    async def test_odd_messages_are_read_within_the_budget(self, classifier: Classifier, text: str) -> None:
        began = time.perf_counter()
        reading = await self.read_one(classifier, text)
        assert time.perf_counter() - began < 5
        assert reading.was_read
        assert 0 <= reading.confidence <= 1
        assert all(0 <= e.start < e.end <= len(text) for e in (*reading.entities, *reading.personal_data))

    async def test_runners_up_are_others_and_not_likelier(self, classifier: Classifier) -> None:
        reading = await self.read_one(classifier, "wo ist mein paket")
        assert 1 <= len(reading.runners_up) <= 4
        assert reading.intent not in {g.intent for g in reading.runners_up}
        confidences = [reading.confidence, *(g.confidence for g in reading.runners_up)]
        assert confidences == sorted(confidences, reverse=True)

    async def test_foreign_matters_are_out_of_scope(self, classifier: Classifier) -> None:
        reading = await self.read_one(classifier, "Wie wird morgen das Wetter in den Bergen?")
        assert reading.out_of_scope
        assert reading.intent == "out_of_scope"
        assert reading.runners_up

    @pytest.mark.parametrize(
        "text", ["Mein Router brennt!!", "smoke is coming out of the charger", "ich bring mich um"]
    )
    async def test_danger_is_urgent_and_a_safety_matter(self, classifier: Classifier, text: str) -> None:
        reading = await self.read_one(classifier, text)
        assert (reading.intent, reading.urgency) == ("safety_hazard", Urgency.URGENT)
        assert not reading.out_of_scope

    @pytest.mark.parametrize("text", ["Ich will mit einem echten Menschen sprechen", "can I talk to a real person"])
    async def test_the_wish_for_a_human_is_seen(self, classifier: Classifier, text: str) -> None:
        assert (await self.read_one(classifier, text)).wants_human

    async def test_personal_data_are_masked(self, classifier: Classifier) -> None:
        text = "Wo ist mein Paket? Ruft mich an: 0176 1234567"
        reading = await self.read_one(classifier, text)
        assert [(s.kind, text[s.start : s.end]) for s in reading.personal_data] == [("phone", "0176 1234567")]
        assert reading.masked == "Wo ist mein Paket? Ruft mich an: [Telefon]"

    async def test_entities_are_named(self, classifier: Classifier) -> None:
        reading = await self.read_one(classifier, "Bestellung 4711-2209: 49,90 Euro am 3. März abgebucht")
        assert {(e.kind, e.value) for e in reading.entities} >= {
            ("order_number", "4711-2209"),
            ("amount", "49,90 Euro"),
            ("date", "3. März"),
        }

    async def test_history_tells_the_language_of_few_words(self, classifier: Classifier) -> None:
        assert (await self.read_one(classifier, "ok super", Locale.GERMAN)).language == "de"
        assert (await self.read_one(classifier, "ok super", Locale.ENGLISH)).language == "en"

    async def test_other_languages_are_known_as_such(self, classifier: Classifier) -> None:
        for text in ("Bonjour, où est mon colis s'il vous plaît", "siparişim hala gelmedi, nerede", "где мой заказ"):
            assert (await self.read_one(classifier, text)).language == "other"

    async def test_many_at_once_do_not_mix(self, classifier: Classifier) -> None:
        texts = [text for text, _, _ in CLEAR] * 3
        readings = await asyncio.gather(*(self.read_one(classifier, text) for text in texts))
        assert [r.intent for r in readings] == [intent for _, _, intent in CLEAR] * 3
