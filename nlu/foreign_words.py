"""Frequent words of languages that Zuruf does not speak, so that a message in one of them is known for what it is.

The lists are in foreign_words.txt: a language starts a paragraph, its words follow. A word that German or English has
too counts for little (nlu/language.py). `FAMILIES` puts languages that sound alike together: one letter model for each
(nlu/letter_model.py).
"""

from __future__ import annotations

from pathlib import Path

FAMILIES = {
    "Dutch": ("Dutch",),
    "Nordic": ("Danish", "Swedish", "Norwegian"),
    "Romance": ("French", "Spanish", "Italian", "Portuguese", "Romanian", "Latin"),
    "Slavic": ("Polish", "Czech", "Slovak", "Croatian", "Serbian", "Slovenian"),
    "elsewhere": ("Turkish", "Hungarian", "Finnish", "Albanian", "Lithuanian", "Indonesian", "Tagalog", "Somali"),
}


def _lists() -> dict[str, frozenset[str]]:
    text = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8")
    paragraphs = (part.split(":\n", 1) for part in text.split("\n\n")[1:])
    return {language: frozenset(words.split()) for language, words in paragraphs}


FOREIGN = _lists()
