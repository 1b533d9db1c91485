"""Whoever fills the form in, found by their account: a button shows what to change, never whose."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desk.application import Application
from desk.conversation import Address
from desk.errors import NotAllowed
from desk.people import Author, Locale, Responder
from desk.store import Whereabouts
from desk.volunteering import Wishes
from workflows.apply_to_volunteer import begin_application
from workflows.sit_test import tests_ahead
from workflows.voice import Voice
from workflows.volunteer_choice_pages import Filled
from workflows.volunteer_form import FormPages
from workflows.volunteer_wishes import save_wishes, wishes_of


@dataclass
class Filler:
    """Whoever fills the form in: an applicant, or a volunteer."""

    voice: Voice
    address: Address
    pages: FormPages
    application: Application | None
    responder: Responder | None

    async def filled(self) -> Filled:
        """What the form shows now."""
        if self.responder is None:
            assert self.application is not None  # noqa: S101 - one of the two is there
            return Filled(self.application.wishes, application=self.application)
        work = self.voice.work
        opened = await work.volunteers.opened(self.responder.id)
        ahead = await tests_ahead(self.voice, self.responder)
        wishes = await wishes_of(self.voice.desk, work, self.responder)
        storms = await work.musters.storm_wishes(self.responder.id)
        return Filled(wishes, responder=self.responder, opened=frozenset(opened), ahead=ahead, storms=storms)

    async def keep(self, wishes: Wishes) -> None:
        """Puts a change into the form, or in force. Raises InputRejected."""
        if self.responder is not None:
            self.responder = await save_wishes(self.voice, self.responder, wishes)
        elif self.application is not None:
            self.application = replace(self.application, wishes=wishes)
            await self.voice.work.applications.save(self.application)


async def filler_of(
    voice: Voice, author: Author, address: Address, where: Whereabouts, locale: Locale | None
) -> Filler:
    """Raises NotAllowed for staff, and for whoever was declined a short time ago."""
    pages = FormPages(voice, locale)
    if where.responder is not None:
        if where.responder.role.is_staff:
            raise NotAllowed("staff have units, not wishes")
        return Filler(voice, address, pages, None, where.responder)
    return Filler(voice, address, pages, await begin_application(voice, author, address.chat, locale), None)
