"""Why a check did not pass, by the codes that the script of the checks gives."""

from django.utils.translation import gettext as _


def describe_reasons() -> dict[str, str]:
    """Return a sentence for each; what stands in braces is filled in."""
    return {
        "needs": _("It needs what another check looks at: {check}."),
        "late": _("It was not over after 20 seconds."),
        "error": _("An error came up: {error}"),
        "script": _("The script did not come from {address}."),
        "policy": _("The page’s policy forbids {address} ({directive})."),
        "network": _("{address} did not answer."),
        "status": _("{address} answered {status}."),
        "no_etag": _(
            "The page may not read the ETag of the questions: something between "
            "changed the headers."
        ),
        "sink": _("Trusted Types blocked something of the embed."),
        "trusted_types": _(
            "Your page enforces Trusted Types, so the check cannot make this by "
            "script. Look at it on our own check page."
        ),
        "violation": _("The browser blocked {blocked} ({directive})."),
        "header": _("The header {name} is missing."),
        "odd_origin": _("The page has no origin of its own, such as a file."),
        "sandboxed": _("The page stands in a frame with a sandbox."),
        "other_scripts": _("Scripts come from {origins}."),
        "no_questions": _("The questions did not show."),
        "no_first_question": _("After “Start” no question showed."),
        "no_next_question": _("After an answer nothing followed."),
        "twice": _("It shows more than once, or not at all."),
        "too_early": _("It asked for something too early."),
        "answers_lost": _("The answer was lost."),
        "answers_carried": _("An answer was carried over."),
        "old_questions": _("The questions stayed the same."),
        "old_language": _("The language stayed the same."),
        "one_language": _("This screener is in one language."),
        "by_hash": _("The address already names one release."),
        "by_key": _("The frame needs the key of a screener in src, not a release."),
        "browser": _("This browser does not have {name}."),
        "mixed": _("The answers of the two mixed."),
        "small_letters": _("The smallest letters measure {size} pixels."),
        "scaled": _("The page draws it at {times} times its size."),
        "root_size": _("The letters change with the root of the page ({size})."),
        "page_rules": _("Rules of the page reached it: {found}."),
        "small_target": _("“{text}” is {height} pixels high."),
        "wide": _("It is {wide} pixels wide; there is room for {room}."),
        "direction": _("Its direction is {found}, not {wanted}."),
        "picture": _("A picture is behind the letters: look yourself."),
        "contrast": _("“{text}” has a contrast of {ratio} to 1."),
        "not_seamless": _(
            "The element of the checks has no attribute seamless. Add it if your embed "
            "has it."
        ),
        "no_forced_colors": _("Forced colours are off on this device."),
        "no_border": _("“{text}” has no edge that shows."),
        "shift": _("The layout shifted by {moved}."),
        "out_of_view": _("The heading is at {top} pixels, outside of the window."),
        "covered": _("Something of the page ({by}) lies over it."),
        "not_said": _("It did not say what it should. It says: {said}"),
        "vain_button": _("It offers a button that leads nowhere."),
        "insecure": _(
            "The page did not come over https, so the browser computes no hash."
        ),
        "not_refused": _("The questions showed all the same."),
        "no_fallback": _("What stands inside does not show."),
        "policy_frame": _(
            "The page’s policy forbids frames of ours ({directive}). That only matters "
            "if you use the frame."
        ),
        "no_frame": _("The frame did not show."),
        "height": _(
            "The frame is {high} pixels high and shows {wanted}; its max-height is "
            "{limit}."
        ),
        "no_height": _("The frame did not tell its height."),
        "false_exit": _("It promises to leave the site, which a sandbox may forbid."),
        "stays": _("Three times Escape did nothing."),
        "deaf": _("The key did not reach the screener."),
        "no_own_frame": _("No frame with a screener stands in this page."),
        "sandbox": _("A frame has a sandbox without {missing}."),
        "max_height": _("A frame has a max-height of {limit}."),
        "no_result": _("The visit did not come to its result."),
        "requested": _("{address} was asked for."),
        "kept": _("Something changed: {names}"),
        "events": _("The events were: {found}"),
        "own_exit": _("The page has a quick exit of its own."),
        "no_exit": _("There is no way out."),
        "short_page": _("The page is too short to scroll."),
        "exit_gone": _("It scrolls out of view."),
    }
