from backend.monitoring.statistics.figures import Durations, Figures, Period, check_period, figures

__all__ = ["Durations", "Figures", "Period", "check_period", "figures"]
