import { randomBytes } from 'node:crypto'
import { openSync, rmSync, unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Files to be removed when the process ends before it is done with them. */
const unfinished = new Set<string>()

/** A name in the folder that nobody can guess, short enough for every file system. */
export function temporaryPath(folder: string): string {
  return join(folder, `.leaf-${randomBytes(8).toString('hex')}.unfinished`)
}

/** Creates a file that goes when the process ends or is ended, until `forget` is called. */
export function createTemporary(folder: string, mode: number): { path: string; descriptor: number } {
  const path = temporaryPath(folder)
  // Before the file is there: by a signal in between it would stay.
  if (unfinished.size === 0) listen()
  unfinished.add(path)
  try {
    return { path, descriptor: openSync(path, 'wx+', mode) }
  } catch (error) {
    forget(path)
    throw error
  }
}

/** A file that has no name and goes with its descriptor: nothing has to be removed. */
export function createNameless(): number {
  const path = temporaryPath(tmpdir())
  const descriptor = openSync(path, 'wx+', 0o600)
  unlinkSync(path)
  return descriptor
}

/** To be called once the file has been renamed or removed. */
export function forget(path: string): void {
  unfinished.delete(path)
  // A signal that came meanwhile is delivered first.
  setImmediate(() => {
    if (unfinished.size === 0) stopListening()
  })
}

function listen(): void {
  stopListening()
  for (const signal of SIGNALS) process.on(signal, endBySignal)
  process.on('exit', removeAll)
}

function stopListening(): void {
  for (const signal of SIGNALS) process.off(signal, endBySignal)
  process.off('exit', removeAll)
}

function endBySignal(signal: NodeJS.Signals): void {
  removeAll()
  stopListening()
  // Without a listener the signal ends the process, and whoever started it sees by what.
  process.kill(process.pid, signal)
}

function removeAll(): void {
  for (const path of unfinished) rmSync(path, { force: true })
}
