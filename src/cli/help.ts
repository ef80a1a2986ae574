import { presetNames } from '../frontend/index.ts'
import { exportLayouts, profileNames } from '../model/index.ts'

/** What `--help` prints. */
export const HELP = `Features and events of an audio file (WAV, FLAC, Ogg Vorbis, Ogg Opus, MP3; any rate).

  npm run --silent cli -- features FILE --out X.npy [--frontend FILE | --model FILE] [--engine NAME]
      Writes float32 features, frames × channels, as a NumPy file.
      --frontend   a frontend's file (JSON, or as import writes it), or one of: ${presetNames.join(', ')} (default: leaf)
      --model      a model file, for the frontend in it
      --engine     stream (default): the engine of the live page, any length of file
                   reference: the plain float64 mathematics, at most 60 s

  npm run --silent cli -- detect FILE [--model FILE] [--heads A,B]
      Prints one JSON object a line for each event: label, start, end (seconds), confidence (0 to 1); of a model with
      heads also whose label it is.
      --model      a model file (default: the one of the demo)
      --heads      only these of the model's heads

  npm run --silent cli -- evaluate DIR [--model FILE] [--map labels.csv] [--split NAME] [--json]
      Measures a model on the clips of a folder with a manifest.csv (file, label, and optionally split): accuracy, mean
      recall, average precision, F1 at the model's thresholds, per label, and the confusion.
      --map        CSV with the columns name and label, many names to one label, for the model's and the folder's
                   labels; src/cli/evaluate/audioset-events.csv takes AudioSet's names to those of the default model
      --split      train, valid or test (default: test where there is one, else all clips)
      --heads      only these of the model's heads
      --json       prints JSON

  npm run --silent cli -- import FILE --out M.safetensors [--profile NAME]
      Takes a frontend that another library trained out of its weights, a PyTorch state dict saved as safetensors or
      TensorFlow's as npz, recognised by their names and shapes; tells what it is and what lay beyond its bounds.
      --profile    whose padding of the pooling it has: ${profileNames.join(', ')} (default: the library's)
      Of YAMNet it takes the whole model, yamnet.tflite (TensorFlow Lite).
      --labels     YAMNet's class map, yamnet_class_map.csv, which names the scores
      --sample-rate, --window-ms, --hop-ms   sizes that such files do not hold (default: 16000, 25, 10)

  npm run --silent cli -- export M.safetensors --layout NAME --out FILE
      Writes the frontend of a frontend's or a model's file as a library stores it.
      --layout     ${exportLayouts.join(', ')}

  npm run --silent cli -- info FILE
      Tells what a model, a frontend or a library's weights are, in Hz and ms, and what import would do;
      takes import's options.

  npm run --silent cli -- --help
`
