#!/usr/bin/python3
"""Trains the same two heads on the same frozen backbone in PyTorch, without a cache: every epoch reads every image anew.

    train_uncached.py MODEL_FOLDER DATASET EPOCHS        prints the seconds of the epochs and of the start as JSON

70 % of the images train and 15 % validate in every epoch, as in `train`; Adam 0.001, batches of 32, balanced classes.
"""
import json
import os
import pathlib
import sys
import time

import torch
import torch.nn.functional as F

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "load"))
from multitask_reference import Multitask, head, preprocess  # noqa: E402

CLASSES, BATCH = ["benign", "early_pre_b", "pre_b", "pro_b"], 32
started = time.perf_counter()
torch.set_num_threads(os.cpu_count())
torch.manual_seed(7)
network = Multitask(sys.argv[1])
network.malignancy, network.subtype = head(2), head(3)
backbone = network.backbone.to(memory_format=torch.channels_last)
optimizer = torch.optim.Adam([*network.malignancy.parameters(), *network.subtype.parameters()], lr=0.001)

files = [(file, label) for label, name in enumerate(CLASSES) for file in sorted(pathlib.Path(sys.argv[2], name).iterdir())]
files = [files[i] for i in torch.randperm(len(files))]
train, validation = files[:int(0.7 * len(files))], files[int(0.7 * len(files)):int(0.85 * len(files))]
labels = torch.tensor([label for _, label in train])
of_malignancy = len(labels) / (2 * torch.bincount((labels > 0).long(), minlength=2).float())
of_subtype = (labels > 0).sum() / (3 * torch.bincount(labels[labels > 0] - 1, minlength=3).float())


def loss(batch):
    images = torch.stack([preprocess(file.read_bytes()) for file, _ in batch]).contiguous(memory_format=torch.channels_last)
    label = torch.tensor([label for _, label in batch])
    with torch.no_grad():
        features = backbone(images)
    malignant = label > 0
    total = F.cross_entropy(network.malignancy(features), malignant.long(), of_malignancy)
    if malignant.any():
        total = total + F.cross_entropy(network.subtype(features[malignant]), label[malignant] - 1, of_subtype)
    return total


def batches(of):
    return [of[start:start + BATCH] for start in range(0, len(of), BATCH)]


ready = time.perf_counter()
for epoch in range(int(sys.argv[3])):
    network.malignancy.train()
    network.subtype.train()
    for batch in batches([train[i] for i in torch.randperm(len(train))]):
        optimizer.zero_grad()
        loss(batch).backward()
        optimizer.step()
    network.eval()
    with torch.no_grad():
        of_validation = sum(loss(batch).item() for batch in batches(validation)) / len(batches(validation))
    print(f"epoch {epoch + 1}: validation loss {of_validation:.4f}", file=sys.stderr)
now = time.perf_counter()
print(json.dumps({"imagesAnEpoch": len(train) + len(validation), "start": ready - started, "epochs": now - ready}))
