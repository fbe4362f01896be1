"""What the kit costs beside what a user would take instead; run with ``python -m benchmarks``.

Each module that `benchmarks.__main__` lists is one benchmark with a function ``run(job)``. Every
number is a ratio measured in one run: kit and alternative take turns, so that whatever else the
machine does meets both.
"""
