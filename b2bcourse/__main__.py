"""`python -m b2bcourse` is the command `b2bcourse`."""

from b2bcourse.cli import main

main()
