"""The same producer or product twice in the register: found, compared, made one with both histories."""
