"""The nouns over one transaction, in PostgreSQL: desk.store.Work."""

from __future__ import annotations

from functools import cached_property

from db.abuse import Abuse
from db.alerts import Alerts
from db.answers import Answers
from db.api_tokens import ApiTokens
from db.applications import Applications
from db.askings import Askings
from db.brand_texts import BrandTexts
from db.broadcasts import Broadcasts
from db.clocks import Clocks
from db.conversations import Conversations
from db.corrections import Corrections
from db.entrance_tests import EntranceTests
from db.events import Events
from db.followers import Followers
from db.honours import Honours
from db.incidents import Incidents
from db.lessons import Lessons
from db.messages import Messages
from db.models import Models
from db.musters import Musters
from db.offers import Offers
from db.outbox import Outbox
from db.people import People
from db.public_answers import PublicAnswers
from db.records import Records
from db.session import Session
from db.statements import Statements
from db.storm_reports import StormReports
from db.storms import Storms
from db.tickets import Tickets
from db.volunteers import Volunteers


class PostgresWork:
    """desk.store.Work: the nouns over one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @cached_property
    def abuse(self) -> Abuse:
        """Deeds, cases, suspensions."""
        return Abuse(self._session)

    @cached_property
    def alerts(self) -> Alerts:
        """Early warnings."""
        return Alerts(self._session)

    @cached_property
    def incidents(self) -> Incidents:
        """Problems that many tickets follow."""
        return Incidents(self._session)

    @cached_property
    def followers(self) -> Followers:
        """Tickets that follow incidents."""
        return Followers(self._session)

    @cached_property
    def storm_reports(self) -> StormReports:
        """What a report of an incident is made of."""
        return StormReports(self._session)

    @cached_property
    def lessons(self) -> Lessons:
        """What incidents taught."""
        return Lessons(self._session)

    @cached_property
    def people(self) -> People:
        """Contacts, responders, accounts, invitations, sign-in."""
        return People(self._session)

    @cached_property
    def conversations(self) -> Conversations:
        """Conversations, and who writes where."""
        return Conversations(self._session)

    @cached_property
    def messages(self) -> Messages:
        """Messages, their versions, files and readings."""
        return Messages(self._session)

    @cached_property
    def tickets(self) -> Tickets:
        """Tickets, decisions, staff threads."""
        return Tickets(self._session)

    @cached_property
    def offers(self) -> Offers:
        """Offers."""
        return Offers(self._session)

    @cached_property
    def outbox(self) -> Outbox:
        """What is decided and not yet delivered."""
        return Outbox(self._session)

    @cached_property
    def clocks(self) -> Clocks:
        """Stored due times."""
        return Clocks(self._session)

    @cached_property
    def events(self) -> Events:
        """The audit log, and which updates were handled."""
        return Events(self._session)

    @cached_property
    def answers(self) -> Answers:
        """What volunteers write about the questions they hold."""
        return Answers(self._session)

    @cached_property
    def askings(self) -> Askings:
        """Which of a few things contacts mean."""
        return Askings(self._session)

    @cached_property
    def brand_texts(self) -> BrandTexts:
        """What contacts in danger hear, in the brand's words."""
        return BrandTexts(self._session)

    @cached_property
    def broadcasts(self) -> Broadcasts:
        """One text on its way to many."""
        return Broadcasts(self._session)

    @cached_property
    def statements(self) -> Statements:
        """The approved wording on incidents."""
        return Statements(self._session)

    @cached_property
    def api_tokens(self) -> ApiTokens:
        """Bearer tokens of the JSON API."""
        return ApiTokens(self._session)

    @cached_property
    def corrections(self) -> Corrections:
        """Corrections of readings, and the readings they correct."""
        return Corrections(self._session)

    @cached_property
    def models(self) -> Models:
        """Models that read, and which of them is in service."""
        return Models(self._session)

    @cached_property
    def musters(self) -> Musters:
        """Calls to volunteers in storms, and what they wish for them."""
        return Musters(self._session)

    @cached_property
    def volunteers(self) -> Volunteers:
        """What volunteers wish, and what is open to them."""
        return Volunteers(self._session)

    @cached_property
    def public_answers(self) -> PublicAnswers:
        """What others write under public questions."""
        return PublicAnswers(self._session)

    @cached_property
    def applications(self) -> Applications:
        """Of those who want to be volunteers."""
        return Applications(self._session)

    @cached_property
    def entrance_tests(self) -> EntranceTests:
        """Entrance tests, and the goes at them."""
        return EntranceTests(self._session)

    @cached_property
    def records(self) -> Records:
        """Outcomes of volunteers' answers, and their standing."""
        return Records(self._session)

    @cached_property
    def honours(self) -> Honours:
        """Thanks, people helped, profiles, perks."""
        return Honours(self._session)

    @cached_property
    def storms(self) -> Storms:
        """What the storm watch remembers."""
        return Storms(self._session)
