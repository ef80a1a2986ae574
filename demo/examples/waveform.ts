const NAMESPACE = 'http://www.w3.org/2000/svg'
const BARS = 24
const HEIGHT = 20
/** Quietest level that is still drawn, dBFS. */
const QUIETEST = -60

/** A small picture of a sound: a bar for the level of each part of it, over 60 dB. */
export function waveform(sound: Float32Array): SVGSVGElement {
  const picture = document.createElementNS(NAMESPACE, 'svg')
  picture.setAttribute('viewBox', `0 0 ${2 * BARS} ${HEIGHT}`)
  picture.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(NAMESPACE, 'path')
  const bars = Array.from({ length: BARS }, (_, i) => {
    const part = sound.subarray((i * sound.length) / BARS, ((i + 1) * sound.length) / BARS)
    const half = Math.max(0.5, (HEIGHT / 2) * share(part))
    return `M${2 * i + 1} ${(HEIGHT / 2 - half).toFixed(1)}v${(2 * half).toFixed(1)}`
  })
  path.setAttribute('d', bars.join(''))
  picture.append(path)
  return picture
}

/** 0 (quiet) to 1 (full scale). */
function share(part: Float32Array): number {
  const power = part.reduce((sum, value) => sum + value * value, 0) / part.length
  return Math.min(1, Math.max(0, 1 - (10 * Math.log10(power + 1e-12)) / QUIETEST))
}
