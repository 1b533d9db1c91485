"""Files over the web chat: streamed into our storage, given back to the session's holder alone, never run."""

from __future__ import annotations

import aiohttp
import pytest

from bots.web_uploads import file_name, picture_type
from tests.contract.web_chat.care import PNG, Care, Visitor
from workflows.fetch_attachments import SIZE_LIMIT

EVIL_PAGE = b"<script>alert(1)</script>"


def kept(care: Care) -> int:
    return sum(path.is_file() for path in care.folder.rglob("*"))


async def fetched(visitor: Visitor, url: str) -> aiohttp.ClientResponse:
    answer = await visitor.http.get(f"{visitor.care.url}{url}", headers=visitor.headers)
    await answer.read()
    return answer


async def test_files_go_up_with_their_text_and_come_back_whole(care: Care, anna: Visitor) -> None:
    paper = b"%PDF-1.7 " + bytes(300_000)
    status, first = await anna.uploads(("rechnung.pdf", paper), ("foto.png", PNG), text="So sieht es aus")
    assert status == 202
    (message,) = await anna.reads()
    assert (message["id"], message["text"]) == (first["id"], "So sieht es aus")
    pdf, photo = message["attachments"]
    assert (pdf["name"], pdf["kind"], pdf["size"]) == ("rechnung.pdf", "document", len(paper))
    assert (photo["kind"], photo["media_type"]) == ("photo", "image/png")
    answer = await fetched(anna, pdf["url"])
    assert await answer.read() == paper
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    answer = await fetched(anna, photo["url"])
    assert (await answer.read(), answer.content_type) == (PNG, "image/png")
    assert answer.headers["Content-Disposition"].startswith("inline;")


async def test_the_same_upload_again_is_kept_once(care: Care, anna: Visitor) -> None:
    _, first = await anna.uploads(("a.pdf", b"%PDF"), client_id="same")
    status, again = await anna.uploads(("a.pdf", b"%PDF"), client_id="same")
    assert (status, again) == (200, first)
    assert kept(care) == 1
    assert len((await anna.reads())[0]["attachments"]) == 1


async def test_nothing_of_a_visitor_runs_in_a_browser(care: Care, anna: Visitor) -> None:
    await anna.uploads(("bild.png", EVIL_PAGE), ("text.txt", EVIL_PAGE))
    for file in (await anna.reads())[0]["attachments"]:
        assert file["kind"] == "document"
        answer = await fetched(anna, file["url"])
        assert answer.content_type == "application/octet-stream"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Content-Disposition"].startswith("attachment;")


async def test_only_the_holder_of_the_session_gets_a_file(care: Care, anna: Visitor, ben: Visitor) -> None:
    await anna.uploads(("a.pdf", b"%PDF"))
    await ben.says("Hallo")
    url = (await anna.reads())[0]["attachments"][0]["url"]
    assert (await fetched(ben, url)).status == 404
    async with anna.http.get(f"{care.url}{url}") as answer:
        assert answer.status == 401
    await anna.call("DELETE", f"messages/{(await anna.reads())[0]['id']}")
    assert (await fetched(anna, url)).status == 404
    assert (await fetched(anna, "/chat/api/attachments/424242")).status == 404


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [
        ("virus.exe", b"MZ", 415),
        ("seite.HTML", EVIL_PAGE, 415),
        ("bild.svg", b"<svg/>", 415),
        ("leer.txt", b"", 422),
        ("gross.bin", bytes(SIZE_LIMIT + 1), 413),
    ],
)
async def test_what_is_refused_leaves_nothing_behind(
    care: Care, anna: Visitor, name: str, data: bytes, status: int
) -> None:
    assert (await anna.uploads(("gut.txt", b"gut"), (name, data)))[0] == status
    assert kept(care) == 0
    assert await anna.reads() == []


async def test_too_many_files_at_once_are_refused(care: Care, anna: Visitor) -> None:
    files = [(f"{number}.txt", b"x") for number in range(6)]
    assert (await anna.uploads(*files))[0] == 422
    assert kept(care) == 0


async def test_broken_uploads_are_refused(care: Care, anna: Visitor) -> None:
    async def upload(data: bytes, content_type: str) -> int:
        headers = anna.headers | {"Content-Type": content_type}
        return (await anna.call("POST", "files", data=data, headers=headers))[0]

    assert await upload(b"{}", "application/json") == 415
    assert await upload(b"nonsense", "multipart/form-data") == 400
    assert await upload(b"nonsense", "multipart/form-data; boundary=x") in (400, 422)
    cut = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nabc'
    assert await upload(cut, "multipart/form-data; boundary=x") == 400
    nested = b"--x\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n--y\r\n\r\nabc\r\n--y--\r\n--x--\r\n"
    assert await upload(nested, "multipart/form-data; boundary=x") in (400, 422)
    assert (await anna.uploads(("a.txt", b"x"), client_id="bad id!"))[0] == 422
    alone = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nabc\r\n--x--\r\n'
    assert await upload(alone, "multipart/form-data; boundary=x") == 422


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\b.txt", "b.txt"),
        ("a\x00b\r\nc.txt", "a\ufffdbc.txt"),
        ("\u202egpj.exe", "gpj.exe"),
        ("", "file"),
        ("...", "file"),
        ('"><img src=x>.png', "img src=x.png"),
        ("ä ö.pdf", "ä ö.pdf"),
    ],
)
def test_names_of_files_are_harmless(given: str, name: str) -> None:
    assert file_name(given) == name


def test_long_names_keep_their_ending() -> None:
    assert file_name("x" * 500 + ".pdf").endswith(".pdf")
    assert len(file_name("x" * 500 + ".pdf")) <= 120
    assert len(file_name("x." + "y" * 500)) <= 120


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a..", "image/gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"RIFF\x00\x00\x00\x00WAVE", None),
        (b"<svg xmlns=", None),
        (b"", None),
    ],
)
def test_pictures_are_known_by_their_bytes(head: bytes, found: str | None) -> None:
    assert picture_type(head) == found
