"""After how many images of another stain the drift of a running service's images shows.

Usage: drift.py DATA --service URL [--seed S]

Posts 100 smears as they are, then changed ones in batches of five, until blastscope_drift_rank{measure="unfamiliarity"} is
above 0.75, the limit of the alert; and in the end 2,000 unchanged ones, of which the highest rank is printed.
"""
import argparse
import pathlib
import re
import urllib.request

import numpy as np
from PIL import Image

import abstention

LIMIT = 0.75
STEP = 5
MOST = 200
STAINS = ("saturation 0.5", "saturation 1.6", "hue -10", "hue 10", "hue 25", "gamma 1.5", "gamma 2", "red 1.25")


def rank(service):
    metrics = urllib.request.urlopen(service + "/actuator/prometheus").read().decode()
    return float(re.search(r'blastscope_drift_rank\{measure="unfamiliarity"\} (\S+)', metrics).group(1))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--service", default="http://localhost:8080")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    random = np.random.default_rng(arguments.seed)
    files = sorted((arguments.data / "all").glob("*/*"))

    def post(paths, change=None):
        uploads = [path.read_bytes() if change is None else change(Image.open(path).convert("RGB"), random)
                   for path in paths]
        list(abstention.predictions(arguments.service, uploads))

    for stain in STAINS:
        post(random.choice(files, 100, replace=False))
        before = rank(arguments.service)
        smears = random.permutation(files)[:MOST]
        for sent in range(STEP, MOST + 1, STEP):
            post(smears[sent - STEP:sent], abstention.CHANGES[stain])
            if rank(arguments.service) > LIMIT:
                break
        print(f"{stain:16s} rank {before:.2f} before, above {LIMIT} after {sent} images"
              if rank(arguments.service) > LIMIT else f"{stain:16s} rank {rank(arguments.service):.2f} after {MOST}", flush=True)
    post(random.choice(files, 100, replace=False))
    highest = 0.0
    for start in range(0, 2000, STEP):
        post(random.choice(files, STEP, replace=False))
        highest = max(highest, rank(arguments.service))
    print(f"unchanged        highest rank {highest:.2f} in 2000 images")


if __name__ == "__main__":
    main()
