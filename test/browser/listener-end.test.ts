import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { encodeWav } from '../../src/audio/encode-wav.ts'
import type { LeafError } from '../../src/error.ts'
import { writeModel } from '../../src/model/index.ts'
import { builtPage, launchBrowser, type ServedPage, servePage } from './harness.ts'
import { KeptPage } from './kept-page.ts'
import { loudnessModel } from './listen/loudness-model.ts'

const model = [...writeModel(loudnessModel())]
/** A tenth of a second of silence. */
const clip = [...encodeWav(new Float32Array(1600), 16000, 'int16')]

let served: ServedPage
let browser: Browser
let kept: KeptPage
let page: Page
/** What the page's console was told as an error. */
let told: string[]

beforeAll(async () => {
  served = await servePage(await builtPage('test/browser/listen'), { isolated: true })
  browser = await launchBrowser()
  kept = new KeptPage(browser)
})

afterAll(async () => {
  await browser?.close()
  await served?.close()
})

beforeEach(async () => {
  told = []
  page = await kept.load(served.url, (page) =>
    page.on('console', (message) => {
      // The browser's own word on files that are not there, an icon for instance, aside.
      if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
        told.push(message.text())
    }),
  )
  await page.waitForFunction(() => window.page !== undefined)
})

afterEach(async () => {
  expect(await page.evaluate(() => window.page.unhandled)).toEqual([])
})

const disposed = {
  name: 'LeafError',
  code: 'arguments',
  message: expect.stringMatching(/^This (listener|classifier) was disposed of\./),
}
const closed = {
  name: 'LeafError',
  code: 'arguments',
  message: expect.stringMatching(/AudioContext was closed/),
}

it('is disposed of twice at once, before it is warm, without a word; what is asked afterwards says so', async () => {
  const seen = await page.evaluate(async (model) => {
    const { createListener, refusal, contexts } = window.page
    const listener = await createListener({ model: new Uint8Array(model) })
    const errors: unknown[] = []
    listener.addEventListener('error', ({ detail }) => errors.push(detail))
    await Promise.all([listener.dispose(), listener.dispose()])
    await listener.dispose()
    listener.stop()
    return {
      refusals: await Promise.all(
        [
          listener.ready,
          listener.start('microphone'),
          listener.metrics(),
          listener.setThreshold('beep', 0.5),
          listener.classifier.swap(new Uint8Array(model)),
          listener.classifier.start({
            model: new Uint8Array(model),
            frames: () => listener.node.openFrames(),
          }),
        ].map(refusal),
      ),
      errors,
      error: listener.error,
      states: contexts.map(({ state }) => state),
    }
  }, model)
  expect(seen.refusals).toEqual(new Array(6).fill(disposed))
  expect(seen.errors).toEqual([])
  expect(seen.error).toBeNull()
  expect(seen.states).toEqual(['closed'])
  expect(told).toEqual([])
})

it('tells once that somebody else closed its context, and ends in good order', async () => {
  const seen = await page.evaluate(async (model) => {
    const { listen, refusal, next, until } = window.page
    const context = new AudioContext()
    const tone = new OscillatorNode(context)
    tone.start()
    const listener = await listen({ model: new Uint8Array(model), source: tone })
    const errors: { code: string }[] = []
    const running = new Set<string>()
    listener.addEventListener('error', ({ detail }) => errors.push({ code: detail.error.code }))
    listener.addEventListener('onset', ({ detail }) => running.add(detail.label))
    listener.addEventListener('event', ({ detail }) => running.delete(detail.label))
    if (listener.backend === null) await next(listener, 'backend')
    await until(() => running.size > 0)
    await context.close()
    await until(() => errors.length > 0)
    const refusals = await Promise.all(
      [listener.start(tone), listener.metrics(), listener.node.openFrames()].map(refusal),
    )
    const stillRunning = [...running]
    listener.stop()
    await listener.dispose()
    return { refusals, errors, stillRunning, error: listener.error?.code, source: listener.source }
  }, model)
  expect(seen.refusals).toEqual([closed, closed, closed])
  expect(seen.errors).toEqual([{ code: 'arguments' }])
  expect(seen.stillRunning).toEqual([])
  expect(seen.error).toBe('arguments')
  expect(seen.source).toBeNull()
})

it('is refused when its context is closed while it gets ready, whenever that is', async () => {
  const seen = await page.evaluate(
    async ({ model, clip }) => {
      const { listen, refusal, contexts } = window.page
      const outcomes: unknown[] = []
      for (const delay of [0, 20, 100]) {
        const context = new AudioContext()
        const source = new Blob([new Uint8Array(clip)])
        const outcome = refusal(listen({ model: new Uint8Array(model), source, context }))
        await new Promise((resolve) => setTimeout(resolve, delay))
        await context.close()
        outcomes.push(await outcome)
      }
      const gone = new AudioContext()
      await gone.close()
      outcomes.push(await refusal(listen({ model: new Uint8Array(model), context: gone })))
      return { outcomes, states: contexts.map(({ state }) => state) }
    },
    { model, clip },
  )
  // The last one may have been ready in time.
  for (const outcome of seen.outcomes) if (outcome !== null) expect(outcome).toEqual(closed)
  expect(seen.outcomes[0]).toEqual(closed)
  expect(seen.outcomes[3]).toEqual(closed)
  expect(new Set(seen.states)).toEqual(new Set(['closed']))
})

