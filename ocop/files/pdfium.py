"""PDFium is not safe in threads: whoever opens a PDF in this process holds this lock."""

from threading import Lock

ONE_AT_A_TIME = Lock()
