"""Texts of law as a bureau has them: reading the file, telling its parts, what looks off."""
