# Named arrays between TypeScript and PyTorch: safetensors files of float32 and int32, and the two layouts of weights
# (height, width, in, out here; out, in, height, width there).
import json
import math
import struct

import torch

TYPES = {"F32": torch.float32, "I32": torch.int32}
NAMES = {dtype: name for name, dtype in TYPES.items()}


def read(path):
    with open(path, "rb") as file:
        data = bytearray(file.read())
    (size,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + size])
    arrays = {}
    for name, entry in header.items():
        begin, _ = entry["data_offsets"]
        count = math.prod(entry["shape"])
        flat = torch.frombuffer(data, dtype=TYPES[entry["dtype"]], count=count, offset=8 + size + begin)
        arrays[name] = flat.reshape(entry["shape"])
    return arrays


def write(path, arrays):
    header, parts, offset = {}, [], 0
    for name, tensor in arrays.items():
        tensor = tensor.detach().to(torch.float32).contiguous()
        part = tensor.numpy().astype("<f4").tobytes()
        end = offset + len(part)
        header[name] = {"dtype": NAMES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [offset, end]}
        parts.append(part)
        offset = end
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(parts))


# The images that are flattened before a dense layer: height, width, channels, by network and number of inputs.
FLATTENED = {("cnn1", 1152): (3, 3, 128), ("cnn2", 800): (5, 5, 32)}


def to_torch(network, weight):
    if weight.dim() == 4:
        return weight.permute(3, 2, 0, 1).contiguous()
    if weight.dim() != 2:
        return weight
    image = FLATTENED.get((network, weight.shape[0]))
    if image is None:
        return weight.t().contiguous()
    return weight.reshape(*image, -1).permute(3, 2, 0, 1).reshape(-1, weight.shape[0]).contiguous()


def from_torch(network, weight):
    if weight.dim() == 4:
        return weight.permute(2, 3, 1, 0)
    if weight.dim() != 2:
        return weight
    image = FLATTENED.get((network, weight.shape[1]))
    if image is None:
        return weight.t()
    height, width, channels = image
    parts = weight.reshape(-1, channels, height, width).permute(2, 3, 1, 0)
    return parts.reshape(weight.shape[1], -1)
