import { parseArgs } from 'node:util'
import { LOCALES, type Locale } from '../lib/messages/locale.ts'

const WIDTHS = ['360', '768', '1280'] as const
const SCHEMES = ['light', 'dark'] as const

/** What is to be rendered, and how: in the order given. */
export type Looks = {
  readonly languages: readonly Locale[]
  readonly widths: readonly number[]
  readonly schemes: readonly (typeof SCHEMES)[number][]
  /** Words of the areas asked for; none: all of them. */
  readonly areas: readonly string[]
  readonly folder: string
  /** Only the README's own pictures. */
  readonly isReadme: boolean
}

/**
 * Reads a command line: words choose areas, `--languages=fr,ar --widths=360,768 --schemes=dark` choose looks, `--all` takes every look there is,
 * `--folder=…` says where to, `--readme` renders the README's pictures alone. Without choices: English and Arabic, 360 and 1280 px, light.
 * Throws on what it does not know.
 */
export function parseLooks(args: readonly string[]): Looks {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      all: { type: 'boolean', default: false },
      readme: { type: 'boolean', default: false },
      languages: { type: 'string' },
      widths: { type: 'string' },
      schemes: { type: 'string' },
      folder: { type: 'string', default: '.data/screenshots' },
    },
  })
  const few = <T extends string>(known: readonly T[], asked: string | undefined, usual: readonly T[]): readonly T[] => {
    if (asked === undefined) return values.all ? known : usual
    return asked.split(',').map(word => {
      const found = known.find(each => each === word)
      if (found === undefined) throw new Error(`${word} is none of ${known.join(', ')}`)
      return found
    })
  }
  return {
    languages: few(LOCALES, values.languages, ['en', 'ar']),
    widths: few(WIDTHS, values.widths, ['360', '1280']).map(Number),
    schemes: few(SCHEMES, values.schemes, ['light']),
    areas: positionals,
    folder: values.folder,
    isReadme: values.readme,
  }
}
