# Evaluates a model with the reference implementation of the ONNX standard, which is plain NumPy and shares no code with
# ONNX Runtime. `evaluate_onnx.py MODEL IN OUT`: IN and OUT are safetensors files; Debian's torch is not needed.
import json
import struct
import sys

import numpy as np
import onnx
from onnx.reference import ReferenceEvaluator
from onnx.reference.op_run import OpRun

TYPES = {"F32": np.dtype("<f4"), "I32": np.dtype("<i4")}


def read(path):
    with open(path, "rb") as file:
        data = file.read()
    (size,) = struct.unpack("<Q", data[:8])
    begin = 8 + size
    return {
        name: np.frombuffer(data[begin + entry["data_offsets"][0] : begin + entry["data_offsets"][1]], TYPES[entry["dtype"]])
        .reshape(entry["shape"])
        for name, entry in json.loads(data[8:begin]).items()
    }


def write(path, arrays):
    header, parts, offset = {}, [], 0
    for name, array in arrays.items():
        kind = "I32" if array.dtype == np.int32 else "F32"
        part = np.ascontiguousarray(array, TYPES[kind]).tobytes()
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": [offset, offset + len(part)]}
        offset += len(part)
        parts.append(part)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(parts))


class GatherElements(OpRun):
    """By the definition in the standard: onnx's own goes through `numpy.choose`, which ends at 64 rows."""

    def _run(self, data, indices, axis=0):
        wrapped = np.where(indices < 0, indices + data.shape[axis], indices)
        return (np.take_along_axis(data, wrapped, axis=axis),)


path, source, destination = sys.argv[1:]
onnx.checker.check_model(path, full_check=True)
evaluator = ReferenceEvaluator(path, new_ops=[GatherElements])
results = evaluator.run(None, read(source))
write(destination, {name: np.asarray(result) for name, result in zip(evaluator.output_names, results)})
