import { LeafError } from '../error.ts'
import { pageAccess, requireMicrophoneAccess } from './microphone-access.ts'
import { microphoneError } from './microphone-error.ts'

/** What browsers do to speech on its way in, all of it unwanted by a listener that was trained without it. */
export const PROCESSING = ['echoCancellation', 'noiseSuppression', 'autoGainControl'] as const

export type ProcessingName = (typeof PROCESSING)[number]

/** What the browser says it does with the signal; `unknown` where it says nothing. */
export type ProcessingReport = Record<ProcessingName, 'off' | 'on' | 'unknown'>

/** What is asked of the browser for a microphone. */
export interface CaptureOptions {
  /** One of listMicrophones(); the browser's default microphone when left out. */
  deviceId?: string
  /**
   * Constraints of the track beside it, for instance `{ channelCount: 2 }`. They come before the library's own, which
   * switch the browser's processing off (`echoCancellation`, `noiseSuppression`, `autoGainControl`).
   */
  constraints?: MediaTrackConstraints
}

/**
 * Asks for one microphone, unprocessed. May show the browser's permission prompt and waits for its answer.
 * @throws LeafError `insecure-page`, `microphone-denied`, `microphone-missing`, `microphone-busy`; `arguments` for
 * constraints that are none
 */
export async function capture({ deviceId, constraints }: CaptureOptions = {}): Promise<MediaStream> {
  const page = pageAccess()
  requireMicrophoneAccess(page)
  const off = Object.fromEntries(PROCESSING.map((name) => [name, false]))
  const audio: MediaTrackConstraints = { ...off, ...constraints }
  if (deviceId !== undefined) audio.deviceId = { exact: deviceId }
  try {
    return await navigator.mediaDevices.getUserMedia({ audio })
  } catch (cause) {
    throw microphoneError(cause, page, deviceId)
  }
}

/**
 * A microphone in the place of a lost one: the same if it is there, else the default one.
 * A refusal is not asked a second time.
 * @param constraints as in capture(); a device that they name counts no more
 * @throws LeafError as capture()
 */
export async function captureAgain(
  deviceId: string,
  constraints?: MediaTrackConstraints,
): Promise<MediaStream> {
  const { deviceId: _, ...others } = constraints ?? {}
  try {
    return await capture({ deviceId, constraints: others })
  } catch (error) {
    if (error instanceof LeafError && error.code === 'microphone-denied') throw error
    return await capture({ constraints: others })
  }
}

/** Reads back what the browser does to a track. A constraint is a wish: some devices cannot be had unprocessed. */
export function readProcessing(track: MediaStreamTrack): ProcessingReport {
  const settings = track.getSettings()
  return Object.fromEntries(PROCESSING.map((name) => [name, reported(settings[name])])) as ProcessingReport
}

/** Newer browsers name a kind of echo cancellation instead of saying true. */
function reported(setting: boolean | string | undefined): 'off' | 'on' | 'unknown' {
  if (setting === undefined) return 'unknown'
  return setting === false ? 'off' : 'on'
}
