"""Small drawings on letters and sheets, as SVG: bar codes, QR codes, signatures."""

from __future__ import annotations

from random import Random

import segno
import zxingcpp


def qr(text: str, encoding: str | None = None) -> str:
    """A QR code with error correction M. ``encoding`` None: the smallest one that can write the text."""
    return str(segno.make(text, error="m", micro=False, encoding=encoding).svg_inline(border=2, omitsize=True))


def bars(text: str, symbology: str) -> str:
    """A linear code (``Code39``, ``Code128``) without its text below."""
    code = zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, symbology))
    return str(code.to_svg(add_hrt=False))


def signature(random: Random) -> str:
    """A pen stroke like a signature: a few loops and a long tail."""
    x, y = 6.0, 30.0
    path = [f"M{x:.1f} {y:.1f}"]
    for _ in range(random.randint(5, 9)):
        rise, step = random.uniform(12, 26), random.uniform(5, 13)
        path.append(f"c{step / 3:.1f} {-rise:.1f} {step:.1f} {-rise:.1f} {step * 0.6:.1f} {random.uniform(-3, 4):.1f}")
        path.append(f"s{step * 0.4:.1f} {rise * 0.5:.1f} {step:.1f} {random.uniform(-5, 3):.1f}")
    path.append(f"q{random.uniform(5, 12):.1f} {random.uniform(4, 12):.1f} 30 -8")
    stroke = 'fill="none" stroke="#152a55" stroke-width="1.5" stroke-linecap="round"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 150 50"><path d="{" ".join(path)}" {stroke}/></svg>'
