// The kernel of learning: clips four at a time, one a SIMD lane, forward and backward. The host lays out the memory.

export { pcen, pcenGradient } from './pcen';
export { fold, sumLanes, tapGradients, tapSpectra, transformed, unfold } from './filters';
export { maxPool, maxPoolGradient } from './maxima';
export { pool, poolGradient } from './pooling';
export { component, componentGradient, energies, energiesGradient, floorEnergies, floorGradient } from './rectify';
export { soundSpectra } from './sounds';
export { clear, heapStart, move } from '../../../worklet/kernel/samples';
