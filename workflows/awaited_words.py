"""The next words of a responder when a button asked for them: a reason, a note, how an answer should read instead.

Words are waited for half an hour, and for one message; any other button of the kind replaces what is waited for. What
was decided meanwhile by somebody else is told like any tap too late.
"""

from __future__ import annotations

from datetime import timedelta
from typing import assert_never

from desk.answer import AnswerId
from desk.inbound import InboundMessage
from desk.people import Responder
from desk.phrases import marked as _
from desk.store import Awaited, AwaitedWords
from desk.ticket import TicketId
from workflows.accept_offer import hand_up
from workflows.approve_answer import approve_answer
from workflows.check_words import check_words, note_refusal, objections
from workflows.recall_answer import recall_answer
from workflows.review_answer import return_answer, under_review
from workflows.voice import Voice

WAITED_FOR = timedelta(minutes=30)
LONGEST_REASON = 500


async def wait_for(voice: Voice, responder: Responder, purpose: Awaited, about: int) -> None:
    """Their next message means this."""
    await voice.work.answers.await_words(responder.id, AwaitedWords(purpose, about, voice.now))


async def take_awaited(voice: Voice, responder: Responder, event: InboundMessage) -> bool:
    """True: the message was what a button had asked for. Raises what the verb raises."""
    words = await voice.work.answers.awaited_words(responder.id)
    if words is None:
        return False
    await voice.work.answers.await_words(responder.id, None)
    if voice.now - words.since > WAITED_FOR or not event.text.strip():
        return False
    said = await _obey(voice, responder, words, event.text.strip())
    await voice.to_responder(responder, said)
    return True


async def _obey(voice: Voice, responder: Responder, words: AwaitedWords, text: str) -> str:
    match words.purpose:
        case Awaited.STAFF_REASON:
            await hand_up(voice, responder, TicketId(words.about), text[:LONGEST_REASON])
            return voice.say(responder.locale, _("Staff have it now. Thank you!"))
        case Awaited.REVIEW_CHANGE:
            against = await approve_answer(voice, responder, AnswerId(words.about), changed=text)
            if against is None:
                return voice.say(responder.locale, _("Sent with your change. Thank you!"))
            return await _again(voice, responder, words, against)
        case Awaited.REVIEW_NOTE:
            return await _note(voice, responder, words, text)
        case Awaited.RECALL_REASON:
            await recall_answer(voice, responder, AnswerId(words.about), text[:LONGEST_REASON])
            return voice.say(responder.locale, _("The answer is recalled, and the contact knows."))
        case _:
            assert_never(words.purpose)


async def _note(voice: Voice, responder: Responder, words: AwaitedWords, text: str) -> str:
    """What a reviewer writes to a newcomer is checked, too: both know each other by nothing."""
    answer, ticket, _conversation = await under_review(voice, responder, AnswerId(words.about))
    findings = check_words(voice.desk, text)
    if findings:
        await note_refusal(voice, responder, ticket.id, findings)
        return await _again(voice, responder, words, objections(voice, responder, text, findings))
    await return_answer(voice, responder, answer.id, text[:LONGEST_REASON])
    return voice.say(responder.locale, _("Returned. Thank you!"))


async def _again(voice: Voice, responder: Responder, words: AwaitedWords, against: str) -> str:
    """The same words are waited for once more."""
    await wait_for(voice, responder, words.purpose, words.about)
    return voice.say(
        responder.locale, _("✋ This was not sent:\n{reasons}\n\nPlease write it once more."), reasons=against
    )
