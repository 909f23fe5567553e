import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { create, type Font } from 'fontkit'

/** The scripts that Inter is cut into, the commonest first. */
export const SCRIPTS = ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'greek-ext', 'vietnamese'] as const
export type Script = (typeof SCRIPTS)[number]
export const WEIGHTS = [400, 600, 700] as const
export type Weight = (typeof WEIGHTS)[number]

// Read by its path at run time and left where it is: nothing to bundle.
const FOLDER = ['node_modules', '@fontsource', 'inter', 'files']

/** The bytes of one face of Inter, WOFF. */
export function faceBytes(script: Script, weight: Weight): Promise<Buffer> {
  return readFile(join(process.cwd(), ...FOLDER, `inter-${script}-${weight}-normal.woff`))
}

let coverage: Promise<readonly (readonly [Script, Font])[]> | undefined

/** What each script can write; read once a process. */
function faces(): Promise<readonly (readonly [Script, Font])[]> {
  coverage ??= Promise.all(SCRIPTS.map(async script => [script, create(await faceBytes(script, 400)) as Font] as const))
  return coverage
}

export type Run = { readonly script: Script; readonly text: string }

/** What splits texts into runs of one face each, and says what none of them can write. */
export interface Typesetter {
  /** One blank for every stretch of white space; a character without a face becomes a question mark. */
  readonly runsOf: (text: string) => readonly Run[]
  readonly canWrite: (text: string) => boolean
}

/** Reads the faces' coverage from disk on first use. */
export async function typesetter(): Promise<Typesetter> {
  const all = await faces()
  const scriptOf = (character: string, before: Script | undefined): Script | undefined => {
    const code = character.codePointAt(0) ?? 0
    const has = (script: Script) => all.find(([each]) => each === script)?.[1].hasGlyphForCodePoint(code) === true
    // Figures and marks stay with the word that they stand in.
    if (before && has(before)) return before
    return SCRIPTS.find(has)
  }
  return {
    canWrite: text => [...plain(text)].every(character => scriptOf(character, undefined) !== undefined),
    runsOf: text => {
      const runs: { script: Script; text: string }[] = []
      for (const character of plain(text)) {
        const last = runs.at(-1)
        const script = scriptOf(character, last?.script)
        const written = script === undefined ? '?' : character
        if (last && last.script === (script ?? last.script)) last.text += written
        else runs.push({ script: script ?? 'latin', text: written })
      }
      return runs
    },
  }
}

const plain = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ')
