"""ISO 19005-2, 6.2.2 to 6.2.6, 6.2.9 and 6.2.10: what content streams draw, and in which colours."""

from __future__ import annotations

from functools import partial

from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

from tests.pdfa_parsed import Parsed, item, part
from tests.pdfa_rule import Rule, rule

RULES: list[Rule] = []
says = partial(rule, RULES)

OPERATORS = {
    *b"b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l m M MP".split(),
    *b"n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \"".split(),
    b"INLINE IMAGE",
}
INTENTS = {"/RelativeColorimetric", "/AbsoluteColorimetric", "/Perceptual", "/Saturation"}
BLENDS = {
    *("/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten", "/ColorDodge", "/ColorBurn"),
    *("/HardLight", "/SoftLight", "/Difference", "/Exclusion", "/Hue", "/Saturation", "/Color", "/Luminosity"),
}
NAMED = {b"Do": "/XObject", b"Tf": "/Font", b"gs": "/ExtGState", b"sh": "/Shading"}
SETS = {
    "/DeviceGray": (b"g", b"G"),
    "/DeviceRGB": (b"rg", b"RG"),
    "/DeviceCMYK": (b"k", b"K"),
}
SETTING = {*(name for names in SETS.values() for name in names), b"cs", b"CS"}
PAINTING = {*b"f F f* b B b* B* s S Tj TJ ' \"".split()}


@says("6.2.2", "content streams use operators of ISO 32000-1 only")
def operators(pdf: Parsed) -> bool:
    return any(name not in OPERATORS for content in pdf.contents for _, name in content.operations)


@says("6.2.2", "what a content stream names stands in resources of its own")
def own_resources(pdf: Parsed) -> bool:
    inherited = any(one.get("/Type") == "/Page" and "/Resources" not in one for one in pdf.dictionaries)
    named = [
        (content, NAMED[name], operands[0])
        for content in pdf.contents
        for operands, name in content.operations
        if name in NAMED
    ]
    return inherited or any(key not in part(content.resources, kind) for content, kind, key in named)


@says("6.2.3", "the output intent's profile is of a printer or monitor, grey, RGB or CMYK, below version 5")
def intent_profile(pdf: Parsed) -> bool:
    profiles = [item(intent, "/DestOutputProfile") for intent in pdf.intents]
    return any(
        isinstance(one, StreamObject)
        and not is_profile(one.get_data(), {b"prtr", b"mntr"}, {b"GRAY", b"RGB ", b"CMYK"})
        for one in profiles
    )


@says("6.2.3", "all output intents have the same profile")
def one_profile(pdf: Parsed) -> bool:
    found = {intent.raw_get("/DestOutputProfile").idnum for intent in pdf.intents if "/DestOutputProfile" in intent}
    return len(found) > 1


@says("6.2.3", "no output intent refers to a profile elsewhere (DestOutputProfileRef)")
def no_outer_profile(pdf: Parsed) -> bool:
    return any("/DestOutputProfileRef" in intent for intent in pdf.intents)


@says("6.2.4.2", "profiles of colour spaces are valid, below version 5, with as many channels as the space says")
def space_profiles(pdf: Parsed) -> bool:
    spaces = [one for one in pdf.values if isinstance(one, ArrayObject) and len(one) == 2 and one[0] == "/ICCBased"]
    streams = [one for space in spaces if isinstance(one := space[1].get_object(), StreamObject)]
    return any(not _fits(one) for one in streams)


@says("6.2.4.3", "DeviceRGB is used with an output intent of an RGB profile only")
def device_rgb(pdf: Parsed) -> bool:
    return pdf.intent_space != b"RGB" and _uses(pdf, "/DeviceRGB")


@says("6.2.4.3", "DeviceCMYK is used with an output intent of a CMYK profile only")
def device_cmyk(pdf: Parsed) -> bool:
    return pdf.intent_space != b"CMYK" and _uses(pdf, "/DeviceCMYK")


@says("6.2.4.3", "DeviceGray is used with an output intent only")
def device_grey(pdf: Parsed) -> bool:
    return not pdf.intent_space and _uses(pdf, "/DeviceGray")


@says("6.2.5", "graphics states set no transfer functions (TR, TR2 but Default, HTP)")
def transfer_functions(pdf: Parsed) -> bool:
    states = _states(pdf)
    return any("/TR" in one or "/HTP" in one or one.get("/TR2", "/Default") != "/Default" for one in states)


