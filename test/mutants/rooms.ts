/** A room, and the tests that hold it. */
export interface Room {
  /** A folder or a file. */
  readonly source: string
  readonly tests: readonly string[]
}

/** Tests of Node only: those of browsers take minutes each. */
export const rooms: readonly Room[] = [
  { source: 'worklet', tests: ['test/engine', 'test/audio'] },
  {
    source: 'src/plan',
    tests: ['test/plan', 'test/engine/live-bits.test.ts', 'test/engine/accuracy.test.ts'],
  },
  { source: 'src/sampling', tests: ['test/sampling', 'test/plan'] },
  { source: 'src/model', tests: ['test/model', 'test/inference'] },
  { source: 'src/zip.ts', tests: ['test/zip.test.ts', 'test/model/checkpoints/npz.test.ts'] },
  { source: 'src/audio-file', tests: ['test/audio-file'] },
  { source: 'src/inference', tests: ['test/inference', 'test/cli/detect.test.ts'] },
  { source: 'src/events', tests: ['test/events'] },
  { source: 'src/files', tests: ['test/files', 'test/cli/outputs.test.ts'] },
]

/** Mutants that once survived. Each has to be caught for good. */
export const known: readonly Mutant[] = [
  mutant(
    'worklet/kernel/samples.ts',
    'LARGEST: f32 = 1e6',
    'LARGEST: f32 = 1e30',
    'test/engine/bad-input.test.ts',
  ),
  mutant(
    'worklet/kernel/samples.ts',
    'SMALLEST: f32 = 1e-10',
    'SMALLEST: f32 = 0',
    'test/engine/bad-input.test.ts',
  ),
  mutant('worklet/stream-engine.ts', 'HOPS_KEPT = 24', 'HOPS_KEPT = 1', 'test/engine/swap.test.ts'),
  mutant(
    'src/audio-file/file-bytes.ts',
    'return this.handle.close()',
    'return Promise.resolve()',
    'test/audio-file/handles.test.ts',
  ),
  mutant('src/model/layers.ts', '(dilation_rate?.[axis] ?? 1)', '1', 'test/model/topology.test.ts'),
]

/** One change of one file. */
export interface Mutant {
  readonly file: string
  /** Where in the file. */
  readonly at: number | null
  readonly from: string
  readonly to: string
  readonly tests: readonly string[]
}

function mutant(file: string, from: string, to: string, test: string): Mutant {
  return { file, at: null, from, to, tests: [test] }
}
