import type { BrowserContextOptions, Page } from 'playwright'
import { describe, expect, it } from 'vitest'
import type { LeafSpectrogram } from '../../src/view/index.ts'
import { serveViews } from './view-page.ts'

const CHANNELS = 40
/** Where the features lie, CSS pixels: 800 × 300 with the axes and the lanes of events around. */
const LEFT = 44
const TOP = 78
const BOTTOM = 276

const views = serveViews()
let page: Page

/** A spectrogram of the last two seconds that has heard `frames` frames. */
async function open(
  frames: number,
  attributes: Record<string, string> = {},
  options?: BrowserContextOptions,
): Promise<void> {
  page = await views.open(options)
  await page.evaluate(({ channels, attributes }) => window.api.spectrogram(channels, attributes), {
    channels: CHANNELS,
    attributes: { seconds: '2', ...attributes },
  })
  await hear(frames)
}

async function hear(frames: number, lost = 0): Promise<void> {
  await page.evaluate(
    async ({ frames, lost }) => {
      window.feed.push(frames, lost)
      await window.api.repainted()
    },
    { frames, lost },
  )
}

const picture = () => page.evaluate(() => window.api.picture())
const readout = () => page.locator('.readout').textContent()
const label = () => page.locator('canvas').getAttribute('aria-label')
const strengthOf = (frame: number, channel: number) =>
  page.evaluate(([frame, channel]) => window.api.strengthOf(frame, channel), [frame, channel] as const)

describe('reading values out', () => {
  it('says the time, frequency, channel and value under the pointer, while the picture moves on', async () => {
    await open(400)
    await page.mouse.move(800 - 378 - 1, BOTTOM - 2)
    await expect.poll(readout).toMatch(/^0:02\.99 · 94 Hz · channel 1 · /)
    expect(Number((await readout())?.split(' · ')[3])).toBeCloseTo(await strengthOf(299, 0), 2)
    await page.mouse.move(799, TOP + 2)
    await expect.poll(readout).toMatch(/^0:03\.99 · 7\.3k Hz · channel 40 · /)
    await hear(10)
    await expect.poll(readout).toMatch(/^0:04\.09/)
    expect(Number((await readout())?.split(' · ')[3])).toBeCloseTo(await strengthOf(409, 39), 2)
  })

  it('says where a frame was lost, and nothing outside of the picture', async () => {
    await open(100)
    await hear(1, 50)
    await page.mouse.move(799 - 20 * 3.78, 200)
    await expect.poll(readout).toMatch(/^0:01\.30 · .* · no frame$/)
    await page.mouse.move(10, 200)
    await expect.poll(() => page.locator('.readout').isHidden()).toBe(true)
  })

  it('by keyboard stands the picture still and tells a screen reader each cell', async () => {
    await open(300)
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowLeft')
    await expect.poll(readout).toMatch(/^0:02\.98 · /)
    expect(await page.locator('leaf-spectrogram').getAttribute('frozen')).toBe('')
    expect(await page.locator('.readout').getAttribute('aria-live')).toBe('polite')
    const before = (await readout())?.match(/channel (\d+)/)?.[1]
    await page.keyboard.press('ArrowUp')
    await expect
      .poll(async () => (await readout())?.match(/channel (\d+)/)?.[1])
      .toBe(`${Number(before) + 1}`)
  })
})

