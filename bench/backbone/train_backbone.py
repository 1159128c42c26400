#!/usr/bin/python3
"""How backbone.safetensors was trained, from scratch, on a CPU: multitask pretraining of ResNet-50 on blood images.

    train_backbone.py ALL_DIR PBC_DIR MINUTES OUT.safetensors

ALL_DIR  benign/ early_pre_b/ pre_b/ pro_b/   whole fields (224x224)         -> malignancy (2) and subtype (3) losses
PBC_DIR  one folder a class, single normal cells (Acevedo et al. 2020)        -> cell-type loss (8)
Progressive resizing 96 -> 128 -> 160 -> 208 px over the time given, SGD with cosine decay, bfloat16 autocast, label smoothing, random crops, the eight
symmetries of the square, random gain, gamma and saturation per image (stain), weights averaged over the second half. The scale bar's corner is
filled with the image's mean colour. Needs Debian's python3-torch, python3-numpy, python3-pil.
"""
import json
import math
import os
import struct
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from resnet50_reference import Backbone

ALL_CLASSES = ["benign", "early_pre_b", "pre_b", "pro_b"]
MEAN = torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)
STD = torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)
rng = np.random.default_rng(7)


def load(root, classes, side):
    images, labels = [], []
    for label, name in enumerate(classes):
        for file in sorted(os.listdir(os.path.join(root, name))):
            image = Image.open(os.path.join(root, name, file)).convert("RGB")
            images.append(np.asarray(image if image.size == (side, side) else image.resize((side, side), Image.BILINEAR)))
            labels.append(label)
    return np.stack(images), np.array(labels)


def augment(images, resolution, smallest):
    """uint8 HWC arrays -> (N, 3, resolution, resolution) normalised."""
    out = torch.empty(len(images), 3, resolution, resolution)
    for k, image in enumerate(images):
        height, width, _ = image.shape
        scale, ratio = math.sqrt(rng.uniform(smallest, 1)), math.exp(rng.uniform(-0.2, 0.2))
        h, w = min(height, int(height * scale * ratio)), min(width, int(width * scale / ratio))
        y, x = rng.integers(0, height - h + 1), rng.integers(0, width - w + 1)
        t = torch.from_numpy(np.ascontiguousarray(image[y:y + h, x:x + w])).permute(2, 0, 1)[None].float() / 255
        t = F.interpolate(t, size=(resolution, resolution), mode="bilinear", align_corners=False, antialias=h > resolution * 1.3)
        symmetry = rng.integers(0, 8)
        t = t.flip(3) if symmetry & 1 else t
        t = t.flip(2) if symmetry & 2 else t
        t = t.transpose(2, 3) if symmetry & 4 else t
        gain = torch.from_numpy(rng.uniform(0.85, 1.15, (1, 3, 1, 1)).astype(np.float32))
        t = t.clamp_min(1e-4) ** float(rng.uniform(0.8, 1.25)) * gain
        grey = t.mean(1, keepdim=True)
        out[k] = (grey + (t - grey) * float(rng.uniform(0.6, 1.4))).clamp(0, 1)[0]
    return ((out - MEAN) / STD).to(memory_format=torch.channels_last)


def rarity(labels):
    weight = 1 / np.bincount(labels)[labels] ** 0.5
    return weight / weight.sum()


def write_safetensors(path, tensors, metadata):
    header, offset, blobs = {"__metadata__": metadata}, 0, []
    for name in sorted(tensors):
        blob = tensors[name].half().contiguous().numpy().tobytes()
        header[name] = {"dtype": "F16", "shape": list(tensors[name].shape), "data_offsets": [offset, offset + len(blob)]}
        offset += len(blob)
        blobs.append(blob)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(blobs))


def main():
    all_dir, pbc_dir, minutes, out = sys.argv[1], sys.argv[2], float(sys.argv[3]), sys.argv[4]
    torch.manual_seed(7)
    smears, smear_labels = load(all_dir, ALL_CLASSES, 224)
    smears = smears.copy()
    for smear in smears:
        smear[192:, 176:] = smear.reshape(-1, 3).mean(0).astype(np.uint8)
    cells, cell_labels = load(pbc_dir, sorted(os.listdir(pbc_dir)), 176)
    network = Backbone().to(memory_format=torch.channels_last)
    for module in network.modules():
        if isinstance(module, torch.nn.Conv2d):
            torch.nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")
        elif hasattr(module, "bn3"):
            torch.nn.init.zeros_(module.bn3.weight)
    heads = torch.nn.ModuleList([torch.nn.Linear(2048, n) for n in (2, 3, 8)])
    parameters = list(network.parameters()) + list(heads.parameters())
    optimizer = torch.optim.SGD([{"params": [p for p in parameters if p.ndim > 1], "weight_decay": 1e-4},
                                 {"params": [p for p in parameters if p.ndim <= 1], "weight_decay": 0}], lr=0.08, momentum=0.9, nesterov=True)
    p_smears, p_cells, average, step, start = rarity(smear_labels), rarity(cell_labels), None, 0, time.time()
    while (part := (time.time() - start) / (minutes * 60)) < 1:
        resolution = 96 if part < 0.35 else 128 if part < 0.55 else 160 if part < 0.78 else 208
        n_smears, n_cells = (28, 36) if part < 0.78 else (32, 16)
        for group in optimizer.param_groups:
            group["lr"] = max(1e-4, 0.08 * min(1, step / 150) * 0.5 * (1 + math.cos(math.pi * part)))
        i, j = rng.choice(len(smear_labels), n_smears, p=p_smears), rng.choice(len(cell_labels), n_cells, p=p_cells)
        x = torch.cat([augment(smears[i], resolution, 0.35), augment(cells[j], resolution, 0.5)])
        y, kind = torch.from_numpy(smear_labels[i]), torch.from_numpy(cell_labels[j])
        with torch.cpu.amp.autocast(dtype=torch.bfloat16):
            features = network(x.to(memory_format=torch.channels_last))
        of_smears, of_cells = features[:n_smears].float(), features[n_smears:].float()
        malignant = y > 0
        loss = (F.cross_entropy(heads[0](of_smears), malignant.long(), label_smoothing=0.05)
                + F.cross_entropy(heads[1](of_smears[malignant]), y[malignant] - 1, label_smoothing=0.05)
                + F.cross_entropy(heads[2](of_cells), kind, label_smoothing=0.1))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 5.0)
        optimizer.step()
        step += 1
        if part > 0.5:
            state = network.state_dict()
            if average is None:
                average = {k: v.clone() for k, v in state.items()}
            for name, value in state.items():
                if value.dtype.is_floating_point:
                    average[name].mul_(0.99).add_(value, alpha=0.01)
        if step % 50 == 0:
            print(f"{part:.0%} step {step} {resolution} px loss {loss.item():.3f}", flush=True)
    write_safetensors(out, {k: v for k, v in average.items() if not k.endswith("num_batches_tracked")}, {"format": "pt", "architecture": "resnet50 v1.5"})


if __name__ == "__main__":
    main()
