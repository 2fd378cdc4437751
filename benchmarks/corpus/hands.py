"""What people type into the description field of a transfer."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from random import Random

from benchmarks.corpus import names
from benchmarks.corpus.registry import Person, plain_title
from benchmarks.corpus.strand import NAME, NUMBER, PURPOSE, Piece, Strand, fill, piece
from benchmarks.corpus.turkish import ascii_letters, key, lower, tckn, upper

# Between the bars stands the core: what makes it an e-signature payment.
_PURPOSES: dict[str, tuple[str, ...]] = {
    "first": (
        "|E-İmza| ilk başvuru ücreti",
        "|E-İmza| ilk başvuru ücreti",
        "|E-İmza| ilk başvuru ücreti",
        "|e-imza| ilk başvuru",
        "|e imza| ilk basvuru ucreti",
        "|E-İMZA| İLK BAŞVURU ÜCRETİ",
        "|elektronik imza| ilk başvuru ücreti",
        "|eimza| başvuru ücreti",
        "ilk |e-imza| başvurusu",
        "|e-imza| ilk müracaat bedeli",
        "|E-imza| yeni başvuru",
        "|nitelikli elektronik sertifika| başvuru ücreti",
        "|NES| ilk başvuru ücreti (|e-imza|)",
        "ilk başvuru |e imza|",
    ),
    "renewal": (
        "|E-İmza| yenileme başvuru ücreti",
        "|E-İmza| yenileme başvuru ücreti",
        "|E-İmza| yenileme başvuru ücreti",
        "|e-imza| yenileme",
        "|eimza| yenileme ücreti",
        "|e imza| sertifika yenileme",
        "|elektronik imza| süre uzatma",
        "|E-İMZA| UZATMA ÜCRETİ",
        "|elektronik imza| yenileme bedeli",
        "|e-imza| 3 yıl uzatma",
        "yenileme |e-imza|",
        "|e.imza| yenıleme ucretı",
        "|nitelikli elektronik sertifika| yenileme",
    ),
    "replacement": (
        "|e-imza| kayıp başvuru ücreti",
        "kayıp çalıntı |e-imza| başvurusu",
        "|e-imza| yeniden çıkarma ücreti",
        "|E-İmza| Kayıp/Çalıntı başvuru ücreti",
        "|elektronik imza| kart kaybı",
        "kaybolan |e imza| için ücret",
    ),
    "any": (
        "|e-imza| ücreti",
        "|e imza|",
        "|eimza|",
        "|E-İMZA| ÜCRETİ",
        "|e-imza| bedeli",
        "|e-imza| parası",
        "|elektronik imza| ücreti",
        "|elektronik imza|",
        "|kamusm e-imza|",
        "|TÜBİTAK e imza| ücreti",
        "aile hekimi |e-imza|",
        "|e-imza| ödemesi",
        "döner sermaye |e-imza| ücreti",
        "|e - imza| başvuru ücreti",
        "|E İmza| Başvuru",
        "|e-imza| kart ücreti",
        "|elk. imza| ücreti",
        "|e-imzam| için",
        "|e_imza| ucreti",
        "|e/imza| ücret",
    ),
    "misspelt": (
        "|e-imsa| ücreti",
        "|e-imaz| başvuru ücreti",
        "|eimz| ücreti",
        "|e-inza| ilk basvuru",
        "|elektronk imza| ücreti",
        "|elektirik imza| ücreti",
        "|elektronik imaza| yenileme",
        "|e-ımza| basvru ucreti",
        "|e imzaa| ücreti",
    ),
    "hint": (
        "|imza| ücreti",
        "|imza| yenileme",
        "|sertifika| yenileme ücreti",
        "|sertifika| ücreti",
        "|akıllı kart| ücreti",
        "|kamusm| ödemesi",
        "|TÜBİTAK| ödeme",
        "|imza| için",
    ),
    "none": (
        "",
        "ödeme",
        "ücret",
        "başvuru ücreti",
        "döner sermaye",
        "aile hekimi",
        "yenileme ücreti",
        "ilk başvuru ücreti",
        "Diğer",
        "Bireysel Ödeme",
    ),
}

ORDERS_FULL = (
    "{name} {number} {purpose}",
    "{name} {number} {purpose}",
    "{name} {number} {purpose}",
    "{name}, {number}, {purpose}",
    "{name} {number} ve {purpose}",
    "{name}, {number} ve {purpose}",
    "{name} - {number} - {purpose}",
    "{name}-{number}-{purpose}",
    "{name}/{number}/{purpose}",
    "{name} TC {number} {purpose}",
    "{name} TC:{number} {purpose}",
    "{name} T.C. {number} {purpose}",
    "{name} TCKN {number} {purpose}",
    "{name} tc no {number} {purpose}",
    "{name} T.C. Kimlik No: {number} {purpose}",
    "{number} {name} {purpose}",
    "{number} {name} {purpose}",
    "{number}-{name}-{purpose}",
    "{purpose} {name} {number}",
    "{purpose} {name} {number}",
    "{purpose} {number} {name}",
    "{name} {purpose} {number}",
    "{number} {purpose} {name}",
    "Ad Soyad: {name} T.C. Kimlik Numarası: {number} {purpose}",
    "Adı Soyadı:{name},TC:{number},{purpose}",
    "Dr. {name} {number} {purpose}",
    "DR {name} {number} {purpose}",
    "Uzm.Dr.{name} {number} {purpose}",
    "{name} {number} {extra} {purpose}",
    "{name} {extra} {number} {purpose}",
    "{extra} {name} {number} {purpose}",
    "{name} {number} {purpose} {extra}",
)
ORDERS_NAME = (
    "{name} {purpose}",
    "{name} {purpose}",
    "{name}, {purpose}",
    "{name} - {purpose}",
    "{purpose} {name}",
    "{purpose} - {name}",
    "Dr. {name} {purpose}",
    "Dr {name} {purpose}",
    "{name} {extra} {purpose}",
    "{name} {purpose} {extra}",
)
ORDERS_NUMBER = (
    "{number} {purpose}",
    "{number} {purpose}",
    "{purpose} {number}",
    "TC {number} {purpose}",
    "TC:{number} {purpose}",
    "T.C. kimlik no {number} {purpose}",
    "{number} tc nolu {purpose}",
    "{number} {extra} {purpose}",
)
ORDERS_GLUED = (
    "{name}{number}{purpose}",
    "{name}{number} {purpose}",
    "{name} TC{number} {purpose}",
    "{name} TC{number}{purpose}",
    "{name} {number}{purpose}",
    "{name},{number},{purpose}",
)
ON_BEHALF = (
    "{name} {number} adına {purpose}",
    "{name} adına {number} {purpose}",
    "{name} {number} için {purpose}",
    "{name} ({number}) adına {purpose}",
    "{name} namına {number} {purpose}",
    "eşim {name} {number} {purpose}",
    "kardeşim {name} {number} için {purpose}",
    "{purpose} {name} {number} adına",
)
ON_BEHALF_NAME = (
    "{name} adına {purpose}",
    "{name} için {purpose}",
    "{name} namına {purpose}",
    "Dr. {name} adına {purpose}",
    "{purpose} ({name} adına)",
)
LITERAL = (
    "Ad Soyad, T.C. Kimlik Numarası ve {purpose}",
    '"Ad Soyad, T.C. Kimlik Numarası ve {purpose}"',
    "Ad Soyad T.C. Kimlik Numarası {purpose}",
)


def extra(random: Random, person: Person) -> str:
    """Something true but useless that people add: their unit, their phone, a date."""
    return random.choice(
        (
            person.unit,
            person.unit.replace(" No'lu", " nolu"),
            f"Tel {person.phone}",
            f"tel:{person.phone.replace(' ', '')}",
            person.phone.replace(" ", ""),
            f"AHB {random.randrange(1, 82):02d}.{random.randrange(1, 20):02d}"
            f".{random.randrange(1, 60):03d}",
            "aile hekimi",
            f"{random.randrange(1, 31):02d}.{random.randrange(9, 13):02d}.2021",
            "il sağlık müdürlüğü",
            "döner sermaye",
        )
    )


def type_number(random: Random, person: Person, form: str) -> Piece:
    """The person's number as typed in ``form``; a damaged one differs from the true one."""
    number = person.number
    if form == "spaced":
        cuts = random.choice(((3, 6, 9), (3, 6, 8), (4, 8), (2, 5, 8), (1, 4, 7, 9), (5,), (6,)))
        return piece(_grouped(number, cuts, " "), NUMBER, person.index, "exact")
    if form == "dotted":
        mark = random.choice((".", ".", "-", "/", "·"))
        return piece(_grouped(number, (3, 6, 9), mark), NUMBER, person.index, "exact")
    if form == "letter-o":
        return piece(
            number.replace("0", random.choice("OOo"), random.choice((1, 9))),
            NUMBER,
            person.index,
            "exact",
        )
    if form in ("clean", "glued"):
        return piece(number, NUMBER, person.index, "exact")
    damaged = number
    while damaged == number:
        damaged = damage(random, number, form)
    return piece(damaged, NUMBER, person.index, "scrap" if form == "two-wrong" else "damaged")


