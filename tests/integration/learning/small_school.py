"""A small brand to learn on: training files, a hold-out, and people's own words that the files do not know."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

THINGS = ("router", "paket", "tablet", "kopfhörer", "lautsprecher", "kaffeemaschine", "uhr", "lampe")
TAUGHT = {
    "delivery_status": ("wo ist {}", "wann kommt {} an", "lieferstatus {}", "ist {} schon unterwegs"),
    "technical_fault": ("{} ist kaputt", "{} geht nicht an", "{} defekt", "{} startet nicht mehr"),
    "order_cancel": ("ich will {} stornieren", "bitte {} abbestellen", "storno {}", "bestellung {} löschen"),
    "legal_threat": ("wegen {} verklage ich euch", "mein anwalt meldet sich wegen {}", "klage wegen {}", "gericht {}"),
    "out_of_scope": ("wie wird das wetter", "witz über {}", "rezept für kuchen mit {}", "wer ist kanzler"),
}
ASKED = {
    "delivery_status": ("weiß jemand wo {} ist", "kommt {} heute an"),
    "technical_fault": ("{} geht nicht mehr an", "hilfe {} ist defekt"),
    "order_cancel": ("kann ich {} noch stornieren", "{} bitte abbestellen"),
    "legal_threat": ("dann verklage ich euch wegen {}", "der anwalt kümmert sich um {}"),
    "out_of_scope": ("erzähl einen witz über {}", "kuchen rezept {}"),
}

SLANG = ("die kiste hat den geist aufgegeben", "meine kiste hat gestern den geist aufgegeben", "kiste tot geist auf",
         "geist aufgegeben hat die kiste nun", "so ein mist, kiste gibt den geist auf")  # fmt: skip
"""What some say when a thing is broken."""

SLANG_AGAIN = "hallo, die kiste hat heute den geist aufgegeben"


@dataclass(frozen=True)
class School:
    """Where it all lies. Models of the same material may be shared by all tests."""

    training: Path
    hold_out: Path
    models: Path


def founded(folder: Path) -> School:
    """Its files, written."""
    school = School(folder / "data", folder / "holdout", folder / "models")
    for place, said in ((school.training, TAUGHT), (school.hold_out, ASKED)):
        (place / "de").mkdir(parents=True)
        lines = ["nlu:"]
        for intent, templates in said.items():
            lines += [f"- intent: {intent}", "  examples: |"]
            lines += [f"    - {text}" for text in dict.fromkeys(t.format(thing) for t in templates for thing in THINGS)]
        (place / "de" / "nlu.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return school
