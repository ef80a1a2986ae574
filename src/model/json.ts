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
  const visit = (node: unknown, path: string, depth: number): void => {
    seen += 1
    if (seen > valueLimit) throw modelError(field, `holds more than ${valueLimit} values`)
    if (typeof node !== 'object' || node === null) return
    if (depth > DEPTH_LIMIT) throw modelError(path, `is nested deeper than ${DEPTH_LIMIT}`)
    for (const [key, child] of Object.entries(node)) {
      if (FORBIDDEN_KEYS.includes(key)) throw modelError(`${path}.${key}`, 'is a forbidden key')
      visit(child, `${path}.${key}`, depth + 1)
    }
  }
  visit(value, field, 0)
  return value
}
