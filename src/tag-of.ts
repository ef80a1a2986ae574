/** The name of a value's interface, `Blob` say: the same for objects of another frame's page, which are of other classes. */
export function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1)
}

/** A value in a message: text and numbers as they are, what else there is by its kind. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  return typeof value === 'object' && value !== null ? tagOf(value) : String(value)
}
