"""What pages call statements and broadcasts. One English text a thing, translated by gettext."""

from __future__ import annotations

from desk.broadcast import BroadcastKind, BroadcastState, SkippedWhy
from desk.phrases import marked as _
from desk.statement import StatementState

STATEMENT_STATE: dict[StatementState, str] = {
    StatementState.DRAFT: _("Draft"),
    StatementState.SUBMITTED: _("Waits for approval"),
    StatementState.APPROVED: _("In force"),
    StatementState.REPLACED: _("Replaced"),
    StatementState.WITHDRAWN: _("Withdrawn"),
    StatementState.DROPPED: _("Dropped"),
}

BROADCAST_KIND: dict[BroadcastKind, str] = {
    BroadcastKind.STATEMENT: _("Statement to all who wait"),
    BroadcastKind.CORRECTION: _("Correction to all who got another text"),
    BroadcastKind.OUTCOME: _("Outcome to all"),
}

BROADCAST_STATE: dict[BroadcastState, str] = {
    BroadcastState.RUNNING: _("on its way"),
    BroadcastState.PAUSED: _("paused"),
    BroadcastState.STOPPED: _("stopped"),
    BroadcastState.FINISHED: _("finished"),
}

SKIPPED: dict[SkippedWhy, str] = {
    SkippedWhy.TOLD: _("had it already"),
    SkippedWhy.LEFT: _("follow it no more"),
    SkippedWhy.SOLVED: _("solved meanwhile"),
    SkippedWhy.UNREACHABLE: _("cannot be reached"),
    SkippedWhy.BLOCKED: _("on the block list"),
}

EVENT: dict[str, str] = {
    "StatementWritten": _("A statement was written or changed"),
    "StatementSubmitted": _("A statement was submitted"),
    "StatementReturned": _("A statement was returned with a note"),
    "StatementApproved": _("A statement was approved"),
    "StatementWithdrawn": _("A statement was withdrawn"),
    "StatementDropped": _("A draft of a statement was dropped"),
}
