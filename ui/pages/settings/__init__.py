"""The sections of the settings page, a module a section; ``sections`` lists them."""
