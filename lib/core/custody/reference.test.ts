import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { checkCharacter, deriveReference, formatReference, isReference, parseReference } from './reference.ts'
import { nonceOf } from './story.fixture.ts'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const ten = fc.array(fc.constantFrom(...ALPHABET), { minLength: 10, maxLength: 10 }).map(each => each.join(''))
const reference = ten.map(each => each + checkCharacter(each))

for (const [of, check] of [
  ['7K3Q9XMD2T', 'K'],
  ['0000000000', '0'],
  ['ZZZZZZZZZZ', '4'],
] as const) {
  test(`the check character of ${of} is ${check}, as the protocol says`, () => {
    expect(checkCharacter(of)).toBe(check)
    expect(isReference(of + check)).toBe(true)
  })
}

test('every single wrong character of a reference is found', () => {
  fc.assert(
    fc.property(reference, good => {
      for (let place = 0; place < 11; place++) {
        for (const character of ALPHABET) {
          const wrong = good.slice(0, place) + character + good.slice(place + 1)
          if (isReference(wrong) !== (wrong === good)) return false
        }
      }
      return true
    }),
  )
})

test('every swap of two characters of a reference, neighbours or not, is found', () => {
  fc.assert(
    fc.property(reference, good => {
      for (let i = 0; i < 11; i++) {
        for (let j = i + 1; j < 11; j++) {
          const swapped = [...good]
          swapped[i] = good[j] as string
          swapped[j] = good[i] as string
          if (isReference(swapped.join('')) !== (good[i] === good[j])) return false
        }
      }
      return true
    }),
  )
})

test('a reference is read in any case, with hyphens and blanks, O as 0, I and L as 1', () => {
  fc.assert(
    fc.property(reference, fc.array(fc.nat(3), { minLength: 11, maxLength: 11 }), (good, ways) => {
      const typed = [...good].map((character, place) => {
        const way = ways[place] ?? 0
        if (character === '0' && way > 1) return way === 2 ? 'o' : 'O'
        if (character === '1' && way > 0) return 'IlL'[way - 1] as string
        return (way % 2 ? character.toLowerCase() : character) + (way === 2 ? '-' : way === 3 ? ' ' : '')
      })
      const read = parseReference(typed.join(''))
      return read.ok && read.value === good
    }),
  )
})

test('a reference is shown in groups that read back to the same reference', () => {
  expect(formatReference('7K3Q9XMD2TK')).toBe('7K3Q-9XMD-2TK')
  fc.assert(fc.property(reference, good => isReference(good) && formatReference(good).replaceAll('-', '') === good))
})

for (const [what, typed, code] of [
  ['nothing', '', 'reference-malformed'],
  ['ten characters', '7K3Q9XMD2T', 'reference-malformed'],
  ['twelve characters', '7K3Q9XMD2TKK', 'reference-malformed'],
  ['a U, which the alphabet lacks', '7K3Q9XMD2TU', 'reference-malformed'],
  ['a Kelvin sign for a K', '7\u212a3Q9XMD2TK', 'reference-malformed'],
  ['a long s for an S', '000000000ſ0', 'reference-malformed'],
  ['full-width digits', '7K3Q９XMD2TK', 'reference-malformed'],
  ['a wrong check character', '7K3Q9XMD2TJ', 'reference-check'],
  ['two characters swapped', '7K3Q9XDM2TK', 'reference-check'],
] as const) {
  test(`a reference typed with ${what} is refused`, () => {
    expect(parseReference(typed)).toMatchObject({ ok: false, code })
  })
}

test('the signed spelling has no hyphen and no lower case', () => {
  for (const spelling of ['7K3Q-9XMD-2TK', '7k3q9xmd2tk', ' 7K3Q9XMD2TK', '7K3Q9XMD2TK\n'])
    expect(isReference(spelling)).toBe(false)
})

test('a reference follows from its kind, its author and the nonce, and from nothing else', () => {
  const nonce = nonceOf('some')
  const derived = deriveReference({ kind: 'consignment', author: '7K3Q9XMD2TK', nonce })
  expect(isReference(derived)).toBe(true)
  const others = [
    deriveReference({ kind: 'party', author: '7K3Q9XMD2TK', nonce }),
    deriveReference({ kind: 'consignment', author: '00000000000', nonce }),
    deriveReference({ kind: 'consignment', author: '7K3Q9XMD2TK', nonce: nonceOf('other') }),
  ]
  expect(new Set([derived, ...others]).size).toBe(4)
})
