"""How each bank wraps what somebody typed, and where it cuts it off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from benchmarks.corpus.strand import Piece, Strand, fill, piece
from benchmarks.corpus.turkish import ascii_letters, random_iban, upper


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank as the sender's: five-digit code, short name, what it cuts typed text to."""

    code: str
    name: str
    cut: int = 0


SENDERS = (
    Bank("00010", "T.C. Ziraat Bankası A.Ş."),
    Bank("00012", "Türkiye Halk Bankası A.Ş."),
    Bank("00015", "Türkiye Vakıflar Bankası T.A.O."),
    Bank("00062", "Türkiye Garanti Bankası A.Ş.", 30),
    Bank("00064", "Türkiye İş Bankası A.Ş.", 39),
    Bank("00067", "Yapı ve Kredi Bankası A.Ş."),
    Bank("00046", "Akbank T.A.Ş."),
    Bank("00111", "QNB Finansbank A.Ş."),
    Bank("00134", "Denizbank A.Ş."),
    Bank("00032", "Türk Ekonomi Bankası A.Ş."),
    Bank("00205", "Kuveyt Türk Katılım Bankası A.Ş."),
    Bank("00210", "Vakıf Katılım Bankası A.Ş."),
    Bank("00209", "Ziraat Katılım Bankası A.Ş."),
)
_WEIGHTS = (20, 12, 12, 12, 14, 8, 8, 6, 4, 3, 3, 2, 2)
BY_CODE = {bank.code: bank for bank in SENDERS}

HOLDER = "ÖRNEK İL SAĞLIK MÜDÜRLÜĞÜ DÖNER SERMAYE İŞLETMESİ"

_STYLES: dict[str, dict[str, tuple[str, ...]]] = {
    "ziraat": {
        "havale": (
            "{text} {sender} Ziraat Mobil Havale",
            "{text} {sender} Ziraat Mobil Havale",
            "{text} {sender} Ziraat Mobil",
            "{text} {sender} İnternet Havale",
            "{text} {sender} Ziraat ATM Havale",
            "{sender} tarafından aktarılan {text}",
            "{text} {sender} Şube Havale",
        ),
        "fast": (
            "Gönd: {sender} {text} {code}-{bank} FAST işlemi",
            "Gönd: {sender} {text} {code}-{bank} FAST işlemi",
            "Gönd: {sender} {text} {code}-{bankcut}",
        ),
        "eft": ("Gönd: {sender} {text} {code}-{bank}", "EFT Gönd: {sender} {text} {code}-{bank}"),
    },
    "halkbank": {
        "havale": ("{sender19}/{text}", "{sender19}/{text}", "{sender19}/{text}/HAVALE"),
        "fast": ("{sender19}/{text}/FAST", "{sender19}/{code}/{text}", "FAST-{sender}/{text}"),
        "eft": ("{sender19}/{text}/EFT {query}", "{sender19}/{code} {bank}/{text}"),
    },
    "vakifbank": {
        "havale": (
            "{iban} nolu {sender} hesabından {text}",
            "{account} nolu {sender} hesabından havale {text}",
            "{sender} / {text} / İNTERNET HAVALE",
        ),
        "fast": (
            "{query7} sorgu numaralı {sender} tarafından {text}",
            "{query7} sorgu numaralı {sender} tarafından {iban} hesabından gönderilen FAST "
            "ödemesi. Açıklama: {text}",
            "{query7} sorgu numaralı {sender} tarafından gönderilmiştir {text}",
            "{query7} sorgu numaralı {sender} tarafından {bank} {iban} no'lu hesabından "
            f"{HOLDER} adına gönderilen {{amount}} TL tutarındaki FAST ödemesi; işlem açıklaması: "
            "{text}; referans: {query}",
        ),
        "eft": (
            "{query7} sorgu numaralı {sender} tarafından {text}",
            "sorgu no'lu {query7} {sender} {text}",
        ),
    },
    "isbank": {
        "havale": ("{text}*{query}*{sender}", "{text}*{sender}", "{channel4}*{text}*{sender}"),
        "fast": ("{sender}*{code}*{text}*{query}*FAST", "{sender}*{code}*{text}*{query}*FAST"),
        "eft": ("{sender}*{code}*{text}*{query}*EFT",),
    },
    "akbank": {
        "havale": ("7777/MBL-{query7}-{sender}-{text}", "7777/INT-{query7}-{sender}-{text}"),
        "fast": ("FAST:{sender} {text}", "FAST:{sender}-{text}"),
        "eft": ("EFT: {sender} {text}", "EFT: {sender}-{text}"),
    },
    "garanti": {
        "havale": (
            "CEP ŞUBE-HVL-{text} -{sender14}",
            "CEP ŞUBE-HVL-{text} -{sender20}",
            "INT-HVL-{text} -{sender20}",
        ),
        "fast": ("{sender20}-FAST-{text}", "MOBIL-FAST-{query}-{sender20}-{text}"),
        "eft": ("{sender20}-EFT-{text}", "EF{query7} {sender} {text}"),
    },
    "yapikredi": {
        "havale": ("GELEN HAVALE - {sender} - {text}", "GONDERICI:{sender} {text}"),
        "fast": ("GELEN FAST - {sender} - {text}", "GELEN FAST - {sender} - {text}"),
        "eft": ("GELEN EFT - {sender} - {text}", "GONDERICI:{sender} ACIKLAMA:{text}"),
    },
    "enpara": {
        "havale": ("{sender}, {text}", "{sender}, {sender} tarafından aktarılan, {text}"),
        "fast": (
            "Gelen Transfer, {sender}, {text}, EFT (FAST) sorgu no: {query}",
            "{sender}, {text}, EFT (FAST) sorgu no: {query}",
        ),
        "eft": ("Gelen Transfer, {sender}, {text}, EFT sorgu no: {query}",),
    },
    "denizbank": {
        "havale": ("HAVALE {sender} {text}", "Havale-{sender}-{text}"),
        "fast": ("GELEN FAST/{sender}/{text}", "FAST {sender} {text} Sorgu No:{query}"),
        "eft": ("GELEN EFT/{bank}/{sender}/{text}",),
    },
    "vakifkatilim": {
        "havale": (f"Amir: {{sender}} - Lehdar: {HOLDER} - {{text}}",),
        "fast": (
            f"Amir: {{sender}} - Lehdar: {HOLDER} - Açıklama: {{text}}",
            f"Gelen FAST Amir: {{sender}} - Lehdar: {HOLDER} {{text}} Sorgu No: {{query}}",
        ),
        "eft": (f"Amir: {{sender}} - Lehdar: {HOLDER} - {{text}} - {{bank}}",),
    },
}

