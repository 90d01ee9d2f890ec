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
        "sign_in_password_first",
        "You have chosen your password",
        "You have chosen a password by the link that you were sent. If this was not you, call your manager now.",
    ),
    (
        "sign_in_directory",
        "You sign in with {agency} from now on",
        "Your account at {agency} signs you in here from now on. If this was not you, call your manager now.",
    ),
    (
        "invitation_not_sent",
        "The invitation to {person} did not arrive",
        "We could not send {person} the link to choose a password. Look at the address, and send it again.",
    ),
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
# The two emails that go to somebody who cannot sign in yet, or not now: subject and body.
INVITED = (
    "You are invited to Alongside",
    """Dear {name},

{person}, {agency}, has added you to Alongside, where agencies work together on early help for children.

Open this page and choose your password:

{url}

The link works once, until {until}. If it has run out, ask {person} to send it again.

If you did not expect this, leave it: nobody gets in without the link. Nobody reads answers to this email.
""",
)
FORGOTTEN = (
    "Another password for Alongside",
    """Dear {name},

Somebody asked for a new password for you. If it was you, open this page and choose one:

{url}

The link works once, until {until}. You will still need your second step to sign in.

If it was not you, leave it: your password stays as it is. Nobody reads answers to this email.
""",
)


def register() -> None:
    """Give the notifications app the words."""
    for code, subject, body in _TEXTS:
        register_text(code, subject, body)
