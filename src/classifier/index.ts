export type { BackendAttempt, BackendName } from '../inference/index.ts'
export type { ClassifierOptions } from './classifier-options.ts'
export {
  Classifier,
  type ClassifierEvents,
  type ClassifierMetrics,
} from './client.ts'
export type { BackendChoice, Scores } from './protocol.ts'
export { WorkerSession } from './worker-session.ts'
