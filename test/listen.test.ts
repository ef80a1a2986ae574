import { expect, it, vi } from 'vitest'
import { LeafError } from '../src/error.ts'
import { createListener, listen } from '../src/listen.ts'
import { TypedEventTarget } from '../src/typed-events.ts'

it('says in Node that it needs a page, and what to do', async () => {
  for (const started of [listen({ model: 'model.safetensors' }), createListener({ model: new Uint8Array() })])
    await expect(started).rejects.toMatchObject({
      name: 'LeafError',
      code: 'unsupported',
      remedy: expect.stringMatching(/command line/),
    })
})

it('keeps sentence, remedy and code of an error apart', () => {
  const error = new LeafError('arguments', 'It is too long. Very.', 'Make it shorter.')
  expect({ ...error, message: error.message }).toEqual({
    name: 'LeafError',
    code: 'arguments',
    sentence: 'It is too long. Very.',
    remedy: 'Make it shorter.',
    message: 'It is too long. Very. Make it shorter.',
  })
})

it('a failure goes to its listeners, and to the console where there is none', () => {
  class Failing extends TypedEventTarget<{ error: { error: Error } }> {
    fail(error: Error): void {
      this.report('error', { error })
    }
  }
  const console = vi.spyOn(globalThis.console, 'error').mockImplementation(() => {})
  const [first, second] = [new Error('first'), new Error('second')]
  const target = new Failing()
  target.fail(first)
  const heard: Error[] = []
  target.addEventListener('error', ({ detail }) => heard.push(detail.error))
  target.fail(second)
  expect(console.mock.calls).toEqual([[first]])
  expect(heard).toEqual([second])
  console.mockRestore()
})
