import type { BrowserContextOptions, Page } from 'playwright'
import { describe, expect, it } from 'vitest'
import type { LabelName } from '../../src/events/index.ts'
import type { MovedThreshold, ShownEvent } from '../../src/view/index.ts'
import { serveViews } from './view-page.ts'

const views = serveViews()
let page: Page

declare global {
  interface Window {
    moved: MovedThreshold[]
  }
}

interface Shown {
  thresholds?: Record<string, number>
  pinned?: LabelName[]
  events?: ShownEvent[]
  /** Seconds; the newest event's when left out. */
  now?: number
}

async function open(shown: Shown, options?: BrowserContextOptions): Promise<void> {
  page = await views.open(options)
  await page.evaluate(async ({ thresholds, pinned, events, now }) => {
    window.api.element('leaf-events')
    const { view } = window
    window.moved = []
    view.addEventListener('threshold', (event) => window.moved.push((event as CustomEvent).detail))
    if (thresholds) view.thresholds = thresholds
    if (pinned) view.pinned = pinned
    if (now !== undefined) view.clock = () => now
    for (const event of events ?? []) view.show(event)
    await window.api.repainted()
  }, shown)
}

const moved = () => page.evaluate(() => window.moved)
const lanes = () => page.locator('.lane .name').allInnerTexts()
const slider = (name: string) => page.getByRole('slider', { name: `Threshold of ${name}` })

/** Whether something is drawn in a lane, from the left, at shares of its width, at a height of 0 (bottom) to 1. */
const drawn = (lane: number, places: number[], height: number) =>
  page.evaluate(
    ({ lane, places, height }) => {
      const canvas = window.view.shadowRoot?.querySelectorAll<HTMLCanvasElement>('.track canvas')[lane]
      const context = canvas?.getContext('2d')
      if (!canvas || !context) return null
      const y = Math.floor(canvas.height * (1 - height))
      return places.map((x) => context.getImageData(Math.floor(canvas.width * x), y, 1, 1).data[3] > 0)
    },
    { lane, places, height },
  )

const speech: ShownEvent = { label: 'speech', start: 12, end: 15, confidence: 0.9 }
const dog: ShownEvent = { label: 'dog_bark', start: 20, end: 27, confidence: 0.4 }

it('writes labels as it is told to, in lanes, rows and thresholds', async () => {
  await open({})
  await page.evaluate(() => {
    const { view } = window
    view.labelFormat = (label) => label
    view.thresholds = { impact: 0.5 }
    view.show({ label: 'impact', start: 1, end: 2, confidence: 0.9 })
  })
  expect(await lanes()).toEqual(['impact'])
  expect(await page.locator('li .label').allInnerTexts()).toEqual(['impact'])
  expect(await slider('impact').count()).toBe(1)
})

