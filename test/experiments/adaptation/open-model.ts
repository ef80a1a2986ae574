import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Sequential } from '@tensorflow/tfjs-layers'
import { LeafError } from '../../../src/error.ts'
import { buildLayersModel } from '../../../src/inference/index.ts'
import type { AdaptableModel } from '../../../src/learning/adaptation/index.ts'
import type { Manifest } from '../../../src/learning/data/index.ts'
import { type Head, type Model, placesOf, readModel, selectHeads } from '../../../src/model/index.ts'

/** A model file, or of one with several heads that which has a folder's labels, ready to be measured and adapted. */
export interface OpenedModel extends AdaptableModel {
  readonly classifier: Sequential
  readonly labels: readonly string[]
  readonly windowFrames: number
  /** Frames from one window to the next. */
  readonly hopFrames: number
  /** Name of the file. */
  readonly file: string
  /** First half of its SHA-256, hexadecimal. */
  readonly fingerprint: string
}

/**
 * @throws LeafError `model-file`; `arguments` naming a label that only the folder or only the model has, or for a
 * folder of several heads: a clip is measured by its highest score, and each head has one.
 */
export async function openModel(path: string, manifest: Manifest): Promise<OpenedModel> {
  const bytes = bytesOf(path)
  const { frontend, classifier, labels, heads = [] } = ofFolder(readModel(bytes), manifest)
  requireSameLabels(labels, manifest)
  requireOneHead(heads, manifest)
  return {
    frontend,
    // A model file holds nothing else.
    classifier: (await buildLayersModel(classifier)) as Sequential,
    labels,
    isSoftmax: heads.length > 0,
    windowFrames: classifier.windowFrames,
    hopFrames: classifier.hopFrames,
    file: basename(path),
    fingerprint: createHash('sha256').update(bytes).digest('hex').slice(0, 32),
  }
}

function bytesOf(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (cause) {
    throw new LeafError('model-file', `${path} cannot be read.`, 'Check the path.', { cause })
  }
}

/** The model with the one head that has the folder's labels; as it is where no head has, or there are none. */
function ofFolder(model: Model, manifest: Manifest): Model {
  const own = placesOf(model.heads ?? []).find(
    ({ start, end }) => strangeLabel(model.labels.slice(start, end), manifest) === undefined,
  )
  return own ? selectHeads(model, [own.name]) : model
}

function requireSameLabels(labels: readonly string[], manifest: Manifest): void {
  const strange = strangeLabel(labels, manifest)
  if (strange === undefined) return
  throw new LeafError(
    'arguments',
    `Only one of ${manifest.folder} and the model has the label "${strange}".`,
    'Give the folder that the model was trained on.',
  )
}

function requireOneHead(heads: readonly Head[], { folder }: Manifest): void {
  if (heads.length <= 1) return
  throw new LeafError(
    'arguments',
    `${folder} has the labels of several heads of the model: ${heads.map(({ name }) => name).join(', ')}.`,
    'Give a folder with the labels of one head.',
  )
}

/** A label that only one of the two has. */
function strangeLabel(own: readonly string[], { labels }: Manifest): string | undefined {
  return labels.find((label) => !own.includes(label)) ?? own.find((label) => !labels.includes(label))
}
