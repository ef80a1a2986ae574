import { LeafError } from '../error.ts'
import { loadPart } from '../load-part.ts'
import { TooLate, withinSeconds } from '../within-seconds.ts'
import { besideLibrary } from '../worker-script.ts'
import { type AnyContext, requireContext } from './context.ts'

/** A script of 100 kB is there by then, or its server answers no more. */
const LOAD_SECONDS = 30

const loading = new WeakMap<AnyContext, Promise<void>>()

/**
 * Brings the worklet's script into a context, once: from `url`; without one from the file beside the
 * library, and where that cannot be had from a blob. Main thread.
 * @throws LeafError `worklet-load` or `insecure-page`; `arguments` for what is no context
 */
export async function loadWorklet(context: AnyContext, url?: string | URL): Promise<void> {
  requireContext(context)
  const known = loading.get(context)
  if (known) return known
  const load = url === undefined ? loadDelivered(context) : loadFrom(context, String(url))
  loading.set(context, load)
  load.catch(() => loading.delete(context))
  return load
}

async function loadDelivered(context: AnyContext): Promise<void> {
  let file = 'leaf.worklet.js beside the library'
  try {
    file = besideLibrary(await addressBesideLibrary())
    await loadFrom(context, file)
  } catch (error) {
    const workletSource = await fetchSource()
    if (workletSource === null || context.audioWorklet === undefined) throw error
    const blob = URL.createObjectURL(new Blob([workletSource], { type: 'text/javascript' }))
    try {
      await context.audioWorklet.addModule(blob)
    } catch (cause) {
      throw new LeafError(
        'worklet-load',
        `The audio worklet could be loaded neither from ${file} nor from a blob.`,
        `Serve leaf.worklet.js there (or elsewhere, and pass workletUrl), and let the page's Content-Security-Policy allow it: script-src 'self' 'wasm-unsafe-eval', with blob: for the blob.`,
        { cause },
      )
    } finally {
      URL.revokeObjectURL(blob)
    }
  }
}

/** A bundle that is no module (IIFE, CommonJS) does not know where it lies. @throws LeafError `library-load` */
async function addressBesideLibrary(): Promise<string> {
  const { processorAddress } = await loadPart(() => import('../../worklet/address/index.ts'))
  return processorAddress
}

/** The copy is as large as all the rest of the library: fetched only when it is needed. */
async function fetchSource(): Promise<string | null> {
  try {
    return (await import('./worklet-source.ts')).workletSource
  } catch {
    return null
  }
}

async function loadFrom({ audioWorklet }: AnyContext, url: string): Promise<void> {
  if (audioWorklet === undefined)
    throw new LeafError(
      'insecure-page',
      'This page has no AudioWorklet.',
      'Serve it over https or from localhost, and use a current browser.',
    )
  try {
    await withinSeconds(LOAD_SECONDS, audioWorklet.addModule(url))
  } catch (cause) {
    const how = cause instanceof TooLate ? ` within ${LOAD_SECONDS} s` : ''
    throw new LeafError(
      'worklet-load',
      `The audio worklet could not be loaded from ${url}${how}.`,
      `Serve leaf.worklet.js there as JavaScript, and let the page's Content-Security-Policy allow it: script-src with its origin and 'wasm-unsafe-eval', and blob: where standardized-audio-context is used.`,
      { cause },
    )
  }
}
