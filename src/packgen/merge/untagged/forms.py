"""Form XObjects that may become part of the page's own content, and the resources that they bring along.

Takes a page's resources and forms drawn with them; says whether a form's operators draw the same in the place of its
`Do`, and gives its operators names that mean the same on the page. Never changes a form or resources that others use.
"""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from packgen.merge.frames import box_of

_KINDS = {
    "Tf": "/Font", "Do": "/XObject", "gs": "/ExtGState", "cs": "/ColorSpace", "CS": "/ColorSpace",
    "sh": "/Shading", "scn": "/Pattern", "SCN": "/Pattern", "BDC": "/Properties",
}  # fmt: skip
"""Where the name among an operator's operands is looked up (ISO 32000-1, table 33)."""
_LAST_OPERAND = frozenset({"scn", "SCN", "BDC"})


class Resources:
    """The resources of one page, to which those of its forms are added under names of their own."""

    def __init__(self, pdf: Pdf, resources: object) -> None:
        self._pdf = pdf
        self._before = resources if isinstance(resources, Dictionary) else Dictionary()
        self._kinds: dict[str, dict[str, Object]] = {}
        self._names: dict[tuple[tuple[int, int], str, str], str] = {}
        self._plain: dict[tuple[int, int], bool] = {}
        self._added = False

    def get(self, kind: str, name: object) -> Object | None:
        return self.of_kind(kind).get(str(name))

    def of_kind(self, kind: str) -> dict[str, Object]:
        """All resources of a kind such as `/Font`, by name."""
        if kind not in self._kinds:
            self._kinds[kind] = dict(_entries(self._before, kind))
        return self._kinds[kind]

    def name_for(self, form: Object, kind: str, name: str) -> str:
        """What a form's resource is called on the page."""
        key = (form.objgen, kind, name)
        if key not in self._names:
            thing = dict(_entries(form.get("/Resources"), kind)).get(name)
            if thing is None:
                return name
            mine = self.of_kind(kind)
            new = next(each for each in _candidates(name) if each not in mine)
            mine[new] = thing
            self._names[key] = new
            self._added = True
        return self._names[key]

    def add(self, kind: str, wanted: str, thing: Object) -> str:
        """Add a resource; gives its name, `wanted` or one like it."""
        mine = self.of_kind(kind)
        name = wanted if wanted not in mine else next(each for each in _candidates(wanted) if each not in mine)
        mine[name] = thing
        self._added = True
        return name

    def plain(self, holder: Object) -> bool:
        """Whether nothing in a form's or the page's resources makes a form more than its operators."""
        if holder.objgen not in self._plain:
            self._plain[holder.objgen] = _is_plain(holder)
        return self._plain[holder.objgen]

    def written(self) -> Object:
        """The resources with all that was added."""
        if not self._added:
            return self._before
        resources = self._before.copy()
        for kind, things in self._kinds.items():
            if things:
                resources[kind] = Dictionary(things)
        return self._pdf.make_indirect(resources)

    @property
    def before(self) -> Object:
        return self._before


def may_be_inlined(resources: Resources, form: Object) -> bool:
    """Whether a form draws words, and draws the same when its operators stand in the place of its `Do`.

    A transparency group does unless something in it or around it is transparent (ISO 32000-1, 11.4).
    """
    if form.get("/Subtype") != "/Form" or "/OC" in form or "/Ref" in form or box_of(form.get("/BBox")) is None:
        return False
    matrix = form.get("/Matrix")
    if matrix is not None and not (isinstance(matrix, Array) and len(matrix) == 6):
        return False
    if not draws_words(form, set()) or _redefines_colours(form.get("/Resources"), resources.before):
        return False
    group = form.get("/Group")
    if not isinstance(group, Dictionary):
        return True
    return not group.get("/K", False) and _is_plain(resources.before) and resources.plain(form)


def draws_words(form: Object, seen: set[tuple[int, int]]) -> bool:
    """Whether a form XObject can show text, itself or in a form that it draws."""
    if form.objgen in seen:
        return False
    seen.add(form.objgen)
    resources = form.get("/Resources")
    if not isinstance(resources, Dictionary) or "/Font" in resources:
        return True
    forms = [each for _, each in _entries(resources, "/XObject") if isinstance(each, Stream)]
    return any(each.get("/Subtype") == "/Form" and draws_words(each, seen) for each in forms)


def renamed(
    resources: Resources, form: Object, instruction: pikepdf.ContentStreamInstruction
) -> pikepdf.ContentStreamInstruction:
    """An instruction of a form with the names that its resources have on the page."""
    operator = str(instruction.operator)
    kind = _KINDS.get(operator)
    if kind is None or not len(instruction.operands):
        return instruction
    operands = list(instruction.operands)
    place = -1 if operator in _LAST_OPERAND else 0
    name = operands[place]
    if not isinstance(name, Name):
        return instruction
    new = resources.name_for(form, kind, str(name))
    if new == str(name):
        return instruction
    operands[place] = Name(new)
    return pikepdf.ContentStreamInstruction(operands, instruction.operator)


def _entries(resources: object, kind: str) -> Iterator[tuple[str, Object]]:
    things = resources.get(kind) if isinstance(resources, Dictionary) else None
    if isinstance(things, Dictionary):
        yield from things.as_dict().items()


def _candidates(name: str) -> Iterator[str]:
    count = 0
    while True:
        count += 1
        yield f"{name}-{count}"


def _redefines_colours(inner: object, outer: object) -> bool:
    """Whether plain colours mean something else in a form than on the page (ISO 32000-1, 8.6.5.6)."""

    def defaults(resources: object) -> set[str]:
        return {name for name, _ in _entries(resources, "/ColorSpace") if name.startswith("/Default")}

    return bool(defaults(inner) | defaults(outer))


def _is_plain(resources: object) -> bool:
    """Whether no graphics state of a page's or form's resources is transparent."""
    if isinstance(resources, Stream):
        resources = resources.get("/Resources")
    for _, state in _entries(resources, "/ExtGState"):
        if not isinstance(state, Dictionary):
            continue
        if state.get("/BM", Name.Normal) not in {"/Normal", "/Compatible"}:
            return False
        if isinstance(state.get("/SMask"), Dictionary) or any(float(state.get(key, 1)) < 1 for key in ("/ca", "/CA")):
            return False
    return True
