"""Write ``years.toml`` once from the PyPI package ``chinesecalendar`` (a dev dependency).

    python -m workflow.calendar.generate > workflow/calendar/years.toml

The file is committed and then maintained by hand or by an administrator's notice; the
package names no State Council notice, so its years carry ``source = "library"`` unless the
title of their notice is known here.
"""

import datetime as dt
import sys
from collections import defaultdict

from chinese_calendar import constants

NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日",
}
NOTICES = {
    2025: "国务院办公厅关于2025年部分节假日安排的通知",
    2026: "国务院办公厅关于2026年部分节假日安排的通知",
}


def main() -> None:
    """Print every year the package knows, holidays by festival and then the make-up days."""
    festivals: dict[int, dict[str, list[dt.date]]] = defaultdict(lambda: defaultdict(list))
    for day, name in sorted(constants.holidays.items()):
        festivals[day.year][NAMES[name]].append(day)
    make_up: dict[int, list[dt.date]] = defaultdict(list)
    for day in sorted(constants.workdays):
        make_up[day.year].append(day)
    sys.stdout.write("# Holidays and make-up working days (调休上班) by year, as published.\n")
    sys.stdout.write("# Every other day is a weekday or a weekend day. 2027 is not published.\n")
    for year in sorted(festivals):
        sys.stdout.write(f'\n[{year}]\nsource = "{NOTICES.get(year, "library")}"\n')
        sys.stdout.write(f"make_up = [{_days(make_up[year])}]\n\n[{year}.holidays]\n")
        for name, days in festivals[year].items():
            sys.stdout.write(f'"{name}" = [{_days(days)}]\n')


def _days(days: list[dt.date]) -> str:
    return ", ".join(day.isoformat() for day in days)


if __name__ == "__main__":
    main()
