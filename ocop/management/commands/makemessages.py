"""`manage.py makemessages`: the English catalogue renewed from the sources, without guessed translations."""

from django.core.management.base import CommandParser
from django.core.management.commands import makemessages


class Command(makemessages.Command):
    help = "Renews locale/en from the texts of Python and templates (needs gettext)."
    # A guess that looks right is worse than a gap that the test names.
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(
            locale=["en"],
            add_location="file",
            no_wrap=True,
            no_obsolete=True,
            ignore_patterns=["tests/*", "bin/*", "bench/*", "var/*"],
        )
