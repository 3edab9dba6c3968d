"""The house's settings, with this package as an app: viewflow finds flows only in apps."""

from config.settings import *
from config.settings import INSTALLED_APPS as _apps

INSTALLED_APPS = [*_apps, "bench"]
