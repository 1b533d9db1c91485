"""Rules: what a bot may put into a message, a form or a name, by the platform's limits.

Each check raises the 400 "Invalid Form Body" that names the field, as the platform does.
Units: characters, except where a limit says otherwise.
"""

from __future__ import annotations

from .refusals import Refused, bad_length, empty_message, invalid, required, too_long
from .things import COMPONENTS_V2, Draft, Json, parts_of

CONTENT, NONCE, CUSTOM_ID, LABEL, NAME = 2000, 25, 100, 80, 100
ROWS, BUTTONS, OPTIONS, EMBEDS, FILES, PARTS = 5, 5, 25, 10, 10, 40
EMBED_LENGTHS = {"title": 256, "description": 4096}
EMBED_TOTAL, EMBED_FIELDS = 6000, 25
ARCHIVE_MINUTES = (60, 1440, 4320, 10080)
BUTTON, SELECTS, TEXT_INPUT, ROW, TOP_V2 = 2, (3, 5, 6, 7, 8), 4, 1, (1, 9, 10, 12, 13, 14, 17)
LINK, PREMIUM = 5, 6


def check_message(draft: Draft) -> None:
    """All of a message about to be sent or edited to."""
    if len(draft.content) > CONTENT:
        raise too_long("content", CONTENT)
    if draft.nonce is not None and len(draft.nonce) > NONCE:
        raise too_long("nonce", NONCE)
    if len(draft.attachments) > FILES:
        raise bad_length("attachments", 0, FILES)
    check_embeds(draft.embeds)
    if draft.flags & COMPONENTS_V2:
        if draft.content or draft.embeds:
            text = "The 'content' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            raise invalid("content", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", text)
        check_layout(draft.components)
    else:
        check_rows(draft.components)
    if not (draft.content or draft.embeds or draft.components or draft.attachments or draft.stickers):
        raise empty_message()


def check_embeds(embeds: list[Json]) -> None:
    if len(embeds) > EMBEDS:
        raise bad_length("embeds", 0, EMBEDS)
    total = 0
    for place, embed in enumerate(embeds):
        fields = embed.get("fields") or []
        if len(fields) > EMBED_FIELDS:
            raise bad_length(f"embeds.{place}.fields", 0, EMBED_FIELDS)
        for name, most in EMBED_LENGTHS.items():
            if len(embed.get(name) or "") > most:
                raise too_long(f"embeds.{place}.{name}", most)
        total += sum(len(embed.get(name) or "") for name in EMBED_LENGTHS)
        total += sum(len(f["name"]) + len(f["value"]) for f in fields)
        total += len((embed.get("footer") or {}).get("text", ""))
    if total > EMBED_TOTAL:
        text = f"Embed size exceeds maximum size of {EMBED_TOTAL}"
        raise invalid("embeds", "MAX_EMBED_SIZE_EXCEEDED", text)


def check_rows(components: list[Json], field: str = "components") -> None:
    """Rows of up to five buttons, or of one select."""
    if len(components) > ROWS:
        raise bad_length(field, 1, ROWS)
    for number, row in enumerate(components):
        path = f"{field}.{number}"
        if row.get("type") != ROW:
            raise invalid(f"{path}.type", "UNION_TYPE_CHOICES", 'Value of field "type" must be one of (1,).')
        check_row(row, path)
    check_custom_ids(components, field)


def check_layout(components: list[Json]) -> None:
    """Components V2: free nesting, 40 parts in all."""
    parts = parts_of(components)
    if len(parts) > PARTS:
        raise bad_length("components", 1, PARTS)
    for number, part in enumerate(components):
        if part.get("type") not in TOP_V2:
            raise invalid(f"components.{number}.type", "UNION_TYPE_CHOICES", "Not a top-level component")
    for part in parts:
        if part["type"] == ROW:
            check_row(part, "components")
    check_custom_ids(components, "components")


def check_row(row: Json, path: str) -> None:
    inside = row.get("components") or []
    most = 1 if any(part.get("type") in SELECTS for part in inside) else BUTTONS
    if not 1 <= len(inside) <= most:
        raise bad_length(f"{path}.components", 1, BUTTONS)
    for number, part in enumerate(inside):
        where = f"{path}.components.{number}"
        if part["type"] == BUTTON:
            check_button(part, where)
        elif part["type"] in SELECTS:
            check_select(part, where)


def check_button(part: Json, path: str) -> None:
    if len(part.get("label") or "") > LABEL:
        raise too_long(f"{path}.label", LABEL)
    if not (part.get("label") or part.get("emoji") or part.get("style") == PREMIUM):
        raise required(f"{path}.label")
    if part.get("style") == LINK:
        if not part.get("url"):
            raise required(f"{path}.url")
    elif part.get("style") != PREMIUM and not part.get("custom_id"):
        raise required(f"{path}.custom_id")


def check_select(part: Json, path: str) -> None:
    if not part.get("custom_id"):
        raise required(f"{path}.custom_id")
    options = part.get("options") or []
    if part["type"] == 3 and not 1 <= len(options) <= OPTIONS:
        raise bad_length(f"{path}.options", 1, OPTIONS)
    for number, option in enumerate(options):
        for name in ("label", "value", "description"):
            if len(option.get(name) or "") > CUSTOM_ID:
                raise too_long(f"{path}.options.{number}.{name}", CUSTOM_ID)


def check_custom_ids(components: list[Json], field: str) -> None:
    seen: set[str] = set()
    for part in parts_of(components):
        custom_id = part.get("custom_id")
        if custom_id is None:
            continue
        if len(custom_id) > CUSTOM_ID:
            raise bad_length(f"{field}.custom_id", 1, CUSTOM_ID)
        if custom_id in seen:
            text = "Component custom id cannot be duplicated"
            raise invalid(field, "COMPONENT_CUSTOM_ID_DUPLICATED", text)
        seen.add(custom_id)


def check_modal(modal: Json) -> None:
    if not 1 <= len(modal.get("title") or "") <= 45:
        raise bad_length("data.title", 1, 45)
    if not 1 <= len(modal.get("custom_id") or "") <= CUSTOM_ID:
        raise bad_length("data.custom_id", 1, CUSTOM_ID)
    components = modal.get("components") or []
    if not 1 <= len(components) <= ROWS:
        raise bad_length("data.components", 1, ROWS)
    for part in parts_of(components):
        if part["type"] == TEXT_INPUT and len(part.get("label") or "") > 45:
            raise bad_length("data.components.label", 1, 45)
    check_custom_ids(components, "data.components")


def check_name(name: object) -> str:
    if not isinstance(name, str) or not 1 <= len(name) <= NAME:
        raise bad_length("name", 1, NAME)
    return name


def check_archive_minutes(minutes: int) -> int:
    if minutes not in ARCHIVE_MINUTES:
        text = f"Value must be one of {ARCHIVE_MINUTES}."
        raise invalid("auto_archive_duration", "BASE_TYPE_CHOICES", text)
    return minutes


def check_emoji(emoji: str) -> str:
    """A unicode emoji; a guild's own would have to exist, and no guild here has any."""
    if not emoji or ":" in emoji or all(character.isascii() for character in emoji):
        raise Refused(400, 10014, "Unknown Emoji")
    return emoji