describe('the timeline', () => {
  it('has a lane for each label that occurred, with bars at their time, as high as their confidence', async () => {
    await open({ events: [speech, dog, { ...speech, start: 25, end: 27 }], now: 30 })
    expect(await lanes()).toEqual(['Speech', 'Dog bark'])
    const times = [11, 13, 17, 24, 26, 29].map((time) => time / 30)
    expect(await drawn(0, times, 0.1)).toEqual([false, true, false, false, true, false])
    expect(await drawn(1, times, 0.1)).toEqual([false, false, false, true, true, false])
    expect(await drawn(0, [13 / 30], 0.8)).toEqual([true])
    expect(await drawn(1, [24 / 30], 0.5)).toEqual([false])
  })

  it('scrolls in a view of limited height, and leaves the page its length', async () => {
    await open({
      events: Array.from({ length: 50 }, (_, i) => ({ ...speech, start: 20 * i, end: 20 * i + 3 })),
    })
    const length = await page.evaluate(async () => {
      const { documentElement } = document
      const length = documentElement.scrollHeight
      window.view.style.maxHeight = '200px'
      await window.api.repainted()
      window.view.scrollTop = 100
      return {
        free: length > innerHeight,
        page: documentElement.scrollHeight - innerHeight,
        by: window.view.scrollTop,
      }
    })
    expect(length).toEqual({ free: true, page: 0, by: 100 })
  })

  it('is drawn in a view of fixed size as soon as there is something to show', async () => {
    await open({ now: 30 })
    await page.evaluate(async (event) => {
      window.view.style.height = '300px'
      await window.api.repainted()
      window.view.show(event)
      await window.api.repainted()
    }, speech)
    expect(await drawn(0, [13 / 30, 17 / 30], 0.1)).toEqual([true, false])
  })

  it('says the time also before the first event', async () => {
    await open({ events: [speech], now: 30 })
    const inked = await page.evaluate(() => {
      const axis = window.view.shadowRoot?.querySelector<HTMLCanvasElement>('.axis')
      const { width, height } = axis!
      const { data } = axis!.getContext('2d')!.getImageData(0, 0, Math.floor((width * 11) / 30), height)
      return data.some((value) => value > 0)
    })
    expect(inked).toBe(true)
  })

  it('shows pinned labels first, and keeps them when it is cleared', async () => {
    await open({ pinned: [{ label: 'siren' }, { label: 'dog_bark' }], events: [speech, dog] })
    expect(await lanes()).toEqual(['Siren', 'Dog bark', 'Speech'])
    await page.evaluate(() => window.view.clear())
    expect(await lanes()).toEqual(['Siren', 'Dog bark'])
    expect(await page.locator('li').count()).toBe(0)
  })

  it('tells labels of two heads apart', async () => {
    const one = { head: 'digit', label: 'one', start: 1, end: 2, confidence: 0.5 }
    await open({
      events: [one, { ...one, head: 'count' }],
      thresholds: { 'digit/one': 0.3, 'count/one': 0.6 },
    })
    expect(await lanes()).toEqual(['One\nDigit', 'One\nCount'])
    expect(await slider('Digit: One').getAttribute('aria-valuenow')).toBe('30')
    await slider('Count: One').press('ArrowUp')
    await expect.poll(moved).toEqual([{ head: 'count', label: 'one', value: 0.61 }])
    expect(await page.locator('li .label').allInnerTexts()).toEqual(['Count: One', 'Digit: One'])
  })

  it('draws the scores where it is given them', async () => {
    await open({ pinned: [{ label: 'speech' }], now: 30 })
    await page.evaluate(async () => {
      window.view.labels = [{ label: 'dog' }, { label: 'speech' }]
      for (let time = 10; time <= 20; time++) window.view.showScores(time, [0.2, 0.5])
      await window.api.repainted()
    })
    expect(await drawn(0, [15.5 / 30, 25 / 30], 0.5)).toEqual([true, false])
    expect(await drawn(0, [15.5 / 30], 0.2)).toEqual([false])
  })

  it('has lanes only for what occurred of 300 labels, and stays usable when all did', async () => {
    const labels = Array.from({ length: 300 }, (_, i) => `label ${i}`)
    const thresholds = Object.fromEntries(labels.map((label) => [label, 0.5]))
    await open({ thresholds, events: [{ ...speech, label: 'label 7' }] })
    expect(await lanes()).toEqual(['Label 7'])
    await page.evaluate(async (labels) => {
      labels.forEach((label, i) => {
        window.view.show({ label, start: i / 10, confidence: 0.5 })
        window.view.show({ label, start: i / 10, end: i / 10 + 1, confidence: 0.6 })
      })
      await window.api.repainted()
    }, labels)
    expect(await page.locator('.lane').count()).toBe(300)
    expect(await page.locator('li').count()).toBe(200)
    expect(await page.evaluate(() => window.view.events.length)).toBe(301)
    await slider('Label 299').press('Home')
    await expect.poll(moved).toEqual([{ label: 'label 299', value: 0 }])
  })
})

describe('a threshold', () => {
  it('is dragged in place, and tells where it is', async () => {
    await open({ events: [speech], thresholds: { speech: 0.5 } })
    const line = slider('Speech')
    const lane = await page.locator('.track').boundingBox()
    if (!lane) throw new Error('The lane is nowhere.')
    await page.mouse.move(lane.x + 100, lane.y + lane.height / 2)
    await page.mouse.down()
    await page.mouse.move(lane.x + 100, lane.y + lane.height / 4, { steps: 2 })
    await expect.poll(async () => (await moved()).at(-1)).toEqual({ label: 'speech', value: 0.75 })
    await page.mouse.move(lane.x + 100, lane.y - 500)
    await page.mouse.up()
    await page.mouse.move(lane.x + 100, lane.y + lane.height)
    await expect.poll(async () => (await moved()).at(-1)).toEqual({ label: 'speech', value: 1 })
    expect(await line.getAttribute('aria-valuenow')).toBe('100')
    expect(await page.evaluate(() => window.view.thresholds)).toEqual({ speech: 1 })
    expect(
      await line.evaluate((element) => (element.getRootNode() as ShadowRoot).activeElement === element),
    ).toBe(true)
  })

  it('moves by keys within its bounds', async () => {
    await open({ events: [speech], thresholds: { speech: 0.5 } })
    await page.keyboard.press('Tab')
    const keys = [
      'ArrowUp',
      'ArrowRight',
      'ArrowDown',
      'ArrowLeft',
      'PageUp',
      'PageDown',
      'Home',
      'ArrowDown',
      'End',
    ]
    for (const key of keys) await page.keyboard.press(key)
    const values = [0.51, 0.52, 0.51, 0.5, 0.6, 0.5, 0, 1]
    await expect.poll(async () => (await moved()).map(({ value }) => value)).toEqual(values)
    expect(await slider('Speech').getAttribute('aria-valuetext')).toBe('100 %')
    expect(await slider('Speech').getAttribute('aria-orientation')).toBe('vertical')
  })

  it('comes and goes with what the page sets', async () => {
    await open({ events: [speech, dog] })
    expect(await page.getByRole('slider').count()).toBe(0)
    await page.evaluate(() => (window.view.thresholds = { dog_bark: 0.25 }))
    expect(await slider('Dog bark').getAttribute('aria-valuenow')).toBe('25')
    expect(await page.getByRole('slider').count()).toBe(1)
    await page.evaluate(() => (window.view.thresholds = null))
    expect(await page.getByRole('slider').count()).toBe(0)
    expect(await moved()).toEqual([])
  })
})

