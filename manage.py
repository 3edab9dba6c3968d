#!/usr/bin/env python
"""Django's command line; migrations and grants run as the owner of the database."""

import os
import sys

from django.core.management import execute_from_command_line

OWNER_COMMANDS = {"migrate", "grant_roles", "sqlmigrate", "dbshell"}


def main() -> None:
    """Run one command in the database role it needs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS:
        os.environ.setdefault("XINFU_DATABASE_ROLE", "owner")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
