"""The words of Turkish transfer descriptions: what names a purpose, and what names nobody.

All words are folded (``esignctl.text.fold``). A stem stands for every word that begins with it.
"""

import re
from functools import lru_cache

from esignctl.text.similarity import slips

# An electronic signature, said plainly. "sözleşme imza" must not read as "e imza": the e stands
# alone, or the word is written as one.
ESIGN = re.compile(
    r"(?<![a-z])e[\W_]{0,3}i?(?:imza|imz\b|im\b|inza|inz\b|imsa|imaz|imzz|mza)[a-z]*"
    r"|eimza[a-z]*"
    r"|\b(?:elek[a-z]*|elk)[\W_]{0,3}i(?:mza|mz\b|nza|msa|maz|ma\b)[a-z]*"
    r"|nitelikli\W+elek[a-z]*"
    r"|\bnes\W+(?:basvuru|yenileme|ucret|sertifika|bedel|kart|ilk)[a-z]*"
    r"|kamu\W?sm\b|kamu sertifikasyon[a-z]*"
)
# A signature without saying which.
ESIGN_LIKELY = re.compile(
    r"\b(?:dijital|digital|sayisal)\W{0,3}imza"
    r"|\bimza(?:m|si|mi|nin|min)?\W+(?:ilk|basvuru|yenileme|ucret|bedel|kart|sertifika|odeme)"
    r"|(?:basvuru|yenileme)\w*\W+imza\b|^\W*imza\W*$"
)

OTHER_PURPOSE = re.compile(
    r"\bimza\w*\W+(?:sirk|beyan|fonu?\b|foy)|\bimzali\b|\bimzasirk|\bsirkuler|\bilk\W?yardim"
    r"|\bmali\W?muhur|\be\W?(?:fatura|arsiv|defter|irsaliye|tebligat)\b|\bssl\b|\biso\b"
    r"|\bkira(?:si|sinin|lar|lama|ci|bedeli)?\b|\bmaas|\bucret\W+bordro|\bbordro|\bihale|\bteminat"
    r"|\bfatura|\baidat|\byemek|\byemeg|\bkantin|\bkafeterya|\botopark|\bkres\b|\blojman"
    r"|\bkurs(?:u|a|un|lari|iyer)?\b|\bseminer|\bkongre|\bsempozyum|\begitim(?:i|e|ler|leri)?\b"
    r"(?!\W+(?:ve|v|arastirma|ars|a)\b)|\bsinav|\bnoter|\bvergi|\bstopaj|\bsgk\b|\bprim(?:i|ler)?\b"
    r"|\bemekli|\bikramiye|\bburs(?:u)?\b|\bbagis\W|\bavans|\bharcirah|\byolluk|\bnafaka|\bicra\b"
    r"|\bceza(?:si)?\b|\bharc(?:i|lar)?\b|\btrafik|\bmtv\b|\bdogalgaz|\belektrik|\bsu\W+(?:bedeli|par)"
    r"|\btelefon|\bturkcell|\bvodafone|\bturk telekom|\bhakedis|\bhizmet al|\bmal al|\btemizlik"
    r"|\bguvenlik|\bmalzeme|\bcihaz|\bilac|\beczane|\btibbi|\bmedikal|\bambulans|\bkitap|\bkirtasiye"
    r"|\btoner|\bmobilya|\byakit|\bakaryakit|\barac\b|\bmuayene|\btahlil|\btetkik|\braporu?\b|\bhasta\b"
    r"|\bprotez|\btaksit|\bkredi\W+kart|\bkredi\W+(?:odeme|borc)|\bfaiz|\bmasraf|\bkomisyon|\bbsmv"
    r"|\bhesap\W+islet|\bborc(?:u|um|larim)?\b|\bodunc|\bharclik|\bdugun|\bdepozito|\bsigorta"
    r"|\bkasko|\bdask\b|\bdernek|\bsendika|\boda(?:si)?\W+aidat|\btabip\W+oda|\bvirman|\bmahsup"
    r"|\bhuzur hakki|\bdanisman|\bproje|\babone|\bbilet|\bkonaklama|\botel|\bkargo|\bruhsat"
    r"|\basi(?:si|lar|lari)?\W+(?:bedel|ucret|para)|\bpcr\b|\btest|\blaboratuvar|\bepikriz|\brecete"
    r"|\bbelge(?:si|leri|lendirme)?\b|\banaliz|\bustalik|\bkalfalik|\bmesul|\bisyeri\W+hek"
    r"|\bradyasyon|\bdiyaliz|\bhemodiyaliz|\bsterilizasyon|\bhijyen|\bportor|\brontgen|\bfilm\b"
    r"|\bultrason|\bameliyat|\bkatki pay|\batik\b|\bamortisman|\bonarim|\btadilat|\bbakim\b"
    r"|\boptisyen|\bmuessese|\bislak\W+imza|\bkalibrasyon|\bsuret|\bonay\W+ucret|\bfizik\W+ted"
    r"|\bdiploma|\btescil|\bpasaport|\bvize\b|\bsaglik\W+(?:rapor|kurul)|\bstaj|\bformasi?\b"
)
REVERSAL = re.compile(
    r"\biade|\biptal|\bgeri\W+(?:odeme|gonder|alin|havale|transfer)|\bters\W+(?:kayit|islem)|\bstorno"
    r"|\bduzeltme|\bsehven|\bhatali"
)
ON_BEHALF = re.compile(
    r"\badina\b|(?<!imza )(?<!imzam )(?<!imzasi )\bicin\b|\bnamina\b|\bhesabina\b|\byerine\b"
    r"|\besim|\besinin\b|\bkizim|\boglum|\bbabam|\bannem|\bkardesim|\barkadasim"
)

