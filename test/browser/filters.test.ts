import type { Browser, BrowserContextOptions, Page } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { contentSecurityPolicy } from '../../demo/csp.ts'
import type { FiltersPage } from './filters/page.ts'
import { type BuiltPage, buildPage, launchBrowser, type ServedPage, servePage } from './harness.ts'

let built: BuiltPage
let served: ServedPage
let browser: Browser

beforeAll(async () => {
  built = await buildPage('test/browser/filters')
  // The icon of the test page is an address that the demo has no need of.
  served = await servePage(built.folder, {
    contentSecurityPolicy: contentSecurityPolicy.replace("img-src 'self'", "img-src 'self' data:"),
  })
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await served?.close()
  await built?.remove()
})

declare global {
  interface Window {
    filtersPage: FiltersPage
  }
}

/** The page with the learned frontend over its initial one, drawn. */
async function open(options: BrowserContextOptions = {}): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1240, height: 1240 }, ...options })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(served.url)
  await page.waitForFunction('window.filtersPage')
  return { page, complaints }
}

async function show(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { filters, learnedOf, preset } = window.filtersPage
    filters.initial = preset('leaf')
    filters.frontend = learnedOf('leaf', 0.2)
  })
  await until(() => inked(page, '.compression .curves')).toBeGreaterThan(1000)
}

/** On a busy machine a repaint may take its time. */
const until = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, { timeout: 30_000 })

/** How many pixels of a canvas have been drawn on. */
function inked(page: Page, canvas: string): Promise<number> {
  return page.locator(`leaf-filters ${canvas}`).evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement
    if (width === 0 || height === 0) return 0
    const context = (element as HTMLCanvasElement).getContext('2d') as CanvasRenderingContext2D
    return new Uint32Array(context.getImageData(0, 0, width, height).data.buffer).filter(
      (pixel) => pixel !== 0,
    ).length
  })
}

it('shows its content, then every panel, under the policy of the demo and without a complaint', async () => {
  const { page, complaints } = await open()
  await page.getByText('Filters appear here once a model is loaded.').waitFor()
  expect(await page.getByText('Impulse response').isVisible()).toBe(false)
  await show(page)
  for (const panel of ['responses', 'bandwidths', 'pooling', 'compression'])
    expect(await inked(page, `.${panel} .curves`)).toBeGreaterThan(1000)
  await page.getByText('Choose a filter to see its impulse response.').waitFor()
  expect(await page.locator('leaf-filters .hint').isVisible()).toBe(false)
  await page.evaluate(() => window.filtersPage.filters.setAttribute('view', 'pooling'))
  await until(() => page.getByText('Frequency responses').isVisible()).toBe(false)
  expect(complaints).toEqual([])
  await page.context().close()
})

it('a click and the arrow keys choose a filter, and a screen reader hears which', async () => {
  const { page } = await open()
  await show(page)
  await page.evaluate(() => {
    const chosen: unknown[] = []
    Object.assign(window, { chosen })
    const { filters } = window.filtersPage
    filters.addEventListener('select', (event) => chosen.push((event as CustomEvent).detail))
  })
  const chosen = () => page.evaluate('window.chosen') as Promise<{ channel: number; frequency: number }[]>
  const plot = page.locator('leaf-filters .responses .plot')
  await plot.click({ position: { x: 600, y: 120 } })
  const slider = page.getByRole('slider', { name: 'Chosen filter, by rising frequency' })
  const [{ channel, frequency }] = await chosen()
  expect(frequency).toBeGreaterThan(500)
  expect(frequency).toBeLessThan(4000)
  await until(() => slider.getAttribute('aria-valuetext')).toMatch(
    new RegExp(
      `^filter ${channel + 1}, [\\d\u202f]+\u00a0Hz, \\d+\u00a0Hz wide, pooled over [\\d.]+\u00a0ms$`,
    ),
  )
  await until(() => inked(page, '.impulse .curves')).toBeGreaterThan(1000)

  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Home')
  await until(async () => (await chosen()).length).toBe(3)
  const [, next, none] = await chosen()
  expect(next.frequency).toBeGreaterThan(frequency)
  expect(none).toEqual({ channel: -1, frequency: 0 })
  await until(() => slider.getAttribute('aria-valuetext')).toBe('no filter chosen')
  expect(await page.evaluate(() => window.filtersPage.filters.selected)).toBe(-1)
  await page.context().close()
})

