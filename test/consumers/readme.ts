/** A piece of code in a Markdown text, as a file that a compiler takes. */
export interface Snippet {
  name: string
  text: string
}

const FENCE = /^```(ts|tsx|js|html)\n(.*?)^```$/gms
const MODULE = /<script type="module">(.*?)<\/script>/gs

/** The code of all fences in TypeScript and JavaScript, and that of module scripts in HTML. */
export function snippets(markdown: string): Snippet[] {
  return [...markdown.matchAll(FENCE)].flatMap(([, language, text], place) => {
    const name = `readme-${place}`
    if (language !== 'html') return [{ name: `${name}.${language}`, text }]
    return [...text.matchAll(MODULE)].map(([, script], part) => ({
      name: `${name}-${part}.js`,
      text: script,
    }))
  })
}
