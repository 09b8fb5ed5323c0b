"""Files with something wrong in them: bytes changed, or values exchanged in what the bytes say.

Takes a sound file; gives strategies for files made from it. Changes within a container (the parts of a DOCX, the
streams of a PDF) reach code that changes of its bytes would only ever fail to open.
"""

from __future__ import annotations

import copy
import io
import json
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
from hypothesis import strategies as st
from lxml import etree

Path = tuple[str | int, ...]
Change = tuple[str, int, int, bytes]
"""What is done, where (of 65,536 parts of the file), to how many bytes, with what."""

_PARTS = 1 << 16


def _split(tokens: str) -> list[bytes]:
    """What stands between upright lines, or on lines of its own."""
    return [token.strip().encode() for line in tokens.strip().splitlines() for token in line.split(" | ")]


_XML = [
    *_split("""
<w:p> | </w:p> | <w:tbl><w:tr><w:tc/></w:tr></w:tbl> | <w:vMerge w:val="restart"/> | w:val="-1"
w:val="99999999999" | w:val="" | w:val="NaN" | <w:br/> | &#0; | &lol; | <!DOCTYPE x> | <w:tab/>
<w:numId w:val="7"/> | <w:gridSpan w:val="400"/> | <w:sectPr/> | <m:oMath/> | <w:pict/> | r:id="rId9999"
<w:fldChar w:fldCharType="begin"/> | <w:ins/> | <w:del/> | w:w="0" | w:w="-5000"
<w:footnoteReference w:id="77"/> | <w:drawing/> | {{ x }} | {% for a in b %}
"""),
    b"\x00",
    b"\xff\xfe",
    b"\xed\xa0\x80",
]
_PDF = [
    *_split("""
0 0 R | 1 0 R | 3 0 R | 99999 0 R | -1 | 0 | 1e30 | 999999999999 | null | true | [ | ] | << | >> | /Kids
/Parent | /Type /Page | /Type /Pages | /Length 0 | /Length 9999999 | ( | ) | <FEFF> | endstream | endobj
/Filter /FlateDecode | /Filter [/DCTDecode] | /K 0 | /K [0 0 R] | /MCID -4 | /S /Table | /Rotate 45
/MediaBox [0 0 0 0] | /MediaBox [0 0 1e9 1e9] | q q q q | BT | ET | BDC | EMC | Do | /UserUnit 0 | /Count -3
/Encrypt 1 0 R | /StructParents 7
"""),
    b"stream\n",
    b"\x00",
]
_ODD_OBJECTS = _split("""
true | 0 | -1 | 3.5 | 99999999999 | () | (x) | <FEFFD800> | /Name | / | [] | [0 0 0 0] | [null]
[0 0 1 1] | [9999 9999 -9999 -9999] | << >> | <</Type /Page>> | <</S /P>> | <</K []>>
[/Separation /X] | <</Type /MCR>>
<</Type /OBJR>> | [[[[[]]]]] | /Pages | /StructElem
/Artifact | <</S /JavaScript /JS (x)>> | [/Indexed /DeviceRGB 1 (x)]
""")
_JSON = [
    *_split("""
null | [] | {} | "" | 1e999 | -0 | true | , | : | " | NaN | 99999999999999999999999 | {"a":1,"a":2} | {{ 7 }}
{% raw %}
"""),
    b'"\\ud800"',
    b"[" * 3000,
    b"\\",
    b"\x00",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\\u0000",
]
_ODD_VALUES: list[Any] = [
    None,
    True,
    0,
    -1,
    1e300,
    10**30,
    "",
    " ",
    "\ufeff",
    "\u202e",
    "x" * 5000,
    "\x0b",
    "\ud7ff",
    "{{ x }}",
    "<b>",
    "| a |\n|--|\n",
    "[x](javascript:1)",
    "![x](../../etc/passwd)",
    "1.\n" * 50,
    "# " * 40,
    "> " * 300,
    "* " * 200,
    [],
    {},
    [[]],
    [None],
    {"": ""},
    "2026-02-30",
    "25:61",
    "../x",
    "C:\\x",
    "nul",
    "aux.pdf",
    "items",
    "/",
    "**",
    "`",
    "\\",
    "&amp;",
    "\N{LATIN SMALL LETTER A}\u0301" * 50,
]