def damage(random: Random, number: str, form: str) -> str:
    """One slip of the hand: ``one-wrong transposed dropped doubled two-wrong swapped-ends``."""
    place = random.randrange(1, 10)
    if form == "one-wrong":
        return number[:place] + str(random.randrange(10)) + number[place + 1 :]
    if form == "transposed":
        return number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if form == "dropped":
        return number[:place] + number[place + 1 :]
    if form == "doubled":
        return number[:place] + number[place] + number[place:]
    if form == "two-wrong":
        return damage(random, damage(random, number, "one-wrong"), "one-wrong")
    raise ValueError(form)


def stranger_number(random: Random) -> str:
    """A valid number of nobody in particular."""
    return tckn(random.randrange(100_000_000, 999_000_000))


def _grouped(number: str, cuts: tuple[int, ...], mark: str) -> str:
    edges = (0, *cuts, len(number))
    return mark.join(number[a:b] for a, b in itertools.pairwise(edges))


def type_name(random: Random, person: Person, form: str) -> Piece:
    """The person's name as typed in ``form``; quality ``full`` where no part is missing."""
    given, surname = plain_title(person.given), plain_title(person.surname)
    whole = f"{given} {surname}"
    quality = "full"
    if form == "reordered":
        whole = random.choice((f"{surname} {given}", f"{surname}, {given}", f"{surname} {given}"))
    elif form == "glued":
        whole = whole.replace(" ", "")
    elif form == "initial":
        first, *others = given.split()
        if others and random.random() < 0.5:
            whole = random.choice(
                (f"{first} {others[0][0]}. {surname}", f"{first[0]}. {others[0]} {surname}")
            )
        else:
            whole = random.choice(
                (f"{given[0]}. {surname}", f"{given[0]} {surname}", f"{given} {surname[0]}.")
            )
        quality = "weak"
    elif form == "middle-missing" and len(whole.split()) > 2:
        words = whole.split()
        words.pop(random.choice((0, 1)) if " " in given else random.choice((1, 2)))
        whole = " ".join(words)
        quality = "weak"
    elif form == "misspelt":
        whole, quality = misspell(random, whole), "weak"
    elif form == "married":
        other = random.choice(names.SURNAMES)
        while key(other) in key(surname).split():
            other = random.choice(names.SURNAMES)
        pattern = random.choice(("{g} {s} {o}", "{g} {o} {s}", "{g} {o}", "{g} {s}-{o}"))
        whole = pattern.format(g=given, s=surname, o=other)
        quality = "other" if "{s}" not in pattern else "weak"
    return piece(whole, NAME, person.index, quality)


