"""Runs small programs in this Python, each in its own environment, and prints what their names hold."""
import json
import os
import sys


def show(value, depth=0):
    """repr(), but for what differs from run to run: the order of sets, addresses."""
    if depth > 20:
        return "..."
    kind = type(value)
    if kind in (set, frozenset):
        items = sorted(part(item, depth + 1) for item in value)
        return f"{kind.__name__}({', '.join(items)})"
    if kind is list:
        return "[" + ", ".join(part(item, depth + 1) for item in value) + "]"
    if kind is tuple:
        return "(" + ", ".join(part(item, depth + 1) for item in value) + ("," if len(value) == 1 else "") + ")"
    if kind is dict:
        return "{" + ", ".join(f"{part(k, depth + 1)}: {part(v, depth + 1)}" for k, v in value.items()) + "}"
    if value is None or value is Ellipsis or kind in (bool, int, float, str, bytes):
        return repr(value)
    if isinstance(value, BaseException):
        return f"{kind.__name__}({show(value.args, depth + 1)})"
    return None


def part(value, depth):
    return show(value, depth) or "?"


def run(program):
    for name in list(os.environ):
        if name.startswith("T_"):
            del os.environ[name]
    os.environ.update(program["env"])
    namespace = {"__name__": "settings", "__builtins__": __builtins__}
    error = None
    try:
        exec(compile(program["text"], "settings.py", "exec"), namespace)
    except BaseException as raised:  # noqa: BLE001
        error = [type(raised).__name__, str(raised)]
    names = {}
    for name, value in namespace.items():
        if not name.startswith("__"):
            shown = show(value)
            if shown is not None:
                names[name] = shown
    return {"names": names, "error": error}


sys.stdout = sys.stderr
results = [run(program) for program in json.load(sys.stdin)]
sys.__stdout__.write(json.dumps(results))
