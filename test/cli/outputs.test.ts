import { spawnSync } from 'node:child_process'
import {
  copyFile,
  link,
  lstat,
  mkdtemp,
  open,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { preset } from '../../src/frontend/index.ts'
import { writeModel } from '../../src/model/index.ts'
import { chunk, floatWav, format, wavOf } from '../audio-file/wav-bytes.ts'
import { tinyModel } from '../model/tiny-model.ts'
import { loudModel } from './loud-model.ts'
import { outcomeOf, runShell, startCli } from './run-cli.ts'

const CHECKPOINT = join(import.meta.dirname, '../golden/checkpoints/denfed.safetensors')
const RATE = 8000
/** Of all frontends the one that is ready first: what is computed is no question here. */
const MEL = ['--frontend', 'mel-log']

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leaf-outputs-'))
  onTestFinished(() => rm(folder, { recursive: true }))
})

const at = (name: string) => join(folder, name)
const shell = (line: string) => runShell(line, folder)

function sound(seconds: number): Buffer {
  let state = 5
  const samples = Float32Array.from({ length: seconds * RATE }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return 0.1 * (state / 2 ** 31)
  })
  return floatWav(samples, RATE)
}

/** Hours of silence that take no place on the disk. */
async function longSound(name: string): Promise<void> {
  const size = 2 ** 30
  const header = wavOf(chunk('fmt ', format(1, 1, RATE, 16)), chunk('data', Buffer.alloc(0), size))
  await writeFile(at(name), header)
  await truncate(at(name), header.length + size)
}

/** Every file of the folder with its bytes. */
async function everything(): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort()
  const contents = names.map(async (name) => [name, (await readFile(at(name))).toString('base64')])
  return Object.fromEntries(await Promise.all(contents))
}

async function expectRefusal(line: string, sentence: RegExp): Promise<void> {
  const before = await everything()
  const { code, stderr } = await shell(line)
  expect(stderr, line).toMatch(sentence)
  expect(stderr.trim().split('\n'), line).toHaveLength(1)
  expect(code, line).toBe(1)
  expect(await everything(), line).toEqual(before)
}

describe('an output that is an input', () => {
  it.each([
    'features a.wav --out a.wav',
    'features a.wav --out ../$(basename $PWD)/a.wav',
    'features a.wav --out hard.wav',
    'features a.wav --out soft.wav',
    'features soft.wav --out a.wav',
    'features soft.wav --out hard.wav',
    'features - --out a.wav < a.wav',
    'features /dev/stdin --out soft.wav < a.wav',
    'features a.wav --out /dev/stdout >> a.wav',
    'features a.wav --out - >> hard.wav',
    'features a.wav --model m.safetensors --out m.safetensors',
    'features a.wav --frontend f.json --out f.json',
    'import c.safetensors --out c.safetensors',
    'export m.safetensors --layout denfed --out m.safetensors',
  ])('%s', async (line) => {
    await writeFile(at('a.wav'), sound(1))
    await link(at('a.wav'), at('hard.wav'))
    await symlink('a.wav', at('soft.wav'))
    await writeFile(at('m.safetensors'), writeModel(tinyModel()))
    await writeFile(at('f.json'), JSON.stringify(preset('leaf', { channels: 4 })))
    await copyFile(CHECKPOINT, at('c.safetensors'))
    await expectRefusal(`cli ${line}`, /writing would destroy what is read/)
  })
})

describe('a run that fails', () => {
  beforeEach(async () => {
    await writeFile(at('whole.wav'), sound(30))
    await writeFile(at('cut.wav'), sound(30).subarray(0, 900_000))
    const flac = await readFile(join(import.meta.dirname, '../audio-file/fixtures/stereo-44100.flac'))
    await writeFile(at('cut.flac'), flac.subarray(0, 15000))
    await writeFile(at('no-checkpoint'), 'Dear Sir or Madam')
    await writeFile(at('former'), 'the result of an earlier run')
  })

  it.each([
    ['features cut.flac --frontend mel-log --out former', /cut off/],
    ['features cut.wav --frontend mel-log --out former', /cut off/],
    ['features whole.wav --engine stream --model no-checkpoint --out former', /model/],
    ['import no-checkpoint --out former', /cannot be imported/],
    ['export mel-log --layout denfed --out former', /no filterbank mel/],
  ])('%s leaves everything as it was', async (line, sentence) => {
    await expectRefusal(`cli ${line}`, sentence)
  })

  it.each(['former', 'new'])('as a full disk makes it, for the output %s', async (out) => {
    // The system writes what fits and then refuses the rest, as a disk does that fills up.
    const limit = (kilobytes: number) => `ulimit -f ${kilobytes}; cli`
    const full = new RegExp(`^${out} cannot be written: it grows larger than is allowed\\. Raise`)
    await expectRefusal(`${limit(100)} features whole.wav --frontend mel-log --out ${out}`, full)
    await expectRefusal(`${limit(2)} import ${CHECKPOINT} --out ${out}`, full)
    await expectRefusal(`${limit(2)} export leaf --layout denfed --out ${out}`, full)
  })

  it('says that a device is full', async () => {
    await expectRefusal(
      'cli features whole.wav --frontend mel-log --out /dev/full',
      /^\/dev\/full cannot be written: the disk is full\./,
    )
    await expectRefusal(
      'cli features whole.wav --frontend mel-log --out - > /dev/full',
      /^Standard output cannot .* disk is full\./,
    )
  })
})

