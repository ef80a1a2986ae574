const NAMESPACE = 'http://www.w3.org/2000/svg'
const [WIDTH, HEIGHT, LEFT, FOOT] = [400, 200, 40, 22]

/** How the loss went, over the steps of one stage. */
export class Curves {
  readonly #picture: SVGElement
  #learned: [number, number][] = []
  #held: [number, number][] = []
  #steps = 1

  constructor(picture: SVGElement) {
    this.#picture = picture
  }

  /** Begins anew, for a stage of so many steps. */
  start(steps: number): void {
    this.#steps = steps
    this.#learned = []
    this.#held = []
    this.#draw()
  }

  /** @param held on held-out examples, after a check */
  add(step: number, loss: number, held: number | undefined): void {
    if (held === undefined) return
    if (Number.isFinite(loss)) this.#learned.push([step, loss])
    this.#held.push([step, held])
    this.#draw()
  }

  #draw(): void {
    const all = [...this.#learned, ...this.#held].map(([, loss]) => loss)
    const top = Math.max(0.01, ...all)
    const x = (step: number) => LEFT + ((WIDTH - LEFT - 8) * step) / this.#steps
    const y = (loss: number) => 8 + (HEIGHT - FOOT - 8) * (1 - loss / top)
    const line = (points: readonly [number, number][], name: string) => {
      const path = shape('path', { class: name })
      const steps = points.map(([step, loss]) => `${x(step).toFixed(1)} ${y(loss).toFixed(1)}`)
      if (steps.length > 0) path.setAttribute('d', `M${steps.join('L')}`)
      return path
    }
    const ticks = [0, top / 2, top].flatMap((loss) => [
      shape('path', { class: 'grid', d: `M${LEFT} ${y(loss)}H${WIDTH - 8}` }),
      text(loss.toPrecision(2), LEFT - 6, y(loss) + 4, 'end'),
    ])
    const ends = [
      text('0', LEFT, HEIGHT - 6, 'start'),
      text(`${this.#steps} steps`, WIDTH - 8, HEIGHT - 6, 'end'),
    ]
    this.#picture.replaceChildren(...ticks, ...ends, line(this.#learned, 'learned'), line(this.#held, 'held'))
    const last = this.#held.at(-1)
    if (last)
      this.#picture.setAttribute(
        'aria-label',
        `Loss on held-out examples after ${last[0]} of ${this.#steps} steps: ${last[1].toPrecision(3)}`,
      )
  }
}

function shape(name: string, attributes: Record<string, string>): SVGElement {
  const element = document.createElementNS(NAMESPACE, name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  return element
}

function text(content: string, x: number, y: number, anchor: string): SVGElement {
  const element = shape('text', { x: String(x), y: String(y), 'text-anchor': anchor })
  element.textContent = content
  return element
}
