"""What else runs over the account: other people's business, and applicants' other business."""

from __future__ import annotations

from random import Random

OTHERS = (
    "Kira bedeli {m}", "kantin kirası", "ihale dokümanı bedeli", "kesin teminat",
    "geçici teminat", "yemek ücreti {m} ayı", "yemekhane öğle yemeği", "lojman kirası",
    "maaş iadesi", "fazla mesai iadesi", "nöbet ücreti fazla ödeme iadesi",
    "hasta katılım payı", "muayene katkı payı", "ilaç bedeli", "sağlık kurulu raporu",
    "ehliyet raporu ücreti", "ilk yardım eğitimi ücreti", "kurs ücreti",
    "ruhsat yenileme ücreti", "imza sirküleri bedeli", "imza beyannamesi",
    "ıslak imzalı sözleşme bedeli", "e-fatura kontör", "e-imzalı fatura bedeli", "mali mühür",
    "mobil imza faturası", "otopark", "kreş ücreti", "sendika aidatı", "trafik cezası",
    "SGK prim borcu", "icra dosyası ödemesi", "hurda satış bedeli", "kira sözleşmesi yenileme",
    "üyelik yenileme bedeli", "misafirhane konaklama", "elektrik faturası", "su parası",
    "doğalgaz", "araç kiralama", "temizlik hizmeti hakediş", "kaşe ve imza bedeli",
    "sempozyum kayıt ücreti", "kongre başvuru ücreti", "sınav başvuru ücreti",
    "diploma tescil ücreti", "mesul müdürlük belgesi", "noter masrafı", "bağış",
    "kurban bağışı", "telefon faturası", "sterilizasyon bedeli", "aşı kartı bedeli",
    "tıbbi atık bedeli",
)  # fmt: skip
BANKS_OWN = (
    "POS Satış 0{n}", "Üye işyeri komisyonu", "Hesap işletim ücreti", "EFT masrafı BSMV",
    "SGK MEDULA hakediş ödemesi {n}", "Maaş ödemesi {m}", "Vergi tahsilatı {n}", "FAST ücreti",
    "Çek tahsili {n}", "Stopaj", "Kasa devri", "Mevduat faizi", "Virman {n}",
)  # fmt: skip
FIRMS = (
    "DOĞU MEDİKAL SAN. VE TİC. LTD. ŞTİ.", "AKDENİZ TEMİZLİK A.Ş.", "YILDIZ GIDA PAZARLAMA LTD ŞTİ",
    "ÖZ KARDEŞLER İNŞAAT", "TÜRK TELEKOM A.Ş.", "AY ECZA DEPOSU TİC. A.Ş.",
)  # fmt: skip
MONTHS = ("EYLÜL", "Ekim", "kasım", "ARALIK", "10/2021")


def other(dice: Random) -> str:
    """Another purpose, as people type it."""
    return dice.choice(OTHERS).format(m=dice.choice(MONTHS))


def banks_own(dice: Random) -> str:
    """A line of the bank's own."""
    return dice.choice(BANKS_OWN).format(m=dice.choice(MONTHS), n=dice.randrange(10**5, 10**11))
