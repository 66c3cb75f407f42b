"""The same organizations as a model that Wagtail searches, with the five facets that Datasette counts too."""
