export { chooseFrontend } from './choose-frontend.ts'
export { floorInWords, withEnergyFloor } from './energy-floor.ts'
export {
  type Moved,
  Replica,
  type ReplicaWork,
  type SecondReplica,
  type Share,
  type ShareDifferentials,
} from './replica.ts'
export { LEARN, type Learn, Trainer, type TrainerOptions } from './trainer.ts'
export {
  type Best,
  type TrainingOptions,
  type TrainingProgress,
  type TrainingState,
  train,
} from './training.ts'
export { windowsOf } from './windows.ts'
