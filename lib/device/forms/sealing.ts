import { isSealable } from '../../core/custody/kinds.ts'

/** Texts as they are sealed for an act of `kind`: in NFC, without outer blanks; an empty one is not sealed, nor one that the kind has no place for. */
export function readTexts(kind: string, typed: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const texts = Object.entries(typed).map(([field, text]) => [field, text.normalize('NFC').trim()] as const)
  return Object.fromEntries(texts.filter(([field, text]) => text !== '' && isSealable(kind, field)))
}

/** Which of the usual texts an act of `kind` may seal, beside the place. */
export function textsOf(kind: string): readonly ('vehicle' | 'waybill' | 'remark')[] {
  return (['vehicle', 'waybill', 'remark'] as const).filter(field => isSealable(kind, field))
}

/** A position as the log shows it, to a tenth of a degree: about eleven kilometres, no door and no person. */
export function coarse(degrees: number): string {
  const text = degrees.toFixed(1)
  return text === '-0.0' ? '0.0' : text
}
