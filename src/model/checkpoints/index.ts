import { LeafError } from '../../error.ts'
import { type FrontendDescription, poolingOf } from '../../frontend/index.ts'
import { type OptionNames, requireOptions } from '../../known-options.ts'
import { writeSafetensors } from '../safetensors.ts'
import { type Clipped, withinBounds } from './bounds.ts'
import { readCheckpoint } from './checkpoint.ts'
import { cannotExport } from './export-error.ts'
import { type NamedTensors, type Profile, paddings, type Sizes } from './layout.ts'
import { writeNpz } from './npz.ts'
import { layouts, recognise } from './recognise.ts'
import { difference } from './same.ts'
import { Scope } from './scope.ts'
import { prefixInFile } from './wrappers.ts'

export type { Clipped } from './bounds.ts'
export type { Profile } from './layout.ts'
export { NPY_HEADER_BYTES, npyHeader } from './npy.ts'

/** Whose padding of the pooling a frontend can have. */
export const profileNames = Object.keys(paddings) as Profile[]

/** Layouts that a frontend can be written in. */
export const exportLayouts: readonly string[] = layouts
  .filter(({ write }) => write !== undefined)
  .map(({ name }) => name)

/** What a checkpoint does not say. */
export interface ImportOptions extends Partial<Sizes> {
  /** Padding of the pooling, where it is not that of the library. */
  readonly profile?: Profile
  /** Bytes that the file, and what a compressed one unpacks to, may have; 1 GB where left out. */
  readonly maxBytes?: number
}

const IMPORT_OPTIONS: OptionNames<ImportOptions> = {
  sampleRate: true,
  windowMs: true,
  hopMs: true,
  profile: true,
  maxBytes: true,
}

/** A frontend trained elsewhere. */
export interface ImportedFrontend {
  readonly frontend: FrontendDescription
  /** Name of the layout it came in, and of the library for people. */
  readonly layout: string
  readonly library: string
  readonly container: 'safetensors' | 'npz'
  /** What stands before the names of its tensors. */
  readonly prefix: string
  /** Tensors that it was read from, and those of other things in the same file. */
  readonly tensors: { readonly used: number; readonly others: number }
  /** What lay beyond its bounds. */
  readonly clipped: readonly Clipped[]
  /** What a person should know, a sentence each. */
  readonly notes: readonly string[]
}

/**
 * Reads a frontend that another library trained, from a safetensors or npz file; which library is told by names and
 * shapes, whatever prefix the names have.
 *
 * @param bytes the whole file; not kept
 * @param options sizes that no checkpoint holds, 16000 Hz with windows of 25 ms every 10 ms where left out
 * @throws LeafError `model-file` naming the tensor that is wrong or cannot be represented; `description` where the
 *   sizes are out of range; `arguments` naming the option that is none
 */
export function importFrontend(bytes: Uint8Array, options: ImportOptions = {}): ImportedFrontend {
  requireOptions('importFrontend()', options, IMPORT_OPTIONS)
  const { sampleRate = 16000, windowMs = 25, hopMs = 10, profile, maxBytes } = options
  const checkpoint = readCheckpoint(bytes, maxBytes)
  const { layout, prefix } = recognise(checkpoint)
  const scope = new Scope(checkpoint, prefix)
  const draft = layout.read(scope, { sampleRate, windowMs, hopMs })
  const description = profile ? padded(draft.description, profile) : draft.description
  const { frontend, clipped } = withinBounds({ ...draft, description })
  return {
    frontend,
    layout: layout.name,
    library: layout.library,
    container: checkpoint.container,
    prefix: prefixInFile(checkpoint, prefix),
    tensors: { used: scope.taken, others: checkpoint.tensors.size - scope.taken },
    clipped,
    notes: draft.notes,
  }
}

/** A frontend written for another library. */
export interface ExportedFrontend {
  /** The whole file. */
  readonly bytes: Uint8Array
  readonly container: 'safetensors' | 'npz'
  /** What a person should know, a sentence each. */
  readonly notes: readonly string[]
}

/**
 * Writes a frontend as another library stores it, float32, and reads it back, so that no file is written that would be
 * another frontend there.
 *
 * @param name one of `exportLayouts`
 * @throws LeafError `arguments` where there is no such layout, or the library has no such frontend.
 */
export function exportFrontend(frontend: FrontendDescription, name: string): ExportedFrontend {
  const layout = layouts.find((known) => known.name === name)
  if (layout?.write === undefined) {
    throw new LeafError(
      'arguments',
      `There is no layout ${name}.`,
      `Choose one of: ${exportLayouts.join(', ')}.`,
    )
  }
  const { library, container } = layout
  const bytes = encode(layout.write(frontend), container)
  const back = readBack(bytes, frontend)
  const key = difference({ ...frontend, alignment: grid(frontend) }, { ...back, alignment: grid(back) })
  if (key !== null) throw cannotExport(`its ${key} would be another in ${library}`)
  return { bytes, container, notes: exportNotes(frontend, back, library) }
}

function encode(tensors: NamedTensors, container: 'safetensors' | 'npz'): Uint8Array {
  return container === 'npz' ? writeNpz(tensors) : writeSafetensors([['format', 'pt']], tensors)
}

function readBack(bytes: Uint8Array, frontend: FrontendDescription): FrontendDescription {
  const { sampleRate, windowMs, hopMs } = frontend
  try {
    return importFrontend(bytes, { sampleRate, windowMs, hopMs }).frontend
  } catch (cause) {
    if (cause instanceof LeafError)
      throw cannotExport(`it could not be read back (${cause.message})`, { cause })
    throw cause
  }
}

/** What of a frame grid is not a mere shift. */
function grid({ alignment }: FrontendDescription) {
  return { partialFrames: alignment.partialFrames ?? true }
}

function exportNotes(frontend: FrontendDescription, there: FrontendDescription, library: string): string[] {
  const { sampleRate, windowMs, hopMs, channels } = frontend
  const notes = [
    `The file holds no sizes: build ${library} for ${channels} filters at ${sampleRate} Hz, windows of ${windowMs} ms every ${hopMs} ms.`,
  ]
  const later = frontend.alignment.poolingLeft - there.alignment.poolingLeft
  if (later !== 0 && poolingOf(frontend.pooling).method !== 'none')
    notes.push(`Its frames are centred ${Math.abs(later)} samples ${later > 0 ? 'later' : 'earlier'} there.`)
  return notes
}

/** The frontend with the padding of `profile`; one that has frames inside the sound only has no padding. */
function padded(description: FrontendDescription, profile: Profile): FrontendDescription {
  if (description.alignment.partialFrames === false) return description
  return { ...description, alignment: { poolingLeft: paddings[profile](description) } }
}
