"""JumpStart's catalogue: the list of models, what is said about each, and what stands for its files.

Two specs, of the model that can be fine-tuned, are in files. Those of the ready-made ones, which differ in a few
fields, are made of one of them by the rule below; names and addresses are JumpStart's own. Which machine a model wants,
and which are deprecated or have a licence to accept, is made up here.
"""

import io
import json
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.aws.shapes import Json

FILES = Path(__file__).with_name("jumpstart")
MANIFEST = "models_manifest.json"
PROPRIETARY_MANIFEST = "proprietary-sdk-manifest.json"
READY_MADE = "ready_made.json"
PATTERN = "specs_v2.0.13.json"
"""The spec that those of the ready-made models are made of."""
VERSION = "2.0.13"
"""Their version, where the list gives no other."""
DEPRECATED = "This model is deprecated and can no longer be used. Choose another model of JumpStart's."
LICENCE = b"The licence of this model would stand here on AWS. In the sandbox it holds for drawings only.\n"
NOTE = b"JumpStart's own file stands here on AWS. In the sandbox the container brings its own.\n"
CONTENT = "ready-made.json"
"""What an endpoint of a ready-made model is made of here: which model it is; the container does the rest."""
_HOSTED = ("hosting_artifact_key", "hosting_prepacked_artifact_key")
"""Artifacts that an endpoint can be made of; the others are fetched by training jobs and not looked into."""
_NOT_HOSTED = ("hosting_script_key", "training_artifact_key", "training_script_key", "training_prepacked_script_key")
_PROPRIETARY = [
    {
        "model_id": "ai21-summarization",
        "version": "1.1.003",
        "min_version": "2.0.0",
        "spec_key": "proprietary-models/ai21-summarization/proprietary_specs_1.1.003.json",
        "search_keywords": ["Text2Text", "Generation"],
        "deprecated": False,
    }
]
"""Listing fails when the manifest holds no row."""


def objects() -> dict[str, bytes]:
    """Key and content of all that JumpStart's bucket holds."""
    found = lists(deprecated=False) | {PROPRIETARY_MANIFEST: json.dumps(_PROPRIETARY).encode()}
    for spec in specs():
        content = json.dumps({"model": spec["model_id"]}).encode()
        found |= {spec[name]: packed("README.txt", NOTE) for name in _NOT_HOSTED if spec.get(name)}
        for key in (spec[name] for name in _HOSTED if spec.get(name)):
            found |= {f"{key}{CONTENT}": content} if key.endswith("/") else {key: packed(CONTENT, content)}
        if spec.get("hosting_eula_key"):
            found[spec["hosting_eula_key"]] = LICENCE
    return found


def lists(*, deprecated: bool) -> dict[str, bytes]:
    """Key and content of the manifest and the specs, with all models deprecated or those that are anyway."""
    told = [spec | ({"deprecated": True, "deprecated_message": DEPRECATED} if deprecated else {}) for spec in specs()]
    rows = [_row(spec) for spec in told]
    return {MANIFEST: json.dumps(rows).encode()} | {
        row["spec_key"]: json.dumps(spec).encode() for row, spec in zip(rows, told, strict=True)
    }


def specs() -> "list[Json]":
    """Give what JumpStart says about each model, the fine-tuned one's versions first."""
    tuned = [_read(Path(row["spec_key"]).name) for row in _read(MANIFEST)]
    pattern = _read(PATTERN)
    return tuned + [_ready_made(pattern, row) for row in _read(READY_MADE)]


def _read(name: str) -> Any:  # noqa: ANN401 - any JSON
    return json.loads((FILES / name).read_text("utf-8"))


def _ready_made(pattern: "Json", row: "Json") -> "Json":
    """Give the spec of a ready-made model: nothing of it can be trained, and its machine may be another."""
    kept = {name: value for name, value in pattern.items() if "training" not in name and name != "estimator_kwargs"}
    model = str(row["id"])
    family = model.partition("-")[0]
    folder = f"{family}-txt2img/{model}/artifacts"
    machine = str(row.get("machine") or pattern["default_inference_instance_type"])
    variants = pattern["hosting_instance_type_variants"]
    own = {machine.split(".")[1]: variants["variants"]["g4dn"]}
    licence = {"hosting_eula_key": row["licence"]} if "licence" in row else {}
    withdrawn = {"deprecated": True, "deprecated_message": DEPRECATED} if row.get("deprecated") else {}
    return {
        **kept,
        "model_id": model,
        "url": row["url"],
        "version": row.get("version", VERSION),
        "training_supported": False,
        "hyperparameters": [],
        "metrics": [],
        "resource_name_base": f"hf-txt2img-{model.partition('txt2img-')[2]}"[:50],
        "hosting_artifact_key": f"{folder}/inference/v1.0.0/",
        "hosting_prepacked_artifact_key": f"{folder}/inference-prepack/v1.0.0/",
        "hosting_script_key": f"source-directory-tarballs/{family}/inference/txt2img/v1.1.0/sourcedir.tar.gz",
        "default_inference_instance_type": machine,
        "supported_inference_instance_types": sorted({machine, *pattern["supported_inference_instance_types"]}),
        "hosting_instance_type_variants": variants | {"variants": variants["variants"] | own},
        **licence,
        **withdrawn,
    }


def _row(spec: "Json") -> "Json":
    """Give a model's line in the manifest."""
    return {
        "model_id": spec["model_id"],
        "version": spec["version"],
        "min_version": spec["min_sdk_version"],
        "spec_key": f"community_models/{spec['model_id']}/specs_v{spec['version']}.json",
        "search_keywords": ["Text to Image"],
        "deprecated": spec["deprecated"],
        "provider": "stabilityai" if "stabilityai" in spec["model_id"] else "huggingface",
    }


def packed(name: str, content: bytes) -> bytes:
    """Give a tar.gz with one file in it."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w:gz") as tar:
        entry = tarfile.TarInfo(name)
        entry.size = len(content)
        tar.addfile(entry, io.BytesIO(content))
    return target.getvalue()
