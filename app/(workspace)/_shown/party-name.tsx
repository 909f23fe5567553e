import { getTranslations } from 'next-intl/server'
import { formatReference } from '@/lib/core/custody/reference.ts'
import type { PartyView } from '@/lib/core/custody/views.ts'

type Words = Awaited<ReturnType<typeof getTranslations>>

/** A party's name, or that it is withheld, with the reference that stays. */
export async function PartyName({ party }: { party: PartyView }) {
  return <PartySaid party={party} t={await getTranslations()} />
}

/** The same for lists, which have the words at hand: nothing is waited for in each row. */
export function PartySaid({ party: { reference, name }, t }: { party: PartyView; t: Words }) {
  if ('value' in name) return <bdi>{name.value}</bdi>
  return (
    <span>
      {t(`party.${name.absent}`)}{' '}
      <bdi dir="ltr" className="code">
        {formatReference(reference)}
      </bdi>
    </span>
  )
}
