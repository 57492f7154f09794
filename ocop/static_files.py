"""Static files under names that hold their digest, in scripts that import each other too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = (r"""(?P<matched>from\s+"(?P<url>\.\.?/[\w/-]+\.js)")""", 'from "%(url)s"')


class Storage(CompressedManifestStaticFilesStorage):
    """Whitenoise's, rewriting `import … from "./x.js"` in our own modules (Django's switch would ask it of libraries too)."""

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", (IMPORT,)),  # its rooms too
    )
