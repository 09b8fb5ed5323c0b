"""Structure trees of documents that speak different languages of tags, or speak badly."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

import pdf_facts
from packgen.inspect import Expected, inspect_pack
from packgen.merge import merge
from packgen.merge.roles import RoleNames, Roles
from pdf_parts import changed, form_field, report, request, saved, scan, tagged, untagged


def with_root(pdf: bytes, **entries: object) -> bytes:
    """A tagged PDF with entries in its structure tree root."""

    def change(opened: Pdf) -> None:
        for key, value in entries.items():
            opened.Root.StructTreeRoot[f"/{key}"] = value

    return changed(pdf, change)


def with_role(word: str, role: str, meaning: str | None) -> bytes:
    """A report whose first heading has the role `role`, which stands for `meaning`."""

    def change(opened: Pdf) -> None:
        document = opened.Root.StructTreeRoot.K
        document = document[0] if isinstance(document, Array) else document
        document.K[0].S = Name(f"/{role}")
        roles = opened.Root.StructTreeRoot.get("/RoleMap", Dictionary())
        if meaning:
            roles[f"/{role}"] = Name(f"/{meaning}")
        opened.Root.StructTreeRoot.RoleMap = roles

    return changed(tagged(f"= {word}"), change)


def headings(*pdfs: bytes) -> list[tuple[str, str]]:
    """Name and meaning of the role of each document's first element."""
    merged = merge(request([(f"d{index}", pdf) for index, pdf in enumerate(pdfs)])).data
    return [
        (tag.role, tag.standard_role)
        for above, tag in zip(pdf_facts.tags(merged), pdf_facts.tags(merged)[1:], strict=False)
        if above.role == "Part"
    ]


def test_a_role_that_means_two_things_gets_two_names() -> None:
    found = headings(with_role("A", "Titel", "H1"), with_role("B", "Titel", "P"), with_role("C", "Titel", "H1"))
    assert found == [("Titel", "H1"), ("Titel-2", "P"), ("Titel", "H1")]


def test_a_role_without_meaning_is_not_given_one() -> None:
    assert headings(with_role("A", "Titel", None), with_role("B", "Titel", "P"))[0] == ("Titel", "Titel")
    assert headings(with_role("B", "Titel", "P"), with_role("A", "Titel", None))[1] == ("Titel-2", "Titel-2")


def test_a_standard_role_that_a_document_redefines_is_redefined_there_only() -> None:
    assert headings(with_role("A", "H1", "P"), with_role("B", "H1", None)) == [("H1-2", "P"), ("H1", "H1")]


def test_chains_of_roles_are_followed_and_circles_are_not() -> None:
    roles = Roles()
    chains = Dictionary(RoleMap=Dictionary(A=Name.B, B=Name.H2, C=Name.D, D=Name.C))
    names = RoleNames(roles, chains)
    assert (names.name("/A"), names.name("/C")) == ("/A", "/C")
    assert {str(key): str(value) for key, value in roles.role_map().items()} == {"/A": "/H2"}


def test_classes_that_differ_get_two_names() -> None:
    def classed(align: str) -> bytes:
        def change(opened: Pdf) -> None:
            root = opened.Root.StructTreeRoot
            root.ClassMap = Dictionary(C1=Dictionary(O=Name.Layout, TextAlign=Name(align)))
            document = root.K[0] if isinstance(root.K, Array) else root.K
            document.K[0].C = Name.C1

        return changed(tagged(f"= {align[1:]}"), change)

    merged = merge(request([("a", classed("/Center")), ("b", classed("/End")), ("c", classed("/Center"))])).data
    with pikepdf.open(io.BytesIO(merged)) as opened:
        root = opened.Root.StructTreeRoot
        assert {str(name) for name in root.ClassMap.as_dict()} == {"/C1", "/C1-2"}
        for part, align in zip(root.K.K, ["/Center", "/End", "/Center"], strict=True):
            element = part.K[0]
            name = element.C[0] if isinstance(element.C, Array) else element.C
            assert root.ClassMap[str(name)].TextAlign == align


def test_header_cells_are_found_by_their_new_names() -> None:
    merged = merge(request([("a", report("A")), ("b", report("B"))])).data
    with pikepdf.open(io.BytesIO(merged)) as opened:
        elements = [each for each in opened.objects if isinstance(each, Dictionary) and each.get("/S") == "/TD"]
        named = [bytes(header) for each in elements for header in _headers(each)]
        identifiers = {bytes(each.ID) for each in opened.objects if isinstance(each, Dictionary) and "/ID" in each}
        tree = opened.Root.StructTreeRoot.IDTree.Names
    assert len(named) == 4
    assert set(named) <= identifiers
    keys = [bytes(key) for key in list(tree)[::2]]
    assert keys == sorted(identifiers)


