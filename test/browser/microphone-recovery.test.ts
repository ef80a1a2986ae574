import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Microphone } from '../../src/audio/microphone.ts'
import { KeptPage } from './kept-page.ts'
import { FAKE_DEVICE, launch, loadPage, type SourcesServer, serveSources } from './sources-page.ts'

declare global {
  interface Window {
    microphone: Microphone
    context: AudioContext
    /** Events of the microphone, in their order. */
    seen: { type: string; code?: string; same?: boolean; label?: string; devices?: number }[]
  }
}

let server: SourcesServer
let browser: Browser
let kept: KeptPage
let user: BrowserContext
let page: Page
beforeAll(async () => {
  server = await serveSources()
  // Without a fake answer the permission is the test's to give and to take away.
  browser = await launch(FAKE_DEVICE)
  kept = new KeptPage(browser)
})
afterAll(async () => {
  await browser.close()
  await server.close()
})
beforeEach(async () => {
  page = await loadPage(kept, server.address)
  user = page.context()
  await user.clearPermissions()
  await user.grantPermissions(['microphone'])
})

describe.each(['native', 'standardized'] as const)('in a %s AudioContext', (kind) => {
  beforeEach(() => listen(kind))

  it('a lost device is taken again behind the same output', async () => {
    // The browser ends the track; by the time the page hears of it, the device may be had again.
    const frozen = page.evaluate(() => {
      for (const end = performance.now() + 1500; performance.now() < end; );
    })
    await user.clearPermissions()
    await user.grantPermissions(['microphone'])
    await frozen
    await page.evaluate(() => window.sources.waitFor(() => window.seen.length > 0))
    const seen = await page.evaluate(async () => ({
      events: window.seen,
      states: window.sources.tracks.map((track) => track.readyState),
      sounds: await window.sources.heard(window.microphone.output),
    }))
    expect(seen).toEqual({
      events: [{ type: 'recovered', same: true, label: 'Fake Audio Input 1' }],
      states: ['ended', 'live'],
      sounds: true,
    })
  })

  it('a device lost for good is reported, and not asked for again behind the back of the user', async () => {
    await user.clearPermissions()
    await page.evaluate(() => window.sources.waitFor(() => window.seen.length > 0))
    const seen = await page.evaluate(async () => {
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'))
      await window.sources.waitFor(() => window.seen.length > 1)
      return { events: window.seen, live: window.microphone.live }
    })
    expect(seen.live).toBe(false)
    expect(seen.events).toEqual([
      { type: 'ended', code: 'microphone-denied' },
      { type: 'devicechange', devices: 1 },
    ])
  })

  it('a device that comes takes the place of one that went', async () => {
    const events = await page.evaluate(async () => {
      // A track that ends without an event, as when the machine slept.
      window.sources.tracks[0].stop()
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'))
      await window.sources.waitFor(() => window.seen.length > 1)
      return window.seen
    })
    expect(events).toEqual([
      { type: 'devicechange', devices: 3 },
      { type: 'recovered', same: true, label: 'Fake Audio Input 1' },
    ])
  })

  it('a stopped microphone hears of nothing and stays off', async () => {
    const seen = await page.evaluate(async () => {
      window.microphone.stop()
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'))
      window.sources.tracks[0].dispatchEvent(new Event('ended'))
      await window.context.suspend()
      await window.sources.listMicrophones()
      return { events: window.seen, tracks: window.sources.tracks.length, state: window.context.state }
    })
    expect(seen).toEqual({ events: [], tracks: 1, state: 'suspended' })
  })

  it('a suspended context is resumed', async () => {
    const events = await page.evaluate(async () => {
      await window.context.suspend()
      await window.sources.waitFor(() => window.context.state === 'running' && window.seen.length > 1)
      return window.seen
    })
    expect(events).toEqual([{ type: 'suspended' }, { type: 'running' }])
  })

  it('a listener can keep a context suspended', async () => {
    const state = await page.evaluate(async () => {
      window.microphone.addEventListener('suspended', (event) => event.preventDefault())
      await window.context.suspend()
      await window.sources.waitFor(() => window.seen.length > 0)
      await window.sources.heard(window.microphone.output)
      return window.context.state
    })
    expect(state).toBe('suspended')
  })

  it('an interrupted context is reported and left alone', async () => {
    const seen = await page.evaluate(async () => {
      const { context } = window
      let resumes = 0
      const resume = context.resume.bind(context)
      context.resume = () => {
        resumes++
        return resume()
      }
      // No switch of Chromium interrupts a context: only its state is put on.
      Object.defineProperty(context, 'state', { value: 'interrupted' })
      context.dispatchEvent(new Event('statechange'))
      return { events: window.seen, resumes }
    })
    expect(seen).toEqual({ events: [{ type: 'interrupted' }], resumes: 0 })
  })
})

it('a device that is gone gives way to the default one', async () => {
  const label = await page.evaluate(async () => {
    const stream = await window.sources.captureAgain('a device that is gone')
    return stream.getAudioTracks()[0].label
  })
  expect(label).toBe('Fake Default Audio Input')
})

/** Opens the second microphone in a running context and notes its events. */
function listen(kind: 'native' | 'standardized'): Promise<void> {
  return page.evaluate(async (kind) => {
    const { contexts, listMicrophones, openMicrophone, waitFor } = window.sources
    const context = contexts[kind]()
    await waitFor(() => context.state === 'running')
    const [, second] = await listMicrophones()
    const microphone = await openMicrophone(context, { deviceId: second.deviceId })
    window.seen = []
    microphone.addEventListener('recovered', ({ type, detail }) => {
      window.seen.push({ type, same: detail.same, label: detail.device.label })
    })
    microphone.addEventListener('ended', ({ type, detail }) => {
      window.seen.push({ type, code: detail.error.code })
    })
    microphone.addEventListener('devicechange', ({ type, detail }) => {
      window.seen.push({ type, devices: detail.devices.length })
    })
    for (const type of ['running', 'suspended', 'interrupted', 'closed'] as const)
      microphone.addEventListener(type, () => void window.seen.push({ type }))
    Object.assign(window, { context, microphone })
  }, kind)
}
