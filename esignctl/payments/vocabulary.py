"""The words of Turkish transfer descriptions: what names a purpose, and what names nobody.

All words are folded (``esignctl.text.fold``).
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from esignctl.text.similarity import is_misspelling, slips

# What Turkish hangs on to a noun: -lik, the plural, whose it is, the case, "it is".
ENDINGS = re.compile(
    r"(?:l[iu][kg])?(?:l[ae]r)?(?:[iu]m|[iu]?[mn][iu]z|s?[iu])?"
    r"(?:n?[iu]n|n[iu]|y[iu]|[ny]?[ae]|n?[dt][ae]n?|y?l[ae])?(?:[dt][iu]r)?"
)


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """Words as they stand, nouns that take endings, and beginnings that any ending may follow."""

    words: frozenset[str]
    nouns: frozenset[str]
    beginnings: tuple[str, ...]

    def __contains__(self, word: str) -> bool:
        return self.has_whole(word) or word.startswith(self.beginnings)

    def has_whole(self, word: str) -> bool:
        """Whether a word is among the words, or a noun with endings that Turkish may give it."""
        return word in self.words or any(
            word[:end] in self.nouns and ENDINGS.fullmatch(word, end)
            for end in range(len(word), 2, -1)
        )


def _lexicon(words: str, nouns: str, beginnings: str) -> _Lexicon:
    return _Lexicon(frozenset(words.split()), frozenset(nouns.split()), tuple(beginnings.split()))


# An electronic signature, said plainly. "sözleşme imza" must not read as "e imza": the e stands
# alone, or the word is written as one. Each branch begins with a letter, and says behind it what
# must not stand before: so most of a text is passed over without trying any.
ESIGN = re.compile(
    r"e(?<![a-z]e)[\W_]{0,3}i?(?:imza(?!li)|imz\b|im\b|inza|inz\b|imsa|imaz|imzz|mza(?!li))[a-z]*"
    r"|eimza(?!li)[a-z]*"
    # glued to the word before it, but for words that end in an e themselves
    r"|e(?<!sozlesme)(?<!belge)(?<!proje)(?<!ilave)[-_.](?:i?mza(?!li)|inza|imaz|imzz)[a-z]*"
    r"|e(?<![a-z]e)(?:lek[a-z]*|lk)[\W_]{0,3}i(?:mza|mz\b|nza|msa|maz|ma\b)[a-z]*"
    r"|elektronik[\W_]{0,3}imza(?!li)[a-z]*"
    r"|nitelikli\W+elek[a-z]*"
    r"|n(?<![a-z]n)es\W+(?:basvuru|yenileme|ucret|sertifika|bedel|kart|ilk)[a-z]*"
    r"|kamu\W?sm\b|kamu sertifikasyon[a-z]*"
)
# A firm's trade is not what it pays for: "Deniz Temizlik Tic. Ltd. Şti."
_FIRM = re.compile(r"(?:[a-z]+\W+){1,6}?(?:(?:ltd|limited|a\W?s|sti|sirketi)\b\W*)+")
# A signature without saying which, or a certificate that in all likelihood is one for signing.
ESIGN_LIKELY = re.compile(
    r"(?<![a-z])(?:dijital|digital|sayisal)\W{0,3}imza"
    r"|(?<![a-z])imza(?:m|si|mi|nin|min)?\W+(?:ilk|basvuru|yenileme|ucret|bedel|sertifika|odeme"
    r"|kart(?:i|imi?n?)?\b)"
    r"|(?:basvuru|yenileme)\w*\W+imza\b|^\W*imza\W*$|\bnitelikli\W*(?:$|,)"
    r"|(?<![a-z])e[-./]i\W*(?:$|,)|elektronik\W+im?\W*(?:$|[,*])|\belektronik\W+sertifika|\bnes\b"
)
# What must stand in a text of which that is said (to be told fast).
_LIKELY_MARKS = ("imza", "nitelikli", "elektronik", "nes", "e-i", "e.i", "e/i")
_OTHER = _lexicon(
    words="""
    arac bagis burs bursu dask ekg film hasta hastalik hastanin ilan iso kitap mtv odunc pcr servis
    sgk ssl
    """,
    nouns="""
    abone aidat akaryakit ambulans ameliyat amortisman analiz asgari avans bakim bilet cenaze ceza
    defin denklik depozito derneg dernek diploma diyaliz dogalgaz dogum dolum dugun eczane egitim
    elektrik emekli epikriz fatura forma gecici gozluk guvenlik hakedis harclik hijyen hurda icra
    ihale ikramiye ilac kafeterya kalibrasyon kantin kasko kermes kira kitab klor komisyon konaklama
    kongre kontor kres kurban kurs laboratuvar lojman maas mahsup malzeme mesai misafirhane mobilya
    muayene muessese nafaka nobet noter okul onarim optisyen otel otopark pasaport portor prim proje
    protez psikoteknik radyasyon rapor recete refakat reklam rontgen ruhsat salon sartname satis
    seminer sempozyum sendika sigorta sinav sponsor staj sterilizasyon stopaj suret tablet tadilat
    tahakkuk tahlil taksit tapu tasdik tedavi telefon teminat temizlik tercume tescil test tetkik
    toner toplanti trafik tup ultrason uyelik vekalet vergi virman vize yakit yangin yatis yemeg
    yemek yemekhane yolluk
    """,
    beginnings="""
    bordro bsmv danismanlig danismanlik evlilig evlilik fatura guvenlig harcirah hemodiyaliz imzali
    imzasirk kalfalig kalfalik kirala kirtasiye mesul muayene sirkuler temizlig turkcell ustalig
    ustalik vekaletname vodafone
    """,
)
# What a signature may need or cost too: another purpose only where none is spoken of.
_OTHER_ALONE = _lexicon(
    words="", nouns="belge borc cihaz kargo masraf okuyucu", beginnings="belgelendirme"
)
# Two words that say it together. What must stand in the text (to be told fast), and the pattern.
_OTHER_PHRASES = tuple(
    (mark, re.compile(pattern))
    for mark, pattern in (
        ("imza", r"imza\w*\W+(?:sirk|beyan|fonu?\b|foy|karton|kampanya|gunu\b|tasdik|damga)"),
        ("islak", r"islak\W+(?:ve\W+)?imza"),
        ("kase", r"kase\W+(?:ve\W+)?imza"),
        ("muhur", r"muhur\W+(?:ve\W+)?imza|mali\W?muhur|\belektronik\W+muhur"),
        ("sozlesme", r"sozlesme\W+imza\w*\W+[a-z]"),
        ("yardim", r"ilk\W?yardim"),
        ("fatura", r"\be\W?fatura\b"),
        ("arsiv", r"\be\W?arsiv\b"),
        ("defter", r"\be\W?defter\b"),
        ("irsaliye", r"\be\W?irsaliye\b"),
        ("tebligat", r"\be\W?tebligat\b"),
        ("huzur", r"\bhuzur hakki"),
        ("su", r"su(?<!\wsu)\W+(?:bedeli|par|anali)"),
        ("turk telekom", r"\bturk telekom"),
        ("hizmet ", r"\bhizmet (?:al|bed)"),
        ("mal ", r"\bmal (?:al|bed)"),
        ("kredi", r"\bkredi\W+(?:kart|odeme|borc)"),
        ("hesap", r"\bhesap\W+islet"),
        ("tabip", r"\btabip\W+oda"),
        ("katki", r"\bkatki\W+pay"),
        ("onay", r"\bonay\W+ucret"),
        ("fizik", r"\bfizik\W+ted"),
        ("isyeri", r"\bisyeri\W+hek"),
        ("yaka", r"\byaka\W+kart"),
        ("kurul", r"\bsaglik\W+kurul"),
        ("kimlik", r"\bkimlik\W+kart"),
        ("asi", r"asi(?<!\wasi)(?:si|lar|lari)?\W+(?:bedel|ucret|para|kart)"),
        ("atik", r"\btibbi\W+atik|\batik\W+bedel"),
        ("mobil", r"\bmobil\W?imza"),
    )
)
_TEACHING_HOSPITAL = re.compile(r"\begitim\W+(?:ve|v|arastirma|ars|a)\b\W*")
_WORD = re.compile(r"[a-z]+")
REVERSAL = re.compile(
    r"\biade|\biptal|\bgeri\W+(?:odeme|gonder|alin|havale|transfer)|\bters\W+(?:kayit|islem)|\bstorno"
    r"|\bduzeltme|\bsehven|\bhatali"
)
KINDS = {
    "first": re.compile(r"\bilk\b"),
    "renewal": re.compile(r"\byenile(?!n)|\buzat"),
    "replacement": re.compile(r"\bkayip|\bkayb|\bcalint|\byeniden\W+cikar"),
}
"""The kinds of application (``people``) by the words that name them."""

ON_BEHALF = frozenset(("adina", "namina", "yerine"))
"""Words behind the name of somebody who is paid for."""
RELATIVES = ("esim", "kizim", "oglum", "babam", "annem", "kardesim", "arkadasim", "ablam", "abim")
"""Beginnings of words before the name of somebody who is paid for."""
HIS_RELATIVES = frozenset(("esi", "kizi", "oglu", "babasi", "annesi", "kardesi"))
"""Words behind a name that is not the one of who is meant: "Ali Kaya'nın eşi"."""
_PLACE_WORDS = ("asm", "tsm", "ahb", "mah", "mahalle", "hastane", "poliklin", "beldesi", "koyu")

_PROVINCES = frozenset(
    """
    adana adiyaman afyon afyonkarahisar agri aksaray amasya ankara antalya ardahan artvin aydin
    balikesir bartin batman bayburt bilecik bingol bitlis bolu burdur bursa canakkale cankiri corum
    denizli diyarbakir duzce edirne elazig erzincan erzurum eskisehir gaziantep giresun gumushane
    hakkari hatay igdir isparta istanbul izmir kahramanmaras karabuk karaman kars kastamonu kayseri
    kirikkale kirklareli kirsehir kilis kocaeli konya kutahya malatya manisa mardin mersin mugla mus
    nevsehir nigde ordu osmaniye rize sakarya samsun siirt sinop sivas sanliurfa urfa sirnak
    tekirdag tokat trabzon tunceli usak van yalova yozgat zonguldak
    """.split()  # noqa: SIM905 - a list of words reads best as text
)
_TALK = _lexicon(
    words="""
    acele acil adi adima adli agustos ahb aid aile ait akilli aktarilan aktarim aktarma alimi aralik
    asc asm ayi ayin aylik basim basimi basv bayan bbva ben benim bey bir biten bsv bsvru calisan
    calisma calismalar cep cikarim cikarma cikartma dahil diger dilekce doc dok dolan dolayi doldu
    doner dr dt ebe ederim eft eimz ekim eksik elk eposta esas fast fazla fis fon gelen geregi geri
    giden gond gsm gun gunler hakkinda halk hanim hatali hayirli haziran hek hoca hvl iade icin
    icindir ilce ile iletilen ilgili iliskin ilk ing iptal isbank isim isletme isletmesi iyi kalan
    katki kendim kendisi kirik kirildi kolay kolaylik lehdar lehine limited lira ltd lutfen mah mart
    mayis merhabalar mobil mukerrer nakit nedeniyle nes nin nolu numarali olan olarak otomatik pesin
    pos prof qnb ref rica sahsi san saygilar saygilarimla sayin sehven selam selamlar senelik sertf
    sicil sira son sonra sozlesmeli sti storno subat sunarim sure sureli suresi tam tane tarafima
    tarafimdan tarafindan tckn teb tekrar tel temin temmuz ters tesekkur tesekkurler tic toplam tsm
    turk turkiye tutarindaki ucr ucrt uye uzm valor veya vkn yapi yatirma yedek yen yil yillik ynl
    yol yonelik
    """,
    nouns="""
    adet alici arastirma banka basvuru bedel bilgi bilisim birim bolum cari cihaz daire dekont
    devlet dijital doktor dosya egitim eleman evrak form gorev gorevli harc havale hekim hekimi
    hekimlig hekimlik hemsire hesab hesap hizmet iban imza islem isyeri kamu kamusm kanal kapsam
    karsilig kart katilim kayb kayip kayit kendi kesinti kimlig kimlik kisi koordinator kurum memur
    merkez mudur mudurlug mudurluk muracaat numara odeme okuyucu ortak para personel pratisyen
    referans saglig saglik sahib sahip sayi sehir sertifika sifre sirket sistem sorgu sozlesme sube
    taleb talep tarih telefon teslim toplum ucret uzatim uzman vakif vatandas yeni yetki yetkili
    """,
    beginnings="""
    aciklama akbank albaraka anadolubank bakanl bankac baskanl basvur bilgem bireysel calint cikaril
    denizbank eimza elektir elektr enpara fibabanka finansbank garanti gercekles gonder halkbank
    hastane hesab imza internet kaybol kurulus kurumsal kuveyt mudurl muracaat nitelikli odeabank
    odedi odend odenen okuyucu poliklin provizyon sekerbank sermaye sertifika soyad tahsil transfer
    tubitak uzatil uzatma vakifbank yapil yatan yatir yenile ziraat
    """,
)
# Words of ours that people are also called: beside a name they may belong to it.
_NAMES_TOO = frozenset(
    """
    amir asil aydin bilge bilgin bingol deniz denizli devlet eylul kahraman kamuran karaman kasim
    nisan ocak odemis onay seker tokat turk tutar yatir
    """.split()  # noqa: SIM905
)
# Endings of verbs and of nouns made of verbs, which no name has: "ödüyorum", "yatırılmıştır".
_VERBAL = re.compile(
    r"[a-z]{2,}(?:[iu]yor(?:um|uz)?|m[iu]st[iu]r|[ae]c[ae]g[iu]m|m[ae]s[iu]|l[ae]r[iu]|l[iu]g[iu])"
)
# What people misspell most, long enough that no name is like it: "basvru", "yenilme", "ucreit".
_OFTEN_MISSPELT = (
    "basvuru", "basvurusu", "yenileme", "ucret", "ucreti", "bedeli", "sertifika", "elektronik",
    "odemesi",
)  # fmt: skip
_LONGEST_GLUED = 60
# What people glue to a name or number.
_LABELS = frozenset(("tc", "tckn", "dr", "uzm"))
# What a signature and the people who pay for one are called.
_OURS = (
    "eimza", "elektronik", "elektirik", "elektrik im", "nitelikli", "kamusm", "tubitak", "ilk",
    "basvuru", "yenileme", "kayip", "calinti", "sertifika", "ucreti", "bedeli", "doner", "aile",
    "saglik", "mudurlugu", "hekimi", "adina", "namina", "icin", "imza", "imsa", "imaz", "ve",
    "nolu", "akilli",
)  # fmt: skip
_LONG_FORMS = (
    "basvurusu", "yenileme", "yeniden", "ucreti", "bedeli", "odemesi", "sertifikasi", "elektronik",
    "muracaati", "mudurlugu", "hastanesi", "kaybolan", "cikarma", "doner", "parasi", "kisilik",
)  # fmt: skip


@lru_cache(maxsize=1 << 16)
def names_nobody(word: str) -> bool:
    """Whether a folded word is plainly of the usual talk of transfers, and nobody's name."""
    if len(word) < 3:
        return True
    return word not in _NAMES_TOO and (
        word in _TALK
        or word in _PROVINCES
        or word in ON_BEHALF
        or word in HIS_RELATIVES
        or word.startswith(RELATIVES)
        or word.endswith(("bank", "banka", "bankasi"))
        or _VERBAL.fullmatch(word) is not None
    )


