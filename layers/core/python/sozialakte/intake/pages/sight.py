"""See a page: make it clear and upright, read its lines, and look again where much on it is left unread.

A page that reads well at first sight costs one reading. One that does not is looked at the other way up and along the
other direction. If much is left unread, it is looked at without colour or grey over its print, and what is still left
by itself (cells of tables, words in frames).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from PIL import Image, ImageDraw

from sozialakte.intake.pages.clear import clear, darkest_ink
from sozialakte.intake.pages.inks import inks_of
from sozialakte.intake.pages.ocr import Ocr
from sozialakte.intake.pages.reading_scale import READING_DPI, pixels_per_mm
from sozialakte.intake.pages.recognised import Pixels, SeenLine, believed, confidence_of, how_much, merged, sideways
from sozialakte.intake.pages.spots import Box
from sozialakte.intake.pages.unread_ink import Unread, rest_of, unread_ink
from sozialakte.intake.pages.upright import Lie, likely_lies, straight, turned
from sozialakte.intake.understanding.letter_parts import closes

_READS_WELL = 0.6  # mean confidence; upside down a page has 0.3, print in the worst of scans 0.7
_STRAIGHT = 2.0  # degrees: as much Tesseract bears by itself, without loss (at 4 degrees it loses a fifth of the text)
_GUESSED = 0.1  # of the letters: more are guessed where a stamp hides how the print lies
_DENSE = 5000  # letters read: a second look at so much print takes many seconds and finds little
_LEFT = 20  # pieces of writing unread after which a second look may help: more than a signature


@dataclass(frozen=True)
class Sight:
    """What was read of a page lying so. ``shown`` is the page turned, ``upright`` made straight as well."""

    lie: Lie
    shown: Image.Image
    upright: Image.Image
    lines: tuple[SeenLine, ...]

    @cached_property
    def read(self) -> tuple[SeenLine, ...]:
        """The lines that are to be believed."""
        return believed(self.lines)

    @cached_property
    def unread(self) -> Unread:
        """The writing beside what was read."""
        return unread_ink(self.upright, self._boxes())

    @property
    def closings(self) -> list[float]:
        """Where closing formulas stand, in millimetres from the top: people sign below."""
        lines = (line.words for line in self.read if closes(" ".join(word.text for word in line.words)))
        return [words[0].box[1] / pixels_per_mm(self.upright) for words in lines]

    @property
    def is_whole(self) -> bool:
        """Whether hardly anything is left unread or was only guessed."""
        guessed = sum(line.letters for line in self.lines) - sum(line.letters for line in self.read)
        return len(self.unread) < _LEFT and guessed <= _GUESSED * sum(line.letters for line in self.lines)

    @property
    def is_right(self) -> bool:
        """Whether the page was read well enough as it lies. Tesseract reads writing that runs downwards, too."""
        return confidence_of(self.lines) >= _READS_WELL and not sideways(self.lines)

    def rest(self) -> Image.Image:
        """The upright page without what was read."""
        return rest_of(self.upright, self._boxes())

    def _boxes(self) -> list[Pixels]:
        return [word.box for line in self.read for word in line.words]


@dataclass(frozen=True)
class PageSight:
    """Sees pages with one Tesseract. ``turn``: a person has said how the page lies; nobody guesses then."""

    ocr: Ocr
    turn: int | None = None

    def see(self, page: Image.Image, codes: Sequence[Box], coloured: Callable[[], Image.Image | None]) -> Sight:
        """What is to be read on a page image beside its codes; ``coloured`` gives the page in colour if it has any.

        Raises `OcrError`.
        """
        grey = _without(clear(page), codes)
        first = self._best_lie(grey)
        if first.is_whole or sum(line.letters for line in first.read) > _DENSE:
            return first
        clearer = max(first, self._below_ink(grey, codes, coloured()), key=lambda sight: how_much(sight.lines))
        return clearer if clearer.is_whole else self._closer(clearer)

    def _best_lie(self, grey: Image.Image) -> Sight:
        """The page lying as it reads best; the likeliest way is enough if it reads well."""
        seen = []
        for lie in self._lies(grey):
            sight = self._look(grey, lie)
            if sight.is_right:
                return sight
            seen.append(sight)
        return max(seen, key=lambda sight: (not sideways(sight.lines), how_much(sight.lines)))

    def _lies(self, grey: Image.Image) -> list[Lie]:
        likely = likely_lies(grey)
        if self.turn is None:
            return likely
        return [lie for lie in likely if lie.turn == self.turn] or [Lie(self.turn)]

    def _look(self, grey: Image.Image, lie: Lie) -> Sight:
        lie = lie if abs(lie.skew) > _STRAIGHT else replace(lie, skew=0.0)
        shown = turned(grey, lie.turn)
        upright = straight(shown, lie.skew)
        return Sight(lie, shown, upright, self.ocr.read(upright, READING_DPI))

    def _closer(self, first: Sight) -> Sight:
        """The same, with words that stand alone where nothing was read."""
        more = self.ocr.read_scattered(first.rest(), READING_DPI)
        return replace(first, lines=merged(first.read, believed(more)))

    def _below_ink(self, grey: Image.Image, codes: Sequence[Box], coloured: Image.Image | None) -> Sight:
        """The page without what may lie over its print: coloured ink, or else grey."""
        inks = [_without(clear(ink), codes) for ink in inks_of(coloured)] if coloured else []
        below, *above = inks if len(inks) > 1 else [darkest_ink(grey)]
        found = self._best_lie(below)  # what lies over the print may lie askew, and have hidden how the print lies
        lines = found.read
        for ink in above:
            lines = merged(lines, self._look(ink, found.lie).read)
        shown = turned(grey, found.lie.turn)
        return Sight(found.lie, shown, straight(shown, found.lie.skew), lines)


def _without(page: Image.Image, codes: Sequence[Box]) -> Image.Image:
    """The page with its codes painted over: Tesseract would read letters in them."""
    draw = ImageDraw.Draw(page)
    for left, upper, right, lower in codes:
        corners = (left * page.width, upper * page.height, right * page.width, lower * page.height)
        draw.rectangle(corners, fill=255)
    return page


def place_on_page(box: Pixels, sight: Sight) -> Box:
    """Where a box of the upright image lies on the page turned but not yet straight: the straight page has grown."""
    width, height = sight.shown.size
    grown = sight.upright.size
    corners = [(x - grown[0] / 2, y - grown[1] / 2) for x in (box[0], box[2]) for y in (box[1], box[3])]
    back = [sight.lie.before_straightening(x, y) for x, y in corners]
    across, down = ([0.5 + corner[axis] / side for corner in back] for axis, side in ((0, width), (1, height)))
    return min(across), min(down), max(across), max(down)
