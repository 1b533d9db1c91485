"""What must not stand in the tree, and what documents point at must be there."""

from __future__ import annotations

import re
from pathlib import Path

from tests.architecture.tree import ROOT, files, text_of

# Written in halves, so that this file is clean too.
REGISTRIES = "|".join(
    (r"pyp" r"i\.org", r"python" r"hosted\.org", r"registry\.npm" r"js\.org", r"deb\.deb" r"ian\.org")
)
MACHINE = r"(?<![\w.])/(?:wo" r"rk|ro" r"ot|ho" r"me/\w+|Us" r"ers/\w+)/[\w.]"
LARGEST_BYTES = 1024 * 1024
CODE_IN_TEXT = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
SECRET = re.compile(r"\b\d{8,10}:AA[\w-]{33}\b|\b[MN][\w-]{23}\.[\w-]{6}\.[\w-]{27,}\b|-----BEGIN [A-Z ]*PRIVATE KEY")


def _found(pattern: str) -> list[str]:
    seek = re.compile(pattern)
    return [
        f"{path}:{number}: {line.strip()[:100]}"
        for path in files()
        for number, line in enumerate(text_of(path).splitlines(), 1)
        if seek.search(line)
    ]


def test_no_registry_is_named() -> None:
    """Whoever sets the desk up chooses where packages come from."""
    assert not _found(REGISTRIES)


def test_no_path_of_a_machine_is_named() -> None:
    assert not _found(MACHINE)


def test_no_secret_is_tracked() -> None:
    assert not _found(SECRET.pattern)
    assert Path(".env") not in files()


def test_no_large_file_is_tracked() -> None:
    assert not [str(path) for path in files() if (ROOT / path).stat().st_size > LARGEST_BYTES]


def test_links_between_documents_resolve() -> None:
    broken = []
    for page in files("*.md"):
        for target in LINK.findall(CODE_IN_TEXT.sub("", text_of(page))):
            address, _hash, anchor = target.partition("#")
            if "://" in target or target.startswith("mailto:"):
                continue
            place = (ROOT / page).parent / address if address else ROOT / page
            if not place.exists() or (anchor and place.suffix == ".md" and anchor not in _anchors(place)):
                broken.append(f"{page}: {target}")
    assert not broken


def _anchors(page: Path) -> set[str]:
    """The names GitHub gives to headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_files_named_in_documents_exist() -> None:
    """A page that names `db/pool.py` is wrong once that file is gone."""
    named = re.compile(r"`((?:app|bots|console|db|desk|docs|insight|nlu|routing|scripts|tests|workflows)/[\w./-]*\w)`")
    missing = [
        f"{page}: {name}"
        for page in files("*.md")
        if page.name != "CHANGELOG.md"
        for name in named.findall(text_of(page))
        if not (ROOT / name).exists()
    ]
    assert not missing


def test_commands_named_in_documents_are_targets() -> None:
    rules = set(re.findall(r"^([a-z-]+):", text_of(Path("Makefile")) + text_of(Path("nlu.mk")), re.MULTILINE))
    named = {
        (str(page), target)
        for page in files("*.md")
        for target in re.findall(r"`make ([a-z-]+)", text_of(page))
        if target not in rules
    }
    assert not named
