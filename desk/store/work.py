"""One transaction (`Work`), and the whole of the desk's memory (`Store`)."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from desk.store.abuse import AbuseStore
from desk.store.alerts import AlertStore
from desk.store.answers import AnswerStore
from desk.store.api_tokens import ApiTokenStore
from desk.store.applications import ApplicationStore
from desk.store.askings import AskingStore
from desk.store.brand_texts import BrandTextStore
from desk.store.clocks import ClockStore
from desk.store.conversations import ConversationStore
from desk.store.corrections import CorrectionStore
from desk.store.entrance_tests import EntranceTestStore
from desk.store.events import EventStore
from desk.store.followers import FollowerStore
from desk.store.honours import HonourStore
from desk.store.incidents import IncidentStore
from desk.store.lessons import LessonStore
from desk.store.messages import MessageStore
from desk.store.models import ModelStore
from desk.store.musters import MusterStore
from desk.store.offers import OfferStore
from desk.store.outbox import OutboxStore
from desk.store.people import PeopleStore
from desk.store.public_answers import PublicAnswerStore
from desk.store.queues import Queues
from desk.store.records import RecordStore
from desk.store.statements import BroadcastStore, StatementStore
from desk.store.storm_reports import StormReportStore
from desk.store.storms import StormStore
from desk.store.tickets import TicketStore
from desk.store.volunteers import VolunteerStore


class Work(Protocol):
    """One transaction."""

    @property
    def people(self) -> PeopleStore: ...
    @property
    def conversations(self) -> ConversationStore: ...
    @property
    def messages(self) -> MessageStore: ...
    @property
    def tickets(self) -> TicketStore: ...
    @property
    def offers(self) -> OfferStore: ...
    @property
    def outbox(self) -> OutboxStore: ...
    @property
    def clocks(self) -> ClockStore: ...
    @property
    def events(self) -> EventStore: ...
    @property
    def abuse(self) -> AbuseStore: ...
    @property
    def alerts(self) -> AlertStore: ...
    @property
    def answers(self) -> AnswerStore: ...
    @property
    def askings(self) -> AskingStore: ...
    @property
    def broadcasts(self) -> BroadcastStore: ...
    @property
    def brand_texts(self) -> BrandTextStore: ...
    @property
    def api_tokens(self) -> ApiTokenStore: ...
    @property
    def corrections(self) -> CorrectionStore: ...
    @property
    def followers(self) -> FollowerStore: ...
    @property
    def incidents(self) -> IncidentStore: ...
    @property
    def lessons(self) -> LessonStore: ...
    @property
    def storm_reports(self) -> StormReportStore: ...
    @property
    def models(self) -> ModelStore: ...
    @property
    def musters(self) -> MusterStore: ...
    @property
    def statements(self) -> StatementStore: ...
    @property
    def volunteers(self) -> VolunteerStore: ...
    @property
    def public_answers(self) -> PublicAnswerStore: ...
    @property
    def applications(self) -> ApplicationStore: ...
    @property
    def entrance_tests(self) -> EntranceTestStore: ...
    @property
    def records(self) -> RecordStore: ...
    @property
    def honours(self) -> HonourStore: ...
    @property
    def storms(self) -> StormStore: ...


class Store(Protocol):
    """The desk's memory."""

    def begin(self) -> AbstractAsyncContextManager[Work]:
        """One transaction: committed at the end of the block, undone when it raises."""

    @property
    def queues(self) -> Queues: ...
