import { presetNames } from '../frontend/index.ts'

/** What `--help` prints. */
export const HELP = `Features and events of an audio file (WAV, FLAC, Ogg Vorbis, Ogg Opus, MP3; any rate).

  npm run --silent cli -- features FILE --out X.npy [--frontend JSON | --model FILE] [--engine NAME]
      Writes float32 features, frames × channels, as a NumPy file.
      --frontend   a JSON file with a frontend's description, or one of: ${presetNames.join(', ')} (default: leaf)
      --model      a model file, for the frontend in it
      --engine     stream (default): the engine of the live page, any length of file
                   reference: the plain float64 mathematics, at most 60 s

  npm run --silent cli -- detect FILE [--model FILE]
      Prints one JSON object a line for each event: label, start, end (seconds), confidence (0 to 1).
      --model      a model file (default: the one of the demo)

  npm run --silent cli -- --help
`
