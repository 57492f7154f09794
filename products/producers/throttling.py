"""How often one address or one person may ask."""

from typing import Any

from rest_framework.throttling import SimpleRateThrottle


class RegistrationRate(SimpleRateThrottle):
    """A commune's office registers many from one address, a robot more."""

    rate = "30/hour"

    def get_cache_key(self, request: Any, view: Any) -> str:
        return f"products-register-{self.get_ident(request)}"


class AddingRate(SimpleRateThrottle):
    """Each invitation is a mail to whoever one likes; the tries that are refused count too."""

    rate = "30/hour"

    def get_cache_key(self, request: Any, view: Any) -> str:
        return f"products-people-{request.user.pk}"
