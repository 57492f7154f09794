from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class EvaluationConfig(AppConfig):
    name = "evaluation"
    verbose_name = _("Đánh giá và chứng nhận")

    def ready(self) -> None:
        """Django's own signal: whoever migrates or flushes has the published sets afterwards."""
        publish = import_string("evaluation.publishing.after_migrate")
        post_migrate.connect(publish, sender=self, dispatch_uid="evaluation.publish_sets")
