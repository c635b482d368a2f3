"""Indonesian."""

from annotations.text.languages.base import Language, words

INDONESIAN = Language(
    titles=words(
        """Letkol Serma Aiptu Ipda Iptu Kombes AKP AKBP Prof Dr dr Drs Dra Ir H Hj KH K.H Ust Sdr
        Sdri Tn Ny Bpk Yth Jend Kol Kapt Letjen Mayjen Brigjen Jl Gg Kec Kab Kel Ds RT RW PT CV
        Rp a.n u.p d.a s.d dsb tsb hlm spt yg dgn utk"""
    ),
    numbered=words(
        """Sen Sel Rab Kam Jum Sab Min Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des Gbr Tab No
        no Pasal Ps ayat Tel tel Telp telp hal Hal Bab"""
    ),
    closing=words("dll dst dkk"),
    general=words(
        "Co Pte Sdn Bhd LLC Tbk S.H S.E S.T S.Pd S.Sos S.Ag S.IP M.Si M.M M.H M.A M.Pd Ph.D Inc Ltd"
    ),
    starters=words(
        """Seperti Sedangkan Sebagai Sekitar Sebuah Seorang Sejumlah Sebelumnya Ini Itu Ia Dia
        Mereka Kami Kita Saya Aku Anda Tetapi Tapi Namun Dan Atau Karena Jika Kalau Bila Ketika
        Saat Di Ke Dari Pada Untuk Dengan Dalam Menurut Setelah Sebelum Selain Sementara Meski
        Meskipun Bahkan Juga Selanjutnya Kemudian Lalu Sekarang Kini Hari Kemarin Besok Tidak
        Belum Sudah Ada Semua Setiap Banyak Beberapa Apa Siapa Mengapa Bagaimana Kapan Sejak
        Hingga Sampai Oleh Adapun Akibatnya Sebab Jalan Para"""
    ),
    cuts_no_words=True,
    verbs=words(
        """adalah ada akan telah sudah naik turun mencapai tewas meninggal menjadi bisa harus kata
        mengatakan"""
    ),
    verb_endings=(),
)
