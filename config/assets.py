"""Static files: named by their content when they have been collected, plain before that."""

from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):
    """Serve hashed names for ever once ``collectstatic`` ran; tests need no collecting."""

    def stored_name(self, name):
        if self.hashed_files:
            return super().stored_name(name)
        return name

    def url(self, name, force=False):
        if self.hashed_files:
            return super().url(name, force)
        return FileSystemStorage.url(self, name)
