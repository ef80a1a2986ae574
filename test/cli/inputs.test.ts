import { spawnSync } from 'node:child_process'
import { copyFile, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeWav } from '../../src/audio/encode-wav.ts'
import { preset } from '../../src/frontend/index.ts'
import { writeModel } from '../../src/model/index.ts'
import { loudnessModel } from '../browser/listen/loudness-model.ts'
import { tinyModel } from '../model/tiny-model.ts'
import { type Outcome, outcomeOf, runShell, startCli } from './run-cli.ts'

const FIXTURES = join(import.meta.dirname, '../audio-file/fixtures')
const CHECKPOINT = join(import.meta.dirname, '../golden/checkpoints/denfed.safetensors')

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leaf-inputs-'))
  await copyFile(join(FIXTURES, 'pcm8-mono-8000.wav'), at('a.wav'))
  await copyFile(CHECKPOINT, at('c.safetensors'))
  await writeFile(at('m.safetensors'), writeModel(tinyModel()))
  await writeFile(at('f.json'), JSON.stringify(preset('leaf', { channels: 4 })))
  await symlink('circle', at('circle'))
  spawnSync('mkfifo', [at('pipe')])
  expect(await shell(`cli features a.wav ${MEL} --out features-of-a`)).toMatchObject({ code: 0 })
})
afterAll(() => rm(folder, { recursive: true }))

/** Of all frontends the one that is ready first: what is computed is no question here. */
const MEL = '--frontend mel-log'

const at = (name: string) => join(folder, name)
const shell = (line: string) => runShell(line, folder)

function expectSentence({ code, stdout, stderr }: Outcome, sentence: RegExp): void {
  expect(stderr).toMatch(sentence)
  expect(stderr.trim().split('\n')).toHaveLength(1)
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
}

async function expectSameBytes(one: string, other: string): Promise<void> {
  expect((await readFile(at(one))).equals(await readFile(at(other)))).toBe(true)
}

describe('sound from a pipe', () => {
  it.each([
    `cli features - ${MEL} --out x < a.wav`,
    `cli features /dev/stdin ${MEL} --out x < a.wav`,
    `cat a.wav | cli features /dev/stdin ${MEL} --out x`,
    `cli features <(cat a.wav) ${MEL} --out x`,
    `cat a.wav > pipe & cli features pipe ${MEL} --out x`,
  ])('%s', async (line) => {
    await rm(at('x'), { force: true })
    expect(await shell(line)).toMatchObject({ code: 0 })
    await expectSameBytes('x', 'features-of-a')
  })

  it.each([
    ['features - --out x < /dev/null', /^Standard input is a device, not a file\. Give a file/],
    ['features - --out x < .', /^Standard input: this is a folder\./],
    ['features /dev/zero --out y', /^\/dev\/zero is a device, not a file\./],
    ['features - --out x < <(:)', /^Standard input: the file holds no sound/],
    ['features - --out x < <(echo Dear Sir)', /^Standard input: this is not an audio file\./],
    ['features - --frontend - --out x < <(cat f.json)', /^Standard input can be read once only\./],
  ])('cli %s', async (line, sentence) => {
    expectSentence(await shell(`cli ${line}`), sentence)
  })
})

describe('raw samples', () => {
  it.each([
    ['--raw int16', `tail -c +45 b.wav | cli features - ${MEL} --out x --raw int16 --sample-rate 16000`],
    ['--raw float32', `cli features f.raw ${MEL} --out x --raw float32 --sample-rate 16000`],
  ])('%s give what the same in a file gives', async (_, line) => {
    const samples = Float32Array.from({ length: 16000 }, (_, i) => Math.round(9000 * Math.sin(i * i)) / 32768)
    const wav = encodeWav(samples, 16000, 'int16')
    // Its header is 58 bytes long: what lies before the samples is cut to the usual 44.
    await writeFile(at('b.wav'), wav.subarray(14))
    await writeFile(at('whole.wav'), wav)
    await writeFile(at('f.raw'), new Uint8Array(samples.buffer))
    expect(await shell(`cli features whole.wav ${MEL} --out file && ${line}`)).toMatchObject({ code: 0 })
    await expectSameBytes('x', 'file')
  })

  it('are detected in as they come, before standard input ends', async () => {
    const model = writeModel(loudnessModel())
    await writeFile(at('loud.safetensors'), model)
    const burst = Int16Array.from({ length: 64000 }, (_, i) =>
      i > 16000 && i < 24000 ? 12000 * Math.sin(i / 5) : 0,
    )
    const words = [
      'detect',
      '-',
      '--model',
      at('loud.safetensors'),
      '--raw',
      'int16',
      '--sample-rate',
      '16000',
    ]
    const child = await startCli(words, {})
    child.stdin?.write(new Uint8Array(burst.buffer))
    const line = await new Promise<string>((resolve) => {
      createInterface(child.stdout as Readable).on('line', (text) => /beep/.test(text) && resolve(text))
    })
    expect(JSON.parse(line)).toMatchObject({ label: 'beep' })
    child.stdin?.end()
    expect((await outcomeOf(child)).code).toBe(0)
  })

  it.each([
    ['detect - --raw mp3 --sample-rate 8000', /^There is no format of raw samples mp3\./],
    ['detect - --raw int16', /^--raw does not say how many samples/],
    ['detect a.wav --sample-rate 8000', /^--sample-rate goes with --raw\./],
    ['features no.raw --out x --raw int16 --sample-rate 8000', /no\.raw/],
    ['features a.wav --out x --raw int16 --sample-rate 5', /rate/],
  ])('cli %s', async (line, sentence) => {
    expectSentence(await shell(`cli ${line}`), sentence)
  })
})

