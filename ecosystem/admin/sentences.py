"""What Django's admin says and Django's own Chinese does not know yet; named here, so that our catalog has it."""

from django.utils.translation import gettext_noop

LACKING = (
    gettext_noop("Model name"),
    gettext_noop("Add link"),
    gettext_noop("Change or view list link"),
    gettext_noop("Error:"),
    gettext_noop("Forgotten your login credentials?"),
    gettext_noop("After you’ve created a user, you’ll be able to edit more user options."),
)
