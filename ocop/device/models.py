"""Which forms have arrived: a device that got no answer may ask again and nothing is made twice."""

from django.db import models

from ocop.tenancy.models import TenantModel


class SentForm(TenantModel):
    """One filled-in form that was taken; of who sent it and what stood in it there are digests alone."""

    key = models.CharField(max_length=64)  # HMAC of who, where and the mark that her browser gave it
    content = models.CharField(max_length=64)  # HMAC of what was sent
    url = models.CharField(max_length=500, blank=True)  # where its answer led
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "key"], name="device_sent_form_once")]
        indexes = [models.Index(fields=["tenant", "at"], name="device_sent_form_old")]

    def __str__(self) -> str:
        return self.key
