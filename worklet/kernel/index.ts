// The kernel: everything the audio thread computes, as functions over pointers. The host lays out the memory.

export { floorEnergies, layerNorm, logarithm, pcen, root } from './compression';
export { realOutputs, poolMaximum } from './full-rate';
export { powerSpectrum, squareRoots, weigh } from './melspectrum';
export { resamplerConfigure, resamplerPush, resamplerReset } from './resample';
export { clean, clear, heapStart, mirror, move } from './samples';
export { realSpectrum } from './spectrum';
export { foldComplex, foldReal, pool, subbandEnergies } from './subband';
