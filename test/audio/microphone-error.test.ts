import { describe, expect, it } from 'vitest'
import { openMicrophone } from '../../src/audio/microphone.ts'
import { type PageAccess, requireMicrophoneAccess } from '../../src/audio/microphone-access.ts'
import { microphoneError } from '../../src/audio/microphone-error.ts'
import { LeafError } from '../../src/error.ts'

const page: PageAccess = { secure: true, available: true, allowedByPolicy: true, origin: 'https://leaf.test' }

describe('what getUserMedia throws becomes a typed error', () => {
  it.each([
    ['NotAllowedError', 'Permission denied', 'microphone-denied', 'https://leaf.test'],
    ['NotAllowedError', 'Permission denied by system', 'microphone-denied', 'privacy settings'],
    ['SecurityError', '', 'microphone-denied', 'https://leaf.test'],
    ['NotFoundError', 'Requested device not found', 'microphone-missing', 'Connect one'],
    ['OverconstrainedError', '', 'microphone-missing', 'device-7'],
    ['NotReadableError', 'Could not start audio source', 'microphone-busy', 'Could not start audio source'],
    ['AbortError', '', 'microphone-busy', 'AbortError'],
    ['InvalidStateError', 'The document is not active', 'microphone-busy', 'The document is not active'],
  ])('%s: %s', (name, message, code, words) => {
    const cause = new DOMException(message, name)
    const error = microphoneError(cause, page, 'device-7')
    expect(error).toBeInstanceOf(LeafError)
    expect(error.code).toBe(code)
    expect(error.message).toContain(words)
    expect(error.remedy.length).toBeGreaterThan(0)
    expect(error.cause).toBe(cause)
  })

  it('a policy of the page comes before its user', () => {
    const error = microphoneError(new DOMException('', 'NotAllowedError'), {
      ...page,
      allowedByPolicy: false,
    })
    expect(error.remedy).toContain('Permissions-Policy')
  })
})

it.each([
  ['an insecure page', { secure: false, available: false }, 'insecure-page'],
  ['a browser without microphones', { available: false }, 'microphone-missing'],
])('%s is told apart before the browser is asked', (_case, facts, code) => {
  expect(() => requireMicrophoneAccess({ ...page, ...facts })).toThrow(expect.objectContaining({ code }))
})

it('Node can import the microphone and is told why it has none', async () => {
  const context = { state: 'running' } as AudioContext
  await expect(openMicrophone(context)).rejects.toMatchObject({ name: 'LeafError' })
})
