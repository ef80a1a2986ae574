"""Runs the public PyTorch libraries on the weights in ../checkpoints: expected.json.

    pip install torch==2.2.2 torchaudio==2.2.2 speechbrain==1.0.0 requests safetensors "numpy<2"     (Python 3.11)
    git clone https://github.com/SarthakYadav/leaf-pytorch
    git clone https://github.com/CPJKU/EfficientLEAF
    git clone https://github.com/denfed/leaf-audio-pytorch
    python checkpoints.py FOLDER            the folder of the three; prints the largest difference of each entry
    python checkpoints.py FOLDER --write    writes expected.json anew

The weights were saved by the libraries themselves after their parameters were moved at random, some beyond the
bounds. tf-leaf.npz holds those of the case leaf-random in official.json.
"""
import json
import pathlib
import subprocess
import sys

import numpy as np

GOLDEN = pathlib.Path(__file__).parent.parent / 'checkpoints'
LENGTHS = (16000, 12345)


def golden_signal(length):
    """The signal of test/golden/signal.ts, float64."""
    state = 12345
    noise = np.empty(length)
    for i in range(length):
        state = (state * 1664525 + 1013904223) % 2**32
        noise[i] = state / 2**31 - 1
    t = np.arange(length) / 16000
    return 0.5 * np.sin(2 * np.pi * (100 * t + 3450 * t * t / (length / 16000))) + 0.05 * noise


def leaf_pytorch(channels):
    from leaf_pytorch.frontend import Leaf
    return Leaf(n_filters=channels), lambda model, x: model(x[:, None])[0].T


def speechbrain(channels):
    from speechbrain.lobes.features import Leaf
    model = Leaf(out_channels=channels, in_channels=1, sample_rate=16000)
    return model, lambda model, x: model(x)[0]


def efficientleaf(channels):
    from model.leaf import Leaf
    return Leaf(n_filters=channels), lambda model, x: model(x[:, None])[0].T


def denfed(channels):
    from leaf_audio_pytorch.frontend import Leaf
    return Leaf(n_filters=channels), lambda model, x: model(x[:, None])[0].T


LIBRARIES = {
    'leaf-pytorch': (leaf_pytorch, 'leaf-pytorch', 'features.'),
    'leaf-pytorch-64-dataparallel': (leaf_pytorch, 'leaf-pytorch', 'module.features.'),
    'speechbrain': (speechbrain, None, ''),
    'efficientleaf': (efficientleaf, 'EfficientLEAF', '_frontend.'),
    'denfed': (denfed, 'leaf-audio-pytorch', ''),
}


def run(name, entry, sources):
    """What the library computes, in a process of its own: two of them have packages of one name."""
    import torch
    from safetensors.torch import load_file

    make, folder, prefix = LIBRARIES[name]
    if folder:
        sys.path.insert(0, str(sources / folder))
    model, apply = make(entry['channels'])
    weights = load_file(GOLDEN / entry['file'])
    model.load_state_dict({key.removeprefix(prefix): value for key, value in weights.items()})
    model.eval()
    runs = {}
    for length in LENGTHS:
        with torch.no_grad():
            features = apply(model, torch.tensor(golden_signal(length), dtype=torch.float32)[None]).numpy()
        frames = len(features)
        at = {str(frame): features[frame].tolist() for frame in (0, 10, 50, frames - 1)}
        runs[str(length)] = {'frames': frames, 'mean': float(features.mean()), 'at': at}
    return runs


def difference(old, new):
    if isinstance(old, dict):
        return max(difference(old[key], new[key]) for key in old)
    return float(np.max(np.abs(np.asarray(old) - np.asarray(new))))


def main(sources, write):
    expected = json.loads((GOLDEN / 'expected.json').read_text())
    for name, entry in expected.items():
        child = [sys.executable, __file__, str(sources), '--only', name]
        # The libraries print, too.
        *_, printed = subprocess.run(child, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
        runs = json.loads(printed)
        print(name.ljust(30), f'{difference(entry["runs"], runs):.1e}')
        entry['runs'] = runs
    if write:
        (GOLDEN / 'expected.json').write_text(json.dumps(expected))


if '--only' in sys.argv:
    chosen = sys.argv[-1]
    known = json.loads((GOLDEN / 'expected.json').read_text())[chosen]
    print(json.dumps(run(chosen, known, pathlib.Path(sys.argv[1]))))
else:
    main(pathlib.Path(sys.argv[1]), '--write' in sys.argv)
