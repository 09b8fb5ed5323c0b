"""Libraries warn programmers of what they do not like in a file; officers are told by packgen, in words for them."""

import sys
import warnings


def be_quiet() -> None:
    """Let no library write warnings to the screen of this process, unless Python was asked for them."""
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