describe('what stood there', () => {
  beforeEach(() => writeFile(at('a.wav'), sound(1)))

  let once: Promise<Buffer> | undefined
  async function makeExpected(): Promise<Buffer> {
    expect(await features('expected')).toMatchObject({ code: 0 })
    return readFile(at('expected'))
  }
  function expected(): Promise<Buffer> {
    once ??= makeExpected()
    return once
  }
  const features = (out: string) => shell(`cli features a.wav --frontend mel-log --out ${out}`)
  const expectFeatures = async (name: string) =>
    expect((await readFile(at(name))).equals(await expected())).toBe(true)

  it('keeps its permissions', async () => {
    await writeFile(at('private'), 'former', { mode: 0o640 })
    expect(await features('private')).toMatchObject({ code: 0 })
    await expectFeatures('private')
    expect((await stat(at('private'))).mode & 0o777).toBe(0o640)
    expect(await shell('umask 027; cli features a.wav --frontend mel-log --out fresh')).toMatchObject({
      code: 0,
    })
    expect((await stat(at('fresh'))).mode & 0o777).toBe(0o640)
  })

  it('stays a link, to a file that is there or is not yet', async () => {
    await writeFile(at('there'), 'former')
    await symlink('there', at('one'))
    await symlink('one', at('two'))
    await symlink('not-yet', at('dangling'))
    expect(await features('two')).toMatchObject({ code: 0 })
    expect(await features('dangling')).toMatchObject({ code: 0 })
    expect(await Promise.all(['one', 'two', 'dangling'].map((name) => readlink(at(name))))).toEqual([
      'there',
      'one',
      'not-yet',
    ])
    await expectFeatures('there')
    await expectFeatures('not-yet')
  })

  it('keeps its content under another hard link', async () => {
    await writeFile(at('former'), 'former')
    await link(at('former'), at('backup'))
    expect(await features('former')).toMatchObject({ code: 0 })
    await expectFeatures('former')
    expect(await readFile(at('backup'), 'utf8')).toBe('former')
  })

  it('may have a name as long as the file system allows', async () => {
    const name = 'x'.repeat(255)
    expect(await features(name)).toMatchObject({ code: 0 })
    await expectFeatures(name)
  })

  it('stays a device', async () => {
    const made = spawnSync('mknod', [at('null'), 'c', '1', '3'])
    // Only root may make one; for others a link to one that is there.
    if (made.status !== 0) await symlink('/dev/null', at('null'))
    expect(await features('null')).toMatchObject({ code: 0 })
    expect(await shell(`cli import no-such --out null`)).toMatchObject({ code: 1 })
    expect(await shell('cli export leaf --layout denfed --out null')).toMatchObject({ code: 0 })
    expect((await stat(at('null'))).isCharacterDevice()).toBe(true)
    expect((await lstat('/dev/null')).isCharacterDevice()).toBe(true)
  })

  it('is a pipe, named or not', async () => {
    await shell('mkfifo pipe; cat pipe > got-1 & cli features a.wav --frontend mel-log --out pipe; wait')
    await expectFeatures('got-1')
    expect((await stat(at('pipe'))).isFIFO()).toBe(true)
    await shell('cli features a.wav --frontend mel-log --out >(cat > got-2); sleep 0.3; wait')
    await expectFeatures('got-2')
  })

  it('is standard output: a pipe, a socket, a file, the end of a file', async () => {
    await shell('cli features a.wav --frontend mel-log --out /dev/stdout | cat > got-1')
    await shell('cli features a.wav --frontend mel-log --out - > got-2')
    await shell('cli features a.wav --frontend mel-log --out - | cat > got-3')
    await shell(
      'printf before > got-4; ln -s /dev/stdout link; cli features a.wav --frontend mel-log --out link >> got-4',
    )
    // A second way into the same pipe.
    await shell('cli features a.wav --frontend mel-log --out /dev/fd/3 3>&1 | cat > got-5')
    for (const name of ['got-1', 'got-2', 'got-3', 'got-5']) await expectFeatures(name)
    const appended = await readFile(at('got-4'))
    expect(appended.subarray(0, 6).toString()).toBe('before')
    expect(appended.subarray(6).equals(await expected())).toBe(true)
    // Node gives sockets to its children.
    const child = await startCli(['features', 'a.wav', ...MEL, '--out', '/dev/stdout'], { cwd: folder })
    const blocks: Buffer[] = []
    child.stdout?.on('data', (block) => blocks.push(block))
    expect(await outcomeOf(child)).toMatchObject({ code: 0 })
    expect(Buffer.concat(blocks).equals(await expected())).toBe(true)
  })
})

