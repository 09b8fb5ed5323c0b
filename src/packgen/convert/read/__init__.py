"""Reading: a DOCX becomes a `WordDocument`, with every style, number and measure resolved."""
