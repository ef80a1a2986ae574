import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readCsv, readManifest } from '../../../src/learning/data/manifest.ts'
import { readUnlabelledClips } from '../../../src/learning/data/unlabelled-clips.ts'
import { emptyFolder, toneFolder } from '../tone-folder.ts'

function folderWith(...lines: string[]): string {
  const folder = emptyFolder()
  for (const file of ['a.wav', 'b.wav', 'c.wav', 'd.wav']) writeFileSync(join(folder, file), '')
  writeFileSync(join(folder, 'manifest.csv'), lines.join('\n'))
  return folder
}

const HEADER = 'file,label,split'
const GOOD = ['a.wav,dog,train', 'b.wav,cat,train', 'c.wav,dog,valid', 'd.wav,cat|dog,test']

test('reads a folder with no more than the three columns', () => {
  const { labels, rows } = readManifest(folderWith(HEADER, ...GOOD))
  expect(labels).toEqual(['cat', 'dog'])
  expect(rows.map((row) => row.labels)).toEqual([[1], [0], [1], [0, 1]])
  expect(rows[0]).toMatchObject({
    file: 'a.wav',
    split: 'train',
    group: 'a.wav',
    source: '',
    shippable: true,
  })
})

test('takes group, source and shippable where they are, in any order, and ignores the rest', () => {
  const folder = folderWith(
    'shippable,file,seconds,"label",split,source,group',
    'no,a.wav,1,"dog",train,farm,"one, two"',
    ...['yes,b.wav,1,cat,train,,', 'yes,c.wav,1,cat,valid,,', 'yes,d.wav,1,cat,test,,'],
  )
  const { rows } = readManifest(folder)
  expect(rows[0]).toMatchObject({ group: 'one, two', source: 'farm', shippable: false })
  expect(rows[1].shippable).toBe(true)
})

test('recordings without labels need a file alone', () => {
  const folder = folderWith('file,split', 'a.wav,train', 'b.wav,valid')
  expect(readUnlabelledClips(folder).map(({ file, labels }) => [file, labels])).toEqual([['a.wav', []]])
  expect(() => readUnlabelledClips(folderWith('sound', 'a.wav'))).toThrow(
    /has no column "file"\. Its first line has to name file\./,
  )
  expect(() => readUnlabelledClips(folderWith('file', 'z.wav'))).toThrow(/clip 1 names "z.wav"/)
  expect(() => readUnlabelledClips(folderWith('file,split', 'a.wav,valid'))).toThrow(/no clip in the split/)
})

test('a list may be in UTF-16, as spreadsheets save it; what is no text, or names a column twice, is refused', () => {
  const folder = folderWith()
  const path = join(folder, 'manifest.csv')
  const lines = [HEADER, ...GOOD].join('\r\n').replaceAll('dog', 'Hündin')
  const little = Buffer.from(`\ufeff${lines}`, 'utf16le')
  for (const bytes of [little, Buffer.from(little).swap16(), Buffer.from(`\ufeff${lines}`)]) {
    writeFileSync(path, bytes)
    expect(readManifest(folder).labels).toEqual(['Hündin', 'cat'])
  }
  for (const [bytes, problem] of [
    [Buffer.from(lines, 'latin1'), /manifest\.csv: its text is not UTF-8\. .* in UTF-8/],
    [
      Buffer.from(lines.replaceAll('ü', 'u'), 'utf16le'),
      /manifest\.csv: it holds NUL characters\. .* in UTF-8/,
    ],
    [Buffer.concat([little, Buffer.of(10)]), /is not UTF-16LE/],
    [Buffer.from('file,label,label,split\na.wav,dog,cat,train'), /it has the column "label" twice/],
  ] as const) {
    writeFileSync(path, bytes)
    expect(() => readManifest(folder)).toThrow(problem)
  }
})

test('a list that cannot be opened is told as one, not as a line in it', () => {
  const folder = folderWith()
  expect(() => readCsv(folder)).toThrow(/cannot be read: this is a folder\. Give the path of a file/)
  expect(() => readCsv(join(folder, 'map.csv'))).toThrow(/map\.csv cannot be read: there is no such file/)
})

test('lines may end in several ways, as where lists of several editors were joined', () => {
  const folder = folderWith(
    'file,label,split,group\r',
    'a.wav,dog,train,"one"',
    ...GOOD.slice(1).map((row) => `${row},"x"\r`),
  )
  expect(readManifest(folder).rows.map(({ group }) => group)).toEqual(['one', 'x', 'x', 'x'])
})

test.each([
  ['a cell too few', [HEADER, ...GOOD, 'a.wav,dog'], /manifest\.csv.*line 6/],
  ['no column for the split', ['file,label', 'a.wav,dog'], /no column "split"/],
  ['a file that is not there', [HEADER, ...GOOD, 'e.wav,dog,train'], /clip 5 names "e\.wav"/],
  ['no label', [HEADER, ...GOOD, 'a.wav,,train'], /clip 5 has no label/],
  ['a label that is not trained', [HEADER, ...GOOD, 'a.wav,cow,test'], /clip 5 has the label "cow"/],
  ['an unknown split', [HEADER, ...GOOD, 'a.wav,dog,dev'], /clip 5 has the split "dev"/],
  ['no clip to test', [HEADER, ...GOOD.slice(0, 3)], /no clip in the split "test"/],
  ['one label only', [HEADER, 'a.wav,x,train', 'b.wav,x,valid', 'c.wav,x,test'], /fewer than two labels/],
  ['nothing', [''], /no clip in the split "train"/],
])('refuses %s', (_, lines, message) => {
  expect(() => readManifest(folderWith(...lines))).toThrow(message)
  expect(() => readManifest(folderWith(...lines))).toThrow(expect.objectContaining({ code: 'data-folder' }))
})

test('refuses a folder without a manifest', () => {
  expect(() => readManifest(emptyFolder())).toThrow(/holds no manifest\.csv/)
})

test('reads the folder that the other tests learn from', () => {
  expect(readManifest(toneFolder(2)).rows).toHaveLength(6)
})

test('labels that people take for one are one, as the first clip writes it', () => {
  const { labels, rows } = readManifest(
    folderWith(
      HEADER,
      'a.wav,Caf\u00e9,train',
      'b.wav,dog,train',
      'c.wav,cafe\u0301,valid',
      'd.wav,D\u200bOG|CAF\u00c9|dog,test',
    ),
  )
  expect(labels).toEqual(['Caf\u00e9', 'dog'])
  expect(rows.map((row) => row.labels)).toEqual([[0], [1], [0], [1, 0]])
})

test('a label that was guarded from being a formula is read as it was', () => {
  const folder = folderWith(
    HEADER,
    "a.wav,'=dog,train",
    'b.wav,cat,train',
    "c.wav,'=dog,valid",
    'd.wav,cat,test',
  )
  expect(readManifest(folder).labels).toEqual(['=dog', 'cat'])
})

test('a file or a column with a name of JavaScript is one like any other', () => {
  const lines = [HEADER, ...GOOD, 'constructor,dog,train']
  expect(() => readManifest(folderWith(...lines))).toThrow(/clip 5 names "constructor"/)
  expect(() => readManifest(folderWith('file,label,constructor', 'a.wav,dog,x'))).toThrow(/no column "split"/)
})
