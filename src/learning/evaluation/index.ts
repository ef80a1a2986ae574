export { type Evaluation, evaluate, type Figures } from './evaluation.ts'
export {
  accuracy,
  averagePrecisions,
  bestThresholds,
  confusion,
  detections,
  highest,
  mean,
  recalls,
} from './measures.ts'
export { type ScoredSet, scoreSet } from './scoring.ts'
