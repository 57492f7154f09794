from promotion.models.event import Event, Participation

__all__ = ["Event", "Participation"]
