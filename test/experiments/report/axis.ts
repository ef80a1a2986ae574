export interface Tick {
  readonly value: number
  readonly label: string
}

/** From values to places along one side of a panel. */
export interface Axis {
  readonly ticks: readonly Tick[]
  /** 0 at the beginning of the side to 1 at its end; what lies beyond is put on the end. */
  at(value: number): number
}

const STEPS = [1, 2, 5, 10]

/** @param ticks about how many */
export function linearAxis(from: number, to: number, ticks: number): Axis {
  const coarse = (to - from) / ticks
  const unit = 10 ** Math.floor(Math.log10(coarse))
  const step = unit * STEPS.find((factor) => factor * unit >= coarse * 0.999)!
  const digits = Math.max(0, -Math.floor(Math.log10(step * 1.001)))
  const first = Math.ceil(from / step - 1e-9)
  const count = Math.floor(to / step + 1e-9) - first + 1
  return {
    ticks: Array.from({ length: count }, (_, i) => {
      const value = (first + i) * step
      return { value, label: value.toFixed(digits) }
    }),
    at: (value) => inside((value - from) / (to - from)),
  }
}

/** @param values where the ticks are */
export function logAxis(from: number, to: number, values: readonly number[]): Axis {
  return {
    ticks: values.map((value) => ({ value, label: value >= 1000 ? `${value / 1000}k` : String(value) })),
    at: (value) => (value <= 0 ? 0 : inside(Math.log(value / from) / Math.log(to / from))),
  }
}

/** The names' places 0, 1, 2 … with half a place before the first and after the last. */
export function nameAxis(names: readonly string[]): Axis {
  return {
    ticks: names.map((label, value) => ({ value, label })),
    at: (value) => inside((value + 0.5) / names.length),
  }
}

const inside = (share: number) => Math.min(Math.max(share, 0), 1)
