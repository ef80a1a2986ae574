/** How web pages begin, which servers give in the place of a file that is not there. */
const BEGINNING = /^\s*<(!doctype html|html|head|!--)/i

export function isWebPage(text: string): boolean {
  return BEGINNING.test(text)
}
