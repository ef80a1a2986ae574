import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildPage, servePage } from '../harness.ts'
import { chromium } from './chromium.ts'
import { firefox } from './firefox.ts'
import type { BrowserKind, Session, Surroundings } from './session.ts'
import { startSound } from './sound.ts'
import { type Trial, tryPage } from './trial.ts'
import { webkit } from './webkit.ts'

export const kinds: readonly BrowserKind[] = [chromium, firefox, webkit]

const root = join(import.meta.dirname, '../../..')
const files = { 'events.safetensors': 'models', 'street.mp3': 'clips' }

/** The page that browsers are tried on, and what they need around them. */
export interface Bench {
  readonly surroundings: Surroundings
  /**
   * The live path on a page with shared memory, where the browser has it, or on one without.
   * @param whole whether the clip is played to its end, and not only to the event it begins with
   */
  tryPage(session: Session, isolated: boolean, whole: boolean): Promise<Trial>
  remove(): Promise<void>
}

export async function openBench(): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'leaf-browsers-'))
  const page = await buildPage('test/browser/matrix/page')
  for (const [file, place] of Object.entries(files))
    await copyFile(join(root, 'demo/public', place, file), join(page.folder, file))
  const sound = await startSound(folder)
  return {
    surroundings: { folder, environment: sound?.environment ?? {} },

    async tryPage(session, isolated, whole) {
      const served = await servePage(page.folder, { isolated })
      try {
        return await tryPage(session, served.url, whole)
      } finally {
        await served.close()
      }
    },

    async remove() {
      await sound?.server.end()
      await page.remove()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