describe('a reader that leaves', () => {
  beforeEach(() => writeFile(at('a.wav'), sound(30)))

  it('standard output ends quietly', async () => {
    const { stdout, stderr } = await shell(
      '(cli features a.wav --frontend mel-log --out -; echo $? > one) | head -c 10 > got; (cli --help; echo $? > two) | true; cat one two',
    )
    expect({ stdout, stderr }).toEqual({ stdout: '0\n0\n', stderr: '' })
  })

  it('a pipe is an error: whoever named it wanted the whole', async () => {
    const { code, stderr } = await shell(
      'mkfifo pipe; head -c 10 pipe > got & cli features a.wav --frontend mel-log --out pipe',
    )
    expect(stderr).toMatch(/^pipe cannot be written: its reader has gone\. Keep/)
    expect(code).toBe(1)
  })
})

it('short writes to standard output are seen', async () => {
  await expectRefusal('cli --help > /dev/full', /^Standard output cannot be written: the disk is full\./)
  await expectRefusal('cli info leaf > /dev/full', /^Standard output cannot be written: the disk is full\./)
  const { code, stderr } = await shell('ulimit -f 1; cli --help > help.txt')
  expect(stderr).toMatch(/^Standard output cannot be written: it grows larger than is allowed\./)
  expect(code).toBe(1)
})

it('detect says that its events cannot be written', async () => {
  await writeFile(at('loud.safetensors'), writeModel(loudModel()))
  await writeFile(at('a.wav'), sound(2))
  await expectRefusal(
    'cli detect a.wav --model loud.safetensors > /dev/full',
    /^Standard output cannot be written: the disk is full\./,
  )
})

describe('a run that is ended', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('by %s leaves everything as it was', async (signal) => {
    await longSound('long.wav')
    for (const out of ['former', 'new']) {
      await writeFile(at('former'), 'the result of an earlier run')
      const child = await startCli(['features', 'long.wav', ...MEL, '--out', out], { cwd: folder })
      const outcome = outcomeOf(child)
      await expect.poll(() => readdir(folder), { timeout: 50_000 }).toHaveLength(3)
      child.kill(signal)
      expect(await outcome).toMatchObject({ code: null, signal })
      expect((await readdir(folder)).sort()).toEqual(['former', 'long.wav'])
      expect(await readFile(at('former'), 'utf8')).toBe('the result of an earlier run')
    }
  })

  it('ends at once where nobody reads the pipe it writes to', async () => {
    await writeFile(at('a.wav'), sound(1))
    spawnSync('mkfifo', [at('pipe'), at('sound')])
    const child = await startCli(['features', 'sound', ...MEL, '--out', 'pipe'], { cwd: folder })
    const outcome = outcomeOf(child)
    // Once its sound is taken, it is on its way to the pipe or there.
    await writeFile(at('sound'), sound(1))
    child.kill('SIGINT')
    expect(await outcome).toMatchObject({ code: null, signal: 'SIGINT' })
  })
})

describe('of two runs onto one output', () => {
  it.each(['former', 'new'])('the later is refused, for the output %s', async (out) => {
    await writeFile(at('former'), 'the result of an earlier run')
    await writeFile(at('short.wav'), sound(1))
    spawnSync('mkfifo', [at('pipe')])
    const later = await startCli(['features', 'pipe', ...MEL, '--out', out], { cwd: folder })
    const refused = outcomeOf(later)
    // Opens when the other end does: by then that run has looked at its output.
    const pipe = await open(at('pipe'), 'w')
    expect(await shell(`cli features short.wav --frontend mel-log --out ${out}`)).toMatchObject({ code: 0 })
    const result = await readFile(at(out))
    await pipe.writeFile(sound(2))
    await pipe.close()
    const { code, stderr } = await refused
    expect(stderr).toMatch(new RegExp(`^${out} was written by another program meanwhile, .* Run this again`))
    expect(code).toBe(1)
    expect((await readFile(at(out))).equals(result)).toBe(true)
    expect((await readdir(folder)).sort()).toEqual([...new Set(['former', out, 'pipe', 'short.wav'])].sort())
  })
})
