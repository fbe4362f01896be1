"""A whole class graded in one process: what ``nbgrader autograde`` leaves, sooner.

`run.grade` is the way in. Below it: `template` (the notebook that every submission shares),
`writing` (notebooks as nbformat writes them), `folders` (what lies on disk, put in place whole),
`book` (the gradebook's rows), and `sums` (what a class's run has to tell).
"""
