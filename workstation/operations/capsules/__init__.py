"""案卷胶囊: a case as one signed file for the resident lawyer, and the replies that come back."""