it('rejects listen() with what the classifier failed by, though the source is still on its way', async () => {
  await page.route('**/stalled.wav', () => {})
  const seen = await page.evaluate(async (model) => {
    const { listen, refusal, contexts } = window.page
    const options = { model: new Uint8Array(model), source: 'stalled.wav', workerUrl: '/nowhere.js' }
    return { refusal: await refusal(listen(options)), states: contexts.map(({ state }) => state) }
  }, model)
  expect(seen.refusal).toEqual({
    name: 'LeafError',
    code: 'classifier',
    message: expect.stringMatching(/worker could not start.*workerUrl/),
  })
  expect(seen.states).toEqual(['closed'])
  expect(told).toEqual([])
})

it('keeps what failed, and tells the console once where nobody listens', async () => {
  const seen = await page.evaluate(async (model) => {
    const { createListener, refusal } = window.page
    const options = { model: new Uint8Array(model), workerUrl: '/nowhere.js' }
    const unheard = await createListener(options)
    const refused = await refusal(unheard.ready)
    const { code, sentence, remedy } = unheard.error as LeafError
    await unheard.dispose()
    const heard = await createListener(options)
    const errors: string[] = []
    heard.addEventListener('error', ({ detail }) => errors.push(detail.error.code))
    await refusal(heard.ready)
    await heard.dispose()
    return { refused, code, sentence, remedy, errors }
  }, model)
  expect(seen.refused).toMatchObject({ name: 'LeafError', code: 'classifier' })
  expect(seen.refused?.message).toBe(`${seen.sentence} ${seen.remedy}`)
  expect(seen.code).toBe('classifier')
  expect(seen.errors).toEqual(['classifier'])
  expect(told).toEqual([expect.stringMatching(/worker could not start/)])
})

it('says what to do when one of the library’s own files is gone', async () => {
  await page.route(/\/assets\/.*\.js/, (route) => route.abort())
  const seen = await page.evaluate(async (model) => {
    const { listen, refusal } = window.page
    return refusal(listen({ model: new Uint8Array(model) }))
  }, model)
  expect(seen).toEqual({
    name: 'LeafError',
    code: 'library-load',
    message: expect.stringMatching(/could not be loaded.*Reload the page/),
  })
})

it('leaves an overtaken start alone, and goes on with its source when another cannot be opened', async () => {
  const seen = await page.evaluate(
    async ({ model, clip }) => {
      const { createListener, refusal } = window.page
      const context = new AudioContext()
      const tone = new OscillatorNode(context)
      tone.start()
      const listener = await createListener({ model: new Uint8Array(model), context })
      const bad = new Blob([new Uint8Array([1, 2, 3])])
      const overtaken = await Promise.all([listener.start(bad), listener.start(tone)])
      const { source } = listener
      const refusals = await Promise.all(
        [listener.start(bad), listener.start(new AudioContext().createGain())].map(refusal),
      )
      const alone = await refusal(listener.start(new AudioContext().createGain()))
      const kept = source !== null && listener.source === source
      const last = listener.start(new Blob([new Uint8Array(clip)]))
      await listener.dispose()
      return { overtaken, refusals, alone, kept, last: await last }
    },
    { model, clip },
  )
  expect(seen.overtaken).toEqual([false, true])
  expect(seen.refusals[0]).toBeNull()
  expect(seen.alone?.code).toBe('arguments')
  expect(seen.kept).toBe(true)
  expect(seen.last).toBe(false)
})

it('leaves no context in memory', async () => {
  const session = await page.context().newCDPSession(page)
  const alive = async () => {
    // A collection of its own lets go of what the one before only marked.
    for (let i = 0; i < 3; i++) {
      await session.send('HeapProfiler.collectGarbage')
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)))
    }
    const { result } = await session.send('Runtime.evaluate', {
      expression: 'Object.getPrototypeOf(window.AudioContext.prototype)',
    })
    const { objects } = await session.send('Runtime.queryObjects', { prototypeObjectId: result.objectId! })
    const count = await session.send('Runtime.callFunctionOn', {
      objectId: objects.objectId!,
      functionDeclaration:
        'function () { return this.filter((one) => one instanceof window.AudioContext).length }',
      returnByValue: true,
    })
    await session.send('Runtime.releaseObject', { objectId: objects.objectId! })
    return count.result.value as number
  }
  const cycle = () =>
    page.evaluate(async (model) => {
      const { createListener, contexts } = window.page
      for (let i = 0; i < 6; i++) {
        const listener = await createListener({ model: new Uint8Array(model) })
        await listener.context.resume()
        await listener.dispose()
      }
      contexts.length = 0
    }, model)
  await cycle()
  expect(await alive()).toBeLessThanOrEqual(1)
})
