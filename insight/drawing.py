"""How all our pictures look, and how they are kept: as PNG for chats and print, as SVG for pages.

Few colours, each with a meaning; text in place of legends; no frames. On a page an SVG takes the page's colours, light
or dark: its colours become variables there (`on_page`). Files keep the light ones on white, so they read on any ground.

Units: inches, points; `dpi` of PNG files is DPI. matplotlib is loaded at the first picture (a second, 50 MB). Its
settings are those of the process: draw in one thread at a time.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DPI = 160
_MARGIN = 0.08
_COLOURS = 96

INK = "#1f2933"
SOFT = "#66727f"
LINE = "#d5dbe1"
PAPER = "#ffffff"
MAIN = "#1d5fa8"
WARM = "#c2470f"
NAMES = {INK: "ink", SOFT: "soft", LINE: "line", PAPER: "paper", MAIN: "main", WARM: "warm"}
"""Each colour and the name of its variable on a page, as `--plot-ink`."""

_SETTINGS: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "zuruf",
    "font.family": "DejaVu Sans",
    "font.size": 9.0,
    "text.color": INK,
    "text.parse_math": False,
    "axes.edgecolor": LINE,
    "axes.labelcolor": SOFT,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": LINE,
    "ytick.color": LINE,
    "xtick.labelcolor": SOFT,
    "ytick.labelcolor": SOFT,
    "figure.facecolor": PAPER,
    "axes.facecolor": "none",
    "savefig.facecolor": PAPER,
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn picture. `said` is what it shows, in a sentence, for those who do not see it."""

    name: str
    said: str
    svg: str
    png: bytes

    def store(self, folder: Path) -> None:
        """NAME.svg and NAME.png in `folder`. Raises OSError."""
        (folder / f"{self.name}.svg").write_text(self.svg, encoding="utf-8")
        (folder / f"{self.name}.png").write_bytes(self.png)

    @property
    def on_page(self) -> str:
        """The SVG as part of an HTML page: no prologue, the page's colours, a label for screen readers."""
        inner = self.svg[self.svg.index("<svg") :]
        for colour, name in NAMES.items():
            inner = inner.replace(colour, f"var(--plot-{name})")
        width = re.search(r'viewBox="0 0 ([\d.]+) ', inner)
        natural = f' style="--natural: {width[1]}pt"' if width else ""
        label = self.said.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
        return inner.replace("<svg ", f'<svg role="img" aria-label="{label}"{natural} ', 1)


@contextmanager
def figure(width: float, height: float) -> Iterator[Figure]:
    """An empty figure of our looks; draw and take the picture inside."""
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context(_SETTINGS):
        yield Figure(figsize=(width, height))


def picture(drawn: Figure, name: str, said: str) -> Picture:
    """The picture of a figure, cropped to what is drawn. The same figure gives the same bytes."""
    svg, png = io.StringIO(), io.BytesIO()
    # Measured once, since measuring all texts takes as long as drawing them.
    box = drawn.get_tightbbox().padded(_MARGIN)
    drawn.savefig(svg, format="svg", bbox_inches=box, metadata={"Date": None, "Creator": None})
    drawn.savefig(png, format="png", bbox_inches=box, dpi=DPI, metadata={"Software": None})
    return Picture(name, said, svg.getvalue(), _small(png))


def _small(png: io.BytesIO) -> bytes:
    """The PNG with a palette: a third of the size, and nothing that an eye would miss in flat colours."""
    from PIL import Image

    smaller = io.BytesIO()
    palette = Image.open(png).convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    palette.save(smaller, format="PNG", optimize=True)
    return smaller.getvalue()


def share_axis(axes: Axes, which: str, percent: Callable[[float], str], low: float = 0.0) -> None:
    """Axis `which` (x or y) for shares from `low` to 1, with four or five marks."""
    marks = [mark for mark in (0.0, 0.25, 0.5, 0.75, 1.0) if mark >= low]
    if low > 0.5:
        marks = [1 - (1 - low) * part for part in (1, 0.75, 0.5, 0.25, 0)]
    edge = (1 - low) * 0.03
    axes.set(**{f"{which}lim": (low - edge, 1 + edge), f"{which}ticks": marks})
    axes.set(**{f"{which}ticklabels": [percent(mark) for mark in marks]})
    axes.tick_params(axis="x" if which == "x" else "y", length=3)
