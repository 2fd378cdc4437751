"""Given names and surnames with rough frequencies.

Weights follow the shape of the Turkish registers (a few names borne by very many, a long tail),
so that namesakes are as normal in the corpus as they are in a province. People made of them are
invented.
"""

from __future__ import annotations

_MALE = {
    130: "Mehmet Mustafa Ahmet Ali",
    80: "Hüseyin Hasan İbrahim İsmail Osman Yusuf Murat Ömer",
    48: "Ramazan Halil Süleyman Abdullah Mahmut Recep Salih Fatih Kadir Emre Hakan Adem Kemal",
    34: "Yaşar Bekir Musa Metin Serkan Bayram Hamza Orhan Bülent Cemal Sinan İlhan Uğur Burak",
    24: "Şaban Erkan Turgut Yılmaz Levent Engin Cengiz Ferhat Onur Volkan Selim Ercan Gökhan",
    17: "Tuncay Erdal Enes Furkan Selçuk Yunus Zeki Nuri Nihat Suat Turan Kenan Ersin Deniz",
    12: (
        "Muhammed Muhammet Ekrem Erol Ertuğrul Faruk Cihan Tolga Barış Umut Oğuz Mert Kaan Serdar "
        "Taner Tamer Tayfun Vedat Veysel Rıza İdris İlyas İsa Haydar Hayri Hikmet Hüsnü Fikret"
    ),
    8: (
        "Çağlar Çetin Alper Alperen Altan Arif Atakan Atilla Aydın Aykut Aytaç Baki Berk Berkay "
        "Bilal Birol Bora Can Caner Celal Cem Cenk Cevdet Coşkun Davut Doğan Doğukan Emin Emrah "
        "Eren Eyüp Fahri Ferit Fuat Gürkan Güven Harun Haluk Hilmi İhsan İlker İrfan İzzet Kâmil"
    ),
    5: (
        "Kazım Korkut Lütfi Mesut Muammer Muharrem Muzaffer Münir Nazım Necati Necdet Nurettin "
        "Okan Oktay Özcan Özgür Özkan Rasim Raşit Rıdvan Sabri Sadık Sait Sami Sedat Semih Seyfi "
        "Sezgin Sıtkı Şahin Şakir Şenol Şevket Şükrü Tahir Tahsin Talha Tarık Tevfik Tufan Ufuk "
        "Ümit Yakup Yalçın Yasin Yavuz Yiğit Zafer Ziya Zülfü"
    ),
}

_FEMALE = {
    130: "Fatma Ayşe Emine Hatice Zeynep",
    70: "Elif Meryem Şerife Zehra Sultan Hanife Merve Havva Zeliha Esra Fadime",
    45: "Özlem Hacer Melek Yasemin Rabia Hülya Songül Cemile Sevim Gülsüm Leyla Dilek Büşra Aysel",
    30: "Kübra Sibel Aynur Tuğba Ayten Serpil Nurcan Filiz Sevgi Seda Gamze Pınar Derya Ebru",
    20: "Hafize Halime Kezban Saliha Nazlı Gönül Nuray Arzu Asiye Nesrin Gülay Nermin Selma",
    14: (
        "Emel Esma Feride Figen Füsun Gizem Gül Gülcan Gülden Güler Gülşen Habibe Hande Hilal "
        "İlknur İrem Kader Kadriye Lale Medine Meral Meltem Müge Mukaddes Naciye Nagihan Nalân"
    ),
    9: (
        "Necla Neslihan Nevin Nihal Nilgün Nilüfer Nur Nurgül Nurhan Oya Özge Perihan Remziye "
        "Reyhan Rukiye Saadet Safiye Sahra Seher Selda Semra Sema Serap Sevda Sevil Sevinç Simge"
    ),
    6: (
        "Aslı Asuman Aysun Ayfer Ayla Ayça Bahar Banu Begüm Belgin Berna Betül Beyza Burcu Canan "
        "Cansu Ceren Çiçek Çiğdem Damla Demet Didem Duygu Ece Eda Ela Elmas Elvan Emel Esin Eylem "
        "Ezgi Fulya Funda Gonca Gözde Gülnur Günay Hale Handan Handenur İclal İnci Jale Kıymet "
        "Makbule Mehtap Mine Mualla Münevver Nazan Nazmiye Necmiye Nihan Nimet Nurşen Özden Rana "
        "Sabiha Seçil Sevcan Şengül Şenay Şeyma Şule Tuba Tülay Tülin Türkan Ülkü Ümmühan Vildan "
        "Yeliz Yeşim Yıldız Zübeyde Züleyha Zümrüt"
    ),
}

# Second names as they usually follow a first one.
SECOND_MALE = (
    "Ali",
    "Emin",
    "Can",
    "Emre",
    "Kemal",
    "Fatih",
    "Akif",
    "Salih",
    "Nuri",
    "Cem",
    "Efe",
    "Kaan",
    "Sait",
    "Tarık",
    "Murat",
)
SECOND_FEMALE = (
    "Nur",
    "Gül",
    "Sultan",
    "Ece",
    "Su",
    "Betül",
    "Hanım",
    "Naz",
    "Nihal",
    "Zehra",
    "Sena",
    "Feyza",
    "Sıla",
    "Beyza",
)

