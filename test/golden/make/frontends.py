"""The frontends in float64 from their definitions, independent of this package: frontends.json.

    pip install numpy
    python frontends.py            prints the largest difference from the file for each entry
    python frontends.py --write    writes frontends.json anew

Equations and constants are those of google-research/leaf-audio at b130481, here without its float32.
"""
import json
import pathlib
import sys

import numpy as np

FILE = pathlib.Path(__file__).parent.parent / 'frontends.json'
RATE, TAPS, HOP, CHANNELS, FFT = 16000, 401, 160, 40, 512
LOWEST, HIGHEST, FLOOR = 60.0, 7800.0, 1e-5


def golden_signal(length):
    """The signal of test/golden/signal.ts."""
    state = 12345
    noise = np.empty(length)
    for i in range(length):
        state = (state * 1664525 + 1013904223) % 2**32
        noise[i] = state / 2**31 - 1
    t = np.arange(length) / RATE
    return 0.5 * np.sin(2 * np.pi * (100 * t + 3450 * t * t / (length / RATE))) + 0.05 * noise


def mel_matrix():
    """HTK mel triangles, linear in mel, peak at most 1; [bins, channels]."""
    mel = lambda hz: 1127 * np.log1p(hz / 700)
    edges = np.linspace(mel(LOWEST), mel(HIGHEST), CHANNELS + 2)
    bins = mel(np.arange(FFT // 2 + 1) * RATE / FFT)[:, None]
    rising = (bins - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - bins) / (edges[2:] - edges[1:-1])
    triangles = np.maximum(0, np.minimum(rising, falling))
    triangles[0] = 0
    return triangles


def gabor_initial():
    """[centre frequency in radians, standard deviation in samples] of each mel triangle's root."""
    root = np.sqrt(mel_matrix())
    peak = root.max(axis=0)
    center = root.argmax(axis=0) * 2 * np.pi / FFT
    width = (root >= peak / 2).sum(axis=0)
    return np.stack([center, np.sqrt(2 * np.log(2)) * FFT / (np.pi * width)], axis=1)


def gabor_filters(parameters):
    """Complex taps, [channels, taps]."""
    center, sigma = parameters[:, :1], parameters[:, 1:]
    t = np.arange(TAPS) - TAPS // 2
    return np.exp(-t * t / (2 * sigma**2) + 1j * center * t) / (np.sqrt(2 * np.pi) * sigma)


def sinc_initial():
    """[low, band] in Hz of bands equally wide in mel."""
    to_mel = lambda hz: 2595 * np.log10(1 + hz / 700)
    mels = np.linspace(to_mel(50), to_mel(RATE / 2 - 100), CHANNELS + 1)
    edges = 700 * (10 ** (mels / 2595) - 1)
    return np.stack([edges[:-1], np.diff(edges)], axis=1)


def sinc_filters(parameters):
    low = 50 + np.abs(parameters[:, :1])
    high = np.minimum(low + 50 + np.abs(parameters[:, 1:]), RATE / 2)
    t = (np.arange(TAPS) - TAPS // 2) / RATE
    taps = 2 * high * np.sinc(2 * high * t) - 2 * low * np.sinc(2 * low * t)
    window = 0.54 - 0.46 * np.cos(2 * np.pi * np.arange(TAPS) / TAPS)
    return taps / taps.max(axis=1, keepdims=True) * window


def correlate(signal, filters):
    """Each filter at every sample, zeros around the signal; [channels, samples]."""
    padded = np.pad(signal, TAPS // 2)
    windows = np.lib.stride_tricks.sliding_window_view(padded, TAPS)
    return (windows @ filters.T).T


def frames_of(rows, left, fill=0.0):
    """Windows of the rows, the first beginning `left` samples before them; [channels, frames, taps]."""
    count = -(-rows.shape[1] // HOP)
    right = max(0, (count - 1) * HOP + TAPS - rows.shape[1] - left)
    padded = np.pad(rows, ((0, 0), (left, right)), constant_values=fill)
    return np.lib.stride_tricks.sliding_window_view(padded, TAPS, axis=1)[:, ::HOP][:, :count]


def same_left(samples):
    """TensorFlow's SAME padding before the first window."""
    count = -(-samples // HOP)
    return max((count - 1) * HOP + TAPS - samples, 0) // 2


def gaussian_pooling(rows, width=0.4):
    k = np.arange(TAPS) - (TAPS - 1) / 2
    window = np.exp(-0.5 * (k / (width * (TAPS - 1) / 2)) ** 2)
    return (frames_of(rows, same_left(rows.shape[1])) @ window).T


def pcen(energies, floor, alpha=0.96, smooth=0.04, delta=2.0, root=2.0):
    mean = energies[0]
    compressed = np.empty_like(energies)
    for t, energy in enumerate(energies):
        mean = smooth * energy + (1 - smooth) * mean
        compressed[t] = (energy / (floor + mean) ** alpha + delta) ** (1 / root) - delta ** (1 / root)
    return compressed


def mel_energies(signal):
    """Power spectrogram without centring, zeros at the end, through the mel matrix; [frames, channels]."""
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(TAPS) / (TAPS - 1))
    spectrum = np.fft.rfft(frames_of(signal[None], 0)[0] * window, FFT)
    return np.abs(spectrum) ** 2 @ mel_matrix()


def time_domain(signal):
    """Gabors scaled to the area of their mel triangles, squared modulus, a squared Hann, logarithm; whole windows only."""
    triangles, parameters = mel_matrix(), gabor_initial()
    area = triangles.max(axis=0) * ((triangles > 0).sum(axis=0) + 2) * np.pi / FFT
    scale = np.sqrt(area * 2 * np.sqrt(np.pi) * parameters[:, 1])
    filters = gabor_filters(parameters) * scale[:, None]
    energies = np.abs(correlate(signal, filters)) ** 2
    lowpass = (0.5 * (1 - np.cos(2 * np.pi * (np.arange(TAPS) - 1) / (TAPS - 1)))) ** 2
    windows = np.lib.stride_tricks.sliding_window_view(energies, TAPS, axis=1)[:, ::HOP]
    return np.log(np.maximum((windows @ lowpass).T, FLOOR) + FLOOR)


def layer_norm(rows, epsilon=1e-3):
    return (rows - rows.mean(axis=1, keepdims=True)) / np.sqrt(rows.var(axis=1, keepdims=True) + epsilon)


def all_features(signal):
    mel = mel_energies(signal)
    band = correlate(signal, sinc_filters(sinc_initial()))
    leaky = np.where(band > 0, band, 0.2 * band)
    maxima = frames_of(leaky, same_left(len(signal)), -np.inf).max(axis=2).T
    energies = gaussian_pooling(np.abs(correlate(signal, gabor_filters(gabor_initial()))) ** 2)
    return {
        'mel_log': np.log(mel + 1e-5),
        'mel_pcen': pcen(mel, 1e-6),
        'mel_cubic': np.maximum(mel, 0) ** (1 / 3),
        'mel_root10': np.maximum(mel, 0) ** (1 / 10),
        'tdfbanks': time_domain(signal),
        'sincnet': layer_norm(np.maximum(maxima, FLOOR)),
        'sincnet_plus': pcen(np.maximum(gaussian_pooling(leaky), FLOOR), 1e-6),
        'leaf_energy': np.maximum(energies, FLOOR),
        'leaf': pcen(np.maximum(energies, FLOOR), 1e-12),
    }


def summary(features):
    return {
        'shape': list(features.shape),
        'mean': features.mean(),
        'min': features.min(),
        'max': features.max(),
        **{f'frame{frame}': features[frame].tolist() for frame in (0, 10, 50)},
        'last': features[-1].tolist(),
    }


def make():
    signal = golden_signal(RATE)
    return {
        'signal': {'n': RATE, 'sr': RATE, 'head': signal[:16].tolist(), 'sumsq': (signal**2).sum()},
        'leaf_init': gabor_initial().tolist(),
        'sinc_init': sinc_initial().tolist(),
        'features': {name: summary(features) for name, features in all_features(signal).items()},
    }


def differences(old, new, name=''):
    if isinstance(old, dict):
        for key in old:
            yield from differences(old[key], new[key], f'{name} {key}'.strip())
    else:
        yield name, float(np.max(np.abs(np.asarray(old) - np.asarray(new))))


made = make()
for entry, difference in differences(json.loads(FILE.read_text()), made):
    print(entry.ljust(32), f'{difference:.1e}')
if '--write' in sys.argv:
    FILE.write_text(json.dumps(made, indent=1))
