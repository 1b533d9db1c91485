"""Clusters: what says the same comes together, and what comes in that says nothing of the kind does no harm."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.conversation import MessageId
from routing.cluster import Told
from routing.clusters import FORGET_AFTER, Clusterer
from tests.unit.routing.clusters.conftest import START, WIDTH, Desk, sense

GERMAN = ["Internet seit heute weg in Köln", "ist in Köln das Internet ausgefallen?", "Kein Internet in Köln"]
ENGLISH = ["no internet in Cologne", "is there an outage in Cologne?", "the internet is down in Cologne"]


def test_german_and_english_that_say_the_same_are_one_cluster_and_others_are_not(desk: Desk) -> None:
    outage = desk.all_write([*GERMAN, *ENGLISH], about="outage")
    refund = desk.all_write(["where is my refund", "refund not here yet", "still no refund"], about="refund")
    desk.settles()
    assert len(desk.homes(outage)) == len(desk.homes(refund)) == 1
    assert desk.homes(outage) != desk.homes(refund)
    assert len(desk.homes(range(1, 21))) == 20, "the unrelated questions stay alone"


def test_the_same_rare_name_brings_together_what_is_told_in_different_words(desk: Desk) -> None:
    told = [
        desk.writes(text, about=text)
        for text in (
            "flood in Harvale",
            "my street in Harvale is a river #harvaleflood",
            "praying for Harvale #harvaleflood",
            "Harvale bridge gone",
            "volunteers to Harvale please #harvaleflood",
        )
    ]
    desk.settles()
    assert len(desk.homes(told)) == 1


def test_clusters_that_turn_out_alike_are_merged_into_the_older_one(desk: Desk) -> None:
    texts = ["Leitung tot", "offline since eight", "Router blinkt rot", "kein Netz", "outage?", "alles offline"] * 5
    numbers = desk.all_write(texts, about="outage")
    desk.settles()
    assert desk.homes(numbers) == {numbers[0]}
    cluster = desk.clusterer.cluster(desk.home(numbers[0]), desk.now)
    assert cluster is not None
    assert cluster.size == len(texts)
    for assignment in desk.assigned.values():
        assert all(merge.into < merge.cluster_id for merge in assignment.merged)


def test_a_storm_does_not_teach_that_its_own_words_mean_nothing(desk: Desk) -> None:
    storm = desk.all_write([f"{GERMAN[n % 3]}, Kunde {n}" for n in range(150)], about="outage")
    desk.settles()
    assert len(desk.homes(storm)) == 1


@pytest.mark.parametrize("text", ["", " ", "👋", "🙏🙏", "?!"])
def test_what_says_nothing_is_alone_and_not_kept(desk: Desk, text: str) -> None:
    numbers = [desk.writes(text, about="nothing") for _ in range(3)]
    assert len(desk.homes(numbers)) == 3
    assert all(desk.clusterer.cluster(desk.home(number), desk.now) is None for number in numbers)


def test_links_only_are_the_same_when_the_link_is(desk: Desk) -> None:
    same = [desk.writes("https://example.org/outage", about="link") for _ in range(3)]
    other = desk.writes("https://example.org/jobs", about="link")
    desk.settles()
    assert len(desk.homes(same)) == 1
    assert desk.home(other) not in desk.homes(same)


def test_a_very_long_message_is_like_what_it_begins_with(desk: Desk) -> None:
    first = desk.all_write(GERMAN, about="outage")
    long = desk.writes(GERMAN[0] + " Hilfe" * 20_000, about="outage")
    desk.settles()
    assert desk.homes([*first, long]) == {first[0]}


def test_one_sender_repeating_joins_but_counts_once(desk: Desk) -> None:
    numbers = [desk.writes(GERMAN[0], about="outage", contact="flooder") for _ in range(30)]
    desk.settles()
    (cluster,) = desk.clusterer.clusters(desk.now)
    assert desk.homes(numbers) == {cluster.id}
    assert (cluster.size, cluster.contacts, cluster.growth.last_hour) == (30, 1, 1)
    assert not desk.clusterer.growing(desk.now)
    desk.writes(GERMAN[0], about="outage", contact="somebody else")
    (cluster,) = desk.clusterer.clusters(desk.now)
    assert (cluster.size, cluster.contacts) == (31, 2)


def test_a_late_message_joins_and_moves_no_end_back(desk: Desk) -> None:
    first = desk.all_write(GERMAN, about="outage")
    before = desk.now
    late = desk.writes(ENGLISH[0], about="outage", at=before - timedelta(hours=2))
    desk.settles()
    cluster = desk.clusterer.cluster(desk.home(late), desk.now)
    assert cluster is not None
    assert cluster.id == desk.home(first[0])
    assert (cluster.first_at, cluster.last_at) == (before - timedelta(hours=2), before)


def test_a_message_later_than_what_is_remembered_is_alone(desk: Desk) -> None:
    first = desk.all_write(GERMAN, about="outage")
    ancient = desk.writes(GERMAN[0], about="outage", at=desk.now - FORGET_AFTER - timedelta(hours=1))
    assert desk.home(ancient) not in desk.homes(first)
    assert desk.clusterer.cluster(desk.home(ancient), desk.now) is None


def test_one_clock_that_jumped_makes_nothing_forgotten_or_late(desk: Desk) -> None:
    first = desk.all_write(GERMAN, about="outage")
    desk.writes("Uhr verstellt", about="clock", at=desk.now + timedelta(days=4000))
    after = desk.all_write(ENGLISH, about="outage")
    desk.settles()
    assert desk.homes([*first, *after]) == {first[0]}


@pytest.mark.parametrize("at", [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, tzinfo=UTC)])
def test_the_first_and_the_last_instant_there_are_do_no_harm(desk: Desk, at: datetime) -> None:
    first = Desk()
    first.writes("Uhr verstellt", about="clock", at=at)
    after = first.all_write(GERMAN, about="outage")
    first.settles()
    assert len(first.homes(after)) == 1
    assert first.clusterer.cluster(first.home(after[0]), first.now) is not None
    numbers = [*desk.all_write(GERMAN, about="outage"), desk.writes(GERMAN[0], about="outage", at=at, contact="a")]
    numbers += [desk.writes(GERMAN[1], about="outage", contact="a"), *desk.all_write(ENGLISH, about="outage")]
    desk.settles()
    assert len(desk.homes(numbers[:3] + numbers[4:])) == 1


def test_without_vectors_what_is_nearly_copied_still_comes_together(desk: Desk) -> None:
    copies = [desk.writes(f"Sturmflut Harvale: Deich gebrochen, Pegel {n}") for n in range(4)]
    other = desk.writes("Wie lange habt ihr samstags offen?")
    desk.settles()
    assert len(desk.homes(copies)) == 1
    assert desk.home(other) not in desk.homes(copies)


def test_only_so_many_clusters_are_remembered_the_silent_and_small_go_first() -> None:
    desk = Desk(slots=40)
    storm = desk.all_write(GERMAN * 4, about="outage")
    for number in range(150):
        desk.writes(f"Frage{number} wegen Sache{number}", about=f"thing {number}")
    assert len(desk.clusterer.clusters(desk.now, fewest=1)) <= 40
    assert desk.clusterer.cluster(desk.home(storm[0]), desk.now) is not None
    desk.now += FORGET_AFTER
    for number in range(150, 200):
        desk.writes(f"Frage{number} wegen Sache{number}", about=f"thing {number}")
    assert desk.clusterer.cluster(desk.home(storm[0]), desk.now) is None


def test_the_title_is_in_the_language_of_most_and_holds_no_personal_data(desk: Desk) -> None:
    for number in range(6):
        told = Told(
            MessageId(500 + number),
            desk.now,
            "Das Internet ist in Köln bei Jansen weg",
            "Das Internet ist in Köln bei [Name] weg",
            sense("outage", f"{number}"),
        )
        desk.clusterer.add(told)
    desk.writes(ENGLISH[0], about="outage")
    desk.settles()
    cluster = desk.clusterer.clusters(desk.now)[0]
    assert cluster.language == "de"
    assert {"Internet", "Köln"} <= set(cluster.key_words)
    assert cluster.title == ", ".join(cluster.key_words)
    assert "jansen" not in repr(cluster).lower()


def test_the_first_example_is_one_that_says_what_they_say(desk: Desk) -> None:
    desk.all_write(["Hilfe bitte", *GERMAN, "was ist da los"], about="outage")
    desk.settles()
    cluster = desk.clusterer.clusters(desk.now)[0]
    assert cluster.size == 5
    assert "Internet" in cluster.examples[0][1]
    assert "Internet" not in cluster.examples[-1][1]


_WORDS = ["internet", "Köln", "parcel", "Hanau", "refund", "👋", "http://t.co/a", "die", "kaputt"]
_MESSAGES = st.tuples(
    st.lists(st.sampled_from(_WORDS), max_size=4).map(" ".join),
    st.sampled_from(["a", "b", "c", None]),
    st.integers(-90, 90),
    st.sampled_from([None, "anna", "ben"]),
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(_MESSAGES, min_size=1, max_size=60))
def test_replayed_messages_make_the_same_clusters_and_every_message_is_in_one(
    messages: list[tuple[str, str | None, int, str | None]],
) -> None:
    runs = []
    for _run in range(2):
        desk = Desk(slots=50)
        for text, about, minutes, contact in messages:
            desk.writes(text, about, desk.now + timedelta(minutes=minutes), contact)
        desk.settles()
        runs.append(([desk.home(number) for number in desk.assigned], desk.clusterer.clusters(desk.now, fewest=1)))
    assert runs[0] == runs[1]
    homes, clusters = runs[0]
    spoke = [home for home, (text, *_) in zip(homes, messages, strict=True) if any(map(str.isalnum, text))]
    assert sorted(spoke) == sorted(cluster.id for cluster in clusters for _ in range(cluster.size))


def test_a_clusterer_that_has_heard_nothing_knows_no_cluster() -> None:
    clusterer = Clusterer(10, WIDTH)
    assert clusterer.clusters(START) == []
    assert clusterer.growing(START) == []
    assert clusterer.settle() == ()
