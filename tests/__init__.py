"""Tests, laid out like what they test: tests/domain/test_publishing.py is about domain/publishing.py."""