# Whether the bank shows names in capitals with Turkish letters, or in ASCII.
_ASCII_SENDERS = {"akbank": 0.5, "yapikredi": 0.5, "isbank": 0.3, "garanti": 0.3, "vakifbank": 0.2}


@dataclass(frozen=True, slots=True)
class Way:
    """The way a transfer came: the sender's bank and ``havale | fast | eft``."""

    bank: Bank
    channel: str


def choose_way(random: Random, home: str) -> Way:
    """Where a transfer to an account at the bank with code ``home`` comes from."""
    if home in BY_CODE and random.random() < 0.4:
        return Way(BY_CODE[home], "havale")
    bank = random.choices(SENDERS, _WEIGHTS)[0]
    if bank.code == home:
        return Way(bank, "havale")
    return Way(bank, random.choices(("fast", "eft"), (75, 25))[0])


def sender_case(random: Random, house: str) -> Callable[[str], str]:
    """How the receiving bank prints the sender's name."""
    if random.random() < _ASCII_SENDERS.get(house, 0.08):
        return lambda text: ascii_letters(upper(text))
    return upper


def wrap(random: Random, house: str, way: Way, sender: Piece, text: Strand, amount: str) -> Strand:
    """The description as the receiving bank ``house`` prints it in its export."""
    if way.bank.cut:
        text = text.cut(way.bank.cut)
    change = sender_case(random, house)
    shown = Strand((sender,)).map(change)
    template = random.choice(_STYLES[house][way.channel])
    whole = fill(
        template,
        text=text,
        sender=shown,
        sender14=shown.cut(14),
        sender19=shown.cut(19),
        sender20=shown.cut(20),
        code=way.bank.code[1:],
        bank=way.bank.name,
        bankcut=way.bank.name[: random.randrange(8, 20)],
        query=str(random.randrange(10**9, 10**10)),
        query7=f"{random.randrange(1, 10**6):07d}",
        account=f"{random.randrange(10**16, 10**17)}",
        channel4=random.choice(("İNT", "CEP", "ATM", "ŞUBE")),
        iban=piece(random_iban(random, way.bank.code)),
        amount=amount,
    )
    if house == "akbank" and random.random() < 0.3:
        whole = whole.cut(random.choice((27, 32, 32)))
    roll = random.random()
    if roll < 0.04:
        whole = whole.map(lambda part: part.replace("İ", "I").replace("ı", "i"))
    elif roll < 0.06:
        whole = whole.map(lambda part: part.replace(" ", random.choice(("  ", "\u00a0"))))
    return whole
