"""What a learner's page asks the server for."""
