"""Storage ports: one transaction (`Work`), and the three queues that workers claim from (`Store`).

Lock order, the same everywhere, so that nobody deadlocks: the conversation's row first, and everything about its
ticket under that lock. All methods of Work belong to its one transaction. Every instant is passed in.
Raises StorageUnavailable when the database cannot be reached; then nothing was committed.

One module a noun; this one gathers them.
"""

from __future__ import annotations

from desk.store.abuse import AbuseStore, KeptApartBy, OftenAvoided
from desk.store.alerts import AlertStore
from desk.store.answers import AnswerStore, Awaited, AwaitedWords
from desk.store.api_tokens import ApiTokenStore
from desk.store.applications import ApplicationStore
from desk.store.askings import AskingStore
from desk.store.brand_texts import BrandTextStore
from desk.store.clocks import ClockKind, ClockStore, DueClock
from desk.store.conversations import ConversationStore, Whereabouts
from desk.store.corrections import CorrectionStore
from desk.store.entrance_tests import EntranceTestStore
from desk.store.events import DeskEvent, EventStore
from desk.store.followers import FollowerCounts, FollowerLine, FollowerStore, KnownIncident
from desk.store.honours import HonourStore
from desk.store.incidents import IncidentStore
from desk.store.lessons import LessonStore
from desk.store.messages import MessageStore, NewMessage, UnreadMessage
from desk.store.models import ModelStore
from desk.store.musters import MusterStore, NewMuster, OptedIn, Ready
from desk.store.offers import Carried, ClaimTerms, OfferStore
from desk.store.outbox import OutboxStore
from desk.store.people import Candidate, CandidateSearch, PeopleStore
from desk.store.public_answers import Followed, PublicAnswerStore
from desk.store.queues import Queues
from desk.store.records import ChangeKind, RecordStore, RosterLine, TrustChange
from desk.store.statements import BroadcastStore, StatementStore
from desk.store.storm_reports import StormReportStore
from desk.store.tickets import TicketFilter, TicketRow, TicketStore
from desk.store.volunteers import VolunteerStore
from desk.store.work import Store, Work

__all__ = [
    "AbuseStore",
    "AlertStore",
    "AnswerStore",
    "ApiTokenStore",
    "ApplicationStore",
    "AskingStore",
    "Awaited",
    "AwaitedWords",
    "BrandTextStore",
    "BroadcastStore",
    "Candidate",
    "CandidateSearch",
    "Carried",
    "ChangeKind",
    "ClaimTerms",
    "ClockKind",
    "ClockStore",
    "ConversationStore",
    "CorrectionStore",
    "DeskEvent",
    "DueClock",
    "EntranceTestStore",
    "EventStore",
    "Followed",
    "FollowerCounts",
    "FollowerLine",
    "FollowerStore",
    "HonourStore",
    "IncidentStore",
    "KeptApartBy",
    "KnownIncident",
    "LessonStore",
    "MessageStore",
    "ModelStore",
    "MusterStore",
    "NewMessage",
    "NewMuster",
    "OfferStore",
    "OftenAvoided",
    "OptedIn",
    "OutboxStore",
    "PeopleStore",
    "PublicAnswerStore",
    "Queues",
    "Ready",
    "RecordStore",
    "RosterLine",
    "StatementStore",
    "Store",
    "StormReportStore",
    "TicketFilter",
    "TicketRow",
    "TicketStore",
    "TrustChange",
    "UnreadMessage",
    "VolunteerStore",
    "Whereabouts",
    "Work",
]
