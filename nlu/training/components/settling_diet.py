"""DIET's network as it learns here: from tables of texts, all labels at once, by steps that settle.

Rasa's loss compares a text with some labels and texts drawn by chance, which teaches it to be surer than it is right.
Here the loss is the cross-entropy over all labels, with SOFTEN of the truth spread over them (Szegedy et al. 2016,
arXiv:1512.00567, section 7): cheaper, and the network's own probabilities mean something.

With steps of one size the network still jumps about when training ends. Steps that fall to nothing along half a wave of
a cosine let it begin with larger ones and settle: Loshchilov and Hutter 2017, arXiv:1608.03983, without the restarts.

Units: an epoch is one look at all examples; the step is Adam's learning rate.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import tensorflow as tf
from rasa.nlu.classifiers.diet_classifier import DIET
from rasa.shared.nlu.constants import TEXT
from rasa.utils.tensorflow.models import LABEL_KEY, LABEL_SUB_KEY
from tensorflow.keras.callbacks import LearningRateScheduler

from nlu.training.components.text_tables import Batches, TextTables

SOFTEN = 0.05


class SettlingDiet(DIET):  # type: ignore[misc]
    """The same network; only learning differs. `shown` is what it learns from, else what `fit` is given."""

    shown: TextTables | None = None

    def fit(self, *data: Any, epochs: int = 1, callbacks: Sequence[Any] = (), **more: Any) -> Any:
        """Learns for `epochs`, the first at the whole step, each later one at less."""
        if self.shown is not None:
            sizes = self.config["batch_size"]
            first, last = sizes if isinstance(sizes, list) else (sizes, sizes)
            data = (Batches(self.shown, self.data_signature, (first, last), epochs, self.random_seed),)
        whole = float(self.optimizer.learning_rate)
        settling = LearningRateScheduler(lambda done, _: whole * 0.5 * (1 + np.cos(np.pi * done / epochs)))
        history = super().fit(*data, epochs=epochs, callbacks=[*callbacks, settling], **more)
        self.shown = None
        return history

    def _batch_loss_intent(self, lengths: tf.Tensor, text_transformed: tf.Tensor, batch: Any) -> tf.Tensor:
        _, labels = self._create_all_labels()
        text = self._tf_layers[f"embed.{TEXT}"](self._last_token(text_transformed, lengths))
        likely = tf.matmul(text, labels, transpose_b=True)
        truth = tf.cast(batch[LABEL_KEY][LABEL_SUB_KEY][0][:, 0], tf.int32)
        count = tf.shape(labels)[0]
        wanted = tf.one_hot(truth, count) * (1 - SOFTEN) + SOFTEN / tf.cast(count, tf.float32)
        loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(wanted, likely))
        right = tf.equal(tf.argmax(likely, axis=1, output_type=tf.int32), truth)
        self._update_label_metrics(loss, tf.reduce_mean(tf.cast(right, tf.float32)))
        return loss
