/** A piece of code in a Markdown text, as a file that a compiler takes. */
export interface Snippet {
  name: string
  text: string
}

const FENCE = /^```ts\n(.*?)^```$/gms

/** The code of all fences in TypeScript. */
export function snippets(markdown: string): Snippet[] {
  return Array.from(markdown.matchAll(FENCE), ([, text], place) => ({ name: `readme-${place}.ts`, text }))
}
