"""What the two admins show: global tables at /admin/, a tenant's own at /<tenant>/admin/, beside each room's admin."""

from ocop.admin import inside, outside  # noqa: F401, registered by being imported
from ocop.admin.words import say

say()
