"""Forms about answers: volunteers look over and endorse on their page, staff look over and recall on a ticket's."""

from __future__ import annotations

from aiohttp import web

from console.forms import done, number_in
from console.problems import Problem
from console.visits import STAFF, VOLUNTEERS, Guard, Visit
from desk.answer import AnswerId
from desk.errors import InputRejected
from desk.phrases import marked as _
from workflows.approve_answer import approve_answer
from workflows.awaited_words import LONGEST_REASON
from workflows.care_desk import CareDesk
from workflows.check_words import check_words, objections
from workflows.endorse_answer import endorse_answer
from workflows.recall_answer import recall_answer
from workflows.review_answer import hand_up_answer, return_answer
from workflows.voice import Voice, speaking


class AnswerForms:
    """Obeys them. Which answers there are, the pages show."""

    def __init__(self, desk: CareDesk, guard: Guard) -> None:
        self._desk, self._guard = desk, guard

    def routes(self) -> list[web.RouteDef]:
        """Their addresses."""
        action = self._guard.action
        return [
            web.post("/console/volunteer/answers/{answer}/{verb}", action(self._of_volunteer, VOLUNTEERS)),
            web.post("/console/tickets/{number}/answers/{answer}/{verb}", action(self._of_staff, STAFF)),
        ]

    async def _of_volunteer(self, visit: Visit) -> web.StreamResponse:
        return done(self._desk, visit, "/console/volunteer", await self._obey(visit))

    async def _of_staff(self, visit: Visit) -> web.StreamResponse:
        back = f"/console/tickets/{visit.request.match_info['number']}"
        return done(self._desk, visit, back, await self._obey(visit))

    async def _obey(self, visit: Visit) -> str:
        """Returns what is said when it is done. Raises Problem when the check has something against the words."""
        answer_id = AnswerId(number_in(visit, "answer"))
        async with speaking(self._desk) as voice:
            notice, against = await self._do(voice, visit, answer_id)
        if against is not None:
            raise Problem(422, "not-sent", against)
        return notice

    async def _do(self, voice: Voice, visit: Visit, answer_id: AnswerId) -> tuple[str, str | None]:
        match visit.request.match_info["verb"]:
            case "approve":
                changed = await self._change(voice, visit, answer_id)
                return _("Sent. Thank you!"), await approve_answer(voice, visit.responder, answer_id, changed=changed)
            case "return":
                note = self._words(visit, "note")
                findings = check_words(self._desk, note)
                if findings:
                    return "", objections(voice, visit.responder, note, findings)
                await return_answer(voice, visit.responder, answer_id, note)
                return _("Returned. Thank you!"), None
            case "hand-up":
                await hand_up_answer(voice, visit.responder, answer_id)
                return _("Staff look it over now. Thank you!"), None
            case "endorse":
                await endorse_answer(voice, visit.responder, answer_id)
                return _("Endorsed. Thank you!"), None
            case "recall":
                await recall_answer(voice, visit.responder, answer_id, self._words(visit, "reason"))
                return _("The answer is recalled, and the contact knows."), None
            case _:
                raise Problem(404, "not-found", _("This cannot be found."))

    async def _change(self, voice: Voice, visit: Visit, answer_id: AnswerId) -> str | None:
        """The text as the form has it; None when nobody changed it."""
        text = visit.form.get("text", "").replace("\r\n", "\n").strip()
        answer = await voice.work.answers.by_id(answer_id)
        return None if not text or answer is None or text == answer.body.strip() else text

    def _words(self, visit: Visit, name: str) -> str:
        words = visit.form.get(name, "").strip()[:LONGEST_REASON]
        if not words:
            raise InputRejected(f"{name}: please say it in words")
        return words