describe('the list', () => {
  it('tells of events the newest first, of a running one how long it is, and ends it', async () => {
    await open({ events: [dog, { label: 'speech', start: 28, confidence: 0.7 }], now: 30 })
    const rows = () => page.locator('li').allInnerTexts()
    await expect.poll(async () => (await rows())[0]).toContain('0:28.0 · 2.0 s · now')
    expect((await rows())[1]).toContain('0:20.0 · 7.0 s')
    expect(await page.locator('ol').getAttribute('aria-live')).toBe('polite')
    await page.evaluate(() => window.view.show({ label: 'speech', start: 28, end: 28.5, confidence: 0.8 }))
    expect((await rows())[0]).toContain('0:28.0 · 0.5 s')
    expect((await rows())[0]).toContain('80 %')
    expect((await rows()).length).toBe(2)
  })

  it('takes an event back with its lane, if that is left empty, and tells nobody where nobody is to be told', async () => {
    await open({ events: [speech, dog, { ...speech, start: 28, end: 29 }], now: 30 })
    await page.evaluate((event) => window.view.takeBack(event), dog)
    await page.evaluate((event) => window.view.takeBack(event), { ...speech, start: 28 })
    expect(await lanes()).toEqual(['Speech'])
    expect(await page.locator('li .label').allInnerTexts()).toEqual(['Speech'])
    expect(await page.locator('li .when').allInnerTexts()).toEqual(['0:12.0 · 3.0 s'])
    await page.evaluate(() => window.view.setAttribute('aria-live', 'off'))
    expect(await page.locator('ol').getAttribute('aria-live')).toBe('off')
  })

  it('is exported as it is', async () => {
    await open({ events: [speech, { label: 'speech, "loud"', start: 28, confidence: 0.7 }] })
    expect(await page.evaluate(() => window.view.toCSV())).toBe(
      'head,label,start,end,confidence\n,speech,12,15,0.9\n,"speech, ""loud""",28,,0.7\n',
    )
    expect(JSON.parse(await page.evaluate(() => window.view.toJSON()))).toEqual([
      speech,
      { label: 'speech, "loud"', start: 28, confidence: 0.7 },
    ])
  })
})

describe('what it looks like', () => {
  const picture = () => page.evaluate(() => window.api.picture())

  it('follows dark mode, forced colours and the wish for less motion at once', async () => {
    await open({ events: [speech, dog], now: 40 }, {})
    const seen = [await picture()]
    for (const media of [
      { colorScheme: 'dark' },
      { forcedColors: 'active' },
      { forcedColors: 'none', reducedMotion: 'reduce' },
    ] as const) {
      await page.emulateMedia(media)
      await page.evaluate(() => window.api.repainted())
      seen.push(await picture())
    }
    expect(new Set(seen).size).toBe(4)
  })

  it('follows its size and the pixel ratio', async () => {
    await open({ events: [speech] }, {})
    const sizes = () =>
      page.evaluate(() => {
        const canvas = window.view.shadowRoot?.querySelector<HTMLCanvasElement>('.track canvas')
        return canvas ? [canvas.width / canvas.clientWidth, canvas.height / canvas.clientHeight] : []
      })
    expect(await sizes()).toEqual([1, 1])
    await page.evaluate(() => (window.view.style.width = '500px'))
    await expect.poll(sizes).toEqual([1, 1])
    const session = await page.context().newCDPSession(page)
    const metrics = { width: 1280, height: 720, deviceScaleFactor: 2, mobile: false }
    await session.send('Emulation.setDeviceMetricsOverride', metrics)
    await expect.poll(sizes).toEqual([2, 2])
  })

  it('draws nothing while it cannot be seen, and is right when it can be again', async () => {
    await open({ events: [speech], now: 30 })
    await page.evaluate(() => window.api.moveAway())
    const before = await picture()
    await page.evaluate(async () => {
      window.view.show({ label: 'speech', start: 20, end: 25, confidence: 0.5 })
      await window.api.repainted()
    })
    expect(await picture()).toBe(before)
    await page.evaluate(() => (document.body.style.marginTop = ''))
    await expect.poll(picture).not.toBe(before)
  })
})
