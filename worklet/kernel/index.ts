// The kernel: everything the audio thread computes, as functions over pointers. The host lays out the memory.

export { floorEnergies, logarithm, pcen } from './compression';
export { powerSpectrum, weigh, windowFrame } from './melspectrum';
export { resamplerConfigure, resamplerPush, resamplerReset } from './resample';
export { clean, clear, heapStart, mirror, move } from './samples';
export { realSpectrum } from './spectrum';
export { foldComplex, foldReal, pool, subbandEnergies } from './subband';
