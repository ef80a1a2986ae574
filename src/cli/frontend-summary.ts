import { channelFrequencies, type FrontendDescription, geometryOf } from '../frontend/index.ts'

/** What a frontend is in words and in Hz and ms: a name and a text for each line. */
export function frontendSummary(frontend: FrontendDescription): [string, string][] {
  const { sampleRate, windowMs, hopMs, channels, rectifier, energyFloor } = frontend
  const { windowLength, hop } = geometryOf(frontend)
  return [
    [
      'frontend',
      `${channels} channels at ${sampleRate} Hz, windows of ${short(windowMs)} ms (${windowLength} samples) every ${short(hopMs)} ms (${hop})`,
    ],
    ['filterbank', filterbankSummary(frontend)],
    ['rectifier', rectifier],
    ['pooling', poolingSummary(frontend)],
    ['energy floor', energyFloor === 0 ? 'none' : `${energyFloor}`],
    ['compression', compressionSummary(frontend)],
  ]
}

function filterbankSummary(frontend: FrontendDescription): string {
  const { filterbank, sampleRate } = frontend
  const centers = `${filterbank.kind}: centres ${range(channelFrequencies(frontend), 'Hz')}`
  switch (filterbank.kind) {
    case 'gabor': {
      const widths = filterbank.sigma.map(
        (sigma) => (sampleRate * Math.sqrt(2 * Math.LN2)) / (Math.PI * sigma),
      )
      return `${centers}, full width at half maximum ${range(widths, 'Hz')}`
    }
    case 'gammatone':
      return `${centers}, bandwidths ${range(filterbank.bandwidth, 'Hz')}, order ${filterbank.order}`
    case 'mel':
      return `${centers}, from ${filterbank.fMin} to ${filterbank.fMax} Hz`
    default:
      return centers
  }
}

function poolingSummary(frontend: FrontendDescription): string {
  const { pooling, sampleRate, alignment } = frontend
  const { windowLength } = geometryOf(frontend)
  if (pooling.kind === 'none') return 'none'
  const place =
    alignment.partialFrames === false
      ? 'only windows inside the sound'
      : `the first window begins ${alignment.poolingLeft} samples before the sound`
  if (pooling.kind !== 'gaussian') return `${pooling.kind}; ${place}`
  const spreads = pooling.width.map((width) => (width * (windowLength - 1) * 500) / sampleRate)
  const bias = pooling.bias ? `, bias ${range(pooling.bias)}` : ''
  return `gaussian: standard deviations ${range(spreads, 'ms')}${bias}; ${place}`
}

function compressionSummary({ compression, hopMs }: FrontendDescription): string {
  switch (compression.kind) {
    case 'pcen': {
      const { alpha, delta, root, smooth, floor } = compression
      // After this long an exponential average has forgotten all but 1 / e; with a weight of 1 it remembers nothing.
      const memory = smooth.map((weight) => (weight === 1 ? 0 : -hopMs / Math.log1p(-weight)))
      return `pcen: alpha ${range(alpha)}, delta ${range(delta)}, root ${range(root)}, smooth ${range(smooth)} (time constants ${range(memory, 'ms')}), floor ${floor}`
    }
    case 'layer-norm':
      return `layer-norm: gamma ${range(compression.gamma)}, beta ${range(compression.beta)}, epsilon ${compression.epsilon}`
    case 'log':
      return `log: offset ${compression.offset}`
    case 'root':
      return `root: exponent ${short(compression.exponent)}`
    default:
      return compression.kind
  }
}

/** The least and the largest of some values. */
export function range(values: ArrayLike<number>, unit = ''): string {
  const numbers = Array.from(values)
  const [least, most] = [short(Math.min(...numbers)), short(Math.max(...numbers))]
  return `${least === most ? least : `${least} to ${most}`}${unit && ` ${unit}`}`
}

/** Four digits are enough to recognise a number. */
function short(value: number): string {
  return `${Number(value.toPrecision(4))}`
}
