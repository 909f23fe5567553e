import { isReference } from './reference.ts'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 11

/**
 * What a mistyped reference may have been meant as: every well-spelled reference that is one slip away: one character wrong, two neighbours
 * swapped, one missing, one too many. The check character finds a slip and cannot say where it is, so these are guesses, some dozens; a guess
 * is worth showing only where the log knows it. Nothing for a text that is too far from any reference, or is one.
 */
export function nearReferences(typed: string): readonly string[] {
  const text = typed.toUpperCase().replace(/[-\s]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  if (Math.abs(text.length - LENGTH) > 1 || isReference(text)) return []
  const near = new Set<string>()
  const consider = (guess: string) => {
    if (guess.length === LENGTH && isReference(guess)) near.add(guess)
  }
  for (let place = 0; place <= text.length; place++) {
    const [before, rest] = [text.slice(0, place), text.slice(place)]
    consider(before + rest.slice(1))
    consider(before + rest.slice(1, 2) + rest.slice(0, 1) + rest.slice(2))
    for (const character of ALPHABET) {
      consider(before + character + rest)
      consider(before + character + rest.slice(1))
    }
  }
  return [...near]
}

/** Groups (from 1) of `7K3Q-9XMD-2TK` in which what was typed differs from a reference of the same length; none where the lengths differ. */
export function wrongGroups({ typed, reference }: { typed: string; reference: string }): readonly number[] {
  const text = typed.toUpperCase().replace(/[-\s]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  if (text.length !== reference.length) return []
  const places = [...reference].flatMap((character, place) => (character === text[place] ? [] : [place]))
  return [...new Set(places.map(place => Math.floor(place / 4) + 1))]
}
