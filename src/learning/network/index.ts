export { ALONE, type AllReduce } from './all-reduce.ts'
export { inputOfLast, outputOf } from './apply-layers.ts'
export { registerBatchNormGradient } from './batch-norm-gradient.ts'
export { ConvolutionalNetwork } from './convolutional-network.ts'
export { type ConvolutionalPlan, convolutionalPlan } from './convolutional-plan.ts'
export { type DenseValues, denseScores, lastLayerOf } from './dense-values.ts'
export { embedWindows } from './embed-windows.ts'
export { exportModel, roundKernels } from './export.ts'
export { LayersNetwork } from './layers-network.ts'
export { sigmoidLoss } from './loss.ts'
export {
  copyLabels,
  createNetwork,
  FILTERS,
  loadWeights,
  type NetworkOptions,
} from './network.ts'
export { type HeadedClassifier, withNewHead, withWeights } from './new-head.ts'
export { scoreWindows } from './score-windows.ts'
export { learnedVariables, TrainableClassifier } from './trainable-classifier.ts'
export type { LossOptions, TrainableNetwork } from './trainable-network.ts'
export { registerTrainingKernels } from './training-kernels.ts'
