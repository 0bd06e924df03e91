"""How much is written on a page, in centimetres of line, without reading it.

The page is divided into strips a few letters wide. Down each strip, a stretch of ink as high as a line of writing is a
piece of a line; bars, rules, frames and shadows are too high, too low or too solid. Narrow strips keep lines apart on
a page fed askew. Nobody knows which way up the page is: both ways are measured, and the longer result counts.
"""

from __future__ import annotations

type_Box = tuple[float, float, float, float]
