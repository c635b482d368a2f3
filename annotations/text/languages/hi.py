"""Hindi."""

from annotations.text.languages.base import Language, words

HINDI = Language(
    titles=words(
        """एल एच एफ आई ओ क्यू टी यू वी डब्ल्यू डब्लू एक्स वाई जेड ज़ेड
        मो चौ डॉ डा प्रो श्री सुश्री पं स्व कु मि रु ई बी ए सी डी के
        एस एम जे आर पी वी जी एन"""
    ),
    numbered=words("सं नं पृ क्र"),
    general=words("लि प्रा"),
    ends_alone=True,
    verbs=words("है हैं था थे थी थीं होगा होगी होंगे गया गई गए हुआ हुई हुए बढ़ा बढ़ी घटा घटी"),
)
