import { Engine } from '../../../worklet/index.ts'
import type { FrontendDescription } from '../../frontend/index.ts'
import { compilePlan } from '../../plan/index.ts'

/**
 * A frontend without its compression, computed by the live engine: while only the compression is trained, its input is
 * constant.
 */
export class EnergyAnalysis {
  readonly #engine: Engine

  constructor(frontend: FrontendDescription) {
    this.#engine = new Engine(compilePlan({ ...frontend, compression: { kind: 'none' } }), null)
  }

  /** @returns pooled, floored energies of a whole sound, [frames, channels], at least 0 */
  of(sound: Float32Array): Float64Array {
    return new Float64Array(this.#engine.clip(sound).values)
  }
}
