"""Reply markup: what the platform accepts under a message, and what buttons a person sees.

Callback data is 1 to 64 bytes; a link needs a host with a dot (`http://localhost` is refused); a keyboard
has at most 100 buttons. Only inline keyboards stay with the message and come back in it.
Raises: ApiError 400.
"""

from typing import Any
from urllib.parse import urlsplit

from .errors import bad_request
from .params import Params

CALLBACK_DATA_BYTES = 64
BUTTONS = 100
OTHER_MARKUP = ("keyboard", "remove_keyboard", "force_reply")
ACTIONS = (
    "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat", "copy_text", "pay",
    "switch_inline_query_chosen_chat", "callback_game",
)  # fmt: skip
Markup = dict[str, Any]


def read_markup(params: Params) -> Markup | None:
    """The markup given, checked; None when there is none."""
    markup = params.parsed("reply_markup", "reply keyboard markup")
    if not markup:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = _checked_rows(markup["inline_keyboard"])
        return {"inline_keyboard": rows} if rows else None
    if not any(name in markup for name in OTHER_MARKUP):
        raise bad_request("object expected as reply markup")
    return markup


def inline(markup: Markup | None) -> Markup | None:
    return markup if markup and "inline_keyboard" in markup else None


def _checked_rows(rows: Any) -> list[list[Markup]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" must be an Array of Arrays')
    kept = [[_checked(button) for button in row] for row in rows if row]
    if sum(len(row) for row in kept) > BUTTONS:
        raise bad_request("reply markup is too long")
    return kept


def _checked(button: Any) -> Markup:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: expected an Object")
    if not str(button.get("text", "")).strip():
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if "callback_data" in button:
        if not 1 <= len(str(button["callback_data"]).encode()) <= CALLBACK_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    elif "url" in button:
        _check_url(str(button["url"]))
    elif not any(action in button for action in ACTIONS):
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    return button


def _check_url(url: str) -> None:
    parts = urlsplit(url if "://" in url else f"http://{url}")
    wrong = parts.scheme not in {"http", "https", "tg", "ton"} or not parts.netloc
    if wrong or (parts.scheme.startswith("http") and "." not in (parts.hostname or "")):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def inline_buttons(markup: Markup | None) -> list[Markup]:
    return [button for row in (markup or {}).get("inline_keyboard", []) for button in row]


def labels(markup: Markup | None) -> list[str]:
    """What a person reads on the buttons, reply keyboards included."""
    rows = (markup or {}).get("inline_keyboard") or (markup or {}).get("keyboard") or []
    return [button if isinstance(button, str) else str(button["text"]) for row in rows for button in row]