@says("6.2.6", "rendering intents are the four of ISO 32000-1, Table 70")
def rendering_intents(pdf: Parsed) -> bool:
    drawn = [operands[0] for content in pdf.contents for operands, name in content.operations if name == b"ri"]
    of_images = [one["/Intent"] for one in pdf.images if "/Intent" in one]
    of_states = [one["/RI"] for one in _states(pdf) if "/RI" in one]
    return any(str(one) not in INTENTS for one in [*drawn, *of_images, *of_states])


@says("6.2.9", "forms have no PostScript and no OPI")
def plain_forms(pdf: Parsed) -> bool:
    forms = _forms(pdf)
    return any("/OPI" in one or "/PS" in one or one.get("/Subtype2") == "/PS" for one in forms)


@says("6.2.9", "no form refers to another file (Ref)")
def no_reference_forms(pdf: Parsed) -> bool:
    return any("/Ref" in one for one in _forms(pdf))


@says("6.2.9", "there are no PostScript XObjects")
def no_postscript(pdf: Parsed) -> bool:
    return any(one.get("/Subtype") == "/PS" for one in pdf.streams.values())


@says("6.2.10", "blend modes are those of ISO 32000-1")
def blend_modes(pdf: Parsed) -> bool:
    modes = [mode for one in _states(pdf) if (mode := item(one, "/BM")) is not None]
    listed = [one for mode in modes for one in (mode if isinstance(mode, ArrayObject) else [mode])]
    return any(str(one) not in BLENDS for one in listed)


@says("6.2.10", "a transparent page says its blending space if there is no output intent")
def blending_space(pdf: Parsed) -> bool:
    clear = [page for page in pdf.pages if _is_clear(page)]
    return not pdf.intent_space and any("/CS" not in part(page, "/Group") for page in clear)


def is_profile(data: bytes, classes: set[bytes], spaces: set[bytes]) -> bool:
    """Whether this is an ICC profile of one of the classes and colour spaces, below version 5."""
    return data[12:16] in classes and data[16:20] in spaces and data[36:40] == b"acsp" and data[8] < 5


def _fits(profile: StreamObject) -> bool:
    data, channels = profile.get_data(), {b"GRAY": 1, b"RGB ": 3, b"LAB ": 3, b"CMYK": 4}
    known = is_profile(data, {b"prtr", b"mntr", b"scnr", b"spac"}, set(channels))
    return known and channels[data[16:20]] == profile.get("/N")


def _uses(pdf: Parsed, space: str) -> bool:
    """Whether something is drawn in a device's colours: an image, a palette, or what operators set."""
    images = [value for image in pdf.images for value in _names(item(image, "/ColorSpace"))]
    set_by = [(operands, name) for content in pdf.contents for operands, name in content.operations]
    named = [operands[0] for operands, name in set_by if name in (b"cs", b"CS")]
    return space in [*images, *named] or any(name in SETS[space] for _, name in set_by) or _unset(pdf, space)


def _unset(pdf: Parsed, space: str) -> bool:
    """Whether something is drawn in the colour that is there before any is set: black of DeviceGray."""
    if space != "/DeviceGray":
        return False
    firsts = [[name for _, name in content.operations if name in SETTING | PAINTING][:1] for content in pdf.contents]
    return any(name in PAINTING for first in firsts for name in first)


def _names(space: object) -> list[str]:
    if isinstance(space, ArrayObject):
        return [name for one in space[:2] for name in _names(one.get_object())]
    return [str(space)] if isinstance(space, NameObject) else []


def _states(pdf: Parsed) -> list[DictionaryObject]:
    named = [part(content.resources, "/ExtGState") for content in pdf.contents]
    return [part(states, key) for states in named for key in states]


def _forms(pdf: Parsed) -> list[StreamObject]:
    return [one for one in pdf.streams.values() if one.get("/Subtype") == "/Form"]


def _is_clear(page: DictionaryObject) -> bool:
    drawn = part(part(page, "/Resources"), "/XObject")
    states = part(part(page, "/Resources"), "/ExtGState")
    return any("/SMask" in part(drawn, key) for key in drawn) or any("/ca" in part(states, key) for key in states)
