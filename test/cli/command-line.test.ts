import { describe, expect, it } from 'vitest'
import { parseCommandLine } from '../../src/cli/command-line.ts'

const parse = (line: string) => parseCommandLine(line.split(' ').filter(Boolean))

describe('a command line', () => {
  it.each(['', '--help', '-h', 'features --help', 'detect x.wav -h'])('%j asks for help', (line) => {
    expect(parse(line)).toEqual({ name: 'help' })
  })

  it('for features', () => {
    expect(parse('features a.wav --out a.npy')).toMatchObject({
      file: 'a.wav',
      out: 'a.npy',
      engine: 'stream',
    })
    expect(parse('features --engine reference --out=a.npy --frontend mel-log a.wav')).toMatchObject({
      engine: 'reference',
      frontend: 'mel-log',
    })
    expect(parse('features a.wav --out a.npy --model m.safetensors')).toMatchObject({
      model: 'm.safetensors',
    })
  })

  it('for detect', () => {
    expect(parse('detect a.wav')).toEqual({ name: 'detect', file: 'a.wav' })
    expect(parse('detect --model m a.wav')).toEqual({ name: 'detect', file: 'a.wav', model: 'm' })
    expect(parse('detect a.wav --heads keywords,pitch')).toEqual({
      name: 'detect',
      file: 'a.wav',
      heads: ['keywords', 'pitch'],
    })
  })

  it('for import, export and info', () => {
    expect(parse('import a.npz --out m')).toEqual({ name: 'import', file: 'a.npz', out: 'm', options: {} })
    expect(
      parse('import a --out m --profile pytorch --sample-rate 22050 --window-ms 25.5 --hop-ms 10'),
    ).toMatchObject({ options: { profile: 'pytorch', sampleRate: 22050, windowMs: 25.5, hopMs: 10 } })
    expect(parse('export m --layout denfed --out d')).toEqual({
      name: 'export',
      frontend: 'm',
      layout: 'denfed',
      out: 'd',
    })
    expect(parse('info a --hop-ms 5')).toEqual({ name: 'info', file: 'a', options: { hopMs: 5 } })
  })

  it.each([
    ['listen a.wav', /no command listen/],
    ['--out x.npy', /command is missing/],
    ['features --out x.npy', /got 0 files/],
    ['detect a.wav b.wav', /got 2 files/],
    ['features a.wav', /--out X\.npy/],
    ['features a.wav --out', /--out/],
    ['features a.wav --out x --engine fast', /no engine fast.*stream or reference/],
    ['features a.wav --out x --model m --frontend leaf', /--frontend and --model/],
    ['features a.wav --out x --speed 3', /Unknown option '--speed'/],
    ['detect a.wav --out x', /no option --out/],
    ['features a.wav --out x --heads a', /no option --heads/],
    ['features a.wav --out x --layout denfed', /no option --layout/],
    ['import a.npz', /--out M\.safetensors/],
    ['import a.npz --out m --profile jax', /no profile jax.*tensorflow or pytorch/],
    ['import a.npz --out m --sample-rate fast', /--sample-rate is fast/],
    ['import a.npz --out m --hop-ms=-1', /--hop-ms is -1/],
    ['export m --out x', /does not know the layout.*leaf-pytorch, speechbrain/],
    ['export m --out x --layout tdfbanks', /no layout tdfbanks/],
    ['export m --layout denfed', /--out FILE/],
    ['info a --layout denfed', /no option --layout/],
    ['info -a.wav', /if -a\.wav is a file, put it last, after --/],
    ['info --a.wav', /if --a\.wav is a file/],
    ['features a.wav --out -x', /write --out=-x/],
    ['features a.wav --out=', /--out is empty/],
    ['detect a.wav --model=', /--model is empty/],
  ])('%j is an error with a remedy', (line, sentence) => {
    expect(() => parse(line)).toThrow(sentence)
    expect(() => parse(line)).toThrow(/; --help shows every option\.$/)
  })

  it('of no file is told where its name is empty', () => {
    expect(() => parseCommandLine(['detect', ''])).toThrow(/detect got an empty name for its file/)
  })
})
