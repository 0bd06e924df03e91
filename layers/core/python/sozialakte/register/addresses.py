"""Whether an address that was read is the one the register knows. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sozialakte.register.model import Address
from sozialakte.shared.names import blur, fold

_REACH = 8  # words after the house number: "PLZ / Ort:" of a form may stand before the town
_LONGEST_TOWN = 4  # words
_LONG_WORD = 6  # letters; in shorter ones a misread letter makes another word
_ENDINGS = MappingProxyType({"strasse": "str", "platz": "pl"})
_SHORT = {"av": "avenue", "ave": "avenue", "bd": "boulevard", "ch": "chemin", "rte": "route", "st": "sankt"}
_WORDS = MappingProxyType({short: blur(word) for short, word in _SHORT.items()})
_DIGITS = str.maketrans({"o": "0", "l": "1", "i": "1"})
_ENTRANCE = re.compile(r"[a-h]")
_POSTAL_CODE = re.compile(r"[0-9]{4,5}")
_COUNTRY = re.compile(r"\b[A-Z]{1,2}-(?=[0-9Ool]{4})")
_CANTON = re.compile(r" [a-z]{2}$")


@dataclass(frozen=True)
class _Word:
    """A word in small letters without accents, and blurred."""

    folded: str
    blurred: str

    @property
    def number(self) -> str:
        """With letters that look like digits as digits."""
        return self.folded.translate(_DIGITS)


def same_address(read: str | Address, known: Address) -> bool:
    """Street and house number stand in ``read``, and right after them the postal code or the town.

    ``read`` may be a line or a whole letter. ``Str.`` is ``Strasse``; what scanners take for one another is the same,
    and one wrong letter in a long street or town is forgiven, in the house number none. No street: nobody's address.
    """
    words = _words(read if isinstance(read, str) else _written(read))
    street, number = _street_and_number(known)
    ends = _ends(words, street, number) if street else ()
    return any(_place_follows(words[end : end + _REACH], known) for end in ends)


def _written(address: Address) -> str:
    parts = (address.street, address.house_number, address.postal_code, address.town)
    return " ".join(part for part in parts if part)


def _words(text: str) -> list[_Word]:
    words = fold(_COUNTRY.sub("", text).replace("|", "l")).split()
    return [_Word(word, blur(word)) for word in words]


def _street_and_number(address: Address) -> tuple[list[_Word], str]:
    """Some case systems keep the house number with the street."""
    if address.street is None:
        return [], ""
    words = _words(f"{address.street} {address.house_number or ''}")
    first = next((at for at, word in enumerate(words) if at and word.folded[0].isdigit()), len(words))
    return words[:first], "".join(word.number for word in words[first:])


def _ends(words: Sequence[_Word], street: Sequence[_Word], number: str) -> Iterator[int]:
    """Where the street with this number ends, each time it stands there, written in fewer words or in more."""
    wanted = _joined(street)
    for start in range(len(words)):
        for size in range(1, len(street) + 2):
            after = start + size
            if _alike(_joined(words[start:after]), wanted):
                yield from _ends_of_number(words, after, number)


def _ends_of_number(words: Sequence[_Word], start: int, number: str) -> Iterator[int]:
    """12a may be written 12 A; who lives at 12 does not live at 12a."""
    if not number:
        yield start
    for end in (start + 1, start + 2):
        read = "".join(word.number for word in words[start:end])
        more = words[end : end + 1]
        if number and read == number and not (more and _ENTRANCE.fullmatch(more[0].folded)):
            yield end


def _place_follows(ahead: Sequence[_Word], known: Address) -> bool:
    """The first postal code belongs to the address; if it is another one, the town beside it must be the right one."""
    code = next((at for at, word in enumerate(ahead) if _POSTAL_CODE.fullmatch(word.number)), None)
    if code is None:
        return any(_starts_with_town(ahead[start:], known.town) for start in range(len(ahead)))
    known_codes = {word.number for word in _words(known.postal_code)}
    return ahead[code].number in known_codes or _starts_with_town(ahead[code + 1 :], known.town)


def _starts_with_town(words: Sequence[_Word], town: str) -> bool:
    """The canton's letters after the town may be left out (Wil SG)."""
    wanted = _joined(_words(_CANTON.sub("", fold(town))))
    return bool(wanted) and any(_alike(_joined(words[:size]), wanted) for size in range(1, _LONGEST_TOWN + 1))


def _joined(words: Sequence[_Word]) -> str:
    joined = "".join(_WORDS.get(word.blurred, word.blurred) for word in words)
    for ending, short in _ENDINGS.items():
        if joined.endswith(ending):
            return joined.removesuffix(ending) + short
    return joined


def _alike(read: str, known: str) -> bool:
    """The same, or one letter of a long word read wrongly, left out or read twice."""
    if read == known or len(known) < _LONG_WORD or abs(len(read) - len(known)) > 1:
        return read == known
    letters = enumerate(zip(read, known, strict=False))
    same = next((at for at, (one, other) in letters if one != other), min(len(read), len(known)))
    ours, theirs = read[same:], known[same:]
    return theirs[1:] in {ours, ours[1:]} or ours[1:] == theirs
