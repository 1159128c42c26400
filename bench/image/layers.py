"""layers.py FOLDER: the layers of an image that was pushed to a folder, with the step that made each, in megabytes."""

import gzip
import json
import pathlib
import sys

folder = pathlib.Path(sys.argv[1])


def blob(descriptor):
    return folder / descriptor["digest"].removeprefix("sha256:")


def unpacked(path):
    with gzip.open(path) as stream:
        return sum(len(piece) for piece in iter(lambda: stream.read(1 << 20), b""))


manifest = json.loads((folder / "manifest.json").read_text())
steps = [s for s in json.loads(blob(manifest["config"]).read_text())["history"] if not s.get("empty_layer")]
sizes = [(unpacked(blob(layer)) / 1e6, layer["size"] / 1e6) for layer in manifest["layers"]]
print(f"{'unpacked':>9}{'packed':>8}  step")
for (large, small), step in zip(sizes, steps):
    print(f"{large:9.1f}{small:8.1f}  {step.get('created_by', '')[:100]}")
print(f"{sum(s[0] for s in sizes):9.1f}{sum(s[1] for s in sizes):8.1f}  together")
