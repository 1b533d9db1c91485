"""Three pictures of how far an engine can be trusted: reliability, precision over threshold, abstention.

Each is drawn at WIDTH by HEIGHT inches, so that its letters are legible on a phone. Lines are named where they end.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desk.phrases import marked as _
from insight.calibration import (
    WANTED_PRECISION,
    AtThreshold,
    Bin,
    abstention_curve,
    bins,
    calibration_error,
    first_precise,
    precision_curve,
    working_point,
)
from insight.drawing import INK, LINE, MAIN, SOFT, WARM, Picture, figure, picture, share_axis
from insight.read_texts import ReadText
from insight.wording import Wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, HEIGHT = 4.6, 4.2


def reliability_picture(texts: Sequence[ReadText], say: Wording) -> Picture:
    """How often guesses of each confidence are right, and how many there are."""
    found = bins(texts)
    with figure(WIDTH, HEIGHT) as drawn:
        axes, below = drawn.subplots(2, 1, sharex=True, height_ratios=(3.4, 1), gridspec_kw={"hspace": 0.08})
        axes.plot([0, 1], [0, 1], color=LINE, linewidth=1.2, zorder=0)
        axes.text(1.0, 0.06, say(_("on the line: as often right as sure")), color=SOFT, size=7.5, ha="right")
        for one in found:
            axes.plot([one.confidence] * 2, [one.low, one.high], color=MAIN, linewidth=1.0, alpha=0.55)
        axes.plot(
            [b.confidence for b in found], [b.right for b in found], "o-", color=MAIN, markersize=4, linewidth=1.2
        )
        share_axis(axes, "y", lambda share: say.percent(share, 0))
        axes.text(-0.05, 1.06, say(_("right")), color=SOFT, size=8.5, ha="right")
        error = say(_("calibration error {percent}"), percent=say.percent(calibration_error(found)))
        axes.set_title(error, loc="left", size=9.5, weight="bold", pad=18)
        _amounts(below, found, say)
        return picture(drawn, "reliability", say(_("Reliability plot: {error}."), error=error))


def _amounts(axes: Axes, found: Sequence[Bin], say: Wording) -> None:
    most = max((one.texts for one in found), default=1)
    for one in found:
        width = one.end - one.start
        axes.bar(one.start + width / 2, one.texts, width * 0.86, color=MAIN, alpha=0.3)
        middle = one.start + width / 2
        axes.text(middle, one.texts + most * 0.06, say.number(one.texts), size=6, ha="center", color=SOFT)
    axes.set(yticks=[], ylim=(0, most * 1.25))
    axes.spines["left"].set_visible(False)
    share_axis(axes, "x", lambda share: say.percent(share, 0))
    axes.set_xlabel(say(_("confidence of the best guess, and how many texts")), size=8.5, loc="left")


def precision_picture(texts: Sequence[ReadText], say: Wording) -> Picture:
    """What a threshold of confidence buys: guesses right above it, against texts left above it."""
    points = precision_curve(texts)
    first = first_precise(points)
    with figure(WIDTH, HEIGHT * 0.85) as drawn:
        axes = drawn.subplots()
        _line(axes, points, "precision", MAIN)
        _line(axes, points, "kept", WARM)
        _labels(axes, points, say)
        axes.axhline(WANTED_PRECISION, color=LINE, linewidth=1, zorder=0)
        share_axis(axes, "x", lambda share: say.percent(share, 0))
        share_axis(axes, "y", lambda share: say.percent(share, 0))
        axes.set_xlabel(say(_("threshold of confidence")), size=8.5, loc="left")
        told = _precise(first, say)
        if first:
            axes.plot([first.threshold] * 2, [0, first.precision], color=INK, linewidth=0.8, linestyle=(0, (3, 3)))
            axes.plot([first.threshold] * 2, [first.precision, first.kept], "o", color=INK, markersize=4)
        axes.set_title(told, loc="left", size=9.5, weight="bold")
        return picture(drawn, "precision", told)


def _precise(first: AtThreshold | None, say: Wording) -> str:
    wanted = say.percent(WANTED_PRECISION, 0)
    if first is None:
        return say(_("{wanted} right is reached nowhere"), wanted=wanted)
    text = _("{wanted} right from a confidence of {threshold} on,\nwhich {kept} of the texts reach")
    kept = say.percent(first.kept, 0)
    return say(text, wanted=wanted, threshold=say.percent(first.threshold, 0), kept=kept)


def _line(axes: Axes, points: Sequence[AtThreshold], name: str, colour: str) -> None:
    across, up = [point.threshold for point in points], [getattr(point, name) for point in points]
    axes.plot(across, up, color=colour, linewidth=1.6)


def _labels(axes: Axes, points: Sequence[AtThreshold], say: Wording) -> None:
    """Names of the lines where they are far apart: where half of the texts are left, and at the lowest threshold."""
    if points:
        half = min(points, key=lambda point: abs(point.kept - 0.45))
        left = say(_("texts left"))
        axes.text(half.threshold - 0.02, half.kept, left, color=WARM, size=8.5, ha="right", va="center")
        lowest = points[0]
        right = say(_("right of these"))
        axes.text(lowest.threshold, lowest.precision - 0.03, right, color=MAIN, size=8.5, va="top")


def abstention_picture(texts: Sequence[ReadText], say: Wording) -> Picture | None:
    """What abstaining costs: texts out of scope found, against texts in scope kept. None without both."""
    points, here = abstention_curve(texts), working_point(texts)
    if not points or here is None:
        return None
    with figure(WIDTH, HEIGHT * 0.85) as drawn:
        axes = drawn.subplots()
        axes.plot(
            [p.kept for p in points], [p.found for p in points], color=MAIN, linewidth=1.6, drawstyle="steps-post"
        )
        axes.plot([here.kept], [here.found], "o", color=WARM, markersize=6)
        share_axis(axes, "x", lambda share: say.percent(share, 0), low=min(0.8, max(0.0, here.kept - 0.1)))
        share_axis(axes, "y", lambda share: say.percent(share, 0))
        axes.set_xlabel(say(_("in scope and kept")), size=8.5, loc="left")
        text = _("{found} of what is out of scope found,\n{kept} of what is in scope kept")
        told = say(text, found=say.percent(here.found), kept=say.percent(here.kept))
        axes.set_title(told, loc="left", size=9.5, weight="bold")
        return picture(drawn, "abstention", told.replace("\n", " "))
