import { pluralOf } from '../plural.ts'
import type { Voice } from '../show-report.ts'
import { whenOf } from '../when.ts'
import { escapeHtml, say } from '../words.ts'

/** The messages that a page brings for what is said beside the verdict. */
export const voiceHere = (): Voice => JSON.parse(document.getElementById('more-words')?.textContent ?? '{}') as Voice

type Values = Readonly<Record<string, string | number>>

/** A message, safe between tags. */
export const said = ({ words }: Voice, path: string, values?: Values) => escapeHtml(say(words, path, values))

/** A number of records in words. */
export function records({ locale, words }: Voice, count: number): string {
  return pluralOf({ message: say(words, 'memory.records'), locale, count })
}

/** A time of this device, as `lib/format` writes it on the rest of the page. */
export const when = ({ locale }: Voice, milliseconds: number) => whenOf({ locale, milliseconds, isTimed: true })

/** Sixteen characters as on paper. */
export const fingerprintMarkup = (text: string) =>
  `<bdi dir="ltr" class="code">${escapeHtml(text.replace(/(.{4})(?=.)/g, '$1 '))}</bdi>`

/** A link that saves `note` as a file, from this page's own memory. */
export function noteLink(args: { note: string; file: string; label: string }): string {
  const href = URL.createObjectURL(new Blob([args.note], { type: 'text/plain' }))
  return `<a class="btn" href="${href}" download="${escapeHtml(args.file)}">${args.label}</a>`
}
