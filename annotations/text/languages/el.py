"""Greek."""

from annotations.text.languages.base import Language, words

GREEK = Language(
    ends=";",
    titles=words("κ κα κκ δρ Δρ καθ αγ Αγ π.χ δηλ βλ πρβλ λ οδ λεωφ"),
    numbered=words("αρ Αρ σ σελ τ τηλ άρθρ παρ"),
    closing=words("κ.λπ κλπ κ.ά κτλ"),
    general=words("Α.Ε π.Χ μ.Χ ευρ εκ δισ χλμ"),
    starters=words(
        """Ο Η Το Οι Τα Ένας Μια Ένα Αυτός Αυτή Αυτό Εγώ Εμείς Αλλά Και Όμως Αν Όταν Πού Πώς Γιατί
        Στο Στη Στην Στον Στις Στα Από Με Για Σε Μετά Πριν Δεν Είναι Ήταν Θα Να Σύμφωνα"""
    ),
)
