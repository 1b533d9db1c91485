"""The picture of an alert, for a chat: messages and negative ones over the last hours, against what is usual.

Bars are all messages, the coloured part of them the negative ones; a line says how many of these are usual at that hour
of that weekday, a mark when the alert was raised. Times are those of the desk's zone.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desk.alert import StormScene
from desk.phrases import marked as _
from insight.drawing import INK, LINE, MAIN, SOFT, WARM, Picture, figure, picture
from insight.wording import Wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, HEIGHT = 7.0, 3.6
"""Inches."""

_HEADROOM = 1.25
_FEWEST = 4
_LONGEST_SUBJECT = 48


def storm_picture(scene: StormScene, say: Wording) -> Picture:
    """The picture, as PNG for the chat."""
    with figure(WIDTH, HEIGHT) as drawn:
        axes = drawn.add_axes((0.09, 0.13, 0.88, 0.68))
        subject = scene.subject
        if len(subject) > _LONGEST_SUBJECT:
            subject = f"{subject[: _LONGEST_SUBJECT - 1]}…"
        drawn.text(0.09, 0.93, subject, size=14, weight="bold", color=INK)
        minutes = round(scene.step.total_seconds() / 60)
        usual = say.number(scene.usual[-1], 1)
        said = say(_("Messages in each {minutes} minutes; usual now: {usual} negative"), minutes=minutes, usual=usual)
        drawn.text(0.09, 0.86, said, size=9.5, color=SOFT)
        drawn.text(0.97, 0.93, say(_("negative")), size=10, color=WARM, ha="right", weight="bold")
        drawn.text(0.97, 0.86, say(_("all others")), size=10, color=MAIN, ha="right", weight="bold")
        top = _bars(axes, scene)
        middles = [place + 0.5 for place in range(len(scene.usual))]
        axes.plot(middles, scene.usual, color=INK, linewidth=1.2, linestyle=(0, (4, 3)))
        _raised(axes, scene, say, top)
        _hours(axes, scene)
        peak = max(scene.negatives, default=0)
        told = _("{subject}: at most {peak} negative messages in {minutes} minutes, usual are {usual}.")
        return picture(drawn, "storm", say(told, subject=scene.subject, peak=peak, minutes=minutes, usual=usual))


def _bars(axes: Axes, scene: StormScene) -> float:
    from matplotlib.ticker import MaxNLocator

    places = range(len(scene.messages))
    calm = [all_ - bad for all_, bad in zip(scene.messages, scene.negatives, strict=True)]
    axes.bar(places, scene.negatives, width=0.86, color=WARM, linewidth=0, align="edge")
    axes.bar(places, calm, width=0.86, bottom=scene.negatives, color=MAIN, alpha=0.55, linewidth=0, align="edge")
    top = max(_FEWEST, *scene.messages, *scene.usual) * _HEADROOM
    axes.set(xlim=(0, len(scene.messages)), ylim=(0, top))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    axes.grid(visible=True, axis="y", color=LINE, linewidth=0.6)
    axes.set_axisbelow(True)
    return top


def _raised(axes: Axes, scene: StormScene, say: Wording, top: float) -> None:
    place = (scene.raised_at - scene.since) / scene.step
    if not 0 <= place <= len(scene.messages):
        return
    axes.axvline(place, color=INK, linewidth=1.4)
    at = scene.raised_at.astimezone(ZoneInfo(scene.zone))
    axes.annotate(
        say(_("alert {time}"), time=f"{at:%H:%M}"),
        (place, top),
        xytext=(-4, -2),
        textcoords="offset points",
        size=9,
        weight="bold",
        ha="right",
        va="top",
    )


def _hours(axes: Axes, scene: StormScene) -> None:
    """A mark at every full hour of the zone."""
    zone = ZoneInfo(scene.zone)
    at: list[tuple[int, datetime]] = [
        (place, (scene.since + place * scene.step).astimezone(zone)) for place in range(len(scene.messages) + 1)
    ]
    marks = [(place, f"{when:%H:%M}") for place, when in at if when.minute == 0]
    axes.set_xticks([place for place, _label in marks], [label for _place, label in marks])
    axes.tick_params(length=3)