@lru_cache(maxsize=1 << 16)
def resembles_talk(word: str) -> bool:
    """Whether a folded word is in all likelihood one of the usual talk, misspelt."""
    return any(slips(word, meant, 1) <= 1 for meant in _OFTEN_MISSPELT)


@lru_cache(maxsize=1 << 12)
def restored(word: str) -> str:
    """A folded word in which question marks stand for lost letters, if it is one that matters."""
    lost = re.compile(word.replace("?", "."))
    known = (*_OTHER.words, *_OTHER.nouns, *ON_BEHALF, *RELATIVES, *HIS_RELATIVES, "kase", "islak")
    return next((each for each in known if lost.fullmatch(each)), word)


@lru_cache(maxsize=1 << 16)
def may_begin_other(word: str) -> bool:
    """Whether a folded word, cut off at the end of a text, may be the beginning of another purpose.

    One letter tells nothing, and what begins our own words is taken for them.
    """
    if word in ("mobil", "islak", "mali"):  # … imza, … mühür
        return True
    if len(word) < 2 or is_whole(word) or any(ours.startswith(word) for ours in _OURS):
        return False
    other = (*_OTHER.words, *_OTHER.nouns, *_OTHER.beginnings)
    talk = (*_TALK.words, *_TALK.nouns, *_TALK.beginnings, *_LONG_FORMS)
    return any(known.startswith(word) for known in other) or not any(
        known.startswith(word) for known in talk
    )


