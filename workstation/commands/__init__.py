"""The commands of the command line, a module a subject: its arguments and what they run."""
