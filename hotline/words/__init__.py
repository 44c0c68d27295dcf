"""Words for people, in both languages: the catalogue, and times as the hotline says them."""

from hotline.words.catalogue import Catalogue
from hotline.words.words import Words, load_words

__all__ = ["Catalogue", "Words", "load_words"]
