"""What AWS's own library says of a model that JumpStart withdraws; asked in a process of its own, since it caches."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sandbox.aws.catalogue import FILES
from tests.support.workshop import ENVIRONMENT

MODEL = "model-txt2img-stabilityai-stable-diffusion-v2-1-base"
VERSIONS = ("1.1.3", "2.0.13")
SCRIPT = """
import asyncio, json, os, sys
from core.settings import load
from workers.aws import connect
from workers.jumpstart import JumpStart
from workers.trouble import Trouble

async def main(version):
    told = load(os.environ, "workers")
    try:
        found = await JumpStart(connect("us-west-2"), told).resolve(told.model_id, version)
        print(json.dumps({"version": found.version, "machines": found.training_instances}))
    except Trouble as fault:
        print(json.dumps({"code": fault.code, "reason": fault.reason, "tries": fault.tries}))

asyncio.run(main(sys.argv[1]))
"""


@pytest.fixture
def mirror(tmp_path: Path) -> Path:
    """JumpStart's lists in a folder, which the library takes as they are."""
    (tmp_path / "models_manifest.json").write_bytes((FILES / "models_manifest.json").read_bytes())
    for version in VERSIONS:
        change(tmp_path, version)
    return tmp_path


def change(mirror: Path, version: str, **changes: Any) -> None:
    """Write a version's spec down, changed in this."""
    spec = json.loads((FILES / f"specs_v{version}.json").read_text("utf-8")) | changes
    path = mirror / "community_models" / MODEL / f"specs_v{version}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(spec), "utf-8")


def resolve(mirror: Path, version: str) -> dict[str, Any]:
    told = {
        **ENVIRONMENT,
        "AWS_JUMPSTART_MANIFEST_LOCAL_ROOT_DIR_OVERRIDE": str(mirror),
        "AWS_JUMPSTART_SPECS_LOCAL_ROOT_DIR_OVERRIDE": str(mirror),
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
    }
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT, version], env={**os.environ, **told}, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    return json.loads(ran.stdout.splitlines()[-1])


def test_model_names_the_machines_it_trains_on(mirror: Path) -> None:
    found = resolve(mirror, "1.*")
    assert found == {"version": "1.1.3", "machines": ["ml.g4dn.2xlarge", "ml.g5.2xlarge", "ml.p3.2xlarge"]}


def test_model_that_is_withdrawn_says_which_version_to_take(mirror: Path) -> None:
    change(mirror, "1.1.3", deprecated=True, deprecated_message="It had its day.")
    fault = resolve(mirror, "1.*")
    assert (fault["code"], fault["tries"]) == ("DeprecatedJumpStartModelError", 0)
    assert "DARKROOM_MODEL_VERSION to another version (JumpStart still has 2.0.13)" in fault["reason"]
    assert "It had its day." in fault["reason"]


def test_model_that_is_withdrawn_altogether_says_so(mirror: Path) -> None:
    for version in VERSIONS:
        change(mirror, version, training_vulnerable=True, training_vulnerabilities=["CVE-1"])
    fault = resolve(mirror, "2.0.13")
    assert fault["code"] == "VulnerableJumpStartModelError"
    assert "still has" not in fault["reason"]
    assert "CVE-1" in fault["reason"]
