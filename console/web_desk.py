"""The console as a whole: joins its pages to the desk and to an aiohttp application."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, tzinfo
from typing import Protocol

from aiohttp import web

from console.answer_forms import AnswerForms
from console.api import Api
from console.applications_page import ApplicationsPage
from console.cases_page import CasesPage
from console.corrections_page import CorrectionsPage
from console.doorway import Doorway
from console.files import AttachmentFiles
from console.inbox import Inbox
from console.incident_page import IncidentPage
from console.joining_page import JoiningPage
from console.live import Live, Subscribe
from console.muster_page import MusterPage
from console.playbook_page import PlaybookPage
from console.record_page import RecordPage
from console.rendering import HERE, Pages, StaticFiles
from console.report_page import ReportPage
from console.settings_page import SettingsPage
from console.statement_page import StatementPage
from console.steering import Steering
from console.storm_page import StormPage
from console.tests_page import TestsPage
from console.texts_page import TextsPage
from console.ticket_page import TicketPage
from console.visits import EVERYBODY, Guard
from console.volunteer_page import VolunteerPage
from console.volunteers_page import VolunteersPage
from desk.learning import SecondLook
from desk.told_report import StormReporter
from workflows.care_desk import CareDesk


class Part(Protocol):
    """Pages that belong together."""

    def routes(self) -> list[web.RouteDef]:
        """Their addresses."""


class Console:
    """The web desk under /console and the JSON API under /api/v1. `zone` is the time zone in which pages say times;
    `second_look` marks doubtful corrections for whoever reviews them."""

    def __init__(
        self,
        desk: CareDesk,
        *,
        secret_key: bytes,
        public_url: str,
        subscribe: Subscribe,
        policy_text: Callable[[], str],
        policy_error: Callable[[], str | None],
        zone: tzinfo = UTC,
        second_look: SecondLook | None = None,
        reporter: StormReporter | None = None,
    ) -> None:
        self._static = StaticFiles(HERE / "static", "/console/static")
        pages = Pages(desk.phrases, brand=desk.brand, zone=zone, static=self._static)
        guard = Guard(desk, pages, secret_key=secret_key, secure=public_url.startswith("https:"))
        self._guard = guard
        self._live = Live(subscribe)
        self._api = Api(desk, public_url=public_url)
        self._parts: tuple[Part, ...] = (
            Doorway(desk, guard, pages),
            Inbox(desk, guard, pages),
            TicketPage(desk, guard, pages),
            VolunteerPage(desk, guard, pages),
            AnswerForms(desk, guard),
            JoiningPage(desk, guard, pages),
            SettingsPage(desk, guard, pages),
            ApplicationsPage(desk, guard, pages),
            CasesPage(desk, guard, pages),
            *_pages_of_storms(desk, guard, pages),
            *([ReportPage(desk, guard, pages, reporter, zone)] if reporter else ()),
            TestsPage(desk, guard, pages),
            RecordPage(desk, guard, pages),
            VolunteersPage(desk, guard, pages),
            Steering(desk, guard, pages, policy_text=policy_text, policy_error=policy_error),
            CorrectionsPage(desk, guard, pages, second_look),
            TextsPage(desk, guard, pages),
            AttachmentFiles(desk, guard),
        )

    def routes(self) -> list[web.RouteDef]:
        """Every address of both."""
        return [
            *(route for part in self._parts for route in part.routes()),
            web.get("/console/events", self._guard.page(self._live.stream, EVERYBODY)),
            web.get("/console/static/{version}/{name}", self._static.serve),
            *self._api.routes(),
        ]

    def setup(self, application: web.Application) -> None:
        """Adds the routes, and ends the open streams when the application shuts down."""
        application.add_routes(self.routes())
        application.on_shutdown.append(self._live.close)


def _pages_of_storms(desk: CareDesk, guard: Guard, pages: Pages) -> tuple[Part, ...]:
    return (
        StormPage(desk, guard, pages),
        PlaybookPage(desk, guard, pages),
        IncidentPage(desk, guard, pages),
        MusterPage(desk, guard, pages),
        StatementPage(desk, guard, pages),
    )
