"""How a running service answers smears that were changed, and images that are no smears of its kind.

Usage: abstention.py DATA [--service URL] [--each N] [--seed S]

DATA has all/{benign,early_pre_b,pre_b,pro_b} and, if it is there, ood/ with a folder for each kind of other image.
Silently wrong is an answer that is wrong and yet no REVIEW; sure, where its probability is above .95.
"""
import argparse
import io
import json
import pathlib
import time
import urllib.error
import urllib.request

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter
from scipy import ndimage

CLASSES = ["benign", "early_pre_b", "pre_b", "pro_b"]
AT_ONCE = 8
BOUNDARY = "abstention-boundary"


def encoded(image, form="PNG", **options):
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def levels(change):
    """A change of the levels as numbers."""
    def apply(image, random):
        changed = change(np.asarray(image, float), random)
        return encoded(Image.fromarray(np.clip(np.rint(changed), 0, 255).astype("uint8")))
    return apply


def gain(*factors):
    return levels(lambda a, random: a * factors)


def noise(deviation):
    return levels(lambda a, random: a + random.normal(0, deviation, a.shape))


def gamma(power):
    return levels(lambda a, random: 255 * (a / 255) ** power)


def defocus(radius):
    y, x = np.mgrid[-radius:radius + 1, -radius:radius + 1]
    disk = (x * x + y * y <= radius * radius).astype(float)
    disk /= disk.sum()
    return levels(lambda a, random: np.dstack([ndimage.convolve(a[..., c], disk, mode="nearest") for c in range(3)]))


def blur(radius):
    return lambda image, random: encoded(image.filter(ImageFilter.GaussianBlur(radius)))


def saturation(factor):
    return lambda image, random: encoded(ImageEnhance.Color(image).enhance(factor))


def hue(turn):
    def apply(image, random):
        hsv = np.array(image.convert("HSV")).astype(int)
        hsv[..., 0] = (hsv[..., 0] + turn) % 256
        return encoded(Image.fromarray(hsv.astype("uint8"), "HSV").convert("RGB"))
    return apply


def magnified(factor):
    def apply(image, random):
        width, height = image.size
        if factor > 1:
            left, top = width * (1 - 1 / factor) / 2, height * (1 - 1 / factor) / 2
            return encoded(image.resize((width, height), Image.BICUBIC, (left, top, width - left, height - top)))
        small = np.asarray(image.resize((round(width * factor), round(height * factor)), Image.BICUBIC))
        down, right = height - small.shape[0], width - small.shape[1]
        edges = ((down // 2, down - down // 2), (right // 2, right - right // 2), (0, 0))
        return encoded(Image.fromarray(np.pad(small, edges, mode="reflect")))
    return apply


def jpeg(quality):
    return lambda image, random: encoded(image, "JPEG", quality=quality)


CHANGES = {
    **{f"lamp {f}": gain(f, f, f) for f in (0.5, 0.7, 0.9, 1.15, 1.3)},
    "red 0.75": gain(0.75, 1, 1), "red 1.25": gain(1.25, 1, 1),
    "blue 0.75": gain(1, 1, 0.75), "blue 1.25": gain(1, 1, 1.25),
    **{f"noise {d}": noise(d) for d in (10, 20, 30, 50)},
    **{f"blur {r}": blur(r) for r in (1, 2, 4)}, "defocus 3": defocus(3),
    **{f"saturation {f}": saturation(f) for f in (0, 0.5, 1.6)},
    **{f"hue {t}": hue(t) for t in (-10, 10, 25)},
    **{f"gamma {p}": gamma(p) for p in (0.5, 0.7, 1.5, 2)},
    **{f"magnified {f}": magnified(f) for f in (0.5, 0.7, 1.3, 2)},
    **{f"JPEG {q}": jpeg(q) for q in (30, 10)},
}


def predictions(service, uploads):
    for start in range(0, len(uploads), AT_ONCE):
        body = b"".join(
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="images"; filename="smear"\r\n\r\n'.encode()
            + upload + b"\r\n" for upload in uploads[start:start + AT_ONCE]) + f"--{BOUNDARY}--\r\n".encode()
        request = urllib.request.Request(
            service + "/api/v1/predictions/batch", body,
            {"Content-Type": "multipart/form-data; boundary=" + BOUNDARY})
        while True:
            try:
                yield from json.load(urllib.request.urlopen(request))["results"]
                break
            except urllib.error.HTTPError as e:
                if e.code != 429:
                    raise
                time.sleep(1)


def answer(prediction):
    """The class of four, and its probability."""
    malignancy = prediction["malignancy"]
    if malignancy["malignant"] < malignancy["threshold"]:
        return "BENIGN", malignancy["benign"]
    subtype = prediction["subtype"]
    return subtype["winner"], malignancy["malignant"] * subtype["probabilities"][subtype["winner"]]


class Tally:
    def __init__(self):
        self.images = self.decided = self.wrong = self.silent = self.sure = 0
        self.reasons = {}

    def add(self, truth, prediction):
        called, probability = answer(prediction)
        wrong = called != truth
        stands = prediction["outcome"] != "REVIEW"
        self.images += 1
        self.wrong += wrong
        self.decided += stands
        self.silent += stands and wrong
        self.sure += stands and wrong and probability > 0.95
        for reason in prediction.get("reasons", []):
            self.reasons[reason["code"]] = self.reasons.get(reason["code"], 0) + 1

    def __add__(self, other):
        both = Tally()
        for name in ("images", "decided", "wrong", "silent", "sure"):
            setattr(both, name, getattr(self, name) + getattr(other, name))
        return both

    def __str__(self):
        return (f"{self.images:6d}  {self.decided / self.images:7.3f}  {self.wrong:18d}  {self.silent:14d}  {self.sure:4d}  "
                + ", ".join(f"{code} {count}" for code, count in sorted(self.reasons.items(), key=lambda e: -e[1])))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--service", default="http://localhost:8080")
    parser.add_argument("--each", type=int, default=20, help="smears of each class")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    random = np.random.default_rng(arguments.seed)
    files = [(c.upper(), path) for c in CLASSES
             for path in random.choice(sorted((arguments.data / "all" / c).iterdir()), arguments.each, replace=False)]
    smears = [(truth, path.read_bytes(), Image.open(path).convert("RGB")) for truth, path in files]
    print(f"{'':16s}images  decided  wrong before review  silently wrong  sure  reasons")

    def row(name, uploads):
        tally = Tally()
        for (truth, _, _), prediction in zip(smears, predictions(arguments.service, uploads)):
            tally.add(truth, prediction)
        print(f"{name:16s}{tally}", flush=True)
        return tally

    row("unchanged", [file for _, file, _ in smears])
    every = Tally()
    for name, change in CHANGES.items():
        every += row(name, [change(image, random) for _, _, image in smears])
    print(f"{'all changes':16s}{every}")
    for kind in sorted((arguments.data / "ood").glob("*/")):
        others = [path.read_bytes() for path in sorted(kind.rglob("*")) if path.is_file()]
        answers = list(predictions(arguments.service, others))
        reviewed = sum(each.get("outcome", "REVIEW") == "REVIEW" for each in answers)
        print(f"{kind.name:16s}{len(answers):6d}  reviewed or refused {reviewed}")


if __name__ == "__main__":
    main()
