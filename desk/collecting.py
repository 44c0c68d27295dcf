"""The garbage collector of a desk: what a start has loaded stays, and is not looked through again.

Python looks for circles after every 700 objects, a page of the queue makes many times as many, and
now and then it goes through all that was ever made: 5 to 10 ms of a page, and more of every
twentieth.
"""

import gc

_MADE, _YOUNG, _OLDER = 50_000, 20, 100


def collect_seldom() -> None:
    """To be called once, when everything has been loaded; for the whole process."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_MADE, _YOUNG, _OLDER)
