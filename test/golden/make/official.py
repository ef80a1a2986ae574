"""Runs google-research/leaf-audio on the descriptions in official.json: features, and gradients of the stated loss.

    pip install tensorflow-cpu==2.15.1 tensorflow-addons==0.23.0 gin-config "numpy<2"     (Python 3.11)
    git clone https://github.com/google-research/leaf-audio && git -C leaf-audio checkout b130481
    python official.py leaf-audio            prints the largest difference from the file for each case
    python official.py leaf-audio --write    writes official.json anew

The descriptions stay as they are in the file: the random ones were drawn once and are part of the question.
"""
import argparse
import json
import pathlib
import sys
import types

import numpy as np

FILE = pathlib.Path(__file__).parent.parent / 'official.json'
EVERY_TWENTIETH = slice(None, None, 20)


def golden_signal(length):
    """The signal of test/golden/signal.ts, float64."""
    state = 12345
    noise = np.empty(length)
    for i in range(length):
        state = (state * 1664525 + 1013904223) % 2**32
        noise[i] = state / 2**31 - 1
    t = np.arange(length) / 16000
    return 0.5 * np.sin(2 * np.pi * (100 * t + 3450 * t * t / (length / 16000))) + 0.05 * noise


def import_official(source):
    # SpecAugment alone needs lingvo, and nothing here uses it.
    augmenter = types.ModuleType('lingvo.core.spectrum_augmenter')
    sys.modules['lingvo'] = types.ModuleType('lingvo')
    sys.modules['lingvo.core'] = types.ModuleType('lingvo.core')
    sys.modules['lingvo.core'].spectrum_augmenter = augmenter
    sys.path.insert(0, str(source))
    import tensorflow
    from leaf_audio import frontend, postprocessing
    return tensorflow, frontend, postprocessing


def build(name, description, frontend, postprocessing):
    """The official model of a case, and where its variables lie: parameter → (variable, column or None)."""
    channels = description['channels']
    if name.startswith('leaf'):
        # Default arguments of Leaf are shared objects: a PCEN of its own for each model.
        pcen = postprocessing.PCENLayer(alpha=0.96, smooth_coef=0.04, delta=2.0, floor=1e-12, trainable=True,
                                        learn_smooth_coef=True, per_channel_smooth_coef=True)
        return frontend.Leaf(n_filters=channels, compression_fn=pcen)
    if name.startswith('sincnet-plus'):
        return frontend.SincNetPlus(n_filters=channels)
    if name.startswith('sincnet'):
        return frontend.SincNet(n_filters=channels)
    if name.startswith('time-domain'):
        return frontend.TimeDomainFilterbanks(n_filters=channels)
    return frontend.MelFilterbanks(n_filters=channels)


def variables(name, model):
    """parameter → (variable, column); the column is None where the variable is the parameter."""
    if name.startswith('leaf'):
        compression = model._compress_fn
        return {
            'center': (model._complex_conv._kernel, 0),
            'sigma': (model._complex_conv._kernel, 1),
            'width': (model._pooling.kernel, None),
            'alpha': (compression.alpha, None),
            'delta': (compression.delta, None),
            'root': (compression.root, None),
            'smooth': (compression.ema._weights, None),
        }
    if name.startswith('sincnet'):
        kernel = model._complex_conv._kernel
        own = {'low': (kernel, 0), 'band': (kernel, 1)}
        if name.startswith('sincnet-plus'):
            return {**own, 'width': (model._pooling.kernel, None)}
        return {**own, 'gamma': (model._compress_fn.gamma, None), 'beta': (model._compress_fn.beta, None)}
    if name.startswith('time-domain'):
        return {'taps': (model._complex_conv.kernel, None), 'lowpass': (model._pooling.pool.kernel, None)}
    return {}


