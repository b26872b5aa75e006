# The networks of the benchmark in PyTorch: as modules, the way one writes them, and as functions of given weights, the
# way a hypernetwork needs them. `gradients.py` checks that both are the networks of the TypeScript side.
from torch import nn
from torch.nn import functional as F
import torch


class ConvBlock(nn.Module):
    def __init__(self, inputs, filters, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, filters, 3, stride, 1, bias=False)
        self.norm1 = nn.BatchNorm2d(filters)
        self.conv2 = nn.Conv2d(filters, filters, 3, 1, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(filters)
        if stride > 1:
            self.shortcut = nn.Conv2d(inputs, filters, 1, stride, bias=False)
            self.shortcut_norm = nn.BatchNorm2d(filters)
        else:
            self.shortcut = None

    def forward(self, x):
        y = F.relu(self.norm1(self.conv1(x)))
        y = self.norm2(self.conv2(y))
        s = x if self.shortcut is None else self.shortcut_norm(self.shortcut(x))
        return F.relu(y + s)


def conv_stack():
    blocks = [
        ConvBlock(inputs, filters, stride)
        for inputs, filters, stride in [
            (16, 16, 1), (16, 16, 1), (16, 16, 1),
            (16, 32, 2), (32, 32, 1), (32, 32, 1),
            (32, 64, 2), (64, 64, 1), (64, 64, 1),
        ]
    ]
    stem = [nn.Conv2d(3, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU()]
    return nn.Sequential(*stem, *blocks, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))


def cnn1():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3, padding=1), nn.MaxPool2d(2), nn.ReLU(),
        nn.Conv2d(32, 64, 3, padding=1), nn.MaxPool2d(2), nn.ReLU(),
        nn.Conv2d(64, 128, 3, padding=1), nn.ReLU(),
        nn.Conv2d(128, 128, 3, padding=1), nn.MaxPool2d(2), nn.ReLU(),
        nn.Flatten(), nn.Linear(1152, 256), nn.ReLU(), nn.Linear(256, 10),
    )


def cnn2():
    return nn.Sequential(
        nn.Conv2d(1, 16, 3), nn.MaxPool2d(2), nn.ReLU(),
        nn.Conv2d(16, 32, 3), nn.MaxPool2d(2), nn.ReLU(),
        nn.Flatten(), nn.Linear(800, 128), nn.ReLU(), nn.Linear(128, 10),
    )


class Lstm(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(67, 32, batch_first=True)
        self.head = nn.Linear(32, 1)

    def forward(self, x):
        return self.head(self.lstm(x)[0][:, -1])


MODULES = {"cnn1": cnn1, "cnn2": cnn2, "conv-stack": conv_stack, "lstm": Lstm}
INPUTS = {"cnn1": (1, 28, 28), "cnn2": (1, 28, 28), "conv-stack": (3, 32, 32), "lstm": (24, 67)}


def _cnn1(x, p, training):
    x = F.relu(F.max_pool2d(F.conv2d(x, p(), p(), padding=1), 2))
    x = F.relu(F.max_pool2d(F.conv2d(x, p(), p(), padding=1), 2))
    x = F.relu(F.conv2d(x, p(), p(), padding=1))
    x = F.relu(F.max_pool2d(F.conv2d(x, p(), p(), padding=1), 2))
    return F.linear(F.relu(F.linear(x.flatten(1), p(), p())), p(), p())


def _cnn2(x, p, training):
    x = F.relu(F.max_pool2d(F.conv2d(x, p(), p()), 2))
    x = F.relu(F.max_pool2d(F.conv2d(x, p(), p()), 2))
    return F.linear(F.relu(F.linear(x.flatten(1), p(), p())), p(), p())


def _unit(x, p, stride=1, padding=1):
    # Normalisation by the batch: the running statistics are no part of the gradient.
    return F.batch_norm(F.conv2d(x, p(), None, stride, padding), None, None, p(), p(), training=True)


def _conv_stack(x, p, training):
    x = F.relu(_unit(x, p))
    for stage in range(3):
        for block in range(3):
            narrows = stage > 0 and block == 0
            y = _unit(F.relu(_unit(x, p, 2 if narrows else 1)), p)
            x = F.relu(y + (_unit(x, p, 2, 0) if narrows else x))
    return F.linear(x.mean((2, 3)), p(), p())


def _lstm(x, p, training):
    state = torch.zeros(1, x.shape[0], 32, dtype=x.dtype)
    weights = [p(), p(), p(), p()]
    output = torch._VF.lstm(x, (state, state), weights, True, 1, 0.0, training, False, True)[0]
    return F.linear(output[:, -1], p(), p())


_FUNCTIONS = {"cnn1": _cnn1, "cnn2": _cnn2, "conv-stack": _conv_stack, "lstm": _lstm}


def apply(name, weights, x):
    """The output of a network in training for weights in the order of its module's parameters."""
    rest = iter(weights)
    return _FUNCTIONS[name](x, lambda: next(rest), True)


def loss_of(name, output, labels):
    return F.mse_loss(output, labels) if name == "lstm" else F.cross_entropy(output, labels)


def batch_of(name, size):
    x = torch.randn(size, *INPUTS[name])
    labels = torch.randn(size, 1) if name == "lstm" else torch.randint(0, 10, (size,))
    return x, labels
