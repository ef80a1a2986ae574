import { LeafError } from '../../src/error.ts'
import { pieceOf, wavOf } from '../common/index.ts'

/** What the bundled examples teach (public/clips/CREDITS.md); their background is other words, and kitchens. */
const WORDS = ['computer', 'jarvis', 'snowboy']
const FILE = 'words.zip'

/** Bundled examples, as Save examples writes them. @throws LeafError `audio-file` */
export async function trySet(): Promise<File> {
  try {
    const response = await fetch(new URL(`./clips/${FILE}`, document.baseURI))
    if (!response.ok) throw new Error(`HTTP ${response.status}`)
    return new File([await response.blob()], FILE)
  } catch (cause) {
    throw new LeafError(
      'audio-file',
      `The examples that come with the page did not arrive (${(cause as Error).message}).`,
      'Try again when the page can be reached, or record sounds of your own.',
      { cause },
    )
  }
}

/** Whether a model knows what they teach. */
export function knowsTrySet(labels: readonly string[]): boolean {
  return WORDS.every((word) => labels.includes(word))
}

/** Each of the words twice, said in recordings that are not among the examples. @throws LeafError `audio-file` */
export async function unheardWords(): Promise<Blob> {
  return wavOf(await pieceOf('words', 0, 14))
}
