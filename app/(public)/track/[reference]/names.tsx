import type { ReactNode } from 'react'
import { formatReference } from '@/lib/core/custody/reference.ts'
import type { Shown } from '@/lib/core/custody/views.ts'
import { tagOf } from '@/lib/format/number.ts'
import type { Reading, Translate } from './reading.ts'

/** References, hashes and codes read from left to right in every language. */
export function Code({ children }: { children: string }) {
  return (
    <bdi dir="ltr" className="code">
      {children}
    </bdi>
  )
}

/** A sealed value: shown, withheld by its signer, or removed. */
export function ShownText({ t, shown }: { t: Translate; shown: Shown }) {
  if ('value' in shown) return <bdi>{shown.value}</bdi>
  return <span className="text-ink-2">({t(`field.${shown.absent}`)})</span>
}

/** A party's name, or that it is withheld, with the reference that stays. */
export function Party({ reading, reference }: { reading: Reading; reference: string }) {
  const { name } = reading.party(reference)
  if ('value' in name) return <bdi>{name.value}</bdi>
  return (
    <span>
      {reading.t(`party.${name.absent}`)} (<Code>{formatReference(reference)}</Code>)
    </span>
  )
}

/** Names as the tags of a message: `<giver></giver>` becomes the party of that name. */
export function namesIn(reading: Reading, references: Readonly<Record<string, string | undefined>>) {
  const tags: Record<string, () => ReactNode> = {}
  for (const [tag, reference] of Object.entries(references)) {
    tags[tag] = () => (reference === undefined ? '…' : <Party key={tag} reading={reading} reference={reference} />)
  }
  return tags
}

/** Parties in a row: A, B and C. */
export function PartyList({ reading, references }: { reading: Reading; references: readonly string[] }) {
  const parts = new Intl.ListFormat(tagOf(reading.locale), { type: 'conjunction' }).formatToParts(references)
  return parts.map((part, place) =>
    part.type === 'element' ? (
      <Party key={part.value} reading={reading} reference={part.value} />
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: separators have no name and never move
      <span key={place}>{part.value}</span>
    ),
  )
}
