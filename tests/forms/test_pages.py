"""How forms look: as the reviewed pages, each field in its place, nothing over an edge."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from esignctl.forms.content import Subject, document
from esignctl.forms.kinds import FORMS
from esignctl.settings import Settings
from scripts import pictures
from scripts.pictures import Office
from tests.forms.office import Word, boxes_of, program, qr_of, words_of
from tests.forms.test_list import KINDS

LONG = Office(
    institution={
        "name": "Afyonkarahisar İl Sağlık Müdürlüğü Kamu Hastaneleri Hizmetleri Başkanlığı",
        "province": "Afyonkarahisar",
        "unit": "Sağlık Bilgi Sistemleri ve Elektronik İmza İşlemleri Koordinasyon Birimi",
        "phone": "0272 000 00 00",
        "extension": "12345",
        "address": "Gazi Mustafa Kemal Atatürk Mahallesi, Şehit Piyade Uzman Çavuş Örnek Kişi"
        " Bulvarı, Sağlık Yerleşkesi B Blok Kat: 11 No: 1234/567, 03000 Merkez/Afyonkarahisar",
        "officer_title": "Personel ve Destek Hizmetleri Başkan Yardımcısı",
    },
    holder="Afyonkarahisar İl Sağlık Müdürlüğü Kamu Hastaneleri Hizmetleri Başkanlığı Merkez"
    " Saymanlık Döner Sermaye İşletmesi Müdürlüğü",
    given="Muhammed Abdurrahman Gıyasettin",
    surname="Hacıabdurrahmanoğullarıgillerden-Karamustafapaşazade",
    title="Aile Hekimliği Uzmanı (Sözleşmeli), Sorumlu Tabip",
    unit="Şehit Jandarma Astsubay Kıdemli Çavuş Örnek Kişi 123 No'lu Aile Sağlığı Merkezi",
    phone="+90 (532) 123 45 67 / 0272 123 45 67",
    email="muhammed.abdurrahman.giyasettin.haciabdurrahmanogullarigillerden@saglik.example",
)
BARE = Office(
    institution={"name": "Iğdır İl Sağlık Müdürlüğü"}, title="", unit="", phone="", email=""
)
OFFICES = {"typical": Office(), "long": LONG, "bare": BARE}

# the margins of letterhead.typ in points; hyphens and full stops hang into the right one
POINTS = 72 / 2.54
LEFT, RIGHT, BOTTOM = 2.3 * POINTS - 0.5, (21 - 2) * POINTS + 4, 29.7 * POINTS - 12


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Path]]:
    """Every form of each office, as PDF."""
    program("pdftotext")
    return {
        name: pictures.make(office, tmp_path_factory.mktemp(name))
        for name, office in OFFICES.items()
    }


# ---- as reviewed

LIMIT = 65


def difference(page: Image.Image, reviewed: Image.Image) -> int:
    """The greatest difference of two pages, 0 to 255, after blurring what renderers do otherwise.

    Letters drawn by another program stay around 40; a word that is missing, or stands 3 dots
    lower, goes above 90.
    """
    blur = ImageFilter.BoxBlur(3)
    both = (each.convert("L").filter(blur) for each in (page, reviewed))
    levels = ImageChops.difference(*both).histogram()
    return max(level for level, count in enumerate(levels) if count)


@pytest.mark.parametrize("kind", KINDS)
def test_every_form_looks_as_it_was_reviewed(
    forms: dict[str, dict[str, Path]], tmp_path: Path, kind: str
) -> None:
    program("pdftoppm")
    drawn = pictures.draw(forms["typical"][kind], tmp_path)
    reviewed_pages = sorted(page.name for page in pictures.PICTURES.glob(f"{kind}-*.png"))
    assert [page.name for page in drawn] == reviewed_pages
    for page in drawn:
        with Image.open(page) as now, Image.open(pictures.PICTURES / page.name) as reviewed:
            assert now.size == reviewed.size
            assert difference(now, reviewed) < LIMIT, (
                f"look at it; {pictures.__name__} draws it anew"
            )


def test_a_word_that_is_missing_or_elsewhere_is_seen() -> None:
    with Image.open(pictures.PICTURES / "handover-1.png") as reviewed:
        box = (142, 174, 200, 184)
        without = reviewed.copy()
        ImageDraw.Draw(without).rectangle(box, fill=255)
        assert difference(without, reviewed) > LIMIT
        lower = without.copy()
        lower.paste(reviewed.crop(box), (box[0], box[1] + 5))
        assert difference(lower, reviewed) > LIMIT


# ---- fields

NAME, UNIT = "Işıl Gül Çalışkan Yiğit", "Merkez 3 No'lu ASM"
FIELDS = {
    "payment-slip": {
        "Başvuru sahibi": NAME,
        "T.C. kimlik no": "10000000146",
        "Başvuru türü": "Yenileme",
        "Başvuru tarihi": "01.10.2021",
        "Birimi": UNIT,
        "Banka": "Ziraat Bankası",
    },
    "application": {
        "T.C. kimlik no": "10000000146",
        "Adı": "Işıl Gül",
        "Soyadı": "Çalışkan Yiğit",
        "Unvanı": "Aile Hekimi",
        "Cep telefonu": "0532 123 45 67",
        "E-posta": "isil@saglik.example",
        "Görev yeri": UNIT,
        "Grubu": "Aile hekimi",
        "Başvuru türü": "□ İlk başvuru × Yenileme □ Kayıp / çalıntı",
        "Ücret": "147,50 TL",
        "Ödenen": "0,00 TL",
    },
    "renewal-wet-signature": {
        "Adı Soyadı": NAME,
        "T.C. kimlik no": "10000000146",
        "Görev yeri": UNIT,
        "Sertifika seri no": "3F1A00C2",
        "Geçerlilik bitiş tarihi": "03.10.2021",
        "Yenileme başvuru no": "2021-7",
        "Yenileme başvuru tarihi": "01.10.2021",
    },
    "loss-report": {
        "Adı Soyadı": NAME,
        "T.C. kimlik no": "10000000146",
        "E-posta": "isil@saglik.example",
        "Sertifika seri no": "3F1A00C2",
        "Bitiş tarihi": "03.10.2021",
    },
    "pin-unlock-guide": {"Kart sahibi": NAME, "Görev yeri": UNIT},
    "handover": {
        "Adı Soyadı": NAME,
        "Unvanı": "Aile Hekimi",
        "Başvuru türü": "Yenileme",
        "Sertifika seri no": "3F1A00C2",
        "Sertifikanın geçerliliği": "04.10.2018 – 03.10.2021",
    },
    "refund-request": {
        "Adı Soyadı": NAME,
        "Ödemenin tarihi": "06.09.2021 (218,30 TL)",
        "Başvurunun ücreti": "218,30 TL",
        "Başvuruya işlenen ödeme": "218,30 TL",
        "İadesi istenen tutar": "218,30 TL",
        "İade nedeni": "× Başvurudan vazgeçtim □ Fazla ödeme □ Yanlışlıkla ödeme",
    },
    "cover-letter": {"1": "10000000146 Işıl Gül Çalışkan Yiğit Aile Hekimi"},
    "privacy-notice": {"Adı Soyadı": NAME},
}


def beside(label: str, pages: list[list[Word]]) -> Iterator[str]:
    """What stands on the same line to the right of each place where a label stands."""
    wanted = label.split()
    for page in pages:
        for at in range(len(page)):
            if [word.text for word in page[at : at + len(wanted)]] == wanted:
                last = page[at + len(wanted) - 1]
                line = [w for w in page if w.left > last.right and abs(w.middle - last.middle) < 4]
                yield " ".join(word.text for word in sorted(line, key=lambda word: word.left))


@pytest.mark.parametrize(("kind", "label"), [(k, label) for k in FIELDS for label in FIELDS[k]])
def test_each_field_stands_beside_its_label(
    forms: dict[str, dict[str, Path]], kind: str, label: str
) -> None:
    lines = list(beside(label, boxes_of(forms["typical"][kind])))
    assert any(line.startswith(FIELDS[kind][label]) for line in lines), lines


def test_every_kind_has_its_fields_checked() -> None:
    assert set(FIELDS) == set(KINDS)


# ---- edges


@pytest.mark.parametrize("office", OFFICES)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_runs_over_an_edge_or_over_something_else(
    forms: dict[str, dict[str, Path]], office: str, kind: str
) -> None:
    pages = boxes_of(forms[office][kind])
    assert len(pages) == (2 if kind == "cover-letter" else 1) or office == "long"
    for page in pages:
        for word in page:
            inside = word.left >= LEFT and word.right <= RIGHT and word.bottom <= BOTTOM
            assert inside, word
        covered = [
            (one, two) for at, one in enumerate(page) for two in page[at + 1 :] if one.covers(two)
        ]
        assert not covered


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"cover-letter"}))
def test_long_names_wrap_and_stay_whole(forms: dict[str, dict[str, Path]], kind: str) -> None:
    words = [word for page in boxes_of(forms["long"][kind]) for word in page]
    letters = "".join(word.text for word in words)
    assert "Hacıabdurrahmanoğullarıgillerden-Karamustafapaşazade" in letters
    assert "".join(LONG.institution["name"].split()) in letters


def test_the_docs_show_every_page() -> None:
    shown = (pictures.PICTURES.parents[1] / "forms.md").read_text(encoding="utf-8")
    for page in pictures.PICTURES.glob("*.png"):
        assert f"pictures/forms/{page.name}" in shown


def test_the_docs_list_what_a_template_gets() -> None:
    page = (pictures.PICTURES.parents[1] / "forms.md").read_text(encoding="utf-8")
    told = {
        line.split("`")[1].removeprefix("d."): set(line.split("`")[3::2])
        for line in page.splitlines()
        if line.startswith("| `d.")
    }
    given = document(FORMS["handover"], Subject(), Settings(Path()), date(2021, 10, 6))
    assert set(told) == set(given)
    for name, values in given.items():
        if isinstance(values, dict):
            assert set(values) <= told[name]


@pytest.mark.parametrize(
    ("office", "text"),
    [
        ("typical", f"YRT747T249 IŞIL GÜL ÇALIŞKAN YİĞİT {pictures.TCKN} E-İMZA YENİLEME"),
        ("long", "YRT747T249 MUHAMMED ABDURRAHMAN GIYASETTİN HACIABDURRAHMANOĞULLARIGİLLERDEN"),
    ],
)
def test_the_qr_code_holds_the_text_to_type(
    forms: dict[str, dict[str, Path]], tmp_path: Path, office: str, text: str
) -> None:
    slip = forms[office]["payment-slip"]
    decoded = qr_of(slip, tmp_path)
    assert decoded.startswith(text)
    assert decoded.endswith("E-İMZA YENİLEME BAŞVURU ÜCRETİ")
    assert decoded.replace(" ", "") in words_of(slip).replace(" ", "")
