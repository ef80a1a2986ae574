// Streaming polyphase resampler. Output n stands for input time n * step / phases. Positions are whole
// numbers counted from sample 0, so the result cannot depend on how the input was cut into blocks.

let table: usize = 0;
let taps: i32 = 0;
let rows: i32 = 0;
let phases: i32 = 1;
let stepWhole: i32 = 1;
let stepRemainder: i32 = 0;

let buffer: usize = 0;
let capacity: i32 = 0;
let filled: i32 = 0;

// The next output reads buffer[position … position + taps) and lies remainder / phases past a sample.
let position: i32 = 0;
let remainder: i32 = 0;

/**
 * Sets the filter and resets the stream. Numbers as in `ResamplerPlan`.
 *
 * @param tablePointer float32, `rows` (or `rows + 1` where `rows` differs from `phases`) rows of `tapCount`
 * @param tapCount multiple of 4, more than step / phases
 * @param bufferPointer scratch of `bufferCapacity` float32; more than `tapCount`, larger moves memory less often
 */
export function resamplerConfigure(
  tablePointer: usize,
  tapCount: i32,
  rowCount: i32,
  phaseCount: i32,
  step: i32,
  bufferPointer: usize,
  bufferCapacity: i32,
): void {
  table = tablePointer;
  taps = tapCount;
  rows = rowCount;
  phases = phaseCount;
  stepWhole = step / phaseCount;
  stepRemainder = step % phaseCount;
  buffer = bufferPointer;
  capacity = bufferCapacity;
  resamplerReset();
}

/** Back to sample 0 with silence before it. */
export function resamplerReset(): void {
  filled = (taps >> 1) - 1;
  memory.fill(buffer, 0, (<usize>filled) << 2);
  position = 0;
  remainder = 0;
}

/**
 * Takes `count` samples, any number, and writes every output that is now final: at most
 * ceil(count * phases / step). Allocates nothing.
 *
 * @returns how many outputs were written
 */
export function resamplerPush(inputPointer: usize, count: i32, outputPointer: usize): i32 {
  let input = inputPointer;
  let output = outputPointer;
  let left = count;
  while (left > 0) {
    if (left > capacity - filled) forgetUsedSamples();
    const taken = min(left, capacity - filled);
    memory.copy(buffer + ((<usize>filled) << 2), input, (<usize>taken) << 2);
    filled += taken;
    input += (<usize>taken) << 2;
    left -= taken;
    output = writeOutputs(output);
  }
  return <i32>((output - outputPointer) >> 2);
}

function forgetUsedSamples(): void {
  filled -= position;
  memory.copy(buffer, buffer + ((<usize>position) << 2), (<usize>filled) << 2);
  position = 0;
}

function writeOutputs(outputPointer: usize): usize {
  let output = outputPointer;
  while (position + taps <= filled) {
    store<f32>(output, rows == phases ? exactOutput() : interpolatedOutput());
    output += 4;
    position += stepWhole;
    remainder += stepRemainder;
    if (remainder >= phases) {
      remainder -= phases;
      position++;
    }
  }
  return output;
}

function exactOutput(): f32 {
  return dot(buffer + ((<usize>position) << 2), rowPointer(remainder));
}

// Rates without a handy common divisor: the table is a grid of phases, and outputs between two are mixed.
function interpolatedOutput(): f32 {
  const scaled = <i64>remainder * rows;
  const row = <i32>(scaled / phases);
  const fraction = <f32>(<f64>(scaled % phases) / <f64>phases);
  const samples = buffer + ((<usize>position) << 2);
  const before = dot(samples, rowPointer(row));
  const after = dot(samples, rowPointer(row + 1));
  return before + fraction * (after - before);
}

function rowPointer(row: i32): usize {
  return table + ((<usize>row * <usize>taps) << 2);
}

// Four sums side by side hide the latency of the additions.
function dot(samples: usize, weights: usize): f32 {
  let sum0 = f32x4.splat(0);
  let sum1 = f32x4.splat(0);
  let sum2 = f32x4.splat(0);
  let sum3 = f32x4.splat(0);
  const end = weights + ((<usize>taps) << 2);
  const endOfSixteens = weights + ((<usize>(taps & ~15)) << 2);
  let x = samples;
  let w = weights;
  while (w < endOfSixteens) {
    sum0 = f32x4.add(sum0, f32x4.mul(v128.load(x), v128.load(w)));
    sum1 = f32x4.add(sum1, f32x4.mul(v128.load(x, 16), v128.load(w, 16)));
    sum2 = f32x4.add(sum2, f32x4.mul(v128.load(x, 32), v128.load(w, 32)));
    sum3 = f32x4.add(sum3, f32x4.mul(v128.load(x, 48), v128.load(w, 48)));
    x += 64;
    w += 64;
  }
  while (w < end) {
    sum0 = f32x4.add(sum0, f32x4.mul(v128.load(x), v128.load(w)));
    x += 16;
    w += 16;
  }
  const sum = f32x4.add(f32x4.add(sum0, sum1), f32x4.add(sum2, sum3));
  return (
    f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3))
  );
}
