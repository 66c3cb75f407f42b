"""How static files are named and stored."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Compressed and named by content once collected; until then, as in tests, the names they have."""

    def stored_name(self, name: str) -> str:
        return super().stored_name(name) if self.hashed_files else name
