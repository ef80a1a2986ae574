import { getSystemErrorMap } from 'node:util'
import { expect, it } from 'vitest'
import { LeafError } from '../../src/error.ts'
import { systemError } from '../../src/files/index.ts'

it.each([...getSystemErrorMap()])('%i %j is a sentence with a remedy', (errno, [code]) => {
  const error = Object.assign(new Error(`${code}: something, open 'a.wav'`), {
    errno,
    code,
    syscall: 'open',
    path: 'a.wav',
  })
  const problem = systemError(error, 'audio-file') as LeafError
  expect(problem).toBeInstanceOf(LeafError)
  expect(problem).toMatchObject({ code: 'audio-file', cause: error })
  expect(problem.message).toMatch(/^a\.wav: [a-z].*\. [A-Z].*\.$/)
  expect(problem.message).not.toContain(code)
})

it('leaves other errors alone', () => {
  const parsing = Object.assign(new Error('a bug'), { code: 'ERR_PARSE_ARGS_UNKNOWN_OPTION' })
  for (const error of [new TypeError('a bug'), new LeafError('arguments', 'One.', 'Two.'), parsing, 'text'])
    expect(systemError(error)).toBe(error)
})
