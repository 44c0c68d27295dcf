"""How a sentence sounds: pairs and triples of its syllables in bopomofo, beside our own features.

Most slips of Taiwan's keyboard are homophones, and 「ㄅ」 for 「吧」 is sound. Tones are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pypinyin import Style, lazy_pinyin
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

_TONES = str.maketrans("", "", "ˊˇˋ˙")
_SIZES = (2, 3)
_FEWEST_SENTENCES = 2
_WEIGHT = 0.5

Words = Sequence[str]


class Sound:
    """The sound features of sentences, as the training sentences have them."""

    def __init__(self, sentences: Sequence[Words]) -> None:
        self._grams = TfidfVectorizer(
            analyzer=syllable_grams, min_df=_FEWEST_SENTENCES, sublinear_tf=True
        )
        self._grams.fit(sentences)

    def beside(self, features: csr_matrix, sentences: Sequence[Words]) -> csr_matrix:
        """`features` with further columns, a row a sentence as there."""
        heard = _WEIGHT * self._grams.transform(sentences)
        return csr_matrix(hstack([features, heard], dtype=features.dtype))


def syllable_grams(words: Words) -> Iterator[str]:
    """Neighbouring syllables, two and three at a time; a Latin word is one syllable."""
    said = [one.translate(_TONES) for word in words for one in lazy_pinyin(word, Style.BOPOMOFO)]
    for size in _SIZES:
        for start in range(len(said) - size + 1):
            yield " ".join(said[start : start + size])
