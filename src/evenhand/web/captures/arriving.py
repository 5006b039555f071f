"""Takes a file out of a form as it comes in, and gives it on. No byte of it is written plain."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from evenhand.actions.captures_coming import Coming
from evenhand.rules.refusals import Refused

FIELD = "file"


class Arriving(FileUploadHandler):
    """The one file of a form about a capture. Any other file that is sent is read and dropped.

    ``refused`` is why it is not taken, known before its end perhaps: the rest is then read and
    dropped too, so that the page can say so. ``has_come``: a file was sent, whole or not.
    """

    def __init__(self, coming: Coming) -> None:
        super().__init__()
        self.coming = coming
        self.has_come = False
        self.refused: Refused | None = None
        self._is_it = False

    def new_file(self, field_name: str, file_name: str, *rest: Any, **more: Any) -> None:
        """Begin with the file of the right question, if it is the first one."""
        super().new_file(field_name, file_name, *rest, **more)
        self._is_it = field_name == FIELD and not self.has_come
        self.has_come = self.has_come or self._is_it

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Give the next bytes on, and to no other handler."""
        if self._is_it and not self.refused:
            try:
                self.coming.write(raw_data)
            except Refused as refused:
                self.refused = refused

    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        """Say that a file came, with its size and without its bytes."""
        if not self._is_it:
            return None
        return UploadedFile(None, self.file_name, self.content_type, file_size)
