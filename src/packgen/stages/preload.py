"""Imports what workers need, so that the process they are started from has it ready before the first task comes."""

import packgen.convert.compile
import packgen.convert.proof
import packgen.convert.read.document
import packgen.convert.tags
import packgen.convert.write.document
import packgen.fill.compiled
import packgen.fill.package
import packgen.fill.properties
import packgen.fill.render
import packgen.fill.stories
import packgen.merge.pack  # noqa: F401  # imported to be there, not to be used here
