"""The health check of the web container: /healthz answers, asked as the proxy asks."""  # noqa: INP001

import urllib.request

request = urllib.request.Request(
    "http://127.0.0.1:8000/healthz", headers={"Host": "localhost", "X-Forwarded-Proto": "https"}
)
urllib.request.urlopen(request, timeout=4).close()  # noqa: S310