def mutated(data: bytes, tokens: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """`data` with one to six of its places changed."""
    change = st.tuples(
        st.sampled_from(("put", "put", "over", "cut", "twice", "flip", "end")),
        st.integers(0, _PARTS - 1),
        st.sampled_from((1, 1, 2, 4, 16, 100, 3000)),
        st.sampled_from(tokens),
    )
    return st.lists(change, min_size=1, max_size=6).map(lambda changes: _changed(data, changes))


def _changed(data: bytes, changes: Sequence[Change]) -> bytes:
    for what, part, length, token in changes:
        at = part * len(data) // _PARTS
        before, there, after = data[:at], data[at : at + length], data[at + length :]
        if what == "put":
            data = before + token + there + after
        elif what == "over":
            data = before + token + data[at + len(token) :]
        elif what == "cut":
            data = before + after
        elif what == "twice":
            data = before + there + there + after
        elif what == "flip":
            data = before + bytes(byte ^ 1 << length % 8 for byte in there) + after
        elif length >= 100:
            data = before
    return data


def mutated_docx(docx: bytes) -> st.SearchStrategy[bytes]:
    """A Word file damaged as a whole, or in one or two of its parts."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    written = [name for name in parts if name.endswith((".xml", ".rels"))]
    main = [name for name in written if "document.xml" in name]

    def with_changed(name: str, other: str) -> st.SearchStrategy[bytes]:
        return st.tuples(mutated(parts[name], _XML), mutated(parts[other], _XML)).map(
            lambda both: _zipped(parts | {other: both[1], name: both[0]})
        )

    names = st.sampled_from(main * 4 + written)
    one = names.flatmap(lambda name: mutated(parts[name], _XML).map(lambda part: _zipped(parts | {name: part})))
    less = st.sampled_from(written).map(
        lambda name: _zipped({each: data for each, data in parts.items() if each != name})
    )
    both = names.flatmap(lambda name: with_changed(name, main[0]))
    sound = names.flatmap(lambda name: _rearranged(parts[name]).map(lambda part: _zipped(parts | {name: part})))
    return st.one_of(sound, sound, sound, sound, one, one, both, less, mutated(docx, _XML))


def _rearranged(part: bytes) -> st.SearchStrategy[bytes]:
    """XML that is still well-formed, with elements taken out, doubled, moved, renamed, or with odd values."""
    change = st.tuples(
        st.sampled_from(("out", "twice", "move", "move", "name", "value", "value", "text", "many")),
        st.integers(0, _PARTS - 1),
        st.integers(0, _PARTS - 1),
        st.sampled_from(("", "-1", "0", "1", "true", "off", "99999999999", "3.7", "NaN", "x", "\u00b2", "%", "auto")),
    )

    def rearrange(changes: Sequence[tuple[str, int, int, str]]) -> bytes:
        root = etree.fromstring(part)
        for what, one, two, value in changes:
            _rearrange(root, what, one, two, value)
        return bytes(etree.tostring(root))

    return st.lists(change, min_size=1, max_size=5).map(rearrange)


def _rearrange(root: Any, what: str, one: int, two: int, value: str) -> None:
    elements = [each for each in root.iter() if each is not root]
    if not elements:
        return
    element, other = (elements[at * len(elements) // _PARTS] for at in (one, two))
    holder = element.getparent()
    if what == "out":
        holder.remove(element)
    elif what in ("twice", "many"):
        for _ in range(1 if what == "twice" else 60):
            holder.insert(holder.index(element), copy.deepcopy(element))
    elif what == "move" and element not in other.iterancestors() and element is not other:
        other.append(element)
    elif what == "name":
        element.tag = other.tag
    elif what == "text":
        element.text = value
    elif what == "value" and element.attrib:
        names = sorted(element.attrib)
        element.set(names[two % len(names)], value)


def _zipped(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


def mutated_pdf(pdf: bytes) -> st.SearchStrategy[bytes]:
    """A PDF damaged as it is, or with its streams unpacked, or sound in itself with odd values in its objects."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        unpacked = _saved(opened, compress_streams=False)
    odd = _with_odd_objects(pdf)
    return st.one_of(odd, odd, odd, mutated(unpacked, _PDF), mutated(unpacked, _PDF), mutated(pdf, _PDF))


def _saved(opened: pikepdf.Pdf, *, compress_streams: bool) -> bytes:
    target = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        opened.save(
            target,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            compress_streams=compress_streams,
            fix_metadata_version=False,
        )
    return target.getvalue()


def _with_odd_objects(pdf: bytes) -> st.SearchStrategy[bytes]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        count = len(opened.objects)
    odd = st.sampled_from((*_ODD_OBJECTS, "out", "reference", "reference", "up"))
    change = st.tuples(st.integers(0, _PARTS - 1), st.integers(0, _PARTS - 1), odd)

    def put(changes: Sequence[tuple[int, int, bytes | str]]) -> bytes:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            for one, two, value in changes:
                _put(opened, one * count // _PARTS, two, value)
            return _saved(opened, compress_streams=True)

    return st.lists(change, min_size=1, max_size=4).map(put)


def _put(opened: pikepdf.Pdf, number: int, part: int, value: bytes | str) -> None:
    """Put an odd value, a reference to some object or to itself, at an entry of an object or of one within it."""
    thing: Any = opened.objects[number]
    while True:
        keys: Sequence[Any] = (
            sorted(thing.keys()) if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream)
            else range(len(thing)) if isinstance(thing, pikepdf.Array) else ()
        )  # fmt: skip
        if not keys:
            return
        key = keys[part % len(keys)]
        part //= 3
        below = thing[key]
        within = isinstance(below, pikepdf.Dictionary | pikepdf.Array) and not below.is_indirect
        if not (within and part % 2):
            break
        thing = below
    if key in ("/Length", "/Filter"):
        return
    if value == "out":
        del thing[key]
    elif value == "up":
        thing[key] = opened.objects[number]  # which is the thing itself, or something above it
    elif isinstance(value, bytes):
        thing[key] = pikepdf.Object.parse(value)
    else:
        other = opened.objects[part * 7 % len(opened.objects)]
        thing[key] = other if other is not None else pikepdf.Array()


def mutated_json(value: Any) -> st.SearchStrategy[bytes]:
    """Data with an odd value at one to three places, or text that may be no JSON at all."""
    text = json.dumps(value, ensure_ascii=False, indent=1).encode()
    places = list(_places(value))
    odd = st.sampled_from(_ODD_VALUES) | st.just(KeyError)
    changes = st.lists(st.tuples(st.sampled_from(places), odd), min_size=1, max_size=3)
    changed = changes.map(lambda each: json.dumps(_exchanged(value, each)).encode())
    return st.one_of(changed, changed, changed, mutated(text, _JSON))


def _places(value: Any, path: Path = ()) -> Iterator[Path]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in pairs:
        yield (*path, key)
        yield from _places(below, (*path, key))


def _exchanged(value: Any, changes: Sequence[tuple[Path, Any]]) -> Any:
    """`value` with others at some places; KeyError takes a place away."""
    value = json.loads(json.dumps(value))
    for path, other in changes:
        holder = value
        try:
            for key in path[:-1]:
                holder = holder[key]
            if other is KeyError:
                del holder[path[-1]]
            else:
                holder[path[-1]] = copy.deepcopy(other)  # which may be put into what it was put into before
        except (KeyError, IndexError, TypeError):  # an earlier change took the place away
            continue
    return value