it('tells what is under the pointer', async () => {
  const { page } = await open()
  await show(page)
  const tip = page.locator('leaf-filters .tip')
  await page.locator('leaf-filters .responses .plot').hover({ position: { x: 600, y: 120 } })
  await until(async () => (await tip.locator('b, span').allTextContents()).join(', ')).toMatch(
    /^Filter \d+, [\d\u202f]+\u00a0Hz, \d+\u00a0Hz wide, pooled over/,
  )
  await page.mouse.move(2, 2)
  await until(() => tip.isVisible()).toBe(false)
  await page.context().close()
})

it('lights channels up while frames come, and puts them out', async () => {
  const { page } = await open()
  await show(page)
  expect(await inked(page, '.responses .lamps')).toBe(0)
  await page.evaluate(() => {
    let index = 0
    const values = Array.from({ length: 40 }, (_, channel) => (channel === 20 ? 3 : 0))
    const { filters } = window.filtersPage
    filters.frames = { drain: (onFrame) => onFrame(index++, index / 100, values) }
  })
  for (const panel of ['responses', 'bandwidths', 'pooling', 'lists'])
    await until(() => inked(page, `.${panel} .lamps`)).toBeGreaterThan(50)
  await page.evaluate(() => {
    window.filtersPage.filters.frames = null
  })
  await until(() => inked(page, '.responses .lamps')).toBe(0)
  await page.context().close()
})

it.each([0, 1000])(
  'draws nothing while it is hidden, told %i ms late, and what has changed once it is seen',
  async (late) => {
    const { page } = await open()
    await page.evaluate((late) => {
      // A busy browser tells its observers late.
      const Prompt = IntersectionObserver
      window.IntersectionObserver = class extends Prompt {
        constructor(tell: IntersectionObserverCallback) {
          super((...told) => setTimeout(() => tell(...told), late))
        }
      }
      const { filters } = window.filtersPage
      const { parentElement } = filters
      filters.remove()
      parentElement?.append(filters)
    }, late)
    await show(page)
    const picture = () =>
      page
        .locator('leaf-filters .bandwidths .curves')
        .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL())
    const before = await picture()
    await page.evaluate(async () => {
      const { filters, preset } = window.filtersPage
      filters.hidden = true
      filters.frontend = preset('sincnet-plus')
      for (let i = 0; i < 10; i++) await new Promise(requestAnimationFrame)
    })
    expect(await picture()).toBe(before)
    await page.evaluate(() => {
      window.filtersPage.filters.hidden = false
    })
    await until(picture).not.toBe(before)
    await page.context().close()
  },
)

it('exports a picture of twice its size, a drawing that parses, and a table', async () => {
  const { page } = await open({ colorScheme: 'dark' })
  await show(page)
  const exported = await page.evaluate(async () => {
    const { filters } = window.filtersPage
    filters.selected = 12
    const png = await createImageBitmap(await filters.toPNG())
    const svg = new DOMParser().parseFromString(filters.toSVG(), 'image/svg+xml')
    return {
      png: [png.width, png.height],
      svg: ['width', 'height'].map((name) => Number(svg.documentElement.getAttribute(name))),
      background: svg.querySelector('rect')?.getAttribute('fill'),
      faults: svg.querySelectorAll('parsererror').length,
      lines: filters.toCSV().trimEnd().split('\n').length,
    }
  })
  expect(exported).toMatchObject({ faults: 0, lines: 41, background: '#ffffff' })
  expect(exported.png).toEqual(exported.svg.map((length) => 2 * length))
  await page.context().close()
})

it('stacks its panels where there is little room, at the pixel ratio of the screen', async () => {
  const { page } = await open({ viewport: { width: 320, height: 700 }, deviceScaleFactor: 2 })
  await page.evaluate(() => {
    window.filtersPage.filters.frontend = window.filtersPage.preset('leaf')
  })
  await until(() => inked(page, '.responses .curves')).toBeGreaterThan(1000)
  const measured = await page.evaluate(() => {
    const { filters } = window.filtersPage
    const figures = [...(filters.shadowRoot?.querySelectorAll('figure') ?? [])]
    const canvas = filters.shadowRoot?.querySelector('canvas') as HTMLCanvasElement
    return {
      lefts: new Set(figures.map((figure) => figure.getBoundingClientRect().left)).size,
      overflow: document.documentElement.scrollWidth - innerWidth,
      ratio: canvas.width / canvas.clientWidth,
    }
  })
  expect(measured).toEqual({ lefts: 1, overflow: 0, ratio: 2 })
  await page.context().close()
})

it('has a sentence for what cannot be exported', async () => {
  const { page } = await open()
  const message = await page.evaluate(() => {
    try {
      return window.filtersPage.filters.toSVG()
    } catch (error) {
      return (error as Error).message
    }
  })
  expect(message).toBe('There is no frontend to show. Set frontend before exporting.')
  await page.context().close()
})
