"""Whether every word of a document is still on its page of the finished pack.

Takes what was read back, the plan, and the documents' own PDFs or the words that were on their pages; gives
disagreements. Counts words and leaves their order out, since marks of authors are drawn into the page by merging; a
word that the page number touches is read as one with it, so letters are counted where words differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from packgen.inspect.disagreement import Disagreement
from packgen.inspect.readback import FinishedPack
from packgen.model import PagePlan
from packgen.pdfium import page_texts


def check_words(
    pack: FinishedPack, plan: PagePlan, sources: Mapping[str, bytes | Sequence[str]]
) -> Iterator[Disagreement]:
    """Every word of a page must be on the page of the pack that it became."""
    texts = {key: page_texts(source) if isinstance(source, bytes) else source for key, source in sources.items()}
    for page, shown in zip(plan.pages, pack.texts, strict=False):
        if page.source_index is None or page.document_id not in texts:
            continue
        written = texts[page.document_id][page.source_index]
        if written in shown:
            continue  # nearly always; the page number stands behind it
        missing = Counter(written.split()) - Counter(shown.split())
        if missing and Counter("".join(written.split())) - Counter("".join(shown.split())):
            place = f"page {page.page_index + 1} of the file"
            yield Disagreement("words", f"{missing.total()} words of the paper are not on it", place)