# Registry counts in thousands for the most frequent; the tail is rounded.
_SURNAMES = {
    1170: "Yılmaz",
    890: "Kaya",
    870: "Demir",
    710: "Çelik",
    690: "Yıldız Şahin",
    660: "Yıldırım",
    590: "Öztürk",
    580: "Aydın",
    550: "Özdemir",
    480: "Arslan Doğan Kılıç",
    420: "Aslan Çetin Kara",
    380: "Koç Kurt Özkan Şimşek",
    320: "Polat Korkmaz Özcan Çakır Erdoğan",
    270: "Can Acar Şen Aktaş Güler Yalçın Güneş Bozkurt Bulut Keskin Ünal Turan Gül",
    210: (
        "Özer Işık Kaplan Avcı Sarı Tekin Taş Köse Yüksel Ateş Aksoy Coşkun Yavuz Duman Uçar "
        "Karataş Demirci Güngör Tunç Aydoğan"
    ),
    160: (
        "Bayram Uysal Toprak Erol Karaca Çiftçi Kahraman Ceylan Tan Akın Altun Alkan Sönmez Uzun "
        "Eren Er Ay Ekinci Durmaz Çoban Soylu Esen Gök Deniz Yaman Bal"
    ),
    115: (
        "Akbulut Akgül Akkaya Akyol Altıntaş Ata Atalay Avşar Aygün Bakır Balcı Baran Baş Başaran "
        "Bayrak Bektaş Bilgin Bingöl Boz Büyük Cengiz Ceyhan Çalışkan Çam Çınar Çolak Dağ Demirel "
        "Demirtaş Dinç Dursun Elmas Ekici Erdem Ergin Ergün Erkan Ersoy Ertürk Genç Gedik Gezer"
    ),
    75: (
        "Göçmen Gökçe Gündoğdu Gündüz Güven Güzel İnan İnce Kalkan Karabulut Karadağ Karaduman "
        "Karagöz Karahan Karakaya Karakuş Karaman Karasu Kartal Kavak Kaymak Kesici Kocabaş Kol "
        "Koyuncu Kuş Küçük Mutlu Oğuz Okur Oral Orhan Ödemiş Öner Önal Öz Özbek Özçelik Özen "
        "Özgür Özkaya Öztekin Özyurt Pala Parlak Peker Sağlam Sağır Saygılı Sevim Sezer Solmaz"
    ),
    45: (
        "Sungur Süzer Şeker Şener Şentürk Tanrıverdi Taşcı Taşdemir Taşkın Tatlı Tekeli Temel "
        "Temiz Tok Topal Topçu Toraman Tosun Tuna Turgut Türk Türkmen Uğur Ulusoy Uslu Uyar Uygun "
        "Uyanık Ünlü Ünver Vural Yalçınkaya Yaşar Yazıcı Yeşil Yetiş Yıldırımoğlu Yiğit Yurt "
        "Yücel Zengin Akça Akdağ Akman Akpınar Aksu Aktürk Albayrak Alp Altay Altınok Apaydın"
    ),
    25: (
        "Arıkan Arı Armağan Artan Asan Aşık Atasoy Atmaca Ayaz Aydemir Ayhan Aytekin Babacan "
        "Bağcı Baykal Baysal Berber Bilgiç Bilici Bolat Canpolat Cihan Cinar Çağlar Çakmak Çelebi "
        "Çetinkaya Çevik Çiçek Çimen Dal Danış Dede Değirmenci Denizli Dilek Diler Dikmen Doğru "
        "Döner Durak Efe Eker Elçi Emir Engin Erbaş Ercan Erden Ergül Eroğlu Ertaş Eryılmaz "
        "Evren Fidan Gençer Göksu Gökmen Günay Gürbüz Gürsoy Hancı Hazar İlhan İpek Kaba Kabak "
        "Kalaycı Kale Kaleli Kandemir Kaptan Karaarslan Karabacak Karaçam Karademir Karakoç "
        "Karataşlı Kaynak Kayhan Kazan Kılınç Kıran Kırmızı Koçak Kocaman Köksal Kuru Kuzu Mert "
        "Metin Nacar Nalbant Narin Oktay Olgun Onat Orak Ortaç Ova Özalp Özakın Özışık Paksoy"
    ),
}


def _spread(table: dict[int, str]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    pairs = {name: weight for weight, names in table.items() for name in names.split()}
    return tuple(pairs), tuple(pairs.values())


MALE, MALE_WEIGHTS = _spread(_MALE)
FEMALE, FEMALE_WEIGHTS = _spread(_FEMALE)
SURNAMES, SURNAME_WEIGHTS = _spread(_SURNAMES)
