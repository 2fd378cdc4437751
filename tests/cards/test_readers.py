"""Readers by USB id and name; tokens and the readers they are in; events between glances."""

import pytest

from esignctl.cards import readers
from esignctl.cards.model import Card, Reader, Service
from esignctl.cards.readers import belongs
from esignctl.cards.watching import Glance, events
from tests.cards.seen import PIV, UEKAE, card, reader


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("ACS ACR39U ICC Reader 00 00", "ACR39U"),
        ("ACS ACR 38U-CCID 00 00", "ACR38U-CCID/ACR38T"),
        ("Alcor Micro AU9540 00 00", "Alcor AU9540"),
        ("Virtual PCD 00 00", None),
    ],
)
def test_a_readers_name_may_spell_its_model(name: str, model: str | None) -> None:
    assert readers.model_by_name(name) == model


@pytest.mark.parametrize(
    ("usb_id", "model"), [("072f:90cc", "ACR38U-CCID/ACR38T"), ("2a17:0001", "UDEA MILKO")]
)
def test_a_usb_id_tells_the_model(usb_id: str, model: str) -> None:
    assert readers.MODELS[usb_id] == model


def test_windows_tells_the_usb_id_in_the_devices_name() -> None:
    assert readers.usb_id_in(r"\\?\usb#vid_072F&pid_90CC#5&1#{50dd}") == "072f:90cc"
    assert readers.usb_id_in("/dev/null") is None


def test_a_slot_belongs_to_the_reader_it_names() -> None:
    assert belongs("Virtual PCD 00 00", "Virtual PCD 00 00")
    assert not belongs("Virtual PCD 00 0", "Virtual PCD 00 00")
    long = "A reader whose name is longer than what a slot's description can hold 00 00"
    assert belongs(long[:64], long)


def at(*seen: Reader, problem: str | None = None) -> Glance:
    return Glance(Service(problem), seen)  # type: ignore[arg-type]


def kinds(before: Glance | None, now: Glance) -> list[str]:
    return [event.kind for event in events(before, now)]


def test_the_first_glance_tells_what_is_there() -> None:
    assert kinds(None, at(reader(card()))) == ["service-up", "reader-added", "card-in"]
    assert kinds(None, at(problem="absent")) == ["service-down"]


def test_nothing_new_is_no_event() -> None:
    assert kinds(at(reader(card())), at(reader(card()))) == []


def test_a_card_goes_in_and_out() -> None:
    assert kinds(at(reader()), at(reader(card()))) == ["card-in"]
    assert kinds(at(reader(card())), at(reader())) == ["card-out"]


def test_another_card_went_out_and_in() -> None:
    assert kinds(at(reader(card(UEKAE))), at(reader(card(PIV)))) == ["card-out", "card-in"]


def test_the_same_card_that_was_out_meanwhile_is_told_by_the_count() -> None:
    before, now = (Reader("A", card(), events=count) for count in (1, 3))
    assert kinds(at(before), at(now)) == ["card-out", "card-in"]


def test_a_card_that_wakes_up_is_no_other_card() -> None:
    assert kinds(at(Reader("A", Card("mute"))), at(Reader("A", card()))) == []


def test_a_reader_that_is_unplugged_takes_its_card_along() -> None:
    assert kinds(at(reader(card())), at()) == ["card-out", "reader-removed"]


def test_a_service_that_stops_takes_everything_along_and_comes_back() -> None:
    up, down = at(reader()), at(problem="absent")
    assert kinds(up, down) == ["reader-removed", "service-down"]
    assert kinds(down, down) == []
    assert kinds(down, up) == ["service-up", "reader-added"]
