#!/usr/bin/python3
"""The same model behind FastAPI, uvicorn and PyTorch, one worker, the way their documentation teaches it.

    fastapi_peer.py MODEL_FOLDER PORT

Images are decoded in the thread pool; forward passes run one at a time, each on all cores.
"""
import asyncio
import os
import sys
from concurrent.futures import ThreadPoolExecutor

import torch
import uvicorn
from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from multitask_reference import Multitask, preprocess

torch.set_num_threads(os.cpu_count())
network = Multitask(sys.argv[1]).to(memory_format=torch.channels_last)
one_at_a_time = ThreadPoolExecutor(max_workers=1)
app = FastAPI()


def predict(image):
    with torch.inference_mode():
        malignancy, subtype = network(image[None].contiguous(memory_format=torch.channels_last))
        calibration = network.calibration
        log_odds = (malignancy[0, 1] - malignancy[0, 0]).double() / calibration["malignancyTemperature"]
        malignant = (log_odds + calibration["malignancyBias"]).sigmoid().item()
        answer = {"malignancy": {"benign": 1 - malignant, "malignant": malignant}}
        if malignant >= calibration["threshold"]:
            shares = (subtype[0].double() / calibration["subtypeTemperature"]).softmax(0).tolist()
            answer["subtype"] = dict(zip(["EARLY_PRE_B", "PRE_B", "PRO_B"], shares))
        return answer


@app.get("/ready")
def ready():
    return "ready"


@app.post("/predict")
async def predictions(request: Request):
    image = await run_in_threadpool(preprocess, await request.body())
    return await asyncio.get_running_loop().run_in_executor(one_at_a_time, predict, image)


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), access_log=False)
