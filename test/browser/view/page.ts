import { type FrontendDescription, type PresetName, preset } from '../../../src/frontend/index.ts'
import {
  type FrameSource,
  LeafEvents,
  LeafFilters,
  LeafMeter,
  LeafSpectrogram,
} from '../../../src/view/index.ts'
import { learnedOf } from '../../view/learned.ts'

type OnFrame = Parameters<FrameSource['drain']>[0]

/** From 0 to 3, another one for each frame and channel. */
function strengthOf(frame: number, channel: number): number {
  return Math.abs(Math.sin(frame * 0.1 + channel * 0.2)) * 3
}

/** Frames that wait for a view, 100 a second. */
class Frames implements FrameSource {
  /** Calls of `drain`. */
  drained = 0
  #next = 0
  #waiting = 0
  readonly #values: Float32Array

  constructor(channels: number) {
    this.#values = new Float32Array(channels)
  }

  /** @param lost frames that go missing first */
  push(count: number, lost = 0): void {
    this.#next += lost
    this.#waiting += count
  }

  drain(onFrame: OnFrame): void {
    this.drained++
    for (; this.#waiting > 0; this.#waiting--, this.#next++) {
      for (let channel = 0; channel < this.#values.length; channel++)
        this.#values[channel] = strengthOf(this.#next, channel)
      onFrame(this.#next, this.#next / 100, this.#values)
    }
  }
}

/** Frontends that a moving one goes through. */
const MOVES = 16

const repaint = () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()))

/** @param work is told milliseconds since the beginning @returns milliseconds between repaints */
async function eachRepaint(seconds: number, work: (time: number) => void): Promise<number[]> {
  const intervals: number[] = []
  const begin = performance.now()
  for (let last = begin; last - begin < seconds * 1000; ) {
    await repaint()
    const now = performance.now()
    intervals.push(now - last)
    work(now - begin)
    last = now
  }
  return intervals
}

const api = {
  strengthOf,

  /** A spectrogram, and what feeds it. */
  async spectrogram(channels: number, attributes: Record<string, string> = {}): Promise<void> {
    const view = new LeafSpectrogram()
    for (const [name, value] of Object.entries(attributes)) view.setAttribute(name, value)
    view.frontend = preset('leaf', { channels })
    const frames = new Frames(channels)
    view.frames = frames
    document.body.replaceChildren(view)
    Object.assign(window, { view, feed: frames })
    await api.repainted()
  },

  /** Settles once everything that waits was drawn. */
  async repainted(): Promise<void> {
    for (let i = 0; i < 2; i++) {
      // Drawn in software, views let some repaints pass.
      await new Promise((resolve) => setTimeout(resolve, 50))
      await repaint()
    }
  },

  /** Moves the view out of sight; settles when it has been told so. */
  async moveAway(): Promise<void> {
    document.body.style.marginTop = '5000px'
    await new Promise<void>((resolve) => {
      const observer = new IntersectionObserver((entries) => {
        if (entries.at(-1)?.isIntersecting) return
        observer.disconnect()
        resolve()
      })
      observer.observe(window.view)
    })
    await api.repainted()
  },

  element<Name extends 'leaf-events' | 'leaf-meter'>(name: Name): void {
    const view = document.createElement(name)
    document.body.replaceChildren(view)
    Object.assign(window, { view })
  },

  /** A number that changes with any pixel of the canvas. */
  picture(): number {
    const canvas = window.view.shadowRoot?.querySelector('canvas') as HTMLCanvasElement
    const { data } = (canvas.getContext('2d') as CanvasRenderingContext2D).getImageData(
      0,
      0,
      canvas.width,
      canvas.height,
    )
    return new Uint32Array(data.buffer).reduce((hash, word) => (Math.imul(hash, 31) + word) | 0, 7)
  },

  /**
   * Several spectrograms, each fed 100 frames a second, for some seconds.
   * @returns milliseconds between repaints
   */
  async run({
    views,
    channels,
    seconds,
  }: {
    views: number
    channels: number
    seconds: number
  }): Promise<number[]> {
    const grid = document.createElement('div')
    grid.className = 'side-by-side'
    document.body.replaceChildren(grid)
    const frontend = preset('leaf', { channels })
    const sources: Frames[] = []
    for (let place = 0; place < views; place++) {
      const view = new LeafSpectrogram()
      const frames = new Frames(channels)
      view.frontend = frontend
      view.frames = frames
      grid.append(view)
      sources.push(frames)
      await repaint()
    }
    let fed = 0
    return eachRepaint(seconds, (time) => {
      const due = Math.floor(time / 10)
      for (const frames of sources) frames.push(due - fed)
      fed = due
    })
  },

  /** What the filters of a frontend move through. */
  learn: (name: PresetName) => Array.from({ length: MOVES }, (_, i) => learnedOf(name, 0.5 * Math.sin(i))),

  /**
   * The filters of a frontend over their initial ones, moved ten times a second, for some seconds.
   * @returns milliseconds between repaints
   */
  async runFilters({
    name,
    learned,
    seconds,
  }: {
    name: PresetName
    learned: readonly FrontendDescription[]
    seconds: number
  }): Promise<number[]> {
    const view = new LeafFilters()
    view.initial = view.frontend = preset(name)
    document.body.replaceChildren(view)
    return eachRepaint(seconds, (time) => {
      view.frontend = learned[Math.floor(time / 100) % learned.length]
    })
  },
}

export type ViewPage = typeof api
export type { Frames }

Object.assign(window, { api, LeafEvents, LeafMeter })

declare global {
  interface Window {
    view: LeafSpectrogram & LeafEvents & LeafMeter
    feed: Frames
  }
}
