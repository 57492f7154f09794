"""allauth's mails go through the outbox like all others."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from ocop.notices.account_words import ERROR_MESSAGES
from ocop.notices.outbox import write_mail


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an officer, an invitation or a producer's registration, not by allauth's form."""

    error_messages = DefaultAccountAdapter.error_messages | ERROR_MESSAGES

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Who logs in at her tenant stays there; the front page sends all others on."""
        tenant = getattr(request, "tenant", None)
        if tenant is not None and tenant.users.filter(pk=request.user.pk).exists():
            return f"/{tenant.slug}/"
        return "/"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        message = self.render_mail(template_prefix, email, context | {"request": self.request})
        write_mail(email, message.subject, str(message.body))