_STEMS = (
    "imza", "eimza", "elektr", "basvur", "yenile", "ucret", "bedel", "odeme", "odendi", "oden",
    "tutar", "sertifika", "nitelikli", "okuyucu", "kamu", "tubitak", "bilgem", "sermaye", "saglik",
    "saglig", "mudur", "bakanl", "hekim", "doktor", "uzman", "pratisyen", "hemsire", "merkez",
    "birim", "hastane", "arastirma", "numara", "kimlik", "kimlig", "vatandas", "soyad", "gonder",
    "aciklama", "havale", "islem", "sube", "bankac", "bireysel", "kurumsal", "transfer", "hesap",
    "hesab", "kayip", "kayb", "calint", "muracaat", "telefon", "yeni", "uzatma", "yillik",
    "dekont", "referans", "tarih", "cikarma",
    "tesekkur", "merhaba", "lutfen", "bilgi", "yatir", "yatan", "kendi", "kardes", "finans",
    "banka", "bankasi", "katilim", "internet", "mobil", "ziraat", "vakif", "halkbank", "akbank",
    "garanti", "denizbank", "kuveyt", "albaraka", "seker", "enpara", "sorgu", "provizyon",
    "kurulus", "baskanl", "toplum", "devlet", "sehir", "egitim", "poliklin", "sozlesme", "personel",
)  # fmt: skip
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
_WORDS = _PROVINCES | frozenset(
    """
    diger kaybolan lehine isletme isletmesi tel gsm akilli paras parasi namina hesabina yerine elk
        ad adi ait adet adina aile alici amir aralik asc asm ahb agustos ayi bas bbva bir biten ben
    benim bilge cep deniz doner dolan dok dr dt ebe ekim eft eimz esi esim esimin eylul fast fis
    gelen giden gond halk haziran hvl icin ile ilce iliskin ilk ing isbank isim kart karti
    kasim katki kredi kisi kisilik kizim lehdar lira mart mayis nes nin nisan nolu ocak oglum onay
    para pos qnb ref sayin selam sira son subat sure suresi tarafindan tckn teb temmuz tekrar temin
    tic tsm turk turkiye ucr ucrt uye uzm valor veya vkn yapi yaz yil yili yol yonelik kolay gelsin
    rica ederim geregi olarak olan icindir kendim kendisi dahil toplam adli babam annem arkadasim
    iade iptal geri ters storno sehven hatali
    basv bsv bsvru yen ynl sert sertf prof doc hek hk mah asil yedek lutfen pesin nakit eposta
    """.split()  # noqa: SIM905 - a list of words reads best as text
)


# Words of ours that people are also called: beside a name they may belong to it.
_NAMES_TOO = frozenset(
    """
    aydin bilge bilgic bilgin bingol denizli deniz devlet eylul kahraman kamuran karaman
    kardes kasim kendirci nisan ocak odemis onay seker tokat turk tutar yeniay yenigun
    """.split()  # noqa: SIM905
)


def names_nobody(word: str) -> bool:
    """Whether a folded word is plainly of the usual talk of transfers, and nobody's name."""
    if len(word) < 3:
        return True
    return word not in _NAMES_TOO and (word in _WORDS or word.startswith(_STEMS))


@lru_cache(maxsize=65536)
def resembles_talk(word: str) -> bool:
    """Whether a folded word looks like one of the usual talk, misspelt or cut off by the bank."""
    if word in _NAMES_TOO:
        return False
    if any(stem.startswith(word) for stem in _STEMS):
        return True
    if len(word) >= 4 and any(known.startswith(word) for known in _WORDS - _PROVINCES):
        return True
    # "basvru", "yenilme", "ucreit"
    return len(word) >= 5 and any(
        slips(word[: len(stem)], stem, 1) <= 1 or slips(word[: len(stem) - 1], stem, 1) <= 1
        for stem in _STEMS
        if len(stem) >= 5
    )


def is_whole(word: str) -> bool:
    """Whether a word of ours stands there as a whole, so that nothing was cut off behind it."""
    return word in _WORDS or (len(word) > 3 and word.startswith(_STEMS))
