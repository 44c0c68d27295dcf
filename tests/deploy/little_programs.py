"""Little programs in place of the line's, and the runner over them as a process of its own.

    python -m tests.deploy.little_programs FOLDER NAME...

starts the programs NAMEd, as `make run` does the line's; their logs lie in FOLDER. They carry the
environment's mark, so that a test can tell whether one is left.
"""

import os
import sys
from pathlib import Path

from deploy.ports import LOOPBACK, free_ports
from deploy.processes import Processes, Program
from deploy.run import watch

READY = "ready  here"
SERVE = """
import http.server, os, signal, subprocess, sys
class Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if os.path.exists(sys.argv[2]) else 503)
        self.end_headers()
    def log_message(self, *_):
        pass
server = http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Answers)
print("listening", flush=True)
"""
FOREVER = "server.serve_forever()\n"
SOURCES = {
    "serves": SERVE + FOREVER,
    "serves_too": SERVE + FOREVER,
    # Answers only once the file `gate` lies in FOLDER.
    "opens_late": SERVE + FOREVER,
    "never_answers": "import time\ntime.sleep(600)\n",
    "ends_with_0": "for n in range(40): print('line', n)\n",
    "dies": "import os, signal\nprint('so it goes', flush=True)\nos.kill(os.getpid(), 9)\n",
    # Does not end when asked to, nor does what it started.
    "stubborn": SERVE
    + "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    + "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
    + FOREVER,
}
NOISE = "import sys\nfor n in range(200_000): print('noise', n)\nprint('the end')\nsys.exit(1)\n"
BABBLE = """
import socket, sys
server = socket.create_server(("127.0.0.1", int(sys.argv[1])))
while True:
    caller, _ = server.accept()
    caller.sendall(b"hello\\n")
    caller.close()
"""


def program(name: str, folder: Path, source: str = "") -> Program:
    [port] = free_ports(1)
    gate = folder / "gate" if name == "opens_late" else folder
    command = [sys.executable, "-c", source or SOURCES[name], str(port), str(gate), name]
    return Program(name, command, os.environ, f"http://{LOOPBACK}:{port}/")


def main() -> int:
    folder, names = Path(sys.argv[1]), sys.argv[2:]
    programs = [program(name, folder) for name in names]
    return watch(Processes(programs, folder / "log", folder), READY)


if __name__ == "__main__":
    sys.exit(main())
