"""What a user can do; one transaction per call."""
