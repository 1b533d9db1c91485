"""Entrance tests and farewells, as a chat shows them: a question with its choices, how it went, what leaving means."""

from __future__ import annotations

from datetime import timedelta

from desk.conversation import Button
from desk.entrance_test import EntranceTest, Sitting, SittingId, right_answers
from desk.people import Locale, Responder
from desk.phrases import marked as _
from workflows.sit_test import answer_question, begin_sitting, tests_ahead
from workflows.voice import Voice
from workflows.volunteer_choice_pages import MAIN, Card
from workflows.volunteer_form import FormPages

LETTERS = "ABCDEF"
CHOICES_A_QUESTION = 10
"""A button says question and choice in one number of two digits."""

Shown = tuple[str, Card | None]


async def test_card(voice: Voice, pages: FormPages, responder: Responder, unit: str) -> Shown:
    """The question that waits, or when one may try again."""
    ahead = (await tests_ahead(voice, responder)).get(unit)
    if ahead is None:
        return _("This topic is open already, or needs no test any more."), None
    if ahead.again_at is not None:
        text = pages.say(
            _("You can try this test again in {hours} hours."), hours=-(-(ahead.again_at - voice.now) // HOUR)
        )
        return "", Card(text, (pages.back(),))
    test, sitting = await begin_sitting(voice, responder, unit)
    return "", _question(pages, test, sitting)


HOUR = timedelta(hours=1)


async def answer_card(voice: Voice, pages: FormPages, responder: Responder, sitting_id: int, value: int) -> Shown:
    """The next question, or how it went."""
    place, choice = divmod(value, CHOICES_A_QUESTION)
    test, sitting = await answer_question(voice, responder, SittingId(sitting_id), place, choice)
    if sitting.passed is None:
        return "", _question(pages, test, sitting)
    topic = voice.desk.policy().unit_name(test.unit, responder.locale)
    right = right_answers(test, sitting.answers)
    if sitting.passed:
        text = _("🎉 Passed: {right} of {all} right. {topic} is open to you now.")
    else:
        text = _(
            "{right} of {all} right; {needed} are needed. That is fine! You can try again in {hours} hours; until then"
            " I ask you about your other topics."
        )
    said = pages.say(
        text, right=right, all=len(test.questions), needed=test.needed, topic=topic, hours=test.repeat_after // HOUR
    )
    return "", Card(said, (pages.back(),))


def _question(pages: FormPages, test: EntranceTest, sitting: Sitting) -> Card:
    place = len(sitting.answers)
    question = test.questions[place]
    lines = [f"{letter}: {one[pages.spoken]}" for letter, one in zip(LETTERS, question.choices, strict=False)]
    head = pages.say(
        _("**Test: {topic}**, question {number} of {all}"),
        topic=pages.unit_name(test.unit), number=place + 1, all=len(test.questions),
    )  # fmt: skip
    buttons = tuple(
        Button(letter, f"volunteer.answer:{sitting.id}:{place * CHOICES_A_QUESTION + choice}")
        for choice, (letter, _one) in enumerate(zip(LETTERS, question.choices, strict=False))
    )
    return Card(
        "\n".join([head, "", question.text[pages.spoken], "", *lines]),
        tuple(row for row in (buttons[:3], buttons[3:]) if row),
    )


def leave_card(voice: Voice, locale: Locale | None, responder: Responder) -> Card:
    """What leaving means, with a button that does it."""
    text = _(
        "**Stop volunteering?** Questions you hold go to others at once. You get all that we keep of you as a file,"
        " then it is erased. Your answers stay, as from a former volunteer; people you helped stay a number. If you"
        " only need a rest: `/pause 48`."
    )
    return Card(
        voice.say(locale, text),
        (
            (Button(voice.say(locale, LEAVE), f"leave.now:{responder.id}"),),
            (Button(voice.say(locale, STAY), f"volunteer.show:{MAIN}"),),
        ),
    )


LEAVE, STAY = _("Yes, leave and erase my data"), _("No, I stay")
