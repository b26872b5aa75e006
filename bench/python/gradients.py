# Loss, gradients of all parameters and new running statistics of a network in PyTorch, from given parameters and a
# batch: in float64, and in float32 to see what single precision costs. `gradients.py NETWORK IN OUT`, safetensors files.
import sys

import torch

import arrays
import networks

network, source, destination = sys.argv[1:]
given = arrays.read(source)
x, labels = given.pop("x"), given.pop("labels")
if x.dim() == 4:
    x = x.permute(0, 3, 1, 2).contiguous()
labels = labels.long() if labels.dtype == torch.int32 else labels.reshape(-1, 1)
torch.set_num_threads(2)


def compute(dtype):
    """Names as they came; parameters stand in the same order on both sides."""
    inputs, truth = x.to(dtype), labels.to(dtype) if labels.is_floating_point() else labels
    module = networks.MODULES[network]().to(dtype)
    parameters = list(module.parameters())
    if len(parameters) != len(given):
        raise ValueError(f"expected {len(parameters)} parameters, got {len(given)}")
    with torch.no_grad():
        for parameter, value in zip(parameters, given.values()):
            parameter.copy_(arrays.to_torch(network, value.to(dtype)))
    loss = networks.loss_of(network, module(inputs), truth)
    loss.backward()
    found = {"loss": loss}
    for name, parameter in zip(given, parameters):
        found[f"gradient.{name}"] = arrays.from_torch(network, parameter.grad)
    statistics = [buffer for buffer in module.buffers() if buffer.is_floating_point()]
    for index, buffer in enumerate(statistics):
        found[f"buffer.{index}"] = buffer
    check_function(dtype, inputs, truth, parameters, loss)
    return found


def check_function(dtype, inputs, truth, parameters, loss):
    """The network as a function, which the dense mapping is timed with, is the module."""
    weights = [parameter.detach().clone().requires_grad_() for parameter in parameters]
    other = networks.loss_of(network, networks.apply(network, weights, inputs), truth)
    other.backward()
    tolerance = 1e-9 if dtype == torch.float64 else 1e-3
    pairs = [(other, loss)] + [(w.grad, p.grad) for w, p in zip(weights, parameters)]
    for left, right in pairs:
        if (left - right).norm() > tolerance * (right.norm() + 1e-6):
            raise ValueError("the function and the module differ")


exact, single = compute(torch.float64), compute(torch.float32)
results = {f"float64/{name}": value for name, value in exact.items()}
results.update({f"float32/{name}": value for name, value in single.items()})
arrays.write(destination, results)
