from backend.monitoring.models.publications import Publication, PublicationQuerySet
from backend.monitoring.models.rollups import Counted, DailyStat, Grain, Pulse, StatChange, Work

__all__ = ["Counted", "DailyStat", "Grain", "Publication", "PublicationQuerySet", "Pulse", "StatChange", "Work"]
