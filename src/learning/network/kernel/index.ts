// The kernel of the default classifier's training, one clip or one block of clips a call. The host lays out the memory.

export { levelGradient, levelMoments, levelPatches, levelSums } from './level';
export { multiplyAll, multiplyTransposedAll, transpose } from './multiply';
export {
  moments, rectify, rectifyGradient, rectifyPooled, rectifyPooledGradient, rectifyPooledSums, rectifySums,
} from './normalise';
export {
  filterTransform, filterTransformGradient, inputTransform, inputTransformGradient, outputTransform,
  outputTransformGradient, tileProducts, tileProductsGradient,
} from './winograd';
export { clear, heapStart } from '../../../../worklet/kernel/samples';
