"""Instruments, versions, citations and the search index."""
