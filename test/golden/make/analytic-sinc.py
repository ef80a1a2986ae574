"""Runs asteroid-filterbanks' ParamSincFB on the bands in analytic-sinc.json: taps, and gradients of a weighted sum of them.

    pip install torch==1.12.1 asteroid-filterbanks==0.4.0 "numpy<2"     (Python 3.10)
    python analytic-sinc.py            prints the largest difference from the file for each entry
    python analytic-sinc.py --write    writes analytic-sinc.json anew

The bands stay as they are in the file. The library computes in float64 here, but for its window.
"""
import json
import pathlib
import sys

import numpy as np
import torch
from asteroid_filterbanks import ParamSincFB

FILE = pathlib.Path(__file__).parent.parent / 'analytic-sinc.json'
torch.set_default_dtype(torch.float64)


def made(bands):
    channels = len(bands['low'])
    library = ParamSincFB(2 * channels, bands['taps'], sample_rate=bands['sampleRate'])
    for parameter, name in ((library.low_hz_, 'low'), (library.band_hz_, 'band')):
        parameter.data = torch.tensor(bands[name]).view(-1, 1)
    filters = library.filters()[:, 0]
    # The weight of tap j of filter n is that of test/frontend/analytic-sinc.test.ts.
    n, j = np.mgrid[:2 * channels, :bands['taps']]
    (torch.from_numpy(np.cos(0.37 * j + 0.11 * n * n)) * filters).sum().backward()
    real, imaginary = filters.detach().numpy().reshape(2, channels, -1)
    return {
        'real': real.tolist(),
        'imaginary': imaginary.tolist(),
        'gradients': {'low': library.low_hz_.grad[:, 0].tolist(), 'band': library.band_hz_.grad[:, 0].tolist()},
    }


def rounded(value):
    """To ten digits: more than the library's window has."""
    if isinstance(value, dict):
        return {key: rounded(entry) for key, entry in value.items()}
    return [rounded(entry) for entry in value] if isinstance(value, list) else float(f'{value:.10g}')


def numbers(value):
    entries = value.values() if isinstance(value, dict) else value
    return np.concatenate([numbers(entry) for entry in entries]) if isinstance(value, (dict, list)) else np.array([value])


kept = json.loads(FILE.read_text())
bands = {name: kept[name] for name in ('sampleRate', 'taps', 'low', 'band')}
new = made(bands)
for name, values in new.items():
    if name in kept:
        print(name.ljust(12), f'{np.max(np.abs(numbers(kept[name]) - numbers(values))):.1e}')
if '--write' in sys.argv:
    FILE.write_text(json.dumps({**bands, **rounded(new)}, separators=(',', ':')).replace(']', ']\n') + '\n')
