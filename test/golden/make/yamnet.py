"""Two clips with YAMNet's features, cut out of a larger file of the same layout: yamnet.safetensors.

    python yamnet.py golden.safetensors [--write]

That file's features come from the definitions of tensorflow/models, research/audioset/yamnet, in float64. Needs Python
alone.
"""

import json
import pathlib
import struct
import sys

# One full of sound, one nearly silent.
CLIPS = {"0": "loud", "12": "quiet"}
NAMES = ["log_mel", "samples_int16"]


def read(path):
    data = path.read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    body = data[8 + length :]
    return {name: (entry, body[slice(*entry["data_offsets"])]) for name, entry in header.items()}


def main():
    tensors = read(pathlib.Path(sys.argv[1]))
    header, body = {}, b""
    for name in NAMES:
        for number, clip in CLIPS.items():
            entry, data = tensors[f"{number}.{name}"]
            offsets = [len(body), len(body) + len(data)]
            header[f"{clip}.{name}"] = {**entry, "data_offsets": offsets}
            body += data
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    made = struct.pack("<Q", len(text)) + text + body
    kept = pathlib.Path(__file__).parent.parent / "yamnet.safetensors"
    if "--write" in sys.argv:
        kept.write_bytes(made)
    else:
        print("the same" if kept.read_bytes() == made else "other bytes")


main()
