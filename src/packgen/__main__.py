"""`python -m packgen`, for machines whose scripts folder is not on the path."""

from packgen.cli import command

if __name__ == "__main__":
    command()
