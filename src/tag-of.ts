/** The name of a value's interface, `Blob` say: the same for objects of another frame's page, which are of other classes. */
export function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1)
}
