"""``python -m narragraph`` is the command ``narragraph``."""

from narragraph.cli import main

if __name__ == "__main__":
    main()
