from backend.monitoring.statistics.figures import Figures, Period, check_period, figures
from backend.monitoring.statistics.spans import Durations

__all__ = ["Durations", "Figures", "Period", "check_period", "figures"]
