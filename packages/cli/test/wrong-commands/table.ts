// Wrong command lines by chapter. What follows `mapnet` is split at spaces; `cd FOLDER && ` runs it in another folder.
// The folders and files are those of `places.ts`.

export interface Chapter {
  readonly title: string;
  readonly commands: readonly string[];
}

const chapter = (title: string, lines: string): Chapter => ({ title, commands: lines.trim().split('\n') });

const tiny = '--target mlp --dataset glyphs --latent-dim 32';

export const chapters: readonly Chapter[] = [
  chapter(
    'Commands and flags',
    `
mapnet trian
mapnet frobnicate
mapnet train --epoch 3
mapnet train --frob
mapnet train extra
mapnet eval
mapnet eval run --split dev
mapnet predict run
mapnet report
mapnet resume
mapnet train --target
mapnet train --verbose --quiet
mapnet help trian
mapnet completion tcsh
`,
  ),
  chapter(
    'Flags with bad values',
    `
mapnet train ${tiny} --epochs many
mapnet train ${tiny} --epochs 0
mapnet train ${tiny} --epochs 1.5
mapnet train ${tiny} --epochs 1e9
mapnet train ${tiny} --batch-size -1
mapnet train ${tiny} --lr -1
mapnet train ${tiny} --lr NaN
mapnet train ${tiny} --lr 1e6
mapnet train ${tiny} --seed -1
mapnet train ${tiny} --seed 9007199254740992
mapnet train ${tiny} --seed -0
mapnet train ${tiny} --seeds 1
mapnet train ${tiny} --patience 0
mapnet train ${tiny} --time-limit soon
mapnet train ${tiny} --time-limit 0
mapnet train ${tiny} --checkpoint-every -5
mapnet train ${tiny} --keep 0
mapnet train ${tiny} --on-nan retry
mapnet train ${tiny} --strategy double
mapnet train ${tiny} --engine gpu
mapnet train ${tiny} --threads 0
mapnet train ${tiny} --threads 2 --engine wasm
mapnet train ${tiny} --latent-dim 9999999
mapnet train ${tiny} --projection hadamrd
mapnet train --target cnn3 --dataset glyphs --latent-dim 32
mapnet train --target mlp --dataset glyph --latent-dim 32
mapnet train --target mlp --dataset glyphs --parameterization mappin --latent-dim 32
mapnet predict run seven.png --top 0
mapnet predict run seven.png --limit 2.5
mapnet list tarjet
`,
  ),
  chapter(
    'What a training run needs',
    `
mapnet train
mapnet train --target cnn2 --latent-dim 9
mapnet train --target cnn2 --dataset glyphs
`,
  ),
  chapter(
    '--set',
    `
mapnet train ${tiny} --set target
mapnet train ${tiny} --set =3
mapnet train ${tiny} --set epocs=3
mapnet train ${tiny} --set epochs=none
mapnet train ${tiny} --set epochs.first=3
mapnet train ${tiny} --epochs 3 --set epochs.first=1
mapnet train ${tiny} --set target.hiden=[3]
mapnet train ${tiny} --set target.hidden=3
mapnet train ${tiny} --set target.hidden=[3,-1]
mapnet train ${tiny} --set optimizer.beta1=1
mapnet train ${tiny} --set optimizer=adan
mapnet train ${tiny} --set loss.labelSmoothing=1
mapnet train ${tiny} --set dataset.augment.shift=20
mapnet train ${tiny} --set parameterization.activation=tahn
mapnet train ${tiny} --set latentDim=3
mapnet train ${tiny} --set __proto__.epochs=3
`,
  ),
  chapter(
    'Config files',
    `
mapnet train --config none.json
mapnet train --config broken.json
mapnet train --config list.json
mapnet train --config null.json
mapnet train --config empty.json
mapnet train --config nothing.mjs
mapnet train --config throws.mjs
mapnet train --config plugins.mjs
mapnet train --config not-called.mjs
mapnet train --config both.json
mapnet train --config unknown-key.json
mapnet train --config range.json
mapnet train --config nested.json
mapnet train --config folder
cd two-configs && mapnet train
mapnet list --config broken.json
`,
  ),
  chapter(
    'Where a run is written',
    `
mapnet train ${tiny} --out run
mapnet train ${tiny} --out cut
mapnet train ${tiny} --out folder
mapnet train ${tiny} --out notes.txt
mapnet train ${tiny} --force --out notes.txt/run
cd with-config && mapnet init
`,
  ),
  chapter(
    'Wrong folders and damaged runs',
    `
mapnet info nowhere
mapnet info notes.txt
mapnet info folder
mapnet info strange
mapnet info foreign
mapnet info newer
mapnet info truncated
mapnet info altered
mapnet eval nowhere
mapnet eval nameless
mapnet eval cut
mapnet eval bundle --checkpoint latest
mapnet eval several/seed-1 --split dev
mapnet eval run --dataset glyph
mapnet eval run --engine gpu
mapnet resume nowhere
mapnet resume folder
mapnet resume bundle
mapnet resume spoiled
mapnet report nowhere
mapnet report folder
mapnet report run nowhere
mapnet report run --out missing/page.html
mapnet info several
mapnet eval several
`,
  ),
  chapter(
    'Exports',
    `
mapnet export
mapnet export run
mapnet export nowhere --to latent
mapnet export run --to latnet
mapnet export run --to {"use":
mapnet export run --to {"use":"latent","tolerence":{}}
mapnet export run --to latent --out folder
mapnet export run --to latent --out notes.txt
mapnet export run --to latent --prune 90
mapnet export run --to latent --prune 0.9 --prune-scope network
mapnet export run --to latent --low-rank 0
mapnet export run --to latent --quantize int2
mapnet export run --to latent --latent int2
mapnet export run --to latent --precision int8
mapnet export run --to onnx --precision double
mapnet export run --to latent --fine-tune 1
mapnet export run --to latent --prune 0.9 --fine-tune 0
mapnet export run --to latent --prune 0.9 --pass prune
mapnet export run --to latent --pass prunne
mapnet export run --to latent --pass [
mapnet export run --to latent --pass {"use":"prune","structure":"4:2"}
mapnet export run --to latent --examples 0
mapnet export run --to latent --checkpoint first
mapnet export nameless --to latent
mapnet export cut --to latent
`,
  ),
  chapter(
    'Sensitivity',
    `
mapnet sensitivity
mapnet sensitivity nowhere
mapnet sensitivity cut
mapnet sensitivity run --sparsities 50
mapnet sensitivity run --sparsities 0.5;0.9
mapnet sensitivity run --scope network
mapnet sensitivity run --out notes.txt
mapnet sensitivity run --out missing/chart.svg
mapnet sensitivity run --out folder
mapnet sensitivity run --checkpoint first
`,
  ),
  chapter(
    'Pictures',
    `
mapnet predict nowhere seven.png
mapnet predict run nothing.png
mapnet predict run notes.txt
mapnet predict run folder
mapnet predict run large.png
mapnet predict run labels-idx1-ubyte
mapnet predict nameless seven.png
mapnet predict flat seven.png
`,
  ),
];
