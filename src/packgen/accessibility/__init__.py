"""Whether documents and packs keep the standards for everybody's reading and for keeping, said in officers' words.

`conformance` asks a validator about one finished PDF; `shortcomings` turns what it finds into what is missing and how
to mend it; `report` writes both for a whole build, for people and for programs. Never changes a document.
"""
