"""A volunteer writes about the question they hold: their words are a draft, checked at once, shown as the contact will
read it, and sent with one more tap.

What they write next is added; after *Change*, a refusal or a return it stands instead. Words that the check refuses
never leave: their author is told why and where. Whoever writes on while somebody looks their answer over takes it back
from the review first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desk.answer import REPLACED_BY_NEXT, Answer, AnswerPart, AnswerState, AnswerTrigger, after
from desk.inbound import InboundFile
from desk.people import Responder
from desk.phrases import marked as _
from desk.ticket import Ticket
from desk.trust import may_answer_unreviewed
from workflows.answer_label import answer_label
from workflows.answer_messages import NOT_NEEDED, retire, shown
from workflows.check_words import check_words, note_refusal, objections
from workflows.lease import start_lease
from workflows.unsent_answer import end_review
from workflows.voice import Origin, Voice

FILES = "files"
"""The rule against files that nobody could look over."""


def is_reviewed(voice: Voice, author: Responder) -> bool:
    """Whether somebody looks the volunteer's answers over before the contact sees them."""
    return voice.desk.policy().peer.review and not may_answer_unreviewed(author.trust)


async def draft_answer(
    voice: Voice,
    author: Responder,
    ticket: Ticket,
    text: str,
    *,
    origin: Origin,
    files: Sequence[InboundFile] = (),
    anew: bool = False,
) -> Answer | None:
    """The draft with these words in it, as the check left it. `anew`: they stand instead of all before. The ticket is
    locked and theirs. None: these words came before."""
    answer = await voice.work.answers.under_way(ticket.id)
    if answer is None or answer.author_id != author.id:
        answer = await voice.work.answers.add(ticket.id, author.id, now=voice.now)
    if await voice.work.answers.part(origin.channel, origin.external_id) is not None:
        return None
    if anew or answer.to_replace or answer.state in REPLACED_BY_NEXT:
        await voice.work.answers.drop_parts(answer.id)
    await voice.work.answers.add_part(AnswerPart(answer.id, origin.channel, origin.external_id, text, tuple(files)))
    return await judge(voice, author, ticket, answer)


async def judge(voice: Voice, author: Responder, ticket: Ticket, answer: Answer) -> Answer:
    """Puts the parts together and checks them. An answer in review is a draft again."""
    parts = await voice.work.answers.parts(answer.id)
    body = "\n".join(part.body for part in parts if part.body.strip())
    findings = check_words(voice.desk, body)
    rules = tuple(one.rule.value for one in findings)
    if any(part.files for part in parts) and is_reviewed(voice, author):
        rules = (*rules, FILES)
    if answer.state is AnswerState.IN_REVIEW:
        await end_review(voice, answer, NOT_NEEDED)
        await start_lease(voice, ticket)
    trigger = AnswerTrigger.REFUSE if rules else AnswerTrigger.WRITE
    judged = replace(
        answer, state=after(answer.state, trigger), body=body, rules=tuple(dict.fromkeys(rules)), to_replace=False
    )
    await voice.work.answers.save(judged, now=voice.now)
    if findings:
        await note_refusal(voice, author, ticket.id, findings)
    return judged


async def show_draft(voice: Voice, author: Responder, ticket: Ticket, answer: Answer) -> None:
    """The draft as the contact will read it, or why it cannot go out; the message before it goes."""
    await retire(voice, answer, [author.id])
    if answer.state is AnswerState.REFUSED:
        buttons = voice.buttons(author.locale).refused(answer.id, ticket.id)
        await voice.to_responder(author, refusal_words(voice, author, answer), ticket_id=ticket.id, buttons=buttons)
        return
    text = voice.say(
        author.locale,
        _("📝 Your draft. This is how the contact will read it:\n\n{label}{text}"),
        label=answer_label(voice, author, ticket),
        text=shown(answer.body) or voice.say(author.locale, _("[a file]")),
    )
    buttons = voice.buttons(author.locale).draft(answer.id)
    await voice.to_responder(author, text, ticket_id=ticket.id, buttons=buttons)


def refusal_words(voice: Voice, author: Responder, answer: Answer) -> str:
    """Why it cannot go out, where, and what to do."""
    said = objections(voice, author, answer.body, check_words(voice.desk, answer.body))
    if FILES in answer.rules:
        reason = _("Pictures and files of newcomers cannot be looked over yet. Please say it in words.")
        said = f"{said}\n• {voice.say(author.locale, reason)}".strip()
    return voice.say(
        author.locale,
        _("✋ This was not sent:\n{reasons}\n\nWrite it anew or edit your message."),
        reasons=said,
    )


async def change_draft(voice: Voice, author: Responder, answer: Answer) -> str:
    """The next words stand instead of these."""
    await voice.work.answers.save(replace(answer, to_replace=True), now=voice.now)
    return _("Write it anew, or edit your message.")
