"""An author's Word report as an item of a pack: JSON, Markdown and pictures.

Takes a DOCX; gives the files of an item, what is left over, and what an officer should know. Never writes a file,
never invents a fact, and never loses a word: what fits no key is kept and named.
"""

from packgen.importing.importer import KNOWN, Imported, Place, import_word
from packgen.importing.pieces import LeftOut, LeftOver

__all__ = ["KNOWN", "Imported", "LeftOut", "LeftOver", "Place", "import_word"]