describe('freezing', () => {
  it('keeps the picture as it is, and shows what came meanwhile when it goes on', async () => {
    await open(150)
    const told = await page.evaluateHandle(() => {
      const told: boolean[] = []
      window.view.addEventListener('freeze', () => told.push(window.view.frozen))
      return told
    })
    await page.locator('leaf-spectrogram').hover({ position: { x: 20, y: 20 } })
    await page.getByRole('button', { name: 'Freeze', pressed: false }).click()
    await page.mouse.move(2, 2)
    await expect.poll(label).toBe('Features from 0:00.0 to 0:01.5, frozen, frequency against time')
    await hear(5)
    const before = await picture()
    await hear(500)
    expect(await picture()).toBe(before)
    await page.getByRole('button', { name: 'Freeze', pressed: true }).press('Enter')
    await page.mouse.move(799, 200)
    await expect.poll(readout).toMatch(/^0:06\.54 · /)
    expect(await told.jsonValue()).toEqual([true, false])
  })

  it.each([
    ['what was heard is cleared', () => window.view.clear()],
    ['the frontend is another', () => (window.view.frontend = { ...window.view.frontend! })],
  ])('ends when %s: nothing is left to look at', async (_, change) => {
    await open(150, { frozen: '' })
    await page.evaluate(() => (window.view.frozen = true))
    await page.evaluate(change)
    await hear(200)
    expect(await page.evaluate(() => window.view.frozen)).toBe(false)
    await expect.poll(label).toMatch(/^Features of the last 2 seconds/)
  })

  it('is an attribute that markup can carry', async () => {
    await open(0, { frozen: '' })
    await hear(200)
    expect(await label()).toBe('Features will appear here once there is sound')
    await page.evaluate(() => (window.view.frozen = false))
    await expect.poll(label).toMatch(/^Features of the last 2 seconds/)
  })
})

describe('looking closer', () => {
  it('by a box that is drawn stands the picture still and shows what was in it', async () => {
    await open(400)
    const middle = (LEFT + 800) / 2
    await page.mouse.move(middle, TOP + 2)
    await page.mouse.down()
    await page.mouse.move(799, (TOP + BOTTOM) / 2, { steps: 3 })
    await page.mouse.up()
    await expect.poll(label).toMatch(/^Features from 0:03\.0 to 0:04\.0, frozen, 1\.9k to 7\.3k Hz$/)
    await page.mouse.move(LEFT + 2, BOTTOM - 2)
    await expect.poll(readout).toMatch(/^0:0(2\.99|3\.00) · .* · channel 21 · /)
    await page.mouse.dblclick(middle, 200)
    await expect.poll(label).toBe('Features from 0:02.0 to 0:04.0, frozen, frequency against time')
  })

  it('by no box when the button was let go of outside of the picture', async () => {
    await open(400)
    await page.mouse.move(400, 200)
    await page.mouse.down()
    await page.mouse.move(400, 800)
    await page.evaluate(() => {
      const plot = window.view.shadowRoot?.querySelector('.plot') as HTMLElement
      for (const [clientX, buttons] of [[402, 1] as const, [500, 0] as const, [520, 0] as const])
        plot.dispatchEvent(new PointerEvent('pointermove', { clientX, clientY: 200, buttons, bubbles: true }))
    })
    expect(await page.locator('.box').isVisible()).toBe(false)
    await page.mouse.up()
    await hear(5)
    await expect.poll(label).toMatch(/^Features of the last 2 seconds/)
  })

  it('by buttons and keys keeps the newest in sight while the picture runs', async () => {
    await open(400)
    await page.getByRole('button', { name: 'Zoom in' }).focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await expect.poll(label).toMatch(/^Features of the last 0\.9 seconds, \d+ to [\d.]+k Hz$/)
    await page.mouse.move(799, 200)
    await expect.poll(readout).toMatch(/^0:03\.99 · /)
    await page.locator('.plot').press('0')
    await expect.poll(label).toMatch(/^Features of the last 2 seconds, frequency against time/)
    for (let i = 0; i < 20; i++) await page.locator('.plot').press('+')
    await expect.poll(label).toMatch(/^Features of the last 0\.3 seconds/)
  })

  it('by the wheel only with Ctrl, and then the page does not scroll', async () => {
    await open(400)
    const cancelled = await page.evaluate(() => {
      const plot = window.view.shadowRoot?.querySelector('.plot') as Element
      const wheel = (ctrlKey: boolean) =>
        !plot.dispatchEvent(
          new WheelEvent('wheel', { deltaY: -50, clientX: 400, clientY: 200, ctrlKey, cancelable: true }),
        )
      return [wheel(false), wheel(true)]
    })
    expect(cancelled).toEqual([false, true])
    await expect.poll(label).toMatch(/^Features of the last 1\.6 seconds/)
  })
})

