"""The banks' export layouts: preamble, header cells exactly as spelt, columns, footer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from benchmarks.corpus.banks import HOLDER
from benchmarks.corpus.cells import Account, Cell, Column, Layout, Line, Money, Row, When


def _text(pattern: str) -> Callable[[Line], Cell]:
    return lambda line: When(line.moment, line.moment.strftime(pattern))


def _serial(line: Line) -> Cell:
    return When(line.moment, line.moment.strftime("%d.%m.%Y"), serial=True)


def _amount(header: str) -> Column:
    return Column(header, lambda line: Money(line.amount), "amount")


def _balance(header: str = "Bakiye") -> Column:
    return Column(header, lambda line: Money(line.balance))


def _description(header: str = "Açıklama") -> Column:
    return Column(header, lambda line: line.description, "description")


def _blank(header: str = "") -> Column:
    return Column(header, lambda line: None)


def _padded(rows: list[Row], length: int) -> list[Row]:
    return rows + [[] for _ in range(length - len(rows))]


def _span(first: date, last: date, mark: str = ".") -> str:
    shape = f"%d{mark}%m{mark}%Y"
    return f"{first.strftime(shape)} - {last.strftime(shape)}"


def _ziraat_preamble(account: Account, first: date, last: date) -> list[Row]:
    return _padded(
        [
            ["T.C. ZİRAAT BANKASI A.Ş."],
            ["HESAP HAREKETLERİ"],
            [],
            ["Müşteri Adı", HOLDER],
            ["Müşteri No", "98765432"],
            ["Hesap No", account.number],
            ["IBAN", account.grouped],
            ["Hesap Türü", "Vadesiz Türk Lirası"],
            ["Tarih Aralığı", _span(first, last)],
        ],
        11,
    )


def _ziraat_footer(lines: list[Line], account: Account) -> list[Row]:
    return [
        [],
        ["Toplam Borç", None, None, Money(sum(x.amount for x in lines if x.amount < 0))],
        ["Toplam Alacak", None, None, Money(sum(x.amount for x in lines if x.amount > 0))],
        ["Sayfa 1 / 1"],
        ["www.ziraatbank.com.tr"],
        ["Ticaret Sicil No: 000000"],
        ["Merkez Adresi: Ankara"],
    ]


_ZIRAAT = (
    Column("Tarih", _text("%d.%m.%Y")),
    Column("Fiş No", lambda line: line.receipt),
    _description(),
    _amount("İşlem Tutarı"),
    _balance(),
)


def _halkbank_preamble(account: Account, first: date, last: date) -> list[Row]:
    return [
        ["TÜRKİYE HALK BANKASI A.Ş."],
        ["Hesap Hareketleri"],
        ["Müşteri", HOLDER],
        ["IBAN", account.iban],
        ["Dönem", _span(first, last, "/")],
        [],
    ]


def _vakif_preamble(account: Account, first: date, last: date) -> list[Row]:
    return [
        ["VAKIFBANK HESAP HAREKETLERİ"],
        ["MÜŞTERİ", HOLDER],
        ["IBAN", account.grouped],
        ["TARİH ARALIĞI", _span(first, last)],
        ["PARA BİRİMİ", "TL"],
        [],
    ]


_VAKIF = (
    Column("HESAP NO", lambda line: "00158007000000000"),
    Column("FİŞ NO", lambda line: line.receipt),
    Column("HAREKET TARIH", _text("%d.%m.%Y %H:%M:%S")),
    Column("İŞLEM TARİHİ", _text("%d.%m.%Y")),
    _blank("KART NO"),
    Column("İŞLEM", lambda line: "Gelen" if line.amount > 0 else "Giden"),
    _amount("TUTAR"),
    _balance("BAKİYE"),
    Column("KANAL", lambda line: line.channel),
    Column("İŞLEM NO", lambda line: line.reference),
    Column("REFERANS", lambda line: f"R{line.reference}"),
    _blank("HAVALE"),
    _blank("REF NO"),
    Column("TCKN", lambda line: "0"),
    Column("VKN", lambda line: "6410000000"),
    Column("B/A", lambda line: "A" if line.amount > 0 else "B", "sign"),
    _description("AÇIKLAMA"),
)


def _is_preamble(account: Account, first: date, last: date) -> list[Row]:
    return _padded(
        [
            ["Türkiye İş Bankası A.Ş."],
            ["Hesap Özeti"],
            [],
            ["Müşteri:", HOLDER],
            ["Şube:", "4200 - MERKEZ"],
            ["Hesap No:", account.number],
            ["IBAN:", account.grouped],
            ["Hesap Türü:", "Vadesiz TL"],
            ["Dönem:", _span(first, last, "/")],
            ["Sorgulama Zamanı:", last.strftime("%d/%m/%Y 17:00")],
        ],
        15,
    )


_IS = (
    Column("Tarih/Saat", _text("%d/%m/%Y-%H:%M:%S")),
    Column("Valör", _text("%d/%m/%Y")),
    Column("Kanal/Şube", lambda line: line.channel),
    _amount("İşlem Tutarı*"),
    _balance(),
    Column("Ek Hesap\nBakiyesi", lambda line: Money(0)),
    Column("İşlem", lambda line: "Havale" if line.channel == "havale" else "EFT/FAST"),
    Column("İşlem Tipi", lambda line: "ALACAK" if line.amount > 0 else "BORÇ"),
    _description(),
    _blank(),
    _blank(),
    Column("Referans", lambda line: line.reference),
)


def _is_footer(lines: list[Line], account: Account) -> list[Row]:
    return [
        [],
        ["* İşlem tutarları hesabın para birimi cinsindendir."],
        ["Toplam", None, None, Money(sum(line.amount for line in lines))],
    ]


def _akbank_preamble(length: int) -> Callable[[Account, date, date], list[Row]]:
    def preamble(account: Account, first: date, last: date) -> list[Row]:
        return _padded(
            [
                ["AKBANK T.A.Ş."],
                ["Hesap Hareketleri"],
                ["Ad Soyad / Unvan", HOLDER],
                ["Hesap No", account.number],
                ["IBAN", account.grouped],
                ["Tarih Aralığı", _span(first, last)],
                ["Para Birimi", "TL"],
            ],
            length,
        )

    return preamble


_AKBANK = (
    Column("Tarih", _text("%d.%m.%Y")),
    Column("Saat", _text("%H:%M")),
    _amount("Tutar"),
    _balance(),
    Column("Borç/Alacak", lambda line: "A" if line.amount > 0 else "B", "sign"),
    _description(),
    Column("Fiş/Dekont No", lambda line: line.receipt),
)


def _akbank_csv_amount(kurus: int) -> str:
    whole, rest = divmod(abs(kurus), 100)
    sign = "-" if kurus < 0 else ""
    return f"{sign}{whole:,}".replace(",", ".") + f",{rest:02d} TL"


_AKBANK_CSV = (
    Column("Tarih", lambda line: f"{line.moment:%Y-%m-%d-%H.%M.%S}.{line.amount % 10**6:06d}"),
    Column("Tutar", lambda line: _akbank_csv_amount(line.amount), "amount"),
    Column("Bakiye", lambda line: _akbank_csv_amount(line.balance)),
    _description(),
)


def _garanti_preamble(account: Account, first: date, last: date) -> list[Row]:
    return [
        ["T. GARANTİ BANKASI A.Ş."],
        ["Hesap Hareketleri"],
        [],
        ["Müşteri", HOLDER],
        ["Hesap", account.number],
        ["IBAN", account.grouped],
        ["Tarih Aralığı", _span(first, last, "/")],
        [],
    ]


def _ykb_preamble(account: Account, first: date, last: date) -> list[Row]:
    return _padded(
        [
            ["Yapı ve Kredi Bankası A.Ş."],
            ["HESAP HAREKETLERİ"],
            [],
            ["Müşteri Adı Soyadı:", HOLDER],
            ["IBAN/Hesap No:", account.grouped],
            ["Tarih Aralığı:", _span(first, last, "/")],
            ["Kullanılabilir Bakiye:", Money(123456700)],
        ],
        10,
    )


def _enpara_preamble(account: Account, first: date, last: date) -> list[Row]:
    return _padded(
        [
            [],
            [None, None, None, "Enpara.com / QNB Finansbank A.Ş."],
            [None, None, None, "Hesap hareketleri"],
            [],
            [None, None, None, "Ad soyad", None, None, HOLDER],
            [None, None, None, "IBAN", None, None, account.grouped],
            [None, None, None, "Tarih aralığı", None, None, _span(first, last)],
        ],
        10,
    )


_ENPARA = (
    _blank(),
    _blank(),
    _blank(),
    Column("Tarih", _text("%d.%m.%Y")),
    _blank(),
    _blank(),
    Column("Hareket tipi", lambda line: "Gelen Transfer" if line.amount > 0 else "Giden Transfer"),
    _blank(),
    _blank(),
    _description(),
    _blank(),
    _blank(),
    _amount("İşlem Tutarı"),
    _blank(),
    _balance(),
)


def _deniz_preamble(account: Account, first: date, last: date) -> list[Row]:
    return _padded(
        [
            ["DenizBank A.Ş."],
            ["Hesap Hareketleri"],
            ["Ünvan", HOLDER],
            ["IBAN", account.grouped],
            ["Tarih", _span(first, last)],
        ],
        7,
    )


def _katilim_preamble(account: Account, first: date, last: date) -> list[Row]:
    return [
        ["VAKIF KATILIM BANKASI A.Ş. Hesap Ekstresi"],
        ["Hesap Sahibi", HOLDER],
        ["IBAN", account.grouped],
        [],
    ]


_BARE = (
    Column("", _text("%d.%m.%Y")),
    _description(""),
    _amount(""),
    _balance(""),
)

LAYOUTS: dict[str, Layout] = {
    layout.name: layout
    for layout in (
        Layout(
            "ziraat",
            "ziraat",
            "00010",
            "Ziraat Bankası",
            "Sheet1",
            _ZIRAAT,
            _ziraat_preamble,
            _ziraat_footer,
            names_iban=True,
        ),
        Layout(
            "ziraat-titled",
            "ziraat",
            "00010",
            "Ziraat Bankası",
            "Hesap Hareketleri",
            _ZIRAAT,
            lambda account, first, last: [["Hesap Hareketleri"]],
            _ziraat_footer,
        ),
        Layout(
            "halkbank",
            "halkbank",
            "00012",
            "Halkbank",
            "Hesap Hareketleri",
            (
                Column("Tarih", _text("%d.%m.%Y")),
                _description(),
                _amount("Tutar"),
                _balance(),
            ),
            _halkbank_preamble,
            names_iban=True,
        ),
        Layout(
            "halkbank-bare",
            "halkbank",
            "00012",
            "Halkbank",
            "Sheet1",
            _BARE,
            lambda account, first, last: [],
            header=False,
        ),
        Layout(
            "vakifbank",
            "vakifbank",
            "00015",
            "VakıfBank",
            "Sheet1",
            _VAKIF,
            _vakif_preamble,
            names_iban=True,
        ),
        Layout(
            "isbank",
            "isbank",
            "00064",
            "Türkiye İş Bankası",
            "Hesap Ozeti",
            _IS,
            _is_preamble,
            _is_footer,
            container="xls",
            names_iban=True,
        ),
        Layout(
            "akbank",
            "akbank",
            "00046",
            "Akbank",
            "Hesap Hareketleri",
            _AKBANK,
            _akbank_preamble(9),
            newest_first=True,
            names_iban=True,
        ),
        Layout(
            "akbank-short",
            "akbank",
            "00046",
            "Akbank",
            "Hesap Hareketleri",
            tuple(column for column in _AKBANK if column.role != "sign"),
            _akbank_preamble(8),
            names_iban=True,
        ),
        Layout(
            "akbank-csv",
            "akbank",
            "00046",
            "Akbank",
            "bank",
            _AKBANK_CSV,
            lambda account, first, last: [],
            container="csv-1254",
        ),
        Layout(
            "garanti",
            "garanti",
            "00062",
            "Garanti BBVA",
            "Hesap Hareketleri",
            (
                Column("Tarih", _text("%d/%m/%Y")),
                _description(),
                Column("Etiket", lambda line: "Para Transferi" if line.amount > 0 else "Diğer"),
                _amount("Tutar"),
                _balance(),
                Column("Dekont No", lambda line: line.receipt),
            ),
            _garanti_preamble,
            newest_first=True,
            names_iban=True,
        ),
        Layout(
            "yapikredi",
            "yapikredi",
            "00067",
            "Yapı Kredi",
            "Hesap Hareketleri",
            (
                Column("Tarih", _text("%d/%m/%Y")),
                Column("Saat", _text("%H:%M:%S")),
                Column("İşlem", lambda line: "Para Gönder" if line.amount > 0 else "Diğer"),
                Column("Kanal", lambda line: line.channel),
                Column("Referans No", lambda line: line.reference),
                _description(),
                _amount("İşlem Tutarı"),
                _balance(),
            ),
            _ykb_preamble,
            names_iban=True,
        ),
        Layout(
            "enpara",
            "enpara",
            "00111",
            "QNB Finansbank",
            "Hareketler",
            _ENPARA,
            _enpara_preamble,
            merges=((3, 5), (6, 8), (9, 11), (12, 13)),
            newest_first=True,
            names_iban=True,
        ),
        Layout(
            "denizbank",
            "denizbank",
            "00134",
            "DenizBank",
            "Hesap Hareketleri",
            (
                Column("Tarih", _text("%d.%m.%Y %H:%M")),
                _description(),
                _amount("Tutar"),
                _balance(),
            ),
            _deniz_preamble,
            names_iban=True,
        ),
        Layout(
            "vakifkatilim",
            "vakifkatilim",
            "00210",
            "Vakıf Katılım",
            "Ekstre",
            (
                Column("İşlem Tarihi", _serial),
                _description(),
                _amount("Tutar"),
                _balance(),
                Column("Referans Numarası", lambda line: line.reference),
            ),
            _katilim_preamble,
            names_iban=True,
        ),
    )
}
