"""The words of messages about how somebody signs in: what happened, and what to do if it was not them."""

from backend.notifications.texts import register_text

_NOT_YOU = "If this was not you, change your password under Sign-in and security and call your manager now."
_TEXTS = (
    (
        "sign_in_reset",
        "The second step of your sign-in was reset",
        "{person}, {agency}, has reset it: set up a new one when you sign in. If you did not ask for it, call them.",
    ),
    (
        "sign_in_step_added",
        "A second step was added to your sign-in",
        f"This was added to your sign-in: {{label}}. {_NOT_YOU}",
    ),
    (
        "sign_in_step_removed",
        "A second step was removed from your sign-in",
        f"This was removed from your sign-in: {{label}}. {_NOT_YOU}",
    ),
    ("sign_in_password", "Your password was changed", f"Your password was changed. {_NOT_YOU}"),
    (
        "sign_in_device",
        "You signed in on a new device",
        f"Somebody has signed in as you in a browser that we had not seen before: {{label}}. {_NOT_YOU}",
    ),
    (
        "role_added",
        "You have a new role: {role}",
        "{person} has made you {role} in {agency}. If you have several roles, choose one in your account’s menu.",
    ),
)


def register() -> None:
    """Give the notifications app the words."""
    for code, subject, body in _TEXTS:
        register_text(code, subject, body)
