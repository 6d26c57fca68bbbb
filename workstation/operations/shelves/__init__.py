"""The shelves of the e助理 beside the law: decisions, the bureau's notes, own closed cases."""
