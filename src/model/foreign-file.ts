import { LeafError } from '../error.ts'
import { isWebPage } from '../web-page.ts'

/** What a file is that is no model, and how to come by one. */
export interface ForeignFile {
  /** Completes "it is …". */
  readonly what: string
  readonly remedy: string
}

const CONVERT = 'Save its state dict with safetensors.torch.save_file.'
const SAVE_ARRAYS = 'Save the weights with np.savez(path, **{v.name: v.numpy() for v in frontend.weights}).'
const IMPORT_YAMNET =
  'YAMNet comes in on the command line: import yamnet.tflite --labels yamnet_class_map.csv --out yamnet.safetensors.'
const UNPACK = 'Unpack it first.'
const ANOTHER = 'Give a safetensors file, or for weights of TensorFlow an npz file.'

/** Marks at the beginning. */
const MARKS: readonly (readonly [mark: string, what: string, remedy: string, at?: number])[] = [
  [
    'version https://git-lfs',
    'a Git LFS pointer, not the file itself',
    'Fetch the file with git lfs pull, or from the address that its download link has.',
  ],
  ['\x1f\x8b', 'compressed by gzip', UNPACK],
  ['\x28\xb5\x2f\xfd', 'compressed by Zstandard', UNPACK],
  ['\xfd7zXZ', 'compressed by xz', UNPACK],
  ['BZh', 'compressed by bzip2', UNPACK],
  ['7z\xbc\xaf', 'a 7-Zip archive', UNPACK],
  ['Rar!', 'a RAR archive', UNPACK],
  ['ustar', 'a tar archive', UNPACK, 257],
  ['GGUF', 'a GGUF file', ANOTHER],
  ['lmgg', 'a GGML file', ANOTHER],
  ['tjgg', 'a GGML file', ANOTHER],
  ['\x89HDF\r\n', 'an HDF5 file, as Keras saves (.h5)', SAVE_ARRAYS],
  ['TFL3', 'a TensorFlow Lite model', IMPORT_YAMNET, 4],
  ['\x93NUMPY', 'a single NumPy array (.npy) without a name', SAVE_ARRAYS],
  ['\x08\x01\x12\xa0', 'a SavedModel of TensorFlow', SAVE_ARRAYS],
  ['RIFF', 'a sound', ANOTHER],
  ['fLaC', 'a sound', ANOTHER],
  ['OggS', 'a sound', ANOTHER],
  ['ID3', 'a sound', ANOTHER],
  ['\x89PNG', 'a picture', ANOTHER],
  ['\xff\xd8\xff', 'a picture', ANOTHER],
  ['%PDF', 'a PDF document', ANOTHER],
]

/** Not in the table: npz files, which come in as weights of other libraries, are ZIP archives. */
const ARCHIVE: ForeignFile = {
  what: 'a ZIP archive, as npz files are',
  remedy: 'Weights of other libraries come in by importFrontend, on the command line by import.',
}
/** After the protocol of a pickle, 2 to 5: a frame, a number, or the beginning of a container. */
const PICKLE_NEXT = [0x8a, 0x95, ...new TextEncoder().encode('}]()cX')]
/** After the version of ONNX, its fields: producer and its version, domain, version, text, graph, what it imports. */
const ONNX_NEXT = [0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42]
/** Last bytes of a table of TensorFlow's checkpoints. */
const TENSORFLOW_INDEX = '\x57\xfb\x80\x8b\x24\x75\x47\xdb'
const LOOKED_AT = 2048
const SHOWN = 200
const JSON_LIMIT = 65536

/** What a file is that does not begin as a safetensors file does; null where that is not known. */
export function foreignFile(bytes: Uint8Array): ForeignFile | null {
  if (bytes.length === 0) return { what: 'empty', remedy: 'Check where it came from, and fetch it again.' }
  // The length of a header, and the brace that every header begins with.
  if (bytes.length > 10 && bytes[8] === 0x7b && bytes[7] === 0) return null
  const start = latin1(bytes.subarray(0, LOOKED_AT))
  const mark = MARKS.find(([text, , , at = 0]) => start.startsWith(text, at))
  if (mark) return { what: mark[1], remedy: mark[2] }
  const [first, second, third] = bytes
  if (first === 0x80 && second >= 2 && second <= 5 && PICKLE_NEXT.includes(third))
    return { what: 'a pickle of PyTorch, which can hold programs', remedy: CONVERT }
  if (first === 8 && second >= 1 && second < 32 && ONNX_NEXT.includes(third))
    return { what: 'an ONNX model', remedy: CONVERT }
  if (latin1(bytes.subarray(-8)) === TENSORFLOW_INDEX)
    return { what: 'the index of a TensorFlow checkpoint', remedy: SAVE_ARRAYS }
  return foreignText(bytes)
}

/** Pages, and answers of servers that were stored in the place of the file. */
function foreignText(bytes: Uint8Array): ForeignFile | null {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true })
      .decode(bytes.subarray(0, JSON_LIMIT), { stream: true })
      .trim()
  } catch {
    return null
  }
  if (isWebPage(text))
    return {
      what: 'a web page',
      remedy:
        'Give the address of the file itself, which its download link has, not that of the page about it.',
    }
  if (text.startsWith('<')) return { what: `XML: ${shown(text)}`, remedy: 'Check the address.' }
  if (/^[{[]/.test(text)) return foreignJson(text)
  const isMessage = bytes.length <= SHOWN && /^[\x20-\x7e]+$/.test(text) && text.includes(' ')
  return isMessage ? { what: `a text: ${JSON.stringify(text)}`, remedy: 'Check the address.' } : null
}

function foreignJson(text: string): ForeignFile {
  const remedy = 'Give the address of the file itself.'
  if (text.includes('"weight_map"'))
    return { what: 'the index of a model in several files', remedy: 'Give the file that holds the frontend.' }
  if (text.includes('"modelTopology"') || text.includes('"weightsManifest"'))
    return { what: 'a TensorFlow.js model.json', remedy: ANOTHER }
  const message = /"(?:error|message|detail|title)"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(text)?.[1]
  return { what: message ? `JSON of an error: ${shown(message)}` : 'JSON', remedy }
}

function shown(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}

/** @param subject what completes "… is a web page", as "The model file" @returns null where it is not known what it is */
export function foreignError(subject: string, bytes: Uint8Array, cause?: unknown): LeafError | null {
  const foreign = latin1(bytes.subarray(0, 2)) === 'PK' ? ARCHIVE : foreignFile(bytes)
  return foreign && new LeafError('model-file', `${subject} is ${foreign.what}.`, foreign.remedy, { cause })
}
