import { presetNames } from '../frontend/index.ts'
import { exportLayouts, profileNames } from '../model/index.ts'

/** What `--help` prints. */
export const HELP = `Features and events of an audio file (WAV, FLAC, Ogg Vorbis, Ogg Opus, MP3; any rate) or of
raw samples; FILE may be a pipe, and - is standard input. In a clone of the sources say
npm run --silent cli -- in the place of leaf-worklet.

  leaf-worklet features FILE --out X.npy [--frontend FILE | --model FILE] [--engine NAME]
      Writes float32 features, frames × channels, as a NumPy file.
      --frontend   a frontend's file (JSON, or as import writes it), or one of: ${presetNames.join(', ')} (default: leaf)
      --model      a model file, for the frontend in it
      --engine     stream (default): the engine of the live page, any length of file
                   reference: the plain float64 mathematics, at most 60 s

  leaf-worklet detect FILE [--model FILE] [--heads A,B]
      Prints one JSON object a line for each event: label, start, end (seconds), confidence (0 to 1); of a model with
      heads also whose label it is.
      --model      a model file (default: the one of the demo)
      --heads      only these of the model's heads
      --raw        int16 or float32: FILE holds samples of one channel without a header, little-endian; with
      --sample-rate, in Hz. They are heard as they come. features takes both too.

  leaf-worklet evaluate DIR [--model FILE] [--map labels.csv] [--split NAME] [--sources A,B] [--json] [--out FILE]
      Measures a model on the clips of a folder with a manifest.csv (file, label, and optionally split): accuracy, mean
      recall, average precision, F1 at the model's thresholds, per label, the confusion, and the reliability curve: how
      often scores of each tenth are right.
      --map        CSV with the columns name and label, many names to one label, for the model's and the folder's
                   labels; audioset takes AudioSet's names to those of the default model
      --split      train, valid or test (default: test where there is one, else all clips)
      --sources    only clips whose column source names one of these (default split: all clips)
      --heads      only these of the model's heads
      --json       prints JSON
      --out        writes the model with precision and recall of each label, at its threshold, in its card: the page
                   shows them

  leaf-worklet import FILE --out M.safetensors [--profile NAME]
      Takes a frontend that another library trained out of its weights, a PyTorch state dict saved as safetensors or
      TensorFlow's as npz, recognised by their names and shapes; tells what it is and what lay beyond its bounds.
      --profile    whose padding of the pooling it has: ${profileNames.join(', ')} (default: the library's)
      Of YAMNet it takes the whole model, yamnet.tflite (TensorFlow Lite).
      --labels     YAMNet's class map, yamnet_class_map.csv, which names the scores
      --sample-rate, --window-ms, --hop-ms   sizes that such files do not hold (default: 16000, 25, 10)

  leaf-worklet export M.safetensors --layout NAME --out FILE
      Writes the frontend of a frontend's or a model's file as a library stores it.
      --layout     ${exportLayouts.join(', ')}

  leaf-worklet info FILE
      Tells what a model, a frontend or a library's weights are, in Hz and ms, and what import would do;
      takes import's options.

  leaf-worklet copy DIR [MODEL ...]
      Copies what a page fetches (the audio thread's script, the workers, their WebAssembly) into the folder of a bundle,
      and the models named: events, keywords, tasks. In the installed package only.

  leaf-worklet --help
`
