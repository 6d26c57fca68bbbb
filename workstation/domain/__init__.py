"""Value rules and records of administrative-penalty cases; no input or output."""
