"""Markdown to Telegram's HTML, and Telegram's entities to Markdown."""

from __future__ import annotations

import re
import time
from html import unescape
from typing import Any

import pytest
from aiogram.types import MessageEntity, User
from hypothesis import given
from hypothesis import strategies as st

from bots.telegram_entities import to_markdown, without_mentions
from bots.telegram_formatting import to_html

MARKS = st.text(alphabet="*~`[]()<>&\n> ab1\"'#:/https.", max_size=60)


def entity(kind: str, offset: int, length: int, **more: Any) -> MessageEntity:
    return MessageEntity(type=kind, offset=offset, length=length, **more)


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("plain & <simple>", "plain &amp; &lt;simple&gt;"),
        ("**bold** and *italic* and ~~gone~~", "<b>bold</b> and <i>italic</i> and <s>gone</s>"),
        ("***both***", "<b><i>both</i></b>"),
        ("**bold *and italic***", "<b>bold <i>and italic</i></b>"),
        ("**Ver**trag", "<b>Ver</b>trag"),
        ("2*3*4 and a ** b", "2*3*4 and a ** b"),
        ("* one\n* two", "* one\n* two"),
        ("snake_case_name", "snake_case_name"),
        ("`a < b` **x**", "<code>a &lt; b</code> <b>x</b>"),
        ("`**not bold**`", "<code>**not bold**</code>"),
        ("```py\nx = 1 < 2\n```", '<pre><code class="language-py">x = 1 &lt; 2</code></pre>'),
        ("```\nx\ny\n```", "<pre>x\ny</pre>"),
        ("a ``` b", "a ``` b"),
        ("[Seite](https://example.org/a?b=1&c=2)", '<a href="https://example.org/a?b=1&amp;c=2">Seite</a>'),
        ("[w](https://de.wikipedia.org/wiki/A_(B))", '<a href="https://de.wikipedia.org/wiki/A_(B)">w</a>'),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ('[x](https://e.org/"onclick=")', '<a href="https://e.org/&quot;onclick=&quot;">x</a>'),
        ("> Zitat\n> weiter\nAntwort", "<blockquote>Zitat\nweiter</blockquote>\nAntwort"),
        (">:( nein", "&gt;:( nein"),
        ("**a *b** c*", "<b>a *b</b> c*"),
        ("**nie zu", "**nie zu"),
    ],
)
def test_markdown_becomes_html(markdown: str, html: str) -> None:
    assert to_html(markdown) == html


@given(MARKS)
def test_html_is_always_well_formed_and_loses_no_words(text: str) -> None:
    html = to_html(text)
    stack = []
    for closing, tag in re.findall(r"<(/?)(\w+)[^>]*>", html):
        if closing:
            assert stack.pop() == tag
        else:
            stack.append(tag)
    assert stack == []
    bare = unescape(re.sub(r"<[^>]*>", "", html))
    assert sorted(re.findall(r"[ab1]", bare)) == sorted(re.findall(r"[ab1]", _without_links(text, html)))


def _without_links(text: str, html: str) -> str:
    for url in re.findall(r'href="([^"]*)"', html):
        text = text.replace(f"({unescape(url)})", "", 1)
    for language in re.findall(r'class="language-([^"]*)"', html):
        text = text.replace(f"```{language}", "", 1)
    return text


@pytest.mark.parametrize(
    "unit", ["*", "**", "~~", "`", "[", "[a](", "[a](https://x(", "***a", "> ", "```", "*a **b ", "[a](https://(a)"]
)
def test_time_is_linear_in_hostile_text(unit: str) -> None:
    def seconds(length: int) -> float:
        text = (unit * length)[:length]
        started = time.perf_counter()
        to_html(text)
        return time.perf_counter() - started

    seconds(1000)
    assert min(seconds(40_000) for _ in range(3)) < 1.0


@pytest.mark.parametrize(
    ("text", "entities", "markdown"),
    [
        ("😀 sehr gut", [("bold", 3, 5)], "😀 **sehr** gut"),
        ("fett kursiv", [("bold", 0, 11), ("italic", 5, 6)], "**fett *kursiv***"),
        ("x = 1", [("pre", 0, 5)], "```\nx = 1\n```"),
        ("a\nb", [("blockquote", 0, 3)], "> a\n> b"),
        ("hier", [("text_link", 0, 4, "https://example.org/")], "[hier](https://example.org/)"),
        ("hier", [("text_link", 0, 4, "tg://user?id=1")], "hier"),
        ("geheim", [("spoiler", 0, 6)], "geheim"),
        ("kurz", [("bold", 2, 50), ("bold", -3, 2), ("bold", 0, 0)], "kurz"),
        ("😀", [("bold", 1, 1)], "😀"),
        ("abc", [("bold", 0, 2), ("italic", 1, 2)], "**ab**c"),
    ],
)
def test_entities_become_markdown(text: str, entities: list[tuple[Any, ...]], markdown: str) -> None:
    made = [entity(kind, offset, length, url=(more or [None])[0]) for kind, offset, length, *more in entities]
    assert to_markdown(text, made) == markdown


@given(
    st.text(max_size=30),
    st.lists(
        st.tuples(
            st.sampled_from(["bold", "italic", "code", "pre", "text_link", "blockquote", "mention", "novel"]),
            st.integers(-2, 40),
            st.integers(-2, 40),
        ),
        max_size=6,
    ),
)
def test_entities_of_any_kind_keep_every_word(text: str, entities: list[tuple[str, int, int]]) -> None:
    made = [entity(kind, offset, length, url="https://e.org") for kind, offset, length in entities]
    kept = to_markdown(text, made)
    place = 0
    for char in text:
        place = kept.index(char, place) + 1


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("@zuruf_bot wo?", "wo?"),
        ("@Zuruf_Bot, wo?", "wo?"),
        ("wo ist es @zuruf_bot", "wo ist es"),
        ("@zuruf_bot", ""),
        ("mail@zuruf_bot.de", "mail@zuruf_bot.de"),
        ("@zuruf_bottle wo?", "@zuruf_bottle wo?"),
    ],
)
def test_a_mention_is_taken_out(said: str, meant: str) -> None:
    me = User(id=1, is_bot=True, first_name="Zuruf", username="zuruf_bot")
    assert without_mentions(said, me) == meant
