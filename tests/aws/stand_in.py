"""A container without a painter: trains by counting, serves by echoing; its bad habits are asked for by name."""

import argparse
import json
import signal
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import FrameType


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def train(root: Path) -> int:
    parameters = json.loads((root / "input/config/hyperparameters.json").read_text())
    wished = parameters.get("max_steps", '"None"').strip('"')
    steps = 4 if wished == "None" else int(wished)
    if (root / "input/data/training/unreadable").exists():
        (root / "output/failure").write_text("ValueError: no photo can be read")
        return 1
    seen = sorted(str(path.relative_to(root / "input/data")) for path in (root / "input/data").rglob("*.*"))
    (root / "model/seen.json").write_text(json.dumps(seen))
    resources = json.loads((root / "input/config/resourceconfig.json").read_text())
    (root / "model/instance.txt").write_text(resources["current_instance_type"])
    for step in range(1, steps + 1):
        say(f"Steps:  {step}/{steps} train_avg_loss={1 / step:.4f}")
        if "linger" in parameters:
            time.sleep(float(parameters["linger"].strip('"')))
    return 0


def reply_to(prompt: str) -> tuple[int, bytes]:
    answers = {
        "explode": (500, b'{"code": 500, "message": "CUDA out of memory."}'),
        "nonsense": (400, b'{"code": 400, "message": "prompt is missing"}'),
        "huge": (200, b"x" * 7_000_000),
    }
    return answers.get(prompt, (200, json.dumps({"prompt": prompt, "generated_images": []}).encode()))


class Handler(BaseHTTPRequestHandler):
    model: Path

    def do_GET(self) -> None:
        self.send(200, b"")

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if asked["prompt"] == "dawdle":
            time.sleep(3)
        if asked["prompt"] == "which model":
            self.send(200, json.dumps({"model": self.model.name, "accept": self.headers["Accept"]}).encode())
            return
        self.send(*reply_to(asked["prompt"]))

    def send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def serve(model: Path, port: int) -> int:
    Handler.model = model
    say(f"serving {model.name}")
    ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()
    return 0


def end(_number: int, _frame: FrameType | None) -> None:
    sys.exit(143)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, end)
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["train", "serve"])
    parser.add_argument("--root", type=Path)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--port", type=int)
    options = parser.parse_args()
    sys.exit(train(options.root) if options.what == "train" else serve(options.model, options.port))
