"""The screen: everything that imports PySide6."""
