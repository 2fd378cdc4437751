"""Reading quickly gives what reading thoroughly gives."""

from pathlib import Path

import cryptography_vectors
from hypothesis import given
from hypothesis import strategies as st

from esignctl.certificates import NotACertificate, read, to_keep
from esignctl.certificates.containers import pieces
from esignctl.certificates.nes import quietly
from esignctl.certificates.quick import Reader
from esignctl.registry.certificates import Facts, facts
from tests.cards.virtual.certificates import AYSE, MEHMET, nes

VECTORS = Path(cryptography_vectors.__file__).parent / "x509"
GOOD = nes(AYSE).der


def thoroughly(der: bytes) -> Facts | None:
    try:
        return facts(to_keep(read(der)))
    except NotACertificate:
        return None


def quickly(reader: Reader, der: bytes) -> Facts | None:
    try:
        return reader.read(der)
    except NotACertificate:
        return None


def test_of_one_issuer() -> None:
    reader = Reader()
    for each in (nes(AYSE), nes(MEHMET), nes(AYSE, key="EC"), nes(MEHMET)):
        assert reader.read(each.der) == thoroughly(each.der)


def test_the_vectors_of_cryptography() -> None:
    reader = Reader()
    files = [each for each in sorted(VECTORS.rglob("*")) if each.is_file()]
    found = [der for each in files for der in pieces(each.read_bytes())]
    with quietly():
        for der in found * 2:
            assert quickly(reader, der) == thoroughly(der)


@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), max_size=4))
def test_damaged_ones(places: list[tuple[int, int]]) -> None:
    reader = Reader()
    reader.read(GOOD)
    damaged = bytearray(GOOD)
    for place, value in places:
        damaged[place] = value
    with quietly():
        assert quickly(reader, bytes(damaged)) == thoroughly(bytes(damaged))
