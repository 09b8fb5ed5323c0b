"""Writing: a `WordDocument` becomes Typst markup that draws it."""
