# A process that does one contestant's work in PyTorch: the plain network, or a mapping with a stored matrix.
# Started with the contestant as JSON, told by lines on its input; see src/messages.ts.
import json
import resource
import sys
import time


def say(**answer):
    print(json.dumps(answer), flush=True)


try:
    import torch
except ImportError as error:
    say(type="skip", reason=f"this Python has no torch ({error})")
    sys.exit(0)

import networks

contestant = json.loads(sys.argv[1])
setting = json.loads(sys.argv[2])  # batchSize, latentDim, evaluated
torch.set_num_threads(contestant["threads"])
torch.manual_seed(0)
name = contestant["exercise"]["network"]


def plain():
    """Every parameter trained by Adam."""
    module = networks.MODULES[name]()
    optimizer = torch.optim.Adam(module.parameters(), lr=1e-4)
    x, labels = networks.batch_of(name, setting["batchSize"])

    def step():
        optimizer.zero_grad()
        loss = networks.loss_of(name, module(x), labels)
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def available_bytes():
    with open("/proc/meminfo") as file:
        for line in file:
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    return 0


def dense():
    """W is stored and never trained, z is: theta = z @ W with W of d x P, or theta = W @ z with W of P x d."""
    shapes = [p.shape for p in networks.MODULES[name]().parameters()]
    sizes = [s.numel() for s in shapes]
    rows, columns = sum(sizes), setting["latentDim"]
    needed = 4 * rows * columns
    if available_bytes() < 2 * needed + 10**9:
        raise MemoryError(f"W takes {needed / 1e9:.1f} GB, and twice as much must be free")
    matvec = contestant["engine"] == "torch-matvec"
    W = torch.empty(*([rows, columns] if matvec else [columns, rows])).normal_(0, 0.05 / columns**0.5)
    z = torch.randn(columns, requires_grad=True)
    optimizer = torch.optim.Adam([z], lr=1e-4)
    x, labels = networks.batch_of(name, setting["batchSize"])

    def step():
        optimizer.zero_grad()
        theta = W @ z if matvec else z @ W
        weights = [part.view(shape) for part, shape in zip(theta.split(sizes), shapes)]
        loss = networks.loss_of(name, networks.apply(name, weights, x), labels)
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def evaluation():
    """Loss and accuracy over some examples."""
    module = networks.MODULES[name]().eval()
    x, labels = networks.batch_of(name, setting["evaluated"])

    def score():
        loss = correct = 0.0
        with torch.no_grad():
            for xs, ys in zip(x.split(256), labels.split(256)):
                output = module(xs)
                loss += networks.loss_of(name, output, ys).item() * len(ys)
                correct += (output.argmax(1) == ys).sum().item()
        return loss, correct

    return score


def prepare():
    if contestant["exercise"]["type"] == "evaluation":
        return evaluation()
    return plain() if contestant["engine"] == "torch-plain" else dense()


def timed(work):
    start = time.perf_counter()
    work()
    return 1e3 * (time.perf_counter() - start)


def main():
    start = time.perf_counter()
    work = prepare()
    work()
    say(type="ready", firstMs=1e3 * (time.perf_counter() - start), threads=torch.get_num_threads())
    for line in sys.stdin:
        request = json.loads(line)
        if request["type"] == "end":
            break
        before = time.process_time()
        ms = [timed(work) for _ in range(request["count"])]
        time.sleep(request["restMs"] / 1e3)
        say(type="times", ms=ms, cpuBefore=before, cpuAfter=time.process_time())
    # Linux counts kilobytes of 1,024.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    say(type="peak", mb=round(peak / 1e6))


try:
    main()
except MemoryError as error:
    say(type="skip", reason=str(error))
