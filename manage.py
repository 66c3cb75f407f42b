#!/usr/bin/env python3
"""Runs the site's commands: `python manage.py help` lists them."""

import os
import sys

from django.conf import settings
from django.core.management import execute_from_command_line

from shanghai_tech.environment import InvalidSettings


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shanghai_tech.settings")
    try:
        _ = settings.INSTALLED_APPS  # reading one of them reads them all
    except InvalidSettings as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
