"""What breaks on the day of the meeting: a web server, PostgreSQL, the broker, a worker; nothing acknowledged is lost."""

import tests.bin  # noqa: F401, its modules start the servers: they stand outside the product's packages