def _headers(element: pikepdf.Object) -> list[pikepdf.Object]:
    attributes = element.get("/A")
    entries = list(attributes) if isinstance(attributes, Array) else [attributes]
    return [header for entry in entries if isinstance(entry, Dictionary) for header in entry.get("/Headers", Array())]


def test_the_parent_tree_leads_back_to_the_element_of_every_piece_of_content() -> None:
    merged = merge(request([("a", report("A", 2)), ("b", untagged("B")), ("c", report("C"))])).data
    with pikepdf.open(io.BytesIO(merged)) as opened:
        numbers = list(opened.Root.StructTreeRoot.ParentTree.Nums)
        parents = dict(zip(numbers[::2], numbers[1::2], strict=True))
        keys = [page.obj.StructParents for page in opened.pages]
        keys += [each.StructParent for page in opened.pages for each in page.obj.get("/Annots", Array())]
        assert sorted(keys) == sorted(parents)
        assert opened.Root.StructTreeRoot.ParentTreeNextKey == len(parents)
        for page in opened.pages:
            assert page.obj.Tabs == Name.S
            for mcid, element in enumerate(parents[page.obj.StructParents]):
                assert mcid in [*element.K] if isinstance(element.K, Array) else mcid == element.K


def test_a_document_without_a_mark_of_being_tagged_counts_as_untagged() -> None:
    pdf = changed(report("A"), lambda opened: opened.Root.MarkInfo.__setitem__("/Marked", False))
    result = merge(request([("a", pdf)]))
    assert result.untagged == ("a",)
    assert "A heading 1" in pdf_facts.spoken(result.data)


def test_an_empty_tree_counts_as_untagged() -> None:
    result = merge(request([("a", with_root(report("A"), K=Array([])))]))
    assert result.untagged == ("a",)
    assert pdf_facts.spoken(result.data).count("A heading 1") == 1


def test_untagged_pages_of_a_tagged_document_are_tagged_and_told() -> None:
    def change(opened: Pdf) -> None:
        with pikepdf.open(io.BytesIO(untagged("Inserted scan words"))) as other:
            opened.pages.append(other.pages[0])

    result = merge(request([("a", changed(report("A"), change))]))
    assert result.untagged == ("a",)
    assert pdf_facts.spoken(result.data).endswith("Inserted scan words")


def test_a_broken_tree_is_joined_as_far_as_it_goes() -> None:
    """Elements in a circle, content claimed twice, a kid that is nothing, an annotation that is not on the page."""

    def change(opened: Pdf) -> None:
        document = opened.Root.StructTreeRoot.K
        document = document[0] if isinstance(document, Array) else document
        first = document.K[0]
        stray = opened.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Text, Contents=String("Stray")))
        thief = opened.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, Pg=opened.pages[0].obj, K=0))
        direct = Dictionary(Type=Name.StructElem, S=Name.Sect, K=Array([thief, document, first]))
        reference = Dictionary(Type=Name.OBJR, Obj=stray, Pg=opened.pages[0].obj)
        document.K = Array([*document.K, direct, reference, String("nothing")])

    merged = merge(request([("a", changed(report("A"), change))])).data
    assert pdf_facts.spoken(merged) == pdf_facts.spoken(merge(request([("a", report("A"))])).data)
    assert b"Stray" not in pdf_facts.plain_bytes(merged)


def test_content_of_forms_keeps_its_elements() -> None:
    """Some programs tag content inside form XObjects, each with a key of its own."""
    merged = merge(request([("a", _tagged_in_form("first")), ("b", _tagged_in_form("second"))])).data
    with pikepdf.open(io.BytesIO(merged)) as opened:
        numbers = list(opened.Root.StructTreeRoot.ParentTree.Nums)
        parents = dict(zip(numbers[::2], numbers[1::2], strict=True))
        forms = [page.obj.Resources.XObject.Fm0 for page in list(opened.pages)[::2]]
        keys = [form.StructParents for form in forms]
        assert len(set(keys)) == 2
        for key, alt in zip(keys, ["first", "second"], strict=True):
            assert str(parents[key][0].Alt) == alt


def _tagged_in_form(alt: str) -> bytes:
    opened = Pdf.new()
    page = opened.add_blank_page(page_size=(595, 842)).obj
    form = opened.make_stream(
        b"/Figure <</MCID 0>> BDC 0 0 9 9 re f EMC", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]),
        StructParents=0,
    )  # fmt: skip
    page.Resources = Dictionary(XObject=Dictionary(Fm0=form))
    page.Contents = opened.make_stream(b"/Fm0 Do")
    root = opened.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    element = opened.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Figure, P=root, Pg=page, Alt=String(alt)))
    element.K = Dictionary(Type=Name.MCR, Pg=page, Stm=form, MCID=0)
    root.K = element
    opened.Root.StructTreeRoot = root
    opened.Root.MarkInfo = Dictionary(Marked=True)
    return saved(opened)


