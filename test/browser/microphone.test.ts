import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Microphone } from '../../src/audio/microphone.ts'
import { KeptPage } from './kept-page.ts'
import { FAKE_ANSWER, FAKE_DEVICE, launch, loadPage, serveSources } from './sources-page.ts'

declare global {
  interface Window {
    microphone: Microphone
    context: AudioContext
  }
}

let server: Awaited<ReturnType<typeof serveSources>>
let browser: Browser
let kept: KeptPage
beforeAll(async () => {
  server = await serveSources()
  browser = await launch(FAKE_DEVICE, FAKE_ANSWER)
  kept = new KeptPage(browser)
})
afterAll(async () => {
  await browser.close()
  await server.close()
})

describe.each(['native', 'standardized'] as const)('a microphone in a %s AudioContext', (kind) => {
  let page: Page
  beforeEach(async () => {
    page = await loadPage(kept, server.address)
    await page.evaluate(async (kind) => {
      window.context = window.sources.contexts[kind]()
      window.microphone = await window.sources.openMicrophone(window.context)
    }, kind)
  })

  it('is heard, unprocessed, on the default device', async () => {
    const seen = await page.evaluate(async () => {
      const { microphone, sources } = window
      const { device, processing, live } = microphone
      return { device, processing, live, sounds: await sources.heard(microphone.output) }
    })
    expect(seen).toEqual({
      device: { deviceId: 'default', label: 'Fake Default Audio Input' },
      processing: { echoCancellation: 'off', noiseSuppression: 'off', autoGainControl: 'off' },
      live: true,
      sounds: true,
    })
  })

  it('changes to a device of the list behind the same output', async () => {
    const seen = await page.evaluate(async () => {
      const { microphone, sources } = window
      const devices = await sources.listMicrophones()
      await microphone.choose(devices[2].deviceId)
      const states = sources.tracks.map((track) => track.readyState)
      return { devices, device: microphone.device, states, sounds: await sources.heard(microphone.output) }
    })
    const labels = seen.devices.map(({ label }) => label)
    expect(labels).toEqual(['Fake Default Audio Input', 'Fake Audio Input 1', 'Fake Audio Input 2'])
    expect(seen.device).toEqual(seen.devices[2])
    expect(seen.states).toEqual(['ended', 'live'])
    expect(seen.sounds).toBe(true)
  })

  it('keeps its device when another one cannot be had', async () => {
    const seen = await page.evaluate(async () => {
      const { microphone, sources } = window
      const failure = await sources.outcome(microphone.choose('no such device'))
      return { failure, device: microphone.device, sounds: await sources.heard(microphone.output) }
    })
    expect(seen.failure.code).toBe('microphone-missing')
    expect(seen.failure.message).toContain('no such device')
    expect(seen.device.deviceId).toBe('default')
    expect(seen.sounds).toBe(true)
  })

  it('ends with the device chosen last, alone, even if an earlier one takes longer', async () => {
    const seen = await page.evaluate(async () => {
      const { microphone, sources } = window
      const [, slow, last] = await sources.listMicrophones()
      const open = navigator.mediaDevices.getUserMedia
      navigator.mediaDevices.getUserMedia = async (constraints) => {
        navigator.mediaDevices.getUserMedia = open
        await new Promise((resolve) => setTimeout(resolve, 500))
        return open(constraints)
      }
      await Promise.all([microphone.choose(slow.deviceId), microphone.choose(last.deviceId)])
      return { states: sources.tracks.map((track) => track.readyState), label: microphone.device.label }
    })
    expect(seen).toEqual({ states: ['ended', 'ended', 'live'], label: 'Fake Audio Input 2' })
  })

  it('switches the device off and cuts the output when stopped', async () => {
    const seen = await page.evaluate(async () => {
      const { context, microphone, sources } = window
      const listener = context.createGain()
      const tone = context.createOscillator()
      tone.start()
      tone.connect(microphone.output).connect(listener)
      const before = await sources.heard(listener)
      microphone.stop()
      microphone.stop()
      const states = sources.tracks.map((track) => track.readyState)
      return { before, states, live: microphone.live, after: await sources.heard(listener) }
    })
    expect(seen).toEqual({ before: true, states: ['ended'], live: false, after: false })
  })

  it('leaves no device on when it is stopped during a change', async () => {
    const states = await page.evaluate(async () => {
      const { microphone, sources } = window
      const [, other] = await sources.listMicrophones()
      const change = microphone.choose(other.deviceId)
      // Once the change has begun, its device is asked for and cannot be taken back.
      await Promise.resolve()
      microphone.stop()
      await change
      return sources.tracks.map((track) => track.readyState)
    })
    expect(states).toEqual(['ended', 'ended'])
  })
})

it('reports processing that is on', async () => {
  const page = await loadPage(kept, server.address)
  const processing = await page.evaluate(async () => {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: true, noiseSuppression: false, autoGainControl: true },
    })
    return window.sources.readProcessing(stream.getAudioTracks()[0])
  })
  expect(processing).toEqual({ echoCancellation: 'on', noiseSuppression: 'off', autoGainControl: 'on' })
})
