"""Pages of the window: case list, case workspace, law desk, archive, settings."""
