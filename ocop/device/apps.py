from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeviceConfig(AppConfig):
    name = "ocop.device"
    label = "device"
    verbose_name = _("Trên máy người dùng")
