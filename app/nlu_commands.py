"""`zuruf nlu`: read messages, explain readings, check training files, measure engines. Each command has its own file.

Figures and readings go to standard output, progress to standard error. A wrong file ends it with one line, exit 2.
"""

from __future__ import annotations

import click

from app.nlu_check_command import check
from app.nlu_evaluate_command import evaluate
from app.nlu_learning_commands import models, rollback, train
from app.nlu_read_command import read
from app.nlu_review_command import review


@click.group()
def nlu() -> None:
    """Read messages, and measure how well they are read."""


for command in (check, evaluate, models, read, review, rollback, train):
    nlu.add_command(command)