describe('what it looks like', () => {
  it('draws every event, however many sound at once', async () => {
    await open(100)
    const seen = [await picture()]
    for (let start = 0; start < 6; start++) {
      await page.evaluate(async (start) => {
        const view = window.view as unknown as LeafSpectrogram
        view.show({ label: `bird ${start}`, start: start / 10, confidence: 1 })
        await window.api.repainted()
      }, start)
      seen.push(await picture())
    }
    expect(new Set(seen).size).toBe(7)
  })

  it('changes its colours without losing the picture', async () => {
    await open(300)
    const before = await picture()
    await page.evaluate(async () => {
      window.view.setAttribute('colors', 'viridis')
      await window.api.repainted()
    })
    expect(await picture()).not.toBe(before)
    await page.evaluate(async () => {
      window.view.setAttribute('colors', 'magma')
      await window.api.repainted()
    })
    expect(await picture()).toBe(before)
  })

  it('follows dark mode, forced colours and the wish for less motion at once', async () => {
    await open(300, {}, {})
    const seen = [await picture()]
    for (const media of [
      { colorScheme: 'dark' },
      { forcedColors: 'active' },
      { forcedColors: 'none', reducedMotion: 'reduce' },
    ] as const) {
      await page.emulateMedia(media)
      await hear(0)
      seen.push(await picture())
    }
    expect(new Set(seen).size).toBe(4)
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' })
    await hear(0)
    expect(await picture()).toBe(seen[0])
  })

  it('for less motion stands still and is written over from left to right', async () => {
    await open(250, {}, { reducedMotion: 'reduce' })
    // Frame 249 lies a quarter of the way; what is right of it is older.
    await page.mouse.move(LEFT + 0.2 * 756, 200)
    await expect.poll(readout).toMatch(/^0:02\.40 · /)
    await page.mouse.move(LEFT + 0.75 * 756, 200)
    await expect.poll(readout).toMatch(/^0:01\.50 · /)
  })

  it('follows its size and the pixel ratio', async () => {
    await open(300, {}, {})
    const size = () =>
      page.evaluate(() => {
        const canvas = window.view.shadowRoot?.querySelector('canvas')
        return [canvas?.width, canvas?.height]
      })
    expect(await size()).toEqual([800, 300])
    await page.evaluate(() => (window.view.style.height = '400px'))
    await expect.poll(size).toEqual([800, 400])
    const session = await page.context().newCDPSession(page)
    await session.send('Emulation.setDeviceMetricsOverride', {
      width: 1280,
      height: 720,
      deviceScaleFactor: 2,
      mobile: false,
    })
    await expect.poll(size).toEqual([1600, 800])
  })

  it('draws nothing while it cannot be seen, and loses nothing', async () => {
    await open(100)
    await page.evaluate(() => window.api.moveAway())
    const before = await picture()
    const drained = await page.evaluate(() => window.feed.drained)
    await hear(100)
    await expect.poll(() => page.evaluate(() => window.feed.drained)).toBeGreaterThan(drained)
    expect(await picture()).toBe(before)
    await page.evaluate(() => (document.body.style.marginTop = ''))
    await page.mouse.move(799, 200)
    await expect.poll(readout).toMatch(/^0:01\.99 · /)
    expect(await picture()).not.toBe(before)
  })

  it('draws in every repaint where there is a graphics card, and in fewer where the processor paints', async () => {
    for (const renderer of ['a graphics card', 'Google SwiftShader', 'llvmpipe (LLVM 15.0.7)', null]) {
      page = await views.open()
      const { slots, repaints } = await page.evaluate(
        async ({ renderer, channels }) => {
          WebGLRenderingContext.prototype.getParameter = () => renderer
          const { getContext } = HTMLCanvasElement.prototype
          HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...asked: unknown[]) {
            if (renderer === null && asked[0] === 'webgl') return null
            return getContext.apply(this, asked as Parameters<typeof getContext>)
          } as typeof getContext
          await window.api.spectrogram(channels)
          const slots: number[] = []
          const { feed } = window
          const drain = feed.drain.bind(feed)
          feed.drain = (onFrame) => {
            slots.push(Math.floor(performance.now() / 50))
            drain(onFrame)
          }
          let repaints = 0
          for (; slots.length < 12; repaints++) await new Promise(requestAnimationFrame)
          return { slots, repaints }
        },
        { renderer, channels: CHANNELS },
      )
      if (renderer === 'a graphics card') expect(repaints).toBe(slots.length)
      else expect(new Set(slots).size).toBe(slots.length)
    }
  })
})
