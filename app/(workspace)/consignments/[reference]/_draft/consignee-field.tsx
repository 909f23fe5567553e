'use client'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { Field, fieldAria } from '@/app/(workspace)/_ui/field.tsx'
import { formatReference, parseReference } from '@/lib/core/custody/reference.ts'
import type { NamedParty } from '@/lib/data/parties.ts'

// Not trimmed: the blank after the first word of a longer name is on its way to the second.
const plain = (text: string) => text.toLocaleLowerCase()

/** The party that typed text means: its reference in any spelling, its name, or both as the list offers them. */
export function partyMeant(typed: string, parties: readonly NamedParty[]): NamedParty | undefined {
  const reference = parseReference(typed)
  if (reference.ok) return parties.find(party => party.reference === reference.value)
  const named = parties.filter(party => plain(party.name) === plain(typed))
  return named.length === 1 ? named[0] : parties.find(party => plain(labelOf(party, parties)) === plain(typed))
}

/** A name, and the reference where two parties share it or the party has none. */
function labelOf({ name, reference }: NamedParty, parties: readonly NamedParty[]): string {
  if (name === reference) return formatReference(reference)
  const isShared = parties.filter(party => plain(party.name) === plain(name)).length > 1
  return isShared ? `${name} · ${formatReference(reference)}` : name
}

/** For whom: a party of the log by name or reference, or nobody yet. */
export function ConsigneeField({
  value,
  parties,
  onChange,
}: {
  /** A reference, or what was typed so far. */
  value: string
  parties: readonly NamedParty[]
  onChange: (value: string) => void
}) {
  const t = useTranslations()
  const id = useId()
  const chosen = parties.find(party => party.reference === value)
  const isUnknown = value !== '' && !chosen
  const error = isUnknown ? t('draft.consignee.unknown') : undefined
  const hint = chosen ? (
    <bdi dir="ltr" className="code">
      {formatReference(chosen.reference)}
    </bdi>
  ) : (
    t('draft.consignee.open')
  )
  return (
    <Field id={id} label={t('draft.consignee.label')} hint={hint} error={error}>
      <input
        className="input"
        list={`${id}-parties`}
        autoComplete="off"
        maxLength={300}
        placeholder={t('draft.consignee.placeholder')}
        {...fieldAria({ id, hint, error })}
        value={chosen ? labelOf(chosen, parties) : value}
        onChange={event => {
          const typed = event.currentTarget.value
          onChange(partyMeant(typed, parties)?.reference ?? typed)
        }}
      />
      <datalist id={`${id}-parties`}>
        {parties.map(party => (
          <option key={party.reference} value={labelOf(party, parties)} />
        ))}
      </datalist>
    </Field>
  )
}
