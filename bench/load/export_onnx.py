#!/usr/bin/python3
"""Writes the served network as ONNX, for the node peer:  export_onnx.py MODEL_FOLDER FILE"""
import sys

import torch
from multitask_reference import Multitask

torch.onnx.export(Multitask(sys.argv[1]), torch.zeros(1, 3, 224, 224), sys.argv[2], input_names=["image"],
                  output_names=["malignancy", "subtype"], dynamic_axes={"image": {0: "images"}}, opset_version=13)
