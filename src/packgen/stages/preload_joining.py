"""Imports what joining and reading back need, for processes that do nothing else.

After a late change little is drawn, and that in the process of the command itself; others have time until it is done.
"""

# ruff: noqa: F401  # all of them are imported to be there, not to be used here
import pypdfium2
import reportlab.lib.utils
import reportlab.pdfbase.pdfmetrics
import reportlab.pdfbase.ttfonts
import reportlab.pdfgen.canvas

import packgen.inspect.active
import packgen.inspect.fingerprints
import packgen.inspect.navigation
import packgen.inspect.pages
import packgen.inspect.readback
import packgen.inspect.tags
import packgen.inspect.words
import packgen.inspect.written
import packgen.merge.pack
import packgen.merge.structure
import packgen.merge.tagging
import packgen.stages.merging
