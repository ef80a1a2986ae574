export { type Evaluation, evaluate, type Figures } from './evaluation.ts'
export {
  accuracy,
  averagePrecisions,
  bestThresholds,
  calibrationError,
  confusion,
  detections,
  highest,
  mean,
  type ReliabilityBin,
  recalls,
  reliability,
} from './measures.ts'
export { type ClipLogits, clipScore, fitPlatt, type LogitMap, logit, sigmoid, UNCHANGED } from './platt.ts'
export { type ScoredSet, scoreSet } from './scoring.ts'
