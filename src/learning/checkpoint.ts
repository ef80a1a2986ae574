import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { LeafError } from '../error.ts'
import type { TrainerState } from './trainer.ts'

/** Everything a training needs to go on as if it had not been stopped. */
export interface Checkpoint {
  /** What the training was started with, as text; another training is not continued. */
  readonly settings: string
  /** Steps done. */
  readonly step: number
  readonly trainer: TrainerState
  readonly best: Best
}

/** The weights that were best on the valid split. */
export interface Best {
  /** Mean average precision. */
  readonly score: number
  readonly step: number
  readonly averages: readonly Float32Array[]
}

/** Writes a whole file or none: readers and a next start never see half of it. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true })
  const unfinished = `${path}.unfinished`
  writeFileSync(unfinished, content)
  renameSync(unfinished, path)
}

export function writeCheckpoint(path: string, checkpoint: Checkpoint): void {
  writeWhole(path, serialize(checkpoint))
}

/** @throws LeafError `arguments` when there is none, it cannot be read, or it belongs to another training. */
export function readCheckpoint(path: string, settings: string): Checkpoint {
  if (!existsSync(path)) {
    throw new LeafError('arguments', `There is no checkpoint ${path}.`, 'Start without --resume.')
  }
  const checkpoint = parse(path)
  if (checkpoint.settings !== settings) {
    throw new LeafError(
      'arguments',
      `The checkpoint ${path} was made with ${checkpoint.settings}, not ${settings}.`,
      'Give the same options again, or start without --resume.',
    )
  }
  return checkpoint
}

function parse(path: string): Checkpoint {
  try {
    return deserialize(readFileSync(path))
  } catch (cause) {
    throw new LeafError('arguments', `The checkpoint ${path} is damaged.`, 'Start without --resume.', {
      cause,
    })
  }
}
