import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Mutant, Room } from './rooms.ts'

/** What a slip of the hand makes of a piece of code. */
const SLIPS: readonly (readonly [pattern: RegExp, to: (found: string) => string])[] = [
  [/ < (?!=)/g, () => ' <= '],
  [/ > (?!=)/g, () => ' >= '],
  [/ <= /g, () => ' < '],
  [/ >= /g, () => ' > '],
  [/ === /g, () => ' !== '],
  [/ !== /g, () => ' === '],
  [/ && /g, () => ' || '],
  [/ \|\| /g, () => ' && '],
  [/ \+ /g, () => ' - '],
  [/ - /g, () => ' + '],
  [/ \* /g, () => ' / '],
  [/\bMath\.max\(/g, () => 'Math.min('],
  [/\bMath\.min\(/g, () => 'Math.max('],
  [/\btrue\b/g, () => 'false'],
  [/\bfalse\b/g, () => 'true'],
  [/\bbreak\b/g, () => 'continue'],
  [/(?<=^ +)await [\w.#]+\([^()]*\)$/gm, () => ''],
  [/(?<=^ +)this\.[\w.#]+\([^()]*\)$/gm, () => ''],
  [/(?<![\w.'"`])\d+(?:\.\d+)?(?:e-?\d+)?(?![\w.'"`])/g, (number) => String(Number(number) + 1)],
]

/** Every slip that a file allows; comments, texts, types and imports aside. */
export function slipsIn(root: string, file: string, { tests }: Room): Mutant[] {
  const text = readFileSync(join(root, file), 'utf8')
  const code = blanked(text)
  return SLIPS.flatMap(([pattern, to]) =>
    [...code.matchAll(pattern)].map((match) => ({
      ...{ file, at: match.index, tests },
      ...{ from: match[0], to: to(match[0]) },
    })),
  )
}

/** What is no running code, blanked; everything keeps its place. */
function blanked(text: string): string {
  const blank = (found: string) => found.replace(/[^\n]/g, '\0')
  return text
    .replace(/\/\*[\s\S]*?\*\//g, blank)
    .replace(/\/\/.*$/gm, blank)
    .replace(/'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|(?<=[(,=] ?)\/(?:[^/\\\n]|\\.)+\/[a-z]*/g, blank)
    .replace(/^(?:import|export \* from|export \{|export type|type|interface|declare)\b.*$/gm, blank)
}
