/** Seconds as minutes and seconds: 72.46 → "1:12.5"; `digits` after the point. */
export function clock(seconds: number, digits = 1): string {
  const unit = 10 ** digits
  const ticks = Math.max(0, Math.round(seconds * unit))
  const minutes = Math.floor(ticks / (60 * unit))
  const rest = (ticks / unit - minutes * 60).toFixed(digits)
  return `${minutes}:${rest.padStart(digits > 0 ? digits + 3 : 2, '0')}`
}

/** A length of time for people: "0.4 s", "12 s". */
export function duration(seconds: number): string {
  return seconds < 10 ? `${Math.max(0, seconds).toFixed(1)} s` : `${Math.round(seconds)} s`
}

/** 0…1 as whole per cent: "92 %". */
export function percent(share: number): string {
  return `${Math.round(Math.min(1, Math.max(0, share)) * 100)} %`
}

/** Labels of the shipped models that stand for more than they say. */
const SPOKEN: ReadonlyMap<string, string> = new Map([
  ['clap_snap', 'Clap or snap'],
  ['impact', 'Thud or knock'],
  ['wind_thunder', 'Wind or thunder'],
])

/** How a label is written for people. */
export type LabelFormat = (label: string) => string

/** A label as people say it: "baby_cry" → "Baby cry", "clap_snap" → "Clap or snap". */
export function words(label: string): string {
  const text = SPOKEN.get(label) ?? label.replaceAll('_', ' ').trim()
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Hertz for an axis: 250 → "250", 4000 → "4k". */
export function hertz(frequency: number): string {
  return frequency >= 1000 ? `${Number((frequency / 1000).toFixed(1))}k` : `${Math.round(frequency)}`
}
