import { LeafError } from '../error.ts'

/** What the page's surroundings say about microphones. */
export interface PageAccess {
  /** https, localhost, or another origin that the browser trusts. */
  secure: boolean
  /** navigator.mediaDevices is there. */
  available: boolean
  /** False where an iframe or a Permissions-Policy header forbids the microphone. */
  allowedByPolicy: boolean
  origin: string
}

/** Chromium alone exposes the policy; elsewhere nothing is known and the microphone counts as allowed. */
type PolicyDocument = Document & {
  permissionsPolicy?: { allowsFeature(name: string): boolean }
  featurePolicy?: { allowsFeature(name: string): boolean }
}

/** Reads the surroundings of the current page. Without a DOM everything is reported as missing. */
export function pageAccess(): PageAccess {
  const page = globalThis.document as PolicyDocument | undefined
  const policy = page?.permissionsPolicy ?? page?.featurePolicy
  return {
    secure: globalThis.isSecureContext === true,
    available: globalThis.navigator?.mediaDevices?.getUserMedia !== undefined,
    allowedByPolicy: policy?.allowsFeature('microphone') ?? true,
    origin: globalThis.location?.origin ?? 'this program',
  }
}

/** Throws when the browser could not even be asked for a microphone: `insecure-page`, `microphone-missing`. */
export function requireMicrophoneAccess(page: PageAccess): void {
  if (!page.secure)
    throw new LeafError(
      'insecure-page',
      `Browsers hide the microphone from an insecure page (${page.origin}).`,
      'Serve the page over https, or open it from localhost.',
    )
  if (!page.available)
    throw new LeafError(
      'microphone-missing',
      'This browser offers no microphone to pages.',
      'Open the page in a current browser outside of an embedded view, or play a file.',
    )
}
