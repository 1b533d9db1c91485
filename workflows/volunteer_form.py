"""The form of applicants and volunteers, as a chat shows it: one message that every tap changes in place.

What was chosen so far is in the database, where one stands is in the buttons: so a form of any age goes on after a
restart, and a tap says the same whichever message it is under.
"""

from __future__ import annotations

from desk.conversation import Button
from desk.hours_text import hours_in_words, quiet_in_words
from desk.intents import intent_name
from desk.phrases import marked as _
from routing.topics import peer_topics
from workflows.storm_choice_page import called_when, storm_card
from workflows.volunteer_choice_pages import (
    CONDUCT,
    HOURS,
    LANGUAGES,
    LIMITS,
    QUIET,
    STORMS,
    TOPICS,
    ZONE,
    Card,
    ChoicePages,
    Filled,
    arranged,
    short_number,
)
from workflows.volunteer_choices import CODE_OF_CONDUCT, LANGUAGE_NAMES


class FormPages(ChoicePages):
    """Draws the form in one language."""

    def page(self, number: int, filled: Filled) -> Card:
        """The page of this number; the first one for any other."""
        chosen = self.choice_page(number, filled)
        if chosen is not None:
            return chosen
        if number == STORMS and filled.responder is not None:
            return storm_card(self, filled)
        drawn = {TOPICS: self._topics, CONDUCT: self._conduct}.get(number, self._main)
        return drawn(filled)

    def topics_named(self, filled: Filled) -> str:
        """The chosen topics, with a lock on those that wait for a test."""
        units = peer_topics(self._policy)
        chosen = filled.wishes.topics
        if filled.responder is not None and not chosen:
            return self.say(_("everything that is open to volunteers"))
        names = []
        for unit, intents in units.items():
            lock = " 🔒" if filled.ahead and unit in filled.ahead else ""
            if unit in chosen:
                names.append(self._policy.unit_name(unit, self.spoken) + lock)
            names += [self.say(intent_name(intent)) + lock for intent in intents if intent in chosen]
        return ", ".join(names) or "–"

    def _main(self, filled: Filled) -> Card:
        wishes = filled.wishes
        lines = self.say(
            _(
                "Topics: {topics}\nLanguages: {languages}\nHours: {hours}\nQuiet time: {quiet}\nTime zone: {zone}\n"
                "At most: {day} offers a day, {once} at once"
            ),
            topics=self.topics_named(filled),
            languages=", ".join(LANGUAGE_NAMES[one] for one in wishes.languages),
            hours=hours_in_words(wishes.availability.hours, self.spoken),
            quiet=quiet_in_words(wishes.availability.quiet, self.spoken),
            zone=wishes.availability.zone,
            day=wishes.most_a_day,
            once=wishes.most_at_once,
        )
        rows: list[tuple[Button, ...]] = [
            (self._to(_("Topics"), TOPICS), self._to(_("Languages"), LANGUAGES), self._to(_("Hours"), HOURS)),
            (self._to(_("Quiet time"), QUIET), self._to(_("Time zone"), ZONE), self._to(_("Limits"), LIMITS)),
        ]
        if filled.responder is None:
            head = self.say(
                _("🙌 **Answer questions of others.** Choose what fits you; you can change it at any time.")
            )
            rows.append((self._to(_("Next"), CONDUCT), self._button(_("Stop here"), "volunteer.stop:0")))
        else:
            head = self.say(_("⚙ **Your settings**"))
            tests = [
                Button(self.say(_("Test: {topic}"), topic=self.unit_name(unit)), f"volunteer.test:{short_number(unit)}")
                for unit in filled.ahead or ()
            ]
            rows += arranged(tests, most_rows=2)
            rows.append((self._to(_("Storms"), STORMS), self._button(_("Stop volunteering"), "volunteer.leave:0")))
            lines += "\n" + self.say(_("Calls in storms: {when}"), when=self.say(called_when(filled.storms)))
        return Card(f"{head}\n\n{lines}", tuple(rows))

    def _topics(self, filled: Filled) -> Card:
        chosen, everything = filled.wishes.topics, filled.responder is not None and not filled.wishes.topics
        buttons, lines = [], []
        for unit, intents in peer_topics(self._policy).items():
            some = any(intent in chosen for intent in intents)
            mark = "✅ " if everything or unit in chosen else "➗ " if some else ""
            buttons.append(Button(f"{mark}{self.unit_name(unit)}", f"volunteer.topic:{short_number(unit)}"))
            names = ", ".join(self.say(intent_name(intent)) for intent in intents)
            lines.append(f"{self.unit_name(unit)}: {names}")
        text = self.say(_("**What do you know well?** Tap to choose.")) + "\n\n" + "\n".join(lines)
        if filled.responder is None or filled.ahead:
            text += "\n\n" + self.say(_("Some topics open with a short test."))
        return Card(text, (*arranged(buttons), self.back()))

    def _conduct(self, filled: Filled) -> Card:
        yes = self._button(_("I agree, count me in"), "volunteer.apply:0")
        return Card(self.say(CODE_OF_CONDUCT), ((yes,), self.back()))
