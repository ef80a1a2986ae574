/**
 * The signal of the golden files: a chirp from 100 to 7000 Hz over `length` samples at 16 kHz, half scale, plus
 * noise of 0.05 from a linear congruential generator, the same in every language.
 */
export function goldenSignal(length: number): Float64Array {
  let state = 12345;
  const duration = length / 16000;
  return Float64Array.from({ length }, (_, i) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const noise = state / 2 ** 31 - 1;
    const t = i / 16000;
    return 0.5 * Math.sin(2 * Math.PI * (100 * t + (3450 * t * t) / duration)) + 0.05 * noise;
  });
}
