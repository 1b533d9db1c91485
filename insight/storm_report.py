"""The report of an incident in words: for the page and for the PDF, German or English.

No contact and no volunteer is named in it; what contacts wrote is masked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo

from babel.dates import format_date

from desk.phrases import marked as _
from desk.storm_report import SolvedBy, Step, StormFigures, StormRecord, storm_figures
from desk.told_report import ToldFigure, ToldReport, ToldSection, ToldTable
from insight.wording import Wording

STEP: dict[Step, str] = {
    Step.BEGAN: _("It began"),
    Step.ALERTED: _("The alert was raised"),
    Step.ACKNOWLEDGED: _("Somebody looked at it"),
    Step.CONFIRMED: _("The incident was confirmed"),
    Step.TOLD: _("The statement was approved"),
    Step.CALLED: _("Volunteers were called"),
    Step.ANSWERED: _("A volunteer answered first"),
    Step.RESOLVED: _("It was over"),
}

SOLVED_BY: dict[SolvedBy, str] = {
    SolvedBy.STATEMENT: _("solved by the statement or the last word"),
    SolvedBy.VOLUNTEERS: _("solved by volunteers"),
    SolvedBy.STAFF: _("solved by staff"),
    SolvedBy.ITSELF: _("solved without an answer"),
    SolvedBy.NOBODY: _("not solved yet"),
}

DRILL = _("DRILL")
_SMALL = 0.1


@dataclass(frozen=True, slots=True)
class StormTelling:
    """How it is told: `deeds` names what people do (English message ids)."""

    say: Wording
    zone: tzinfo
    deeds: Mapping[str, str]


def told_storm(record: StormRecord, how: StormTelling) -> ToldReport:
    """All of it."""
    say, figures = how.say, storm_figures(record)
    return ToldReport(
        title=record.incident.title,
        mark=say(DRILL) if record.incident.drill else "",
        subtitle=say(
            _("Incident {number}, as of {at}"), number=record.incident.id, at=say.moment(record.made_at, how.zone)
        ),
        headlines=_headlines(figures, say),
        sections=[
            section
            for section in (
                ToldSection(say(_("What happened")), record.incident.reasons, picture_said(record, say)),
                _how_soon(figures, how),
                _who_solved(figures, record, say),
                _waiting(figures, say),
                _money(figures, say),
                _deeds(record, how),
                _examples(record, say),
                _lessons(record, say),
            )
            if section is not None
        ],
    )


def picture_said(record: StormRecord, say: Wording) -> str:
    """What the picture shows, for those who do not see it."""
    peak = max((span.storm_messages for span in record.spans), default=0)
    said = _("Level, messages and mood of the storm over time; at most {peak} messages in {span}.")
    return say(said, peak=say.number(peak), span=say.span(record.step))


def _headlines(figures: StormFigures, say: Wording) -> list[ToldFigure]:
    after = {one.step: one.after for one in figures.milestones}
    without = figures.solved[SolvedBy.STATEMENT] + figures.solved[SolvedBy.VOLUNTEERS]
    return [
        ToldFigure(say.span(after[Step.ALERTED]), say(_("until the alert"))),
        ToldFigure(say.span(after[Step.TOLD]), say(_("until the statement"))),
        ToldFigure(say.span(after[Step.ANSWERED]), say(_("until a volunteer answered"))),
        ToldFigure(say.number(without), say(_("solved without staff"))),
    ]


def _how_soon(figures: StormFigures, how: StormTelling) -> ToldSection:
    say = how.say
    rows = [
        (say(STEP[one.step]), "–" if one.at is None else say.moment(one.at, how.zone), say.span(one.after))
        for one in figures.milestones
    ]
    return ToldSection(say(_("How soon")), table=ToldTable(("", say(_("When")), say(_("After the beginning"))), rows))


def _who_solved(figures: StormFigures, record: StormRecord, say: Wording) -> ToldSection:
    def row(name: str, count: int) -> tuple[str, str, str]:
        share = count / figures.questions if figures.questions else None
        return say(name), say.number(count), say.percent(share, 1 if share and share < _SMALL else 0)

    rows = [row(_("questions on it"), figures.questions)]
    rows.append(row(_("told by the statement or the last word"), figures.told))
    rows.append(row(_("could not be reached"), figures.unreachable))
    rows += [row(SOLVED_BY[by], count) for by, count in figures.solved.items()]
    rows.append(row(_("opened again by the contact"), figures.reopened))
    notes = []
    if figures.left:
        notes.append(say(_("{count} more turned out to be about something else."), count=say.number(figures.left)))
    if record.muster.called_at is not None:
        called = _("{told} volunteers were called, {came} came.")
        notes.append(say(called, told=say.number(record.muster.told), came=say.number(record.muster.came)))
    return ToldSection(say(_("Who was told, and who solved it")), table=ToldTable((), rows), notes=notes)


def _waiting(figures: StormFigures, say: Wording) -> ToldSection:
    rows = [
        (say(_("half of them at most")), say.span(figures.wait(0.5))),
        (say(_("nine of ten at most")), say.span(figures.wait(0.9))),
        (say(_("the longest")), say.span(figures.wait(1))),
        (say(_("without any answer")), say.number(figures.unanswered)),
    ]
    return ToldSection(say(_("How long contacts waited for the first answer")), table=ToldTable((), rows))


def _money(figures: StormFigures, say: Wording) -> ToldSection:
    cost = figures.cost

    def row(name: str, minutes: float) -> tuple[str, str, str]:
        hours = say(_("{hours} hours"), hours=say.number(minutes / 60, 1))
        return say(name), hours, say.money(figures.money(minutes), cost.currency)

    formula = _(
        "Formula: {minutes} minutes of staff an answer, {an_hour} an hour. Saved: questions solved by the statement or "
        "by volunteers. Spent: questions that staff wrote to. Both figures are the policy's (storm.cost): put in yours."
    )
    rows = [
        row(_("saved, since staff did not have to answer"), figures.saved_minutes),
        row(_("spent by staff on answers"), figures.spent_minutes),
    ]
    note = say(formula, minutes=say.number(cost.minutes, 0), an_hour=say.money(cost.an_hour, cost.currency))
    return ToldSection(say(_("What it cost and saved")), table=ToldTable((), rows), notes=[note])


def _deeds(record: StormRecord, how: StormTelling) -> ToldSection | None:
    say = how.say
    rows = [
        (say.moment(one.at, how.zone), say(how.deeds[one.kind]), one.name or "–")
        for one in record.deeds
        if one.kind in how.deeds
    ]
    head = (say(_("When")), say(_("What")), say(_("Who")))
    return ToldSection(say(_("Who did what")), table=ToldTable(head, rows)) if rows else None


def _examples(record: StormRecord, say: Wording) -> ToldSection | None:
    if not record.examples:
        return None
    return ToldSection(
        say(_("What people wrote")),
        [f"„{words}“" for words in record.examples],
        notes=[say(_("Personal data are masked."))],
    )


def _lessons(record: StormRecord, say: Wording) -> ToldSection | None:
    if not record.lessons:
        return None
    rows = [
        (
            one.text,
            one.owner,
            str(format_date(one.due, "short", locale=say.locale.value)),
            say(_("done")) if one.is_done else say(_("open")),
        )
        for one in record.lessons
    ]
    head = (say(_("Lesson")), say(_("Who")), say(_("By")), "")
    return ToldSection(say(_("Lessons")), table=ToldTable(head, rows))
