import {
  type FrontendDescription,
  geometryOf,
  hasFilters,
  poolingOf,
  short,
  summaryOf,
} from '../frontend/index.ts'

/** What a frontend is in words and in Hz and ms: a name and a text for each line. */
export function frontendSummary(frontend: FrontendDescription): [string, string][] {
  const { sampleRate, windowMs, hopMs, channels, rectifier, energyFloor } = frontend
  const { windowLength, hop } = geometryOf(frontend)
  const frames = hasFilters(frontend)
    ? `windows of ${short(windowMs)} ms (${windowLength} samples) every ${short(hopMs)} ms (${hop})`
    : `frames of ${short(hopMs)} ms (${hop} samples)`
  return [
    ['frontend', `${channels} channels at ${sampleRate} Hz, ${frames}`],
    ['filterbank', summaryOf(frontend, 'filterbank')],
    ['rectifier', rectifier],
    ['pooling', poolingSummary(frontend)],
    ['energy floor', energyFloor === 0 ? 'none' : `${energyFloor}`],
    ['compression', summaryOf(frontend, 'compression')],
  ]
}

function poolingSummary(frontend: FrontendDescription): string {
  const { pooling, alignment } = frontend
  if (poolingOf(pooling).method === 'none') return pooling.kind
  const place =
    alignment.partialFrames === false
      ? 'only windows inside the sound'
      : `the first window begins ${alignment.poolingLeft} samples before the sound`
  return `${summaryOf(frontend, 'pooling')}; ${place}`
}
