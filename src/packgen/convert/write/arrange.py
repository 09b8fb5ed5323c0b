"""Blocks as a tree: which paragraphs form a list, which share a frame, and how far apart they stand.

Takes the blocks of a body, cell or note; gives nodes. Word stores a flat run of paragraphs; a screen reader needs to
know where a list begins, what belongs to an item, and what is inside it. Pure; never writes Typst.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from packgen.convert.document import Block, NewPage, Paragraph, Table
from packgen.convert.formats import Edges

# Labels of one list stand at the same place; authors' documents are off by a point or two.
_SAME_PLACE = 3.0


class Leaf(Struct):
    """A paragraph, table or page break; `gap` is the space before it, `tail` that below it which its last line keeps.

    What `opens_page` (or a cell, or a note) keeps the whole gap; elsewhere a page's head swallows it.
    """

    block: Block
    gap: float
    opens_page: bool = False
    tail: float = 0.0


class Item(Struct):
    """A labelled paragraph with everything that belongs to it."""

    paragraph: Paragraph
    gap: float
    tail: float = 0.0
    children: list[Node] = field(default_factory=list)


class ListNode(Struct):
    """Items of one list; `label_at` and `text_at` are where labels and text begin, from the margin."""

    items: list[Item]
    label_at: float
    text_at: float
    opens_page: bool = False

    @property
    def gap(self) -> float:
        return self.items[0].gap


class Frame(Struct):
    """Paragraphs inside one frame or on one ground."""

    children: list[Node]
    borders: Edges
    fill: str
    left: float
    right: float
    gap: float
    opens_page: bool = False


Node = Leaf | ListNode | Frame


def arranged(blocks: Sequence[Block], *, opens_page: bool = False, tails: bool = False) -> list[Node]:
    """The nodes of `blocks`. With `opens_page` they start on a fresh page, where space before them is kept.

    With `tails` the space below a paragraph goes where its last line goes.
    """
    nodes: list[Node] = []
    framed: list[tuple[Leaf, Paragraph]] = []

    def close_frame() -> None:
        if framed:
            nodes.append(_frame(framed))
            framed.clear()

    plain: list[Leaf] = []
    leaves = _leaves(blocks, opens_page=opens_page)
    for leaf in _with_tails(list(leaves)) if tails else leaves:
        paragraph = leaf.block if isinstance(leaf.block, Paragraph) else None
        if paragraph is None or not is_framed(paragraph):
            close_frame()
            plain.append(leaf)
            continue
        if plain:
            nodes.extend(_lists(plain))
            plain = []
        if framed and not _same_frame(framed[-1][1], paragraph):
            close_frame()
        framed.append((leaf, paragraph))
    close_frame()
    nodes.extend(_lists(plain))
    return nodes


def is_framed(paragraph: Paragraph) -> bool:
    return paragraph.format.borders.drawn or bool(paragraph.format.fill)


def frame_left(paragraph: Paragraph) -> float:
    """Where the frame of a paragraph begins: at its text, or at its label where that hangs."""
    return paragraph.format.left + min(paragraph.format.first, 0.0)


def _leaves(blocks: Sequence[Block], *, opens_page: bool) -> Iterable[Leaf]:
    before: Block | None = None
    for block in blocks:
        if isinstance(block, NewPage):
            yield Leaf(block, 0.0)
            opens_page = True
        elif isinstance(block, Table):
            yield Leaf(block, _after(before, None), opens_page or before is None)
            opens_page = False
        else:
            breaks = block.format.page_break_before and before is not None
            opens = opens_page or breaks or before is None
            gap = block.format.before if opens or before is None else between(before, block)
            yield Leaf(block, gap, opens)
            opens_page = False
        before = block


def _with_tails(leaves: list[Leaf]) -> Iterable[Leaf]:
    """`leaves` with the space between two of them given to the upper one as far as it asks for it."""
    for index, leaf in enumerate(leaves):
        if not isinstance(leaf.block, Paragraph) or is_framed(leaf.block):
            continue
        following = leaves[index + 1] if index + 1 < len(leaves) else None
        below = following.block if following is not None else None
        leaf.tail = _after(leaf.block, below if isinstance(below, Paragraph) else None)
        if following is not None:
            leaf.tail = min(leaf.tail, following.gap)
            following.gap -= leaf.tail
    return leaves


def between(before: Block, block: Paragraph | Table) -> float:
    """The space between two blocks: the larger of what they ask for; none where paragraphs of a style stand close."""
    if isinstance(block, Table):
        return _after(before, None)
    own = block.format.before
    if isinstance(before, Paragraph) and block.format.contextual and before.style == block.style:
        own = 0.0
    return max(own, _after(before, block))


def _after(before: Block | None, paragraph: Paragraph | None) -> float:
    if not isinstance(before, Paragraph):
        return 0.0
    if before.format.contextual and paragraph is not None and before.style == paragraph.style:
        return 0.0
    return before.format.after


def _same_frame(one: Paragraph, other: Paragraph) -> bool:
    return (
        one.format.borders == other.format.borders
        and one.format.fill == other.format.fill
        and abs(frame_left(one) - frame_left(other)) < 0.5
        and abs(one.format.right - other.format.right) < 0.5
        and not other.format.page_break_before
    )


def _frame(framed: list[tuple[Leaf, Paragraph]]) -> Frame:
    first_leaf, first = framed[0]
    leaves = [leaf for leaf, _ in framed]
    gap, opens_page = first_leaf.gap, first_leaf.opens_page
    leaves[0] = Leaf(first, 0.0)
    return Frame(
        _lists(leaves),
        first.format.borders,
        first.format.fill,
        frame_left(first),
        first.format.right,
        gap,
        opens_page,
    )


def _lists(leaves: Sequence[Leaf]) -> list[Node]:
    """`leaves` with labelled paragraphs gathered into lists, inner lists and further paragraphs into their items."""
    root: list[Node] = []
    open_lists: list[ListNode] = []
    for leaf in leaves:
        paragraph = leaf.block if isinstance(leaf.block, Paragraph) else None
        if paragraph is None or leaf.opens_page or not _may_join(paragraph):
            open_lists.clear()
        if paragraph is None or not _may_join(paragraph):
            root.append(leaf)
        elif not is_item(paragraph):
            while open_lists and paragraph.format.left < open_lists[-1].text_at - _SAME_PLACE:
                open_lists.pop()
            (open_lists[-1].items[-1].children if open_lists else root).append(leaf)
        elif leaf.opens_page:
            open_lists.append(
                ListNode([Item(paragraph, leaf.gap, leaf.tail)], *label_place(paragraph), opens_page=True)
            )
            root.append(open_lists[-1])
        else:
            _add_item(Item(paragraph, leaf.gap, leaf.tail), open_lists, root)
    return root


def is_item(paragraph: Paragraph) -> bool:
    return paragraph.label is not None and bool(paragraph.label.text)


def _may_join(paragraph: Paragraph) -> bool:
    """Headings stand outside lists, though they may be numbered."""
    return paragraph.format.outline_level is None


def label_place(paragraph: Paragraph) -> tuple[float, float]:
    """Where the label and the text of an item begin; a label that does not hang stands in the text's first line."""
    left, first = paragraph.format.left, paragraph.format.first
    return (left + first, left) if first < 0 else (left, left)


def _add_item(item: Item, open_lists: list[ListNode], root: list[Node]) -> None:
    label_at, text_at = label_place(item.paragraph)
    while open_lists:
        top = open_lists[-1]
        if _continues(top, item, label_at, text_at):
            top.items.append(item)
            return
        if label_at >= top.text_at - _SAME_PLACE and label_at > top.label_at + _SAME_PLACE:
            break
        open_lists.pop()
    node = ListNode([item], label_at, text_at)
    (open_lists[-1].items[-1].children if open_lists else root).append(node)
    open_lists.append(node)


def _continues(node: ListNode, item: Item, label_at: float, text_at: float) -> bool:
    before, after = node.items[-1].paragraph.label, item.paragraph.label
    assert before is not None and after is not None
    return (
        abs(node.label_at - label_at) < 0.5
        and abs(node.text_at - text_at) < 0.5
        and before.bullet == after.bullet
        and (not before.bullet or (before.text, before.format) == (after.text, after.format))
    )
