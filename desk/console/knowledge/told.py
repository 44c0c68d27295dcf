"""What is wrong with an article's file, in the reader's words."""

from desk.console.scene import Scene
from hotline.knowledge.reading import Fault

LANGUAGE_NAMES = {"zh-TW": "chinese", "en": "english"}  # the catalogue's
# Those that have words of their own; of the others what the reader of the file said is told.
_TOLD = frozenset(
    (
        "unreadable", "front", "file_name", "extra", "missing", "slug", "order", "date", "part",
        "halves", "lines", "characters", "owner", "intent", "whom", "label", "placeholder",
        "twice", "link", "taken", "long", "rule", "heading",
    )
)  # fmt: skip


def fault_words(scene: Scene, fault: Fault) -> str:
    if fault.code not in _TOLD:
        return fault.reason
    return scene.t(f"knowledge.fault.{fault.code}", field=fault.key, about=fault.about)


def told_whole(scene: Scene, fault: Fault) -> str:
    """The same where no field stands beside it."""
    words, label = fault_words(scene, fault), field_label(scene, fault.key)
    return scene.t("knowledge.fault_in", field=label, why=words) if label else words


def field_label(scene: Scene, key: str) -> str:
    """A field such as `title.en`, as the form calls it."""
    name, _, language = key.partition(".")
    if language in LANGUAGE_NAMES and name in _OF_TEXT:
        label = scene.t(f"knowledge.field.{name}")
        spoken = scene.t(f"knowledge.in.{LANGUAGE_NAMES[language]}")
        return scene.t("knowledge.field_in", label=label, spoken=spoken)
    return scene.t(f"knowledge.field.{name}") if name in _OF_ARTICLE else ""


_OF_TEXT = frozenset(("title", "label", "questions", "short", "answer"))
_OF_ARTICLE = frozenset(
    ("id", "topic", "owner", "source", "audience", "valid_from", "valid_to", "intents", "related",
     "updated")
)  # fmt: skip
