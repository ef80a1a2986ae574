import type { MemoryLayout } from '../../worklet/index.ts'
import { type Rectifier, slopeBelowZero } from '../frontend/index.ts'
import type { GradientKernel } from './kernel.ts'

/** Between a filter's outputs and pooling. Component 1 of an output is the second filter of a pair of real ones. */
export class Rectification {
  readonly #kernel: GradientKernel
  /** For each component: slope below zero, and the sign of its part of a conjugate. Null for the squared modulus. */
  readonly #constants: readonly number[] | null

  constructor(kernel: GradientKernel, rectifier: Rectifier, layout: MemoryLayout) {
    const slope = slopeBelowZero(rectifier)
    this.#kernel = kernel
    this.#constants =
      slope === null ? null : [1, -1].map((sign) => layout.place(new Float32Array([slope, sign])))
  }

  /** @param outputs `points` elements. @param target receives as many vectors. */
  forward(outputs: number, component: number, points: number, target: number): void {
    if (!this.#constants) this.#kernel.energies(outputs, points, target)
    else this.#kernel.component(outputs + component * 16, points, this.#constants[component], target)
  }

  /** @param gradient ∂L/∂ rectified. @param target receives the conjugate of ∂L/∂outputs, or the component's part of it. */
  backward(outputs: number, component: number, gradient: number, points: number, target: number): void {
    if (!this.#constants) {
      this.#kernel.energiesGradient(outputs, gradient, points, target)
      return
    }
    const part = component * 16
    this.#kernel.componentGradient(
      outputs + part,
      gradient,
      points,
      this.#constants[component],
      target + part,
    )
  }
}
