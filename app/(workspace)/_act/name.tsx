import { formatReference } from '@/lib/core/custody/reference.ts'
import type { NamedParty } from '@/lib/data/parties.ts'

/** A party's name, or its reference where nobody told this page the name. */
export function Name({
  parties,
  reference,
}: {
  parties: readonly Pick<NamedParty, 'reference' | 'name'>[]
  reference: string
}) {
  const name = parties.find(party => party.reference === reference)?.name
  if (name !== undefined && name !== reference) return <bdi>{name}</bdi>
  return (
    <bdi dir="ltr" className="code">
      {formatReference(reference)}
    </bdi>
  )
}

/** The same as plain text, for a button. */
export function nameOf(parties: readonly Pick<NamedParty, 'reference' | 'name'>[], reference: string): string {
  const name = parties.find(party => party.reference === reference)?.name
  return name !== undefined && name !== reference ? name : formatReference(reference)
}
