import { modelError } from './model-error.ts'

const DEPTH_LIMIT = 16
const VALUE_LIMIT = 100_000
const FORBIDDEN_KEYS = ['__proto__', 'constructor', 'prototype']

/**
 * Parses JSON that a stranger may have written: bounded in depth and size, and without the keys that reach an
 * object's prototype when copied.
 *
 * @throws LeafError `model-file` naming `field` and the path within it.
 */
export function parseJson(text: string, field: string, valueLimit = VALUE_LIMIT): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw modelError(field, 'is not JSON', { cause })
  }
  let seen = 0
  // Joined only where something is wrong: of a hundred thousand tensors, the paths would be most of the work.
  const keys = [field]
  const visit = (node: unknown): void => {
    seen += 1
    if (seen > valueLimit) throw modelError(field, `holds more than ${valueLimit} values`)
    if (typeof node !== 'object' || node === null) return
    if (keys.length > DEPTH_LIMIT + 1)
      throw modelError(keys.join('.'), `is nested deeper than ${DEPTH_LIMIT}`)
    for (const [key, child] of Object.entries(node)) {
      keys.push(key)
      if (FORBIDDEN_KEYS.includes(key)) throw modelError(keys.join('.'), 'is a forbidden key')
      visit(child)
      keys.pop()
    }
  }
  visit(value)
  return value
}
