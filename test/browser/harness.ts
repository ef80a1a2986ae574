import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright'
import { build, type Plugin, preview } from 'vite'
import { findBrowser } from '../../.config/browser.mjs'
import { tensorflowSubset } from '../../.config/tensorflow.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A page of the tests, built as an application would build it. */
export interface BuiltPage {
  /** Folder of the built files. */
  readonly folder: string
  remove(): Promise<void>
}

/** A running server of a built page. */
export interface ServedPage {
  /** Ends with a slash. */
  readonly url: string
  close(): Promise<void>
}

export interface ServeOptions {
  /** With COOP and COEP, so that the page is cross-origin isolated and has SharedArrayBuffer. */
  isolated?: boolean
  /** The value of the Content-Security-Policy header. */
  contentSecurityPolicy?: string
}

/** Builds the folder of a test page (it holds an index.html) with Vite; its workers hold of TensorFlow.js what is published. */
export async function buildPage(folder: string, plugins: Plugin[] = []): Promise<BuiltPage> {
  const output = await mkdtemp(join(tmpdir(), 'leaf-page-'))
  await build({
    configFile: false,
    root: join(root, folder),
    logLevel: 'error',
    plugins,
    worker: { plugins: () => [tensorflowSubset()] },
    build: { outDir: output, emptyOutDir: true },
  })
  return { folder: output, remove: () => rm(output, { recursive: true, force: true }) }
}

const builtBefore = new Map<string, Promise<BuiltPage>>()

/**
 * Builds the folder of a test page once for all files of this process.
 *
 * @returns the folder of the built files, which no test changes; npm test removes it
 */
export async function builtPage(folder: string): Promise<string> {
  const page = builtBefore.get(folder) ?? buildPage(folder)
  builtBefore.set(folder, page)
  return (await page).folder
}

/** Serves a folder on a free port of this machine. */
export async function servePage(folder: string, options: ServeOptions = {}): Promise<ServedPage> {
  const headers: Record<string, string> = {}
  if (options.isolated) {
    headers['Cross-Origin-Opener-Policy'] = 'same-origin'
    headers['Cross-Origin-Embedder-Policy'] = 'require-corp'
  }
  if (options.contentSecurityPolicy) headers['Content-Security-Policy'] = options.contentSecurityPolicy
  const server = await preview({
    configFile: false,
    root: dirname(folder),
    logLevel: 'warn',
    build: { outDir: folder },
    preview: { port: 0, headers },
  })
  const url = server.resolvedUrls?.local[0]
  if (!url) throw new Error('The test page has no local address.')
  return { url, close: () => server.close() }
}

/**
 * Parts of Chromium around the page that no test looks at. The popup of its address bar is a page of its own in every
 * window, as dear as ours. This list takes the place of Playwright's, whose entries that concern us are repeated.
 */
export const WITHOUT_EXTRAS = `--disable-features=${[
  ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup', 'OmniboxWebUI'],
  ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades'],
  ...['LensOverlay', 'MediaRouter', 'NetworkTimeServiceQuerying', 'OptimizationHints', 'PaintHolding'],
  ...['AimEnabled', 'PreconnectToSearch', 'ThirdPartyStoragePartitioning'],
  // A process in reserve for the next page, which starts one of its own.
  'SpareRendererForSitePerProcess',
].join()}`

/**
 * Starts Chromium with sound that needs no gesture, and a fake microphone.
 * @param microphone absolute path of a WAV file that the microphone plays once; a beep when left out
 */
export function launchBrowser(microphone?: string, ...flags: string[]): Promise<Browser> {
  return chromium.launch({
    executablePath: findBrowser(),
    args: [
      WITHOUT_EXTRAS,
      '--autoplay-policy=no-user-gesture-required',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      '--enable-unsafe-webgpu',
      ...(microphone ? [`--use-file-for-fake-audio-capture=${microphone}%noloop`] : []),
      ...flags,
    ],
  })
}