def assign(places, description):
    values = {**description['filterbank'], **description['pooling'], **description['compression']}
    for parameter, (variable, column) in places.items():
        if not isinstance(values.get(parameter), list):
            continue
        array = variable.numpy()
        wanted = np.asarray(values[parameter], np.float32)
        if column is None:
            array = wanted.reshape(array.shape)
        else:
            array[:, column] = wanted
        variable.assign(array)


def gradients_of(name, places, by_variable):
    if name.startswith('time-domain'):
        return time_domain_gradients(*(by_variable[places[key][0].ref()] for key in ('taps', 'lowpass')))
    found = {}
    for parameter, (variable, column) in places.items():
        gradient = by_variable[variable.ref()]
        found[parameter] = short(gradient.reshape(-1) if column is None else gradient[:, column])
    return found


def time_domain_gradients(taps, lowpass):
    """Of 32,000 taps every twentieth of three channels, and the norm of each channel."""
    real, imaginary = taps[:, 0, 0::2], taps[:, 0, 1::2]
    return {
        'everyTwentiethTap': {
            'channels': {
                str(n): {'real': short(real[EVERY_TWENTIETH, n]), 'imag': short(imaginary[EVERY_TWENTIETH, n])}
                for n in (0, 20, 39)
            },
            'norm': short(np.sqrt((real**2).sum(0) + (imaginary**2).sum(0))),
        },
        'lowpassEveryTwentiethTap': short(lowpass.reshape(-1)[EVERY_TWENTIETH]),
    }


def short(values):
    """Nine digits hold a float32."""
    return [float(f'{value:.9g}') for value in np.asarray(values).reshape(-1)]


def run(name, case, official):
    tensorflow, frontend, postprocessing = official
    model = build(name, case['description'], frontend, postprocessing)
    signal = tensorflow.constant(golden_signal(case['samples'])[None, :], tensorflow.float32)
    model(signal)
    places = variables(name, model)
    assign(places, case['description'])
    with tensorflow.GradientTape() as tape:
        features = model(signal)
        frames, channels = features.shape[1:]
        weights = np.cos(0.37 * np.arange(frames)[:, None] + 0.11 * np.arange(channels)[None, :] ** 2)
        loss = tensorflow.reduce_sum(features[0] * tensorflow.constant(weights, tensorflow.float32))
    values = features.numpy()[0]
    made = {
        'samples': case['samples'],
        'description': case['description'],
        'frames': int(frames),
        'mean': short([values.mean()])[0],
        'features': {str(frame): short(values[frame]) for frame in (0, 10, 50, frames - 1)},
    }
    if 'gradients' in case:
        trained = list({variable.ref(): variable for variable, _ in places.values()}.values())
        computed = tape.gradient(loss, trained)
        by_variable = {variable.ref(): gradient.numpy() for variable, gradient in zip(trained, computed)}
        made['gradients'] = gradients_of(name, places, by_variable)
    return made


def difference(old, new):
    """The largest difference between the numbers of two trees, as a share of the list's largest where that is over 1."""
    if isinstance(old, dict):
        return max((difference(old[key], new[key]) for key in old if key in new), default=0.0)
    if isinstance(old, list):
        old, new = np.asarray(old), np.asarray(new)
        return float(np.abs(old - new).max() / max(1, np.abs(old).max()))
    return abs(old - new)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument('source', type=pathlib.Path, help='a checkout of leaf-audio')
    arguments.add_argument('--write', action='store_true')
    chosen = arguments.parse_args()
    official = import_official(chosen.source)
    golden = json.loads(FILE.read_text())
    for name, case in golden['cases'].items():
        made = run(name, case, official)
        parts = {key: difference(case[key], made[key]) for key in ('frames', 'mean', 'features', 'gradients') if key in case}
        print(name.ljust(26), '  '.join(f'{key} {value:.1e}' for key, value in parts.items()), flush=True)
        golden['cases'][name] = made
    if chosen.write:
        FILE.write_text(json.dumps(golden))


main()
