export type { BackendAttempt, BackendName } from './backend.ts'
export {
  Classifier,
  type ClassifierEvents,
  type ClassifierMetrics,
  type ClassifierOptions,
  type ModelSource,
} from './client.ts'
export type { BackendChoice, Scores } from './protocol.ts'
