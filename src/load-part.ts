import { LeafError } from './error.ts'

/**
 * A part of the library that is fetched when it is needed.
 * @param load a dynamic import
 * @throws LeafError `library-load` when its file cannot be had
 */
export async function loadPart<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    return await load()
  } catch (cause) {
    throw new LeafError(
      'library-load',
      `A part of the library could not be loaded (${cause instanceof Error ? cause.message : cause}).`,
      'Reload the page, since a new version may have been deployed; otherwise serve all files of the library or of the bundle, and check the connection.',
      { cause },
    )
  }
}
