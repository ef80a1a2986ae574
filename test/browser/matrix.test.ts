import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Bench, kinds, openBench } from './matrix/bench.ts'

describe('the live path in each browser that is installed', () => {
  let bench: Bench

  beforeAll(async () => {
    bench = await openBench()
  })

  afterAll(() => bench.remove())

  // Chromium always is. npm run browsers says what the others need, plays whole clips, and on pages without isolation, too.
  test.each(kinds.filter((kind) => kind.missing() === null))('$name', async (kind) => {
    const session = await kind.start(bench.surroundings)
    try {
      const { faults } = await bench.tryPage(session, true, false)
      expect(faults).toEqual([])
    } finally {
      await session.close()
    }
  })
})
