"""`python -m packgen`, for machines whose scripts folder is not on the path."""

from packgen.cli import main

if __name__ == "__main__":
    main()
