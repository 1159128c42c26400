"""The served network in PyTorch: backbone, both heads and their calibration, from the files that the jar embeds."""
import io
import json
import pathlib
import sys

import numpy as np
import torch
from PIL import Image
from torch import nn

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "backbone"))
from resnet50_reference import MEAN, STD, load_backbone, read_safetensors  # noqa: E402

SIDE, BAR_TOP, BAR_LEFT = 224, 192, 176
WHITE = (250, 255, 252)


def head(classes):
    return nn.Sequential(nn.Linear(2048, 256), nn.ReLU(), nn.Dropout(0.5), nn.Linear(256, classes))


class Multitask(nn.Module):
    """(N, 3, 224, 224) normalised images -> malignancy logits (N, 2) and subtype logits (N, 3)."""

    def __init__(self, model):
        super().__init__()
        model = pathlib.Path(model)
        self.backbone = load_backbone(model / "backbone.safetensors")
        self.malignancy, self.subtype = head(2), head(3)
        missing, unexpected = self.load_state_dict(read_safetensors(model / "heads.safetensors"), strict=False)
        assert not unexpected and all(name.startswith("backbone.") for name in missing)
        self.calibration = json.loads((model / "card.json").read_text())["calibration"]
        self.eval()

    def forward(self, x):
        features = self.backbone(x)
        return self.malignancy(features), self.subtype(features)


def white(pixels):
    """The image with the background, the brightest 15 % outside the corner of the scale bar, brought to that of the training."""
    seen = np.ones((SIDE, SIDE), bool)
    seen[BAR_TOP:, BAR_LEFT:] = False
    outside = pixels[seen]
    brightness = outside.sum(1, dtype=int)
    at_least = np.bincount(brightness, minlength=766)[::-1].cumsum()[::-1]
    darkest = np.flatnonzero(100 * at_least >= 15 * len(outside))[-1]
    background = np.sort(outside[brightness >= darkest], axis=0)
    medians = background[(len(background) + 1) // 2 - 1]
    gains = np.clip(np.array(WHITE) / np.maximum(1, medians), 0.5, 2)
    return np.minimum(255, np.floor(pixels * gains + 0.5)).astype(np.uint8)


def preprocess(file):
    """An image's bytes, squashed, brought to white, its scale bar hidden behind the mean colour, normalised: (3, 224, 224)."""
    image = Image.open(io.BytesIO(file)).convert("RGB")
    if image.size != (SIDE, SIDE):
        image = image.resize((SIDE, SIDE), Image.BILINEAR)
    pixels = white(np.asarray(image))
    pixels[BAR_TOP:, BAR_LEFT:] = pixels.reshape(-1, 3).mean(0).astype(np.uint8)
    return (torch.from_numpy(pixels).permute(2, 0, 1).float() / 255 - MEAN) / STD
