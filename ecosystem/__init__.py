"""The one application of Shanghai Tech, laid out by layer: see docs/architecture.md."""
