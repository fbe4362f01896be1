"""What belongs to one learner: the working copy, JupyterLab on it, progress and gain."""