@lru_cache(maxsize=1 << 16)
def begins_talk(word: str) -> bool:
    """Whether a folded word at the end of a text may be one of the usual talk, cut off."""
    return len(word) >= 3 and any(
        known != word and known.startswith(word)
        for known in (*_TALK.beginnings, *_TALK.nouns, *_LONG_FORMS, *ON_BEHALF, "aile", "akilli")
    )


@lru_cache(maxsize=1 << 16)
def glued(word: str) -> tuple[int, ...]:
    """Where two words may be glued so that one of them is of the usual talk, likeliest first."""
    places = (
        place
        for place in range(2, len(word) - 1)
        if _is_glue(word[:place]) or _is_glue(word[place:])
    )
    return tuple(sorted(places, key=lambda place: abs(2 * place - len(word))))


def _is_glue(word: str) -> bool:
    """Whether a word of the usual talk is long enough to be told where it is glued to another."""
    return word in _LABELS or (
        len(word) >= 4
        and (_TALK.has_whole(word) or word in _TALK.beginnings or word in _LONG_FORMS)
    )


def is_glued_e(word: str, after: str) -> bool:
    """Whether a word may end with the "e" of "e-imza", as in "Göke imza"."""
    return word.endswith("e") and (after.startswith("imz") or is_misspelling(after, "imza"))


