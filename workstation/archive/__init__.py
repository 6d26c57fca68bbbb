"""Volumes: binding, sealing, verifying."""
