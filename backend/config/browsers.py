"""What browsers are told they may do with our pages: nothing that the web app does not need."""

from typing import Any

# Everything that a page could ask for and none of ours does.
SWITCHED_OFF = (
    "accelerometer",
    "autoplay",
    "bluetooth",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in SWITCHED_OFF)


def content_security_policy(*, plain_http: bool) -> dict[str, Any]:
    """Return django-csp's setting: our own files only, no script out of a string, nothing inline, no frame."""
    directives: dict[str, Any] = {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        # Said although nothing is the default: some read it only where it stands.
        "object-src": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "require-trusted-types-for": ["'script'"],
        # No code of ours makes markup out of text, so nobody may begin to.
        "trusted-types": ["'none'"],
    }
    if not plain_http:
        directives["upgrade-insecure-requests"] = True
    return {"DIRECTIVES": directives}
