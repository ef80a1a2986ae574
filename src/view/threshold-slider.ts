import { percent } from './format.ts'

const STEP = 0.01
const LARGE_STEP = 0.1

const STEPS: Record<string, number> = {
  ArrowUp: STEP,
  ArrowRight: STEP,
  ArrowDown: -STEP,
  ArrowLeft: -STEP,
  PageUp: LARGE_STEP,
  PageDown: -LARGE_STEP,
  Home: -1,
  End: 1,
}

/**
 * A threshold as a line across its lane, from the lowest score at the bottom to the highest at the top: dragged with the
 * pointer, or moved by arrow keys (a hundredth), Page Up and Down (a tenth), Home and End.
 */
export class ThresholdSlider {
  /** To lie in the lane, which it is as high as. */
  readonly element = document.createElement('div')
  readonly #moved: (value: number) => void
  #value = 0

  /** @param moved called with the value, 0 to 1 in hundredths, when the user moves it */
  constructor(name: string, moved: (value: number) => void) {
    this.#moved = moved
    this.element.className = 'threshold'
    this.element.tabIndex = 0
    const fixed = {
      role: 'slider',
      'aria-label': `Threshold of ${name}`,
      'aria-orientation': 'vertical',
      'aria-valuemin': '0',
      'aria-valuemax': '100',
    }
    for (const [attribute, text] of Object.entries(fixed)) this.element.setAttribute(attribute, text)
    this.element.innerHTML = '<span class="number" aria-hidden="true"></span>'
    this.element.addEventListener('keydown', (event) => this.#press(event))
    this.element.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return
      this.element.setPointerCapture(event.pointerId)
      this.element.focus({ preventScroll: true })
      event.preventDefault()
    })
    this.element.addEventListener('pointermove', (event) => {
      if (this.element.hasPointerCapture(event.pointerId)) this.#drag(event.clientY)
    })
  }

  set value(value: number) {
    this.#value = value
    const text = percent(value)
    this.element.setAttribute('aria-valuenow', String(Math.round(value * 100)))
    this.element.setAttribute('aria-valuetext', text)
    this.element.style.bottom = `${value * 100}%`
    const [number] = this.element.children
    number.textContent = text
    // Within the lane, on the side with more room.
    number.classList.toggle('below', value > 0.5)
  }

  #press(event: KeyboardEvent): void {
    const step = STEPS[event.key]
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    this.#move(this.#value + step)
  }

  #drag(y: number): void {
    const lane = this.element.parentElement?.getBoundingClientRect()
    if (lane && lane.height > 0) this.#move((lane.bottom - y) / lane.height)
  }

  #move(wanted: number): void {
    const value = Math.round(Math.min(1, Math.max(0, wanted)) * 100) / 100
    if (value === this.#value) return
    this.value = value
    this.#moved(value)
  }
}
