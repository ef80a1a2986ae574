// The page of the sources' tests (`sources/`), and a Chromium of the wanted kind to open it.
import { type Browser, chromium, type Page } from 'playwright'
import { findBrowser } from '../../.config/browser.mjs'
import { builtPage, servePage, WITHOUT_EXTRAS } from './harness.ts'
import { KeptPage } from './kept-page.ts'

export const FAKE_DEVICE = '--use-fake-device-for-media-stream'
export const FAKE_ANSWER = '--use-fake-ui-for-media-stream'

/** An address that the browser is told to find on this machine; not being localhost it counts as insecure. */
const INSECURE_HOST = '192.0.2.1'

export interface SourcesServer {
  /** The page on localhost, which counts as secure. */
  address: string
  /** The same page, secure too, but of another origin. */
  otherOrigin: string
  /** The same page, insecure. */
  insecure: string
  close(): Promise<void>
}

/** Serves the page, which has `window.sources`. */
export async function serveSources(): Promise<SourcesServer> {
  const served = await servePage(await builtPage('test/browser/sources'))
  return {
    address: served.url,
    otherOrigin: served.url.replace('localhost', 'other.localhost'),
    insecure: served.url.replace('localhost', INSECURE_HOST),
    close: served.close,
  }
}

/** Starts Chromium with the devices and answers that the flags give it, away from the machine's own on Linux. */
export function launch(...flags: string[]): Promise<Browser> {
  return chromium.launch({
    executablePath: findBrowser(),
    env: { ...process.env, PULSE_SERVER: 'unix:/dev/null', ALSA_CONFIG_PATH: '/dev/null' },
    args: [
      WITHOUT_EXTRAS,
      '--autoplay-policy=no-user-gesture-required',
      `--host-resolver-rules=MAP ${INSECURE_HOST} localhost`,
      ...flags,
    ],
  })
}

/** Opens the page and waits for its script. */
export async function openPage(browser: Browser, address: string): Promise<Page> {
  return loadPage(new KeptPage(browser), address)
}

/** The same in the page of the test before. */
export async function loadPage(kept: KeptPage, address: string): Promise<Page> {
  const page = await kept.load(address)
  await page.waitForFunction(() => window.sources !== undefined)
  return page
}