def is_place(word: str) -> bool:
    """Whether a folded word stands behind the name of a place where people work."""
    return word in _PLACE_WORDS or word.startswith(("hastanes", "mahalles", "poliklin", "saglig"))


def is_province(word: str) -> bool:
    """Whether a folded word is the name of a province; some are surnames too."""
    return word in _PROVINCES


def is_whole(word: str) -> bool:
    """Whether a word of ours stands there as a whole, so that nothing was cut off behind it."""
    return (
        _TALK.has_whole(word)
        or _VERBAL.fullmatch(word) is not None
        or any(
            (word[-2:] == meant[-2:] or len(word) == len(meant)) and slips(word, meant, 1) <= 1
            for meant in _OFTEN_MISSPELT
        )
    ) or (
        word.startswith(_TALK.beginnings)
        and not any(form != word and form.startswith(word) for form in _LONG_FORMS)
        and not _goes_on_with_name(word)
    )


def _goes_on_with_name(word: str) -> bool:
    """Whether a word of ours has more behind it than an ending: "müracaatşahi", cut off.

    So it is with everything too long to be words of ours alone; looking would take hours.
    """
    if len(word) > _LONGEST_GLUED:
        return True
    if _TALK.has_whole(word):
        return False
    rests = [
        word[end:]
        for end in range(4, len(word) - 2)
        if _TALK.has_whole(word[:end]) or word[:end] in _LONG_FORMS
    ]
    return bool(rests) and not any(ENDINGS.fullmatch(rest) or is_whole(rest) for rest in rests)


