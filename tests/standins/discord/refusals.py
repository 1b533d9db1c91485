"""Refusals: every "no" of the platform, with the status and code its clients decide by.

A refusal is raised anywhere below the routes and becomes the HTTP answer
`{"message", "code"}`, with `errors` by field for a body that breaks a rule (code 50035).
"""

from typing import Any

UNKNOWN = {
    "channel": 10003,
    "guild": 10004,
    "member": 10007,
    "message": 10008,
    "role": 10011,
    "user": 10013,
    "emoji": 10014,
    "webhook": 10015,
    "interaction": 10062,
    "application command": 10063,
}


class Refused(Exception):
    """The platform says no. `errors` maps a dotted field path to (code, message)."""

    def __init__(self, status: int, code: int, message: str, errors: dict[str, tuple[str, str]] | None = None) -> None:
        super().__init__(f"{status} (code {code}): {message}")
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors or {}

    def body(self) -> dict[str, Any]:
        answer: dict[str, Any] = {"message": self.message, "code": self.code}
        if self.errors:
            answer["errors"] = {}
        for path, (code, message) in self.errors.items():
            place = answer["errors"]
            for part in path.split("."):
                place = place.setdefault(part, {})
            place["_errors"] = [{"code": code, "message": message}]
        return answer


def unknown(what: str) -> Refused:
    return Refused(404, UNKNOWN[what], f"Unknown {what.title()}")


def invalid(field: str, code: str, message: str) -> Refused:
    return Refused(400, 50035, "Invalid Form Body", {field: (code, message)})


def too_long(field: str, most: int) -> Refused:
    text = f"Must be {most} or fewer in length."
    return invalid(field, "BASE_TYPE_MAX_LENGTH", text)


def bad_length(field: str, least: int, most: int) -> Refused:
    text = f"Must be between {least} and {most} in length."
    return invalid(field, "BASE_TYPE_BAD_LENGTH", text)


def required(field: str) -> Refused:
    return invalid(field, "BASE_TYPE_REQUIRED", "This field is required")


def unauthorized() -> Refused:
    return Refused(401, 0, "401: Unauthorized")


def missing_access() -> Refused:
    return Refused(403, 50001, "Missing Access")


def missing_permissions() -> Refused:
    return Refused(403, 50013, "Missing Permissions")


def cannot_message_user() -> Refused:
    return Refused(403, 50007, "Cannot send messages to this user")


def no_mutual_guild() -> Refused:
    text = "Cannot send messages to this user due to having no mutual guilds"
    return Refused(403, 50278, text)


def not_the_author() -> Refused:
    return Refused(403, 50005, "Cannot edit a message authored by another user")


def empty_message() -> Refused:
    return Refused(400, 50006, "Cannot send an empty message")


def not_a_text_channel() -> Refused:
    return Refused(400, 50008, "Cannot send messages in a non-text channel")


def not_in_dm() -> Refused:
    return Refused(403, 50003, "Cannot execute action on a DM channel")


def wrong_channel_type() -> Refused:
    return Refused(400, 50024, "Cannot execute action on this channel type")


def system_message() -> Refused:
    return Refused(403, 50021, "Cannot execute action on a system message")


def invalid_recipient() -> Refused:
    return Refused(400, 50033, "Invalid Recipient(s)")


def thread_archived() -> Refused:
    return Refused(400, 50083, "Thread is archived")


def thread_exists() -> Refused:
    return Refused(400, 160004, "A thread has already been created for this message")


def too_many_threads() -> Refused:
    return Refused(400, 160006, "Maximum number of active threads reached")


def too_large() -> Refused:
    return Refused(413, 40005, "Request entity too large")


def already_acknowledged() -> Refused:
    return Refused(400, 40060, "Interaction has already been acknowledged.")


def invalid_webhook_token() -> Refused:
    return Refused(401, 50027, "Invalid Webhook Token")
