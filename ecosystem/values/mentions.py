"""People named in a text by @ and the name with which they sign in."""

import re
from collections.abc import Collection

# Names may hold these signs too; an address of mail has one before its @, and names nobody.
SIGNS = ".@+-"
_MENTION = re.compile(r"(?<![A-Za-z0-9_.@+-])@(\w[\w.@+-]*)")


def mentions_in(text: str) -> list[str]:
    """What follows each @, each once: a name, maybe with signs or Chinese words that follow it without a space."""
    return list(dict.fromkeys(_MENTION.findall(text)))


def known_name(mention: str, names: Collection[str]) -> str:
    """The longest of these names (casefolded) with which the mention begins; empty where there is none.

    Only signs, or Chinese words, may follow it: @anna is not meant by @annabel.
    """
    folded = mention.casefold()
    for end in range(len(folded), 0, -1):
        rest = folded[end:]
        if folded[:end] in names and (not rest.strip(SIGNS) or not rest[0].isascii()):
            return folded[:end]
    return ""
