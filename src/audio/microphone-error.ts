import { LeafError } from '../error.ts'
import type { PageAccess } from './microphone-access.ts'

/**
 * The typed error for what getUserMedia threw.
 * @param deviceId the device that was asked for, undefined for the default one
 */
export function microphoneError(cause: unknown, page: PageAccess, deviceId?: string): LeafError {
  const { name, message } = cause as DOMException
  const options = { cause }
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return new LeafError('microphone-denied', ...denial(message, page), options)
    case 'NotFoundError':
      return new LeafError(
        'microphone-missing',
        'No microphone was found.',
        'Connect one, or switch it on in the settings of the system, and start again.',
        options,
      )
    case 'OverconstrainedError': {
      const { constraint } = cause as { constraint?: string }
      if (constraint && constraint !== 'deviceId')
        return new LeafError(
          'microphone-missing',
          `No microphone can do what the constraint ${constraint} asks for.`,
          'Ask for less, or with `ideal` in the place of `exact`, `min` and `max`.',
          options,
        )
      return new LeafError(
        'microphone-missing',
        `The microphone ${deviceId ?? ''} is not connected.`,
        'Connect it again, or choose another one of listMicrophones().',
        options,
      )
    }
    case 'TypeError':
      return new LeafError(
        'arguments',
        `The constraints of the microphone are none (${message}).`,
        'Give a MediaTrackConstraints.',
        options,
      )
    case 'NotReadableError':
    case 'AbortError':
      return new LeafError(
        'microphone-busy',
        `The microphone could not be started (${message || name}).`,
        'Close other programs that use it, or choose another microphone, and start again.',
        options,
      )
    default:
      return new LeafError(
        'microphone-busy',
        `The microphone could not be opened (${name}: ${message}).`,
        'Reload the page and start again.',
        options,
      )
  }
}

/** Sentence and remedy of a refusal: by the frame's policy, by the system, or by the person asked. */
function denial(message: string, page: PageAccess): [sentence: string, remedy: string] {
  if (!page.allowedByPolicy)
    return [
      'This frame is not allowed to use the microphone.',
      'Give the iframe allow="microphone", and let the Permissions-Policy header of the page permit it.',
    ]
  if (/system/i.test(message))
    return [
      'The system does not let the browser use the microphone.',
      'Allow the browser to use the microphone in the privacy settings of the system, then start again.',
    ]
  return [
    `The microphone was refused to ${page.origin}.`,
    'Allow it in the site settings beside the address bar, then start again.',
  ]
}
