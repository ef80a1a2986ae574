import { LeafError } from '../error.ts'
import type { CaptureOptions } from './capture.ts'

/** Which microphone, and how. */
export interface MicrophoneOptions extends CaptureOptions {}

/** @throws LeafError `arguments` for what are no MicrophoneOptions */
export function requireMicrophoneOptions(options: MicrophoneOptions): void {
  const { deviceId, constraints, ...others } = options
  const [unknown] = Object.keys(others)
  const isRecord = constraints === undefined || (typeof constraints === 'object' && constraints !== null)
  if (
    isPlain(options) &&
    unknown === undefined &&
    isRecord &&
    ['string', 'undefined'].includes(typeof deviceId)
  )
    return
  throw new LeafError(
    'arguments',
    unknown === undefined
      ? 'These are no options of a microphone.'
      : `A microphone has no option ${JSON.stringify(unknown)}.`,
    'Use { deviceId, constraints }: the id of one of listMicrophones(), and MediaTrackConstraints.',
  )
}

/** An object literal, of whatever realm. */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
