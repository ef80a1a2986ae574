import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  FAKE_ANSWER,
  FAKE_DEVICE,
  launch,
  openPage,
  type SourcesServer,
  serveSources,
} from './sources-page.ts'

let server: SourcesServer
/** By their flags. */
const browsers = new Map<string, Browser>()
beforeAll(async () => {
  server = await serveSources()
})
afterAll(async () => {
  for (const browser of browsers.values()) await browser.close()
  await server.close()
})

describe('a microphone that cannot be had says why and what to do', () => {
  it('refused by the user', async () => {
    const outcome = await attempt([FAKE_DEVICE])
    expect(outcome.code).toBe('microphone-denied')
    expect(outcome.message).toContain(new URL(server.address).origin)
    expect(outcome.remedy).toContain('site settings')
  })

  it('forbidden to the frame', async () => {
    const outcome = await attempt([FAKE_DEVICE, FAKE_ANSWER], async (page) => {
      await page.evaluate((address) => {
        const frame = document.createElement('iframe')
        frame.src = address
        document.body.append(frame)
      }, server.otherOrigin)
      await page.waitForFunction(() => window.frames.length === 1)
      const frame = page.frames()[1]
      await frame.waitForFunction(() => window.sources !== undefined)
      return frame
    })
    expect(outcome.code).toBe('microphone-denied')
    expect(outcome.remedy).toContain('allow="microphone"')
  })

  it('not there', async () => {
    const page = await open([FAKE_ANSWER])
    const { devices, outcome } = await page.evaluate(async () => {
      const { contexts, listMicrophones, openMicrophone, outcome } = window.sources
      const devices = await listMicrophones()
      return { devices, outcome: await outcome(openMicrophone(contexts.native())) }
    })
    // Outside of Linux nothing hides the machine's own microphone from the browser.
    const expected = devices.length === 0 ? 'microphone-missing' : 'none'
    expect(outcome.code).toBe(process.platform === 'linux' ? 'microphone-missing' : expected)
  })

  it('there but not to be started', async () => {
    const outcome = await attempt([FAKE_DEVICE, FAKE_ANSWER, '--fail-audio-stream-creation'])
    expect(outcome.code).toBe('microphone-busy')
    expect(outcome.message).toContain('Could not start audio source')
    expect(outcome.remedy).toContain('other programs')
  })

  it('hidden from an insecure page', async () => {
    const outcome = await attempt([FAKE_DEVICE, FAKE_ANSWER], undefined, server.insecure)
    expect(outcome.code).toBe('insecure-page')
    expect(outcome.message).toContain(new URL(server.insecure).origin)
    expect(outcome.remedy).toContain('https')
  })

  it('for a closed context', async () => {
    const page = await open([FAKE_DEVICE, FAKE_ANSWER])
    const outcome = await page.evaluate(async () => {
      const { contexts, openMicrophone, outcome, tracks } = window.sources
      const context = contexts.native()
      await context.close()
      return { ...(await outcome(openMicrophone(context))), tracks: tracks.length }
    })
    expect(outcome).toMatchObject({ code: 'arguments', tracks: 0 })
  })
})

/** A new page in the browser with these flags. */
async function open(flags: string[], address = server.address): Promise<Page> {
  const key = flags.join(' ')
  const browser = browsers.get(key) ?? (await launch(...flags))
  browsers.set(key, browser)
  return openPage(browser, address)
}

/** Opens a microphone in the page, or in the frame that `enter` finds there. */
async function attempt(
  flags: string[],
  enter: (page: Page) => Promise<Pick<Page, 'evaluate'>> = async (page) => page,
  address = server.address,
): Promise<{ code: string; message: string; remedy: string }> {
  const page = await open(flags, address)
  const place = await enter(page)
  const told = await place.evaluate(() => {
    const { contexts, openMicrophone, outcome } = window.sources
    return outcome(openMicrophone(contexts.native()))
  })
  await page.close()
  return told
}
