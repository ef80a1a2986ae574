import { LeafError } from '../error.ts'
import { sin } from '../frontend/index.ts'

/** Sample rates the resampler serves, Hz, both ends included. */
export const RESAMPLER_RATES = { lowest: 1000, highest: 768000 } as const

/**
 * A rate conversion as flat numbers, structured-cloneable, ready for the kernel's memory.
 * Output sample n stands exactly for input time n * step / phases (in input samples).
 */
export interface ResamplerPlan {
  /** Hz */
  inputRate: number
  /** Hz */
  outputRate: number
  /** Reduced output rate: outputs per `step` inputs. */
  phases: number
  /** Reduced input rate. */
  step: number
  /** Phases stored. Equal to `phases`, or a grid between whose rows the kernel interpolates. */
  rows: number
  /** Length of a row; a multiple of 4. Half of it, in zeros, pushed after a clip brings out its last samples. */
  taps: number
  /** An output is final this long after the input it stands for. The output itself is not shifted. */
  delaySeconds: number
  /** Row-major, `rows` rows (one more when interpolated) × `taps`. Row r is the filter at r / rows past a sample. */
  table: Float32Array
}

/** The continuous low-pass both rates share, in input samples: a Kaiser-windowed sinc of unit gain. */
export interface LowPass {
  /** Half-amplitude frequency, cycles per input sample. */
  cutoff: number
  /** The response is zero at and beyond this many input samples from its centre. */
  halfWidth: number
  /** Kaiser's beta. */
  shape: number
}

// Flat to 7/8 of the lower Nyquist frequency, stopped from 9/8: 7 and 9 kHz at 16 kHz.
const TRANSITION = 1 / 4
const STOPBAND_DECIBELS = 84
const LARGEST_EXACT_TABLE = 1024
// Linear interpolation between 512 phases errs by at most pi² / 8 / 512², which is -106 dB.
const INTERPOLATED_ROWS = 512
// The kernel multiplies four samples at a time.
const TAPS_MULTIPLE = 4

/**
 * The conversion from one rate to another, or null when they are equal.
 *
 * @param inputRate Hz, whole, 1000 to 768000
 * @param outputRate Hz, whole, 1000 to 768000
 * @throws LeafError('arguments') for another rate
 */
export function designResampler(inputRate: number, outputRate: number): ResamplerPlan | null {
  requireRate('input', inputRate)
  requireRate('output', outputRate)
  if (inputRate === outputRate) return null
  const divisor = greatestCommonDivisor(inputRate, outputRate)
  const phases = outputRate / divisor
  const exact = phases <= LARGEST_EXACT_TABLE
  const rows = exact ? phases : INTERPOLATED_ROWS
  const lowPass = designLowPass(inputRate, outputRate)
  const taps = 2 * lowPass.halfWidth
  return {
    inputRate,
    outputRate,
    phases,
    step: inputRate / divisor,
    rows,
    taps,
    delaySeconds: lowPass.halfWidth / inputRate,
    table: tabulate(lowPass, rows, exact ? rows : rows + 1),
  }
}

/** The prototype of a conversion; its half width is a whole number of input samples. */
export function designLowPass(inputRate: number, outputRate: number): LowPass {
  const cutoff = Math.min(inputRate, outputRate) / 2 / inputRate
  // Kaiser's rule for the length that reaches an attenuation within a transition.
  const length = (STOPBAND_DECIBELS - 7.95) / (2.285 * 2 * Math.PI * TRANSITION * cutoff)
  return {
    cutoff,
    halfWidth: (Math.ceil(length / TAPS_MULTIPLE) * TAPS_MULTIPLE) / 2,
    shape: 0.1102 * (STOPBAND_DECIBELS - 8.7),
  }
}

/** How many samples of a signal are left at another rate: those whose time lies within it. */
export function resampledLength(samples: number, inputRate: number, outputRate: number): number {
  return Math.ceil((samples * outputRate) / inputRate)
}

/** Impulse response of the prototype at `time` input samples from its centre. */
export function lowPassAt({ cutoff, halfWidth, shape }: LowPass, time: number): number {
  if (Math.abs(time) >= halfWidth) return 0
  const angle = 2 * Math.PI * cutoff * time
  const sinc = angle === 0 ? 1 : sin(angle) / angle
  const window = besselI0(shape * Math.sqrt(1 - (time / halfWidth) ** 2)) / besselI0(shape)
  return 2 * cutoff * sinc * window
}

function tabulate(lowPass: LowPass, rows: number, storedRows: number): Float32Array {
  const taps = 2 * lowPass.halfWidth
  const table = new Float32Array(storedRows * taps)
  for (let row = 0; row < storedRows; row++)
    for (let tap = 0; tap < taps; tap++)
      table[row * taps + tap] = lowPassAt(lowPass, row / rows + lowPass.halfWidth - 1 - tap)
  return table
}

/** Modified Bessel function of the first kind, order zero, by its power series. */
function besselI0(x: number): number {
  const quarterSquare = (x * x) / 4
  let term = 1
  let sum = 1
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= quarterSquare / (k * k)
    sum += term
  }
  return sum
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}

function requireRate(which: string, rate: number): void {
  const { lowest, highest } = RESAMPLER_RATES
  if (Number.isInteger(rate) && rate >= lowest && rate <= highest) return
  throw new LeafError(
    'arguments',
    `The ${which} sample rate is ${rate} Hz.`,
    `Use a whole number of hertz from ${lowest} to ${highest}.`,
  )
}
