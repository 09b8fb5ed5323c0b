"""The second engine, LibreOffice: spreadsheets, presentations, and Word files that the built-in engine cannot draw.

`engine` draws, `find` looks for the program, `kinds` tells files apart; the other modules are its steps. Nothing here
is imported by a build that does not need it.
"""
