/** 0 → "0 dB", -12 → "−12 dB". */
export function gainName(gainDb: number): string {
  return `${gainDb < 0 ? '−' : ''}${Math.abs(gainDb)} dB`
}
