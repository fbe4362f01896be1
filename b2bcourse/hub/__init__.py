"""The course on a JupyterHub: one machine, real users, a class or learners on their own."""
