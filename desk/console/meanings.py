"""What a message was taken for, in words."""

from desk.console.scene import Scene
from hotline.understanding.intents import INTENTS, TALK


def named(scene: Scene, intent: str) -> str:
    """As the assistant's buttons name a wish; small talk is on none of them. What no longer is an
    intent keeps its code."""
    if intent in TALK:
        return scene.t(f"understanding.talk.{intent}")
    return (
        scene.hotline.words.say(f"wish.{intent}", scene.language) if intent in INTENTS else intent
    )