def is_likely_esign(text: str) -> bool:
    """Whether a folded text speaks in all likelihood of an electronic signature."""
    return any(map(text.__contains__, _LIKELY_MARKS)) and ESIGN_LIKELY.search(text) is not None


def without_firms(text: str) -> str:
    """A folded text without the names of firms that it holds."""
    return _FIRM.sub(" ", text)


def behind_firm(text: str) -> str:
    """A folded text without the name of a firm that it begins with."""
    firm = _FIRM.match(text)
    return text[firm.end() :] if firm else text


def states_other(text: str) -> bool:
    """Whether a folded text says that money is for something else than a signature."""
    if "egitim" in text:
        text = _TEACHING_HOSPITAL.sub(" ", text)
    return any(map(is_other, _WORD.findall(text))) or any(
        mark in text and pattern.search(text) for mark, pattern in _OTHER_PHRASES
    )


def states_other_alone(text: str) -> bool:
    """Whether a folded text that speaks of no signature names what may be part of one's costs."""
    return any(map(is_other_alone, _WORD.findall(text)))


def is_about(rest: str) -> bool:
    """Whether what follows on a signature makes it the subject of something else: "… eğitimi"."""
    word = _WORD.search(rest)
    return word is not None and is_other(word[0]) and rest[: word.start()].strip(" _-") == ""


@lru_cache(maxsize=1 << 16)
def is_other(word: str) -> bool:
    """Whether a folded word names a purpose that is not a signature."""
    return word in _OTHER


@lru_cache(maxsize=1 << 16)
def is_other_alone(word: str) -> bool:
    """Whether a folded word names another purpose where no signature is spoken of."""
    return word in _OTHER_ALONE
