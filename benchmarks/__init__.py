"""How long packgen takes, and how much memory, beside what people would script instead and beside the least there is.

    python -m benchmarks              everything; some minutes
    python -m benchmarks --short      what is looked at with every change: fails if a ratio is far off
    python -m benchmarks --write      everything, and puts the table into docs/performance.md

Each figure is the median of several runs in one go, since machines differ from hour to hour: only ratios of one table
can be compared with those of another.
"""
