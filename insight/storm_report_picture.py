"""The picture of a storm: its level, how much was written, in what mood, and when what was done.

Three panels over one time. The level is drawn from the alerts: an alert's storm counts from when it was raised, and its
beginning is shown in a lighter colour, since nobody knew then. Mood is the share of negative messages; spans with few
messages are joined with their neighbours, since one message of two says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from babel.dates import format_date, format_time

from desk.phrases import marked as _
from desk.storm_report import Span, Step, StormRecord, milestones
from insight.drawing import INK, LINE, MAIN, PAPER, SOFT, WARM, Picture, figure, picture
from insight.storm_report import picture_said
from insight.wording import Wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH, HEIGHT = 8.2, 5.0
_FEWEST = 8
_MARKS = {
    Step.ALERTED: _("Alert"),
    Step.CONFIRMED: _("Confirmed"),
    Step.TOLD: _("Statement"),
    Step.CALLED: _("Muster"),
    Step.ANSWERED: _("First volunteer answer"),
    Step.RESOLVED: _("Resolved"),
}
_LABEL_ROWS = 6
_LABEL_WIDTH = 0.19
_ROOM_FOR_NAME = 0.1

_FEWEST = 4
"""Messages to which the picture reaches at least."""


def storm_picture(record: StormRecord, say: Wording, zone: tzinfo) -> Picture:
    """As PNG for pages and chats."""
    with figure(WIDTH, HEIGHT) as drawn:
        draw_storm(drawn, (0.08, 0.07, 0.9, 0.7), record, say, zone)
        return picture(drawn, "storm", picture_said(record, say))


def draw_storm(
    drawn: Figure, box: tuple[float, float, float, float], record: StormRecord, say: Wording, zone: tzinfo
) -> None:
    """Into a part of a figure: left, bottom, width, height in shares of it. Labels of marks stand above the box."""
    left, bottom, width, height = box
    level = drawn.add_axes((left, bottom + height * 0.93, width, height * 0.07))
    volume = drawn.add_axes((left, bottom + height * 0.42, width, height * 0.45))
    mood = drawn.add_axes((left, bottom, width, height * 0.32))
    if not record.spans:
        for axes in (level, volume, mood):
            axes.set_axis_off()
        return
    ends = record.spans[0].at, record.spans[-1].at + record.step
    for axes in (level, volume, mood):
        axes.set_xlim(*ends)  # type: ignore[arg-type]
    _draw_level(level, record, ends, say)
    _draw_volume(volume, record.spans, record.step, say)
    _draw_mood(mood, record.spans, record.step, say)
    _mark(level, (volume, mood), record, say, ends)
    _time_axis(mood, ends, say, zone)
    level.set_xticks([])
    volume.set_xticks(mood.get_xticks(), [])


def _draw_level(axes: Axes, record: StormRecord, ends: tuple[datetime, datetime], say: Wording) -> None:
    axes.set(ylim=(0, 1), yticks=[])
    axes.spines[:].set_visible(False)
    axes.axhspan(0, 1, color=LINE, alpha=0.5)
    for alert in record.alerts:
        until = min(alert.ended_at or ends[1], ends[1])
        axes.axvspan(alert.began_at, alert.raised_at, color=WARM, alpha=0.35, linewidth=0)  # type: ignore[arg-type]
        axes.axvspan(alert.raised_at, until, color=WARM, linewidth=0)  # type: ignore[arg-type]
        if (until - alert.raised_at) / (ends[1] - ends[0]) > _ROOM_FOR_NAME:
            middle: Any = alert.raised_at + (until - alert.raised_at) / 2
            axes.text(middle, 0.5, say(_("Storm")), color=PAPER, ha="center", va="center", size=8, weight="bold")


def _draw_volume(axes: Axes, spans: Sequence[Span], step: timedelta, say: Wording) -> None:
    times = [span.at for span in spans]
    wide = step.total_seconds() / 86400
    axes.bar(times, [span.messages for span in spans], width=wide, align="edge", color=LINE)  # type: ignore[arg-type]
    of_storm = [span.storm_messages for span in spans]
    axes.bar(times, of_storm, width=wide, align="edge", color=MAIN)  # type: ignore[arg-type]
    axes.tick_params(length=0)
    axes.set_ylim(0, max(_FEWEST, *(span.messages for span in spans)) * 1.05 if spans else _FEWEST)
    axes.locator_params(axis="y", nbins=4, integer=True)
    title = say(_("Messages in {span}:"), span=say.span(step))
    _name(axes, (title, SOFT), (say(_("of the storm")), MAIN), (say(_("all others")), SOFT))


def _name(axes: Axes, *words: tuple[str, str]) -> None:
    """What a panel shows, above it: words of several colours one after the other."""
    before: Any = axes.text(0, 1.05, words[0][0], transform=axes.transAxes, color=words[0][1])
    for said, colour in words[1:]:
        weight = "normal" if colour == SOFT else "bold"
        before = axes.annotate(
            said, (1, 0), xycoords=before, xytext=(6, 0), textcoords="offset points", va="bottom", color=colour,
            weight=weight, annotation_clip=False,
        )  # fmt: skip


def moods(spans: Sequence[Span], *, of_storm: bool) -> tuple[list[datetime], list[float]]:
    """Shares of negative messages, each at the middle of as many spans as hold enough messages."""
    times, shares = list[datetime](), list[float]()
    began, messages, negatives = None, 0, 0
    for span in spans:
        began = began or span.at
        messages += span.storm_messages if of_storm else span.messages - span.storm_messages
        negatives += span.storm_negatives if of_storm else span.negatives - span.storm_negatives
        if messages >= _FEWEST:
            times.append(began + (span.at - began) / 2)
            shares.append(negatives / messages)
            began, messages, negatives = None, 0, 0
    return times, shares


def _draw_mood(axes: Axes, spans: Sequence[Span], step: timedelta, say: Wording) -> None:
    for of_storm, colour, wide in ((False, SOFT, 1.0), (True, WARM, 1.8)):
        times, shares = moods(spans, of_storm=of_storm)
        middles = [time + step / 2 for time in times]
        axes.plot(middles, shares, color=colour, linewidth=wide)  # type: ignore[arg-type]
    axes.set(ylim=(0, 1.02), yticks=[0, 0.5, 1], yticklabels=[say.percent(mark, 0) for mark in (0, 0.5, 1)])
    title = say(_("Share of negative messages:"))
    _name(axes, (title, SOFT), (say(_("of the storm")), WARM), (say(_("all others")), SOFT))


def _mark(
    level: Axes, panels: Sequence[Axes], record: StormRecord, say: Wording, ends: tuple[datetime, datetime]
) -> None:
    """Lines where something was done; their names above, in as many rows as keep them apart."""
    known = [(one.at, one.step) for one in milestones(record) if one.step in _MARKS and one.at is not None]
    free = [-1.0] * _LABEL_ROWS
    for when, step in sorted(known):
        at = min(max(when, ends[0]), ends[1])
        place = (at - ends[0]) / (ends[1] - ends[0])
        for axes in (level, *panels):
            axes.axvline(at, color=INK, linewidth=0.7, linestyle=(0, (2, 2)))  # type: ignore[arg-type]
        row = next((number for number, until in enumerate(free) if place >= until), _LABEL_ROWS - 1)
        free[row] = place + _LABEL_WIDTH
        right = place > 1 - _LABEL_WIDTH
        level.text(
            place, 1.25 + row * 0.62, say(_MARKS[step]), transform=level.transAxes, size=8, color=INK,
            ha="right" if right else "left",
        )  # fmt: skip


def _time_axis(axes: Axes, ends: tuple[datetime, datetime], say: Wording, zone: tzinfo) -> None:
    """Round times of the desk's zone, with the day where it changes."""
    from matplotlib import dates

    of_time: Any = dates  # untyped
    locator = of_time.AutoDateLocator(tz=zone, minticks=3, maxticks=7)
    marks = [of_time.num2date(mark, zone) for mark in locator.tick_values(*ends)]
    marks = [mark for mark in marks if ends[0] <= mark <= ends[1]]
    labels, before = list[str](), None
    for mark in marks:
        locale = say.locale.value
        day = "" if mark.date() == before else f"\n{format_date(mark.date(), 'short', locale=locale)}"
        labels.append(f"{format_time(mark, 'short', tzinfo=zone, locale=locale)}{day}")
        before = mark.date()
    axes.set_xticks([of_time.date2num(mark) for mark in marks], labels)
    axes.tick_params(axis="x", length=3)
