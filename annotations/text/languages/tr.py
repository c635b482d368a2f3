"""Turkish."""

from annotations.text.languages.base import Language, words

TURKISH = Language(
    titles=words(
        """Bşk Yrd Gnkur Prof Doç Dr Yrd Öğr Av Sn Alb Gen Yzb Bnb Org Korg Ütğm Op Uzm Müh Arş
        Gör Hz Bkz bkz krş örn Örn çev haz M.Ö M.S Mah Apt Blv Bul Cad Sok Sk"""
    ),
    numbered=words(
        """Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara Şek Tab MÖ MS sa Böl böl No no Nr s S
        sf cilt Mad md tel Tel"""
    ),
    general=words("vb vs vd A.Ş Ltd Şti Inc Co T.C A.B.D kg cm km dk sn"),
    starters=words(
        """Bu Şu O Bir Ve Ama Fakat Ancak Çünkü Ben Sen Biz Siz Onlar Her Hiç Ne Neden Nasıl Kim
        Nerede Daha Sonra Önce Şimdi Bugün Dün Yarın Eğer Belki İşte Böyle Öyle Yine Artık Hatta
        Üstelik Ayrıca Oysa Kimse Herkes Hepsi Bazı Birçok İki Üç Göre İlk Son"""
    ),
    speech_verbs=words("dedi diyor söyledi sordu"),
    cuts_no_words=True,
    ordinals=True,
    dash_turns=True,
    verbs=words("oldu oluyor arttı azaldı düştü yükseldi öldü dedi var yok olacak"),
    verb_endings=("iyor", "ıyor", "uyor", "üyor", "ecek", "acak", "mıştır", "miştir"),
)
