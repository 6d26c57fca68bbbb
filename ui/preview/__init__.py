"""Painting laid-out pages on screen and paper."""
