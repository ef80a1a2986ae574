import { filterbankOf, type SmoothImpulse, smoothImpulse } from '../../../frontend/index.ts'
import { axes, evenMarks, plotBox, roundDown, roundUp } from '../frame.ts'
import { type Drawing, type Shape, withoutCurves } from '../shapes.ts'
import { channelColors, type Size, type Subject } from '../subject.ts'
import type { Theme } from '../theme.ts'
import { round } from '../trace.ts'

/** A share of the envelope's peak: the axis reaches as far as the envelope is above it. */
const VISIBLE = 0.02
/** Of a line: still some nine a period for the highest filter over the whole window. */
const MOST_POINTS = 1600

/** The impulse response of the chosen filter: real part, imaginary part and envelope. */
export function impulse(subject: Subject, { width, height }: Size, theme: Theme): Drawing {
  const { learned, initial, selected } = subject
  if (filterbankOf(learned.frontend.filterbank).domain === 'frequency')
    return withoutCurves('These filters weigh a power spectrum: they have no impulse response.')
  if (selected < 0) return withoutCurves('Choose a filter to see its impulse response.')
  const now = smoothImpulse(learned.frontend, selected)
  if (!now) return withoutCurves('This filter has no impulse response.')
  const before = initial && smoothImpulse(initial.frontend, selected)
  const box = plotBox(width, height)
  const reach = Math.min(roundUp(Math.max(reachOf(now), before ? reachOf(before) : 0)), -now.times[0])
  const peak = Math.max(peakOf(now.envelope), before ? peakOf(before.envelope) : 0) || 1
  const x = (time: number) => box.left + (0.5 + time / (2 * reach)) * box.width
  const y = (value: number) => box.top + (0.5 - value / (2.1 * peak)) * box.height
  const shown = now.times.filter((time) => Math.abs(time) <= reach).length
  const stride = Math.ceil(shown / MOST_POINTS)
  const line = (times: Float64Array, values: Float64Array, sign = 1) => {
    const points: number[] = []
    for (let i = 0; i < times.length; i += stride)
      if (Math.abs(times[i]) <= reach) points.push(round(x(times[i])), round(y(sign * values[i])))
    return points
  }
  const color = channelColors(subject, theme)[selected]
  const shapes: Shape[] = []
  for (const sign of [1, -1]) {
    if (before) {
      const points = line(before.times, before.envelope, sign)
      shapes.push({ kind: 'line', points, color: theme.ink, width: 1, alpha: 0.6, dash: [5, 4] })
    }
    const points = line(now.times, now.envelope, sign)
    shapes.push({ kind: 'line', points, color: theme.muted, width: 1, alpha: 0.8 })
  }
  if (now.imaginary)
    shapes.push({
      kind: 'line',
      points: line(now.times, now.imaginary),
      color: theme.muted,
      width: 1.25,
      alpha: 0.75,
    })
  shapes.push({ kind: 'line', points: line(now.times, now.real), color, width: 2 })
  const times = evenMarks(-reach, reach, roundDown(reach / 2), x)
  const zero = [{ at: y(0), label: '0' }]
  return {
    layers: [
      { clip: null, shapes: axes(box, { x: times, y: zero, xUnit: 'ms', yUnit: '' }, theme) },
      { clip: box, shapes },
    ],
    lamps: [],
    lampClip: null,
    note: now.imaginary
      ? 'Coloured: real part. Grey: imaginary part and envelope.'
      : 'Coloured: the taps, which are real. Grey: envelope.',
    channelAt: () => -1,
  }
}

/** Long windows have more values than a function takes arguments. */
function peakOf(envelope: Float64Array): number {
  return envelope.reduce((peak, value) => Math.max(peak, value), 0)
}

/** Milliseconds from the middle within which the response can be seen. */
function reachOf({ times, envelope }: SmoothImpulse): number {
  const least = VISIBLE * peakOf(envelope)
  const first = envelope.findIndex((value) => value >= least)
  const last = envelope.findLastIndex((value) => value >= least)
  return Math.max(Math.abs(times[first]), Math.abs(times[last]), 0.1)
}
