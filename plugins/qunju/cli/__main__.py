"""`python -m qunju.cli`."""

import sys

from qunju.cli import main

if __name__ == "__main__":
    sys.exit(main())
