"""The command line: parses, calls, prints, and chooses the exit code. Nothing else prints or exits."""

from packgen.cli.app import main

__all__ = ["main"]
