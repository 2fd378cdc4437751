"""How long ``cert scan`` takes: ``python -m benchmarks.scan``.

Writes certificates as KamuSM issues them, each another holder's, and measures, in child processes
of one run: reading each file and parsing it with ``cryptography`` (the floor), the first scan into
an empty registry, and a second scan of the same files.
"""

import argparse
import random
import sys
import tempfile
from pathlib import Path

from benchmarks.speed import measure
from tests.cards.virtual.certificates import AYSE, nes

MAX_RATIO = 1.5

FLOOR = """
import os, sys
from cryptography import x509
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        with open(os.path.join(folder, name), "rb") as file:
            x509.load_der_x509_certificate(file.read())
"""


def write(folder: Path, count: int) -> None:
    """``count`` certificates of as many holders, a thousand in a folder."""
    template = nes(AYSE)
    number = AYSE.tckn.encode("ascii")
    serial_number = template.certificate.serial_number
    serial = serial_number.to_bytes(serial_number.bit_length() // 8 + 1, "big")
    dice = random.Random(1)
    for each in range(count):
        if each % 1000 == 0:
            place = folder / f"{each // 1000:04d}"
            place.mkdir(parents=True)
        other = b"\x01" + dice.randbytes(len(serial) - 1)
        der = template.der.replace(number, b"%011d" % (10_000_000_000 + each))
        (place / f"{each}.cer").write_bytes(der.replace(serial, other))


def main() -> int:
    """Measure and print; 1 when the limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--certificates", type=int, default=100_000)
    count = parser.parse_args().certificates
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "tree", count)
        tree, registry = str(folder / "tree"), str(folder / "registry.db")
        floor = measure([sys.executable, "-c", FLOOR, tree], repeat=3).seconds
        scan = [sys.executable, "-m", "esignctl", "--registry", registry, "cert", "scan", tree]
        first, second = measure(scan).seconds, measure(scan).seconds
    print(f"{count} certificates")
    print(f"bare loop     {floor:8.2f} s")
    print(f"first scan    {first:8.2f} s  {first / floor:6.2f} (limit {MAX_RATIO})")
    print(f"second scan   {second:8.2f} s  {second / floor:6.2f}")
    return 0 if first <= MAX_RATIO * floor else 1


if __name__ == "__main__":
    sys.exit(main())
