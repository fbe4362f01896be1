"""Whether a machine is fit for the course: it is looked at (`gather`), then judged (`checks`)."""
