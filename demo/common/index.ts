export { keepInAddress, readAddress } from './address.ts'
export { CLIP_RATE, pieceOf, type Recording, wavOf, whiteNoise } from './clip-sounds.ts'
export { byId, create, partOf, tableHeading } from './dom.ts'
export { download } from './download.ts'
export { FileWorker } from './file-worker.ts'
export {
  fillFrontends,
  frontendNamed,
  type NamedFrontend,
  namedFrontends,
  type OwnModel,
  offerOwnFrontends,
} from './frontends.ts'
export { fillGroups } from './groups.ts'
export { lastHeard, noteHeard } from './heard.ts'
export { initialOf } from './initial.ts'
export { isSame } from './is-same.ts'
export { asWritten, NOTHING, UNKNOWN } from './labels.ts'
export { guardLeaving } from './leaving.ts'
export { once } from './once.ts'
export { clearProblem, showProblem, showUnkept } from './problem.ts'
export { shareBounds } from './share-bounds.ts'
