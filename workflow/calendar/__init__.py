"""China's working days: weekends, holidays and make-up days, each year with its source."""

from workflow.calendar.days import CALENDAR, Calendar, Day, Kind, Year, YearNotLoaded

__all__ = ["CALENDAR", "Calendar", "Day", "Kind", "Year", "YearNotLoaded"]
