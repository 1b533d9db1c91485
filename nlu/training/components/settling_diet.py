"""DIET's network, whose steps grow smaller the longer it learns, along half a wave of a cosine.

With steps of one size Rasa's network still jumps about when training ends. Steps that fall to nothing let it begin with
larger ones and settle: Loshchilov and Hutter 2017, arXiv:1608.03983, without the restarts.

Units: an epoch is one look at all examples; the step is Adam's learning rate.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from rasa.nlu.classifiers.diet_classifier import DIET
from tensorflow.keras.callbacks import LearningRateScheduler


class SettlingDiet(DIET):  # type: ignore[misc]
    """The same network; only learning differs."""

    def fit(self, *data: Any, epochs: int = 1, callbacks: Sequence[Any] = (), **more: Any) -> Any:
        """Learns for `epochs`, the first at the whole step, each later one at less."""
        whole = float(self.optimizer.learning_rate)
        settling = LearningRateScheduler(lambda done, _: whole * 0.5 * (1 + np.cos(np.pi * done / epochs)))
        return super().fit(*data, epochs=epochs, callbacks=[*callbacks, settling], **more)
