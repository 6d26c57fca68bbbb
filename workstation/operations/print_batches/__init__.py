"""Printing papers of many cases from a list (批量打印): read, filled, laid out, put together."""
