import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { LeafError } from '../../error.ts'
import { OutputFile, writeOutput } from '../../files/index.ts'

/** A training on disk. */
export interface Checkpoint<State> {
  /** What the training was started with, as text; another training is not continued. */
  readonly settings: string
  readonly state: State
}

/**
 * Makes the folder of an output and looks whether it can be written, before hours of work are done for it.
 *
 * @throws LeafError `arguments` when it cannot, or is one of the inputs.
 */
export function prepareOutput(path: string, inputs: readonly string[]): void {
  mkdirSync(dirname(path), { recursive: true })
  OutputFile.at(path, inputs)
}

/** Writes a whole file or none, in a folder that is made if there is none. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true })
  writeOutput(path, content)
}

export function writeCheckpoint<State>(path: string, checkpoint: Checkpoint<State>): void {
  writeWhole(path, serialize(checkpoint))
}

/**
 * @param anew what to do to begin anew, for the errors
 * @throws LeafError `arguments` when there is none, it cannot be read, or it belongs to another training.
 */
export function readCheckpoint<State>(path: string, settings: string, anew: string): State {
  if (!existsSync(path)) {
    throw new LeafError('arguments', `There is no checkpoint ${path}.`, `To begin anew, ${anew}.`)
  }
  const checkpoint = parse<State>(path, anew)
  if (checkpoint.settings !== settings) {
    throw new LeafError(
      'arguments',
      `The checkpoint ${path} was made with ${checkpoint.settings}, not ${settings}.`,
      `Give the same options again, or ${anew}.`,
    )
  }
  return checkpoint.state
}

function parse<State>(path: string, anew: string): Checkpoint<State> {
  try {
    return deserialize(readFileSync(path))
  } catch (cause) {
    throw new LeafError('arguments', `The checkpoint ${path} is damaged.`, `To begin anew, ${anew}.`, {
      cause,
    })
  }
}