describe('another file from a pipe', () => {
  it.each([
    ['cli import c.safetensors --out file', 'cat c.safetensors | cli import - --out x'],
    ['cli import c.safetensors --out file', 'cli import /dev/stdin --out x < c.safetensors'],
    [
      'cli export m.safetensors --layout tensorflow --out file',
      'cat m.safetensors | cli export - --layout tensorflow --out x',
    ],
    [
      'cli features a.wav --frontend f.json --out file',
      'cat f.json > pipe & cli features a.wav --frontend pipe --out x',
    ],
    [
      'cli features a.wav --model m.safetensors --out file',
      'cli features a.wav --model - --out x < <(cat m.safetensors)',
    ],
  ])('%s equals %s', async (line, piped) => {
    expect(await shell(`${line} && ${piped}`)).toMatchObject({ code: 0 })
    await expectSameBytes('x', 'file')
  })

  it('info tells what it is', async () => {
    for (const file of ['f.json', 'c.safetensors', 'm.safetensors']) {
      const { stdout } = await shell(`cli info ${file}`)
      expect(stdout).toContain('filterbank')
      expect(await shell(`cat ${file} | cli info -`)).toMatchObject({ code: 0, stdout, stderr: '' })
    }
  })
})

const LONG = 'x'.repeat(300)

describe('an error of the system is one sentence', () => {
  /** A sound is read block by block, any other file whole. */
  const INPUTS = ['features @ --out x', 'import @ --out x']
  const WRONG_INPUTS: [path: string, reason: RegExp][] = [
    ['no-such', /no-such.*there is no such file/],
    ['a.wav/inside', /a\.wav\/inside.*: a part of its path is no folder\. Check the path\./],
    ['.', /\..*: this is a folder\. Give the path of a file\./],
    ['circle', /circle.*: its links lead in a circle\./],
    [LONG, /: its name is too long\. Give a shorter one\./],
  ]
  it.each(WRONG_INPUTS)('for the input %s', async (path, reason) => {
    for (const command of INPUTS) expectSentence(await shell(`cli ${command.replace('@', path)}`), reason)
  })

  it.each(['info', 'features a.wav --out x --frontend'])(
    'for another file that is read whole: %s',
    async (command) => {
      expectSentence(await shell(`cli ${command} circle`), /circle.*: its links lead in a circle\./)
    },
  )

  const WRONG_OUTPUTS: [path: string, reason: RegExp][] = [
    ['no/such', /^no\/such cannot be written: there is no folder no\. Make the folder first/],
    ['a.wav/inside', /^a\.wav\/inside cannot be written: a part of its path is no folder\./],
    ['.', /^\. cannot be written: this is a folder\. Add the name of a file to it\./],
    ['new/', /^new\/ cannot be written: this is a folder\./],
    ['circle', /^circle cannot be written: its links lead in a circle\./],
    [LONG, /^x+ cannot be written: its name is too long\./],
    ['/proc/leaf', /^\/proc\/leaf cannot be written: .*\. [A-Z].*\.\n$/],
    ['/dev/fd/5', /^\/dev\/fd\/5: nothing was opened there\. Open it/],
    ['/dev/fd/77', /^\/dev\/fd\/77 cannot be written: bad file descriptor\./],
  ]
  it.each(WRONG_OUTPUTS)('for the output %s', async (path, reason) => {
    const before = await readdir(folder)
    expectSentence(await shell(`cli features a.wav --out ${path}`), reason)
    expectSentence(await shell(`cli export leaf --layout denfed --out ${path}`), reason)
    expect(await readdir(folder)).toEqual(before)
  })
})

describe('a name that begins with a dash', () => {
  beforeAll(() => copyFile(at('a.wav'), at('-a.wav')))

  it('gets the hint at --', async () => {
    const hint = /^Unknown option '-a'\. .*if -a\.wav is a file, put it last, after --/
    expectSentence(await shell('cli features -a.wav --out x'), hint)
    expectSentence(await shell('cli info -a.wav'), hint)
    expectSentence(
      await shell('cli features -- -a.wav --out x'),
      /got 3 files\. Give one file, and options before a --/,
    )
    expectSentence(await shell('cli features a.wav --out -x'), /ambiguous\. .*or write --out=-x; /)
  })

  it('is read and written where the hint is followed', async () => {
    expect(await shell(`cli features --out=-x ${MEL} -- -a.wav`)).toMatchObject({ code: 0 })
    await expectSameBytes('-x', 'features-of-a')
  })
})
