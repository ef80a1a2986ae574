export type { BackendAttempt, BackendName } from '../inference/index.ts'
export {
  Classifier,
  type ClassifierEvents,
  type ClassifierMetrics,
  type ClassifierOptions,
} from './client.ts'
export type { BackendChoice, Scores } from './protocol.ts'
export { WorkerSession } from './worker-session.ts'
