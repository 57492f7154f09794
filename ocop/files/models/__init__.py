"""Files that are kept, and files that are on their way."""

from ocop.files.models.stored import StoredFile
from ocop.files.models.upload import Upload

__all__ = ["StoredFile", "Upload"]
