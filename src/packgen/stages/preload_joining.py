"""Imports what joining and reading back need, for processes that do nothing else.

After a late change little is drawn, and that in the process of the command itself; others have time until it is done.
"""

# ruff: noqa: F401  # all of them are imported to be there, not to be used here
import packgen.convert.tags
import packgen.inspect.active
import packgen.inspect.fingerprints
import packgen.inspect.finished_file
import packgen.inspect.navigation
import packgen.inspect.outlines
import packgen.inspect.pages
import packgen.inspect.readback
import packgen.inspect.tag_roots
import packgen.inspect.tags
import packgen.inspect.words
import packgen.inspect.written
import packgen.merge.pack
import packgen.merge.reading
import packgen.pdfium
import packgen.stages.merging