def _document_of(opened: Pdf) -> pikepdf.Object:
    root = opened.Root.StructTreeRoot
    return root.K[0] if isinstance(root.K, Array) else root.K


def test_elements_bring_nothing_but_what_elements_are_made_of() -> None:
    def change(opened: Pdf) -> None:
        document, page = _document_of(opened), opened.pages[0].obj
        payload = opened.make_stream(b"Zwiebelkuchen", Type=Name.EmbeddedFile)
        document.PieceInfo = Dictionary(X=payload)
        document.AF = Array([Dictionary(Type=Name.Filespec, EF=Dictionary(F=payload))])
        document.K[0].Foo = payload
        document.K[0].A = Dictionary(
            O=Name.UserProperties, P=Array([Dictionary(N=String("x"), V=String("Zwiebelkuchen"))])
        )
        stray = Dictionary(Type=Name.OBJR, Pg=page, Obj=payload)
        element = opened.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=document, Pg=page, K=stray))
        document.K = Array([*document.K, element])
        opened.Root.StructTreeRoot.ClassMap = Dictionary(JS=Dictionary(O=Name.Layout, X=payload))

    made = request([("a", changed(report("A"), change))])
    pdf = merge(made).data
    assert b"Zwiebelkuchen" not in pdf_facts.plain_bytes(pdf)
    assert inspect_pack(pdf, Expected(made.plan, name="x", titles={"a": ["Title of a"]})).warnings == ()
    assert pdf_facts.spoken(pdf) == pdf_facts.spoken(merge(request([("a", report("A"))])).data)


def test_ids_of_whole_documents_do_not_collide() -> None:
    def change(opened: Pdf) -> None:
        _document_of(opened).ID = String("root")

    made = request([(name, changed(report(name), change)) for name in ("a", "b")])
    pdf = merge(made).data
    assert (
        inspect_pack(pdf, Expected(made.plan, name="x", titles={name: [f"Title of {name}"] for name in "ab"})).warnings
        == ()
    )
    assert {"a.root", "b.root"} <= {tag.identifier for tag in pdf_facts.tags(pdf)}


def test_names_are_written_as_names() -> None:
    pdf = merge(request([("a", form_field(b"BT /F1 9 Tf (V) Tj ET")), ("b", scan())])).data
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        things = [each for each in opened.objects if isinstance(each, Dictionary)]
        kinds = [thing.get(key) for thing in things for key in ("/S", "/Type", "/Subtype") if key in thing]
        assert kinds
        assert all(isinstance(kind, Name) for kind in kinds)
        layouts = [thing.A for thing in things if isinstance(thing.get("/A"), Dictionary) and "/O" in thing.A]
        assert all(isinstance(layout.O, Name) and isinstance(layout.Placement, Name) for layout in layouts)


def test_a_page_of_words_with_a_footer_marked_as_artifact_is_no_page_of_artifacts() -> None:
    def change(opened: Pdf) -> None:
        with pikepdf.open(io.BytesIO(untagged("Words of the body"))) as other:
            opened.pages.append(other.pages[0])
        page = opened.pages[-1].obj
        footer = opened.make_stream(b" /Artifact BMC BT /F1 9 Tf 50 90 Td (footer) Tj ET EMC")
        page.Contents = Array([page.Contents, footer])

    result = merge(request([("a", changed(report("A"), change))]))
    assert (result.untagged, result.partly_tagged) == (("a",), ("a",))
    assert "Words of the body" in pdf_facts.spoken(result.data)


def test_words_of_a_document_that_lost_its_tags_are_still_spoken() -> None:
    def change(opened: Pdf) -> None:
        del opened.Root["/StructTreeRoot"]

    result = merge(request([("a", changed(report("Xylophone"), change))]))
    spoken = pdf_facts.spoken(result.data)
    for words in ("Xylophone heading 1", "Xylophone note 1", "Xylophone cell"):
        assert words in spoken
    assert spoken.count("Xylophone heading 1") == 1


def test_what_packgen_adds_to_a_document_in_another_language_is_told_in_the_packs() -> None:
    welsh = changed(tagged("= Cymraeg"), lambda opened: setattr(opened.Root, "Lang", String("cy-GB")))
    pdf = merge(request([("a", welsh)], marking="NOT FOR PUBLICATION")).data
    spoken_in: dict[str, str] = {}
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        part = opened.Root.StructTreeRoot.K.K[0]
        assert part.Lang == "cy-GB"
        for tag, element in zip([each for each in pdf_facts.tags(pdf) if each.depth == 2], part.K, strict=True):
            spoken_in[tag.text or ""] = str(element.get("/Lang", part.Lang))
    assert spoken_in == {
        "NOT FOR PUBLICATION": "en-GB", "Cymraeg": "cy-GB", "This page is intentionally left blank": "en-GB",
    }  # fmt: skip
