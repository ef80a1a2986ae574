import { ExampleStore } from '../../src/learning/teaching/index.ts'

const stores = new Map<number, Promise<ExampleStore>>()

/** The examples kept in this browser: the same store on every screen, so that each sees what another changes. */
export function ownExamples(sampleRate: number): Promise<ExampleStore> {
  const opened = stores.get(sampleRate) ?? ExampleStore.open({ sampleRate })
  stores.set(sampleRate, opened)
  return opened
}
