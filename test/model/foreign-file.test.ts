import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { importFrontend, readModel, writeModel } from '../../src/model/index.ts'
import { refusal } from './file-parts.ts'
import { tinyModel } from './tiny-model.ts'

const bytes = (text: string) => Uint8Array.from(text.padEnd(400, '\0'), (letter) => letter.charCodeAt(0))
const text = (content: string) => new TextEncoder().encode(content)

const FOREIGN: [string, Uint8Array, RegExp][] = [
  [
    'a web page',
    text('\ufeff \n<!DOCTYPE html>\n<html><body>Not here</body></html>'),
    /is a web page.*address of the file itself/,
  ],
  ['a page that begins with html', text('<html lang="en">{"a": 1}</html>'), /is a web page/],
  [
    'a Git LFS pointer',
    text('version https://git-lfs.github.com/spec/v1\noid sha256:55\nsize 7\n'),
    /is a Git LFS pointer.*git lfs pull/,
  ],
  ['gzip', bytes('\x1f\x8b\x08\0\0\0\0\0'), /is compressed by gzip. Unpack/],
  ['Zstandard', bytes('\x28\xb5\x2f\xfd'), /is compressed by Zstandard/],
  ['xz', bytes('\xfd7zXZ\0'), /is compressed by xz/],
  ['GGUF', bytes('GGUF\x03\0\0\0'), /is a GGUF file/],
  ['a pickle', bytes('\x80\x04\x95\x0b\0\0\0\0\0\0\0'), /is a pickle of PyTorch.*save_file/],
  ['a pickle of protocol 2', bytes('\x80\x02}q\0X\x05'), /is a pickle of PyTorch/],
  ['Keras .h5', bytes('\x89HDF\r\n\x1a\n'), /is an HDF5 file, as Keras saves.*np.savez/],
  ['ONNX', bytes('\x08\x07\x12\x07pytorch'), /is an ONNX model/],
  ['TensorFlow Lite', bytes('\x1c\0\0\0TFL3'), /is a TensorFlow Lite model/],
  ['one NumPy array', bytes('\x93NUMPY\x01\0v\0'), /is a single NumPy array.*np.savez/],
  [
    'JSON of an error',
    text('{"error": "Repository not found"}'),
    /is JSON of an error: "Repository not found"/,
  ],
  ['JSON', text('{"a": [1, 2]}'), /is JSON/],
  [
    'an index',
    text('{"metadata": {}, "weight_map": {"a": "model-1.safetensors"}}'),
    /is the index of a model in several files/,
  ],
  [
    'XML of an error',
    text('<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'),
    /is XML: .*AccessDenied/,
  ],
  ['a text', text('Entry not found'), /is a text: "Entry not found"/],
  ['a sound', bytes('RIFF\x24\0\0\0WAVEfmt '), /is a sound/],
]

describe.each(FOREIGN)('%s', (_, file, sentence) => {
  test('is named as a model', () => {
    const error = refusal(() => readModel(file))
    expect(error.code).toBe('model-file')
    expect(error.message).toMatch(sentence)
    expect(error.message).not.toContain('header')
  })

  test('is named as a checkpoint', () => {
    const error = refusal(() => importFrontend(file))
    expect(error.message).toMatch(sentence)
    expect(error.remedy).not.toBe('')
  })
})

test.each([
  ['a Keras model', { 'config.json': text('{}'), 'model.weights.h5': bytes('\x89HDF') }, /is a Keras model/],
  [
    'a state dict of PyTorch',
    { 'archive/data.pkl': bytes('\x80\x02}'), 'archive/version': text('3') },
    /pickle of PyTorch/,
  ],
  [
    'arrays without names',
    { 'arr_0.npy': bytes('\x93NUMPY\x01\0'), 'arr_1.npy': bytes('a') },
    /arrays have no names of their own \(arr_0, arr_1\).*np.savez/,
  ],
  ['nothing', {}, /0 tensors are of no frontend known here\. Save the weights with np.savez/],
])('a ZIP archive of %s is named', (_, files, sentence) => {
  const file = zipSync(files as Record<string, Uint8Array>)
  expect(refusal(() => importFrontend(file)).message).toMatch(sentence)
  expect(refusal(() => readModel(file)).message).toMatch(/is a ZIP archive|is not valid/)
})

test('a model cut off is no foreign file', () => {
  const file = writeModel(tinyModel())
  expect(refusal(() => readModel(file.subarray(0, file.length - 100))).message).toMatch(
    /is not valid: tensor/,
  )
})
