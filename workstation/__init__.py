"""Case-file workstation: the whole program except its screen."""

__version__ = "0.1.0"
