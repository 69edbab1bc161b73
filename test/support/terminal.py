"""Runs a command on a terminal of its own and prints what it shows there, as JSON.

    python3 terminal.py '{"argv": […], "cwd": "…", "env": {…}, "type": ["…"], "columns": 80, "stdout": "file"}'

Each text of `type` is typed when the command has been silent for a while. With `stdout`, standard output goes to
that file, and only standard error and input are the terminal.
"""

import fcntl
import json
import os
import pty
import select
import struct
import sys
import termios
import time

SILENCE = 0.6
PATIENCE = 60

request = json.loads(sys.argv[1])
child, terminal = pty.fork()
if child == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 50, request.get("columns", 80), 0, 0))
    os.chdir(request["cwd"])
    if "stdout" in request:
        os.dup2(os.open(request["stdout"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
    os.execvpe(request["argv"][0], request["argv"], request["env"])

shown = b""
to_type = list(request.get("type", []))
start = time.monotonic()
while time.monotonic() - start < PATIENCE:
    ready, _, _ = select.select([terminal], [], [], SILENCE if to_type else 5)
    if not ready:
        if to_type:
            os.write(terminal, to_type.pop(0).encode())
        continue
    try:
        read = os.read(terminal, 65536)
    except OSError:  # Linux's way to say that the other side is closed
        read = b""
    if not read:
        break
    shown += read
_, status = os.waitpid(child, 0)
json.dump({"shown": shown.decode(errors="replace"), "code": os.waitstatus_to_exitcode(status)}, sys.stdout)
