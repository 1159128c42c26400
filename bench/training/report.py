"""Prints what run.sh measured and writes it as training.json."""
import json
import pathlib
import re
import sys

out, (images, everything, epochs) = pathlib.Path(sys.argv[1]), map(int, sys.argv[2:5])
cold, warm, pytorch, load = [None if value == "null" else float(value) for value in sys.argv[5:9]]


def parts(name):
    return {key.strip(): float(value) for key, value in
            re.findall(r"([a-z ]+)=([\d.]+)", re.search(r"Seconds: \{(.*)\}", (out / f"training-{name}.log").read_text())[1])}


report = {"images": images, "epochs": epochs, "loadAverage": load,
          "cold": {"seconds": cold, "parts": parts("cold"), "imagesPerSecond": images / parts("cold")["features"]},
          "warm": {"seconds": warm, "parts": parts("warm")}}
print(f"{images} of {everything} images, {epochs} epochs, load average {load} at the start\n")
print("| training | whole command | features of all images | heads |\n|---|---|---|---|")
for name in ("cold", "warm"):
    took = report[name]
    heads = sum(took["parts"][part] for part in ("cross-validation", "random folds", "training"))
    print(f"| blastscope, {name} (trains heads 21 times: five grouped and five random folds, twice each, and all images) | {took['seconds']:.1f} s | "
          f"{took['parts']['features']:.2f} s, {images / took['parts']['features']:.0f} images/s | {heads:.2f} s |")
if pytorch is None:
    print("| PyTorch without a cache | skipped: needs Debian's python3-torch and python3-pil | | |")
else:
    loop = json.loads((out / "training-pytorch.log").read_text())
    an_epoch = loop["epochs"] / epochs
    report["pytorch"] = {"seconds": pytorch, "epochSeconds": an_epoch, "imagesPerSecond": loop["imagesAnEpoch"] / an_epoch}
    print(f"| PyTorch without a cache (trains once) | {pytorch:.1f} s | none | {an_epoch:.2f} s, "
          f"{loop['imagesAnEpoch'] / an_epoch:.0f} images/s an epoch |")
    extrapolated = pytorch + (40 - epochs) * an_epoch
    print(f"\nExtrapolated, not measured: 40 epochs of the PyTorch loop on these {images} images take {extrapolated:.0f} s.")
(out / "training.json").write_text(json.dumps(report, indent=1) + "\n")
