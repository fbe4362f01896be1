"""`python -m b2bcourse` is the command `b2bcourse`."""

from b2bcourse.commands.cli import main

main()