def misspell(random: Random, name: str) -> str:
    """One slip in one word of four letters or more; its first two letters stay right."""
    words = name.split()
    long = [i for i, word in enumerate(words) if len(word) >= 4]
    if not long:
        return name
    spot = random.choice(long)
    word = words[spot]
    changed = word
    while key(changed) == key(word):
        place = random.randrange(2, len(word))
        kind = random.random()
        if kind < 0.3:
            changed = word[:place] + word[place + 1 :]
        elif kind < 0.5:
            changed = word[:place] + word[place] + word[place:]
        elif kind < 0.7 and place + 1 < len(word):
            changed = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        else:
            near = {"a": "e", "e": "a", "ı": "u", "i": "e", "l": "k", "m": "n", "n": "m", "r": "t"}
            letter = near.get(word[place], random.choice("aeiklmnrst"))
            changed = word[:place] + letter + word[place + 1 :]
    words[spot] = changed
    return " ".join(words)


def type_purpose(random: Random, kind: str) -> Strand:
    """The purpose for a kind of application, or ``any``, ``misspelt``, ``hint``, ``none``."""
    if kind in ("first", "renewal", "replacement"):
        roll = random.random()
        kind = "any" if roll < 0.25 else "misspelt" if roll < 0.29 else kind
    template = random.choice(_PURPOSES[kind])
    strand = Strand()
    for place, text in enumerate(template.split("|")):
        if place % 2:
            strand += piece(text, PURPOSE, quality="hint" if kind == "hint" else "clear")
        elif text:
            strand += text
    return strand


_STYLES: tuple[tuple[float, Callable[[str], str]], ...] = (
    (38, lambda text: text),
    (16, upper),
    (9, lambda text: ascii_letters(upper(text))),
    (10, lower),
    (8, lambda text: ascii_letters(lower(text))),
    (6, ascii_letters),
    (5, lambda text: upper(text).replace("İ", "I")),
    (3, lambda text: text.translate(str.maketrans("şğŞĞ", "sgSG"))),
    (2, lambda text: text.translate(str.maketrans("ıİ", "iI"))),
    (2, lambda text: text.upper() if len(text.upper()) == len(text) else upper(text)),
    (1, lambda text: lower(text).replace("ı", "i")),
    # What software that knows no Turkish makes of İ: an i and a combining dot.
    (0.5, lambda text: text.lower()),
    (0.7, lambda text: upper(text).lower()),
)


def style(random: Random) -> Callable[[str], str]:
    """How somebody uses the keyboard: case and Turkish letters."""
    return random.choices([s for _, s in _STYLES], [w for w, _ in _STYLES])[0]


def compose(
    random: Random,
    orders: tuple[str, ...],
    person: Person,
    purpose: Strand,
    *,
    name: Piece | None = None,
    number: Piece | None = None,
    styled: Callable[[str], str] | None = None,
) -> Strand:
    """One typed description out of its parts."""
    strand = fill(
        random.choice(orders),
        name=name or piece(""),
        number=number or piece(""),
        purpose=purpose,
        extra=extra(random, person),
    )
    return strand.map(styled or style(random))
