"""The project: settings, addresses and the entry point for servers. What the site does is in `ecosystem`."""
