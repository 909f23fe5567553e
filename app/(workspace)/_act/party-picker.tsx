'use client'
import { useId, useState } from 'react'
import type { ConsignmentState } from '@/lib/core/custody/state.ts'
import type { NamedParty } from '@/lib/data/parties.ts'
import { Name } from './name.tsx'
import { useWords } from './use-words.ts'

const SHOWN = 8

/** One party of the log: first those this consignment knows, then whoever fits what is typed. A suspended one is shown and cannot be chosen. */
export function PartyPicker({
  legend,
  parties,
  state,
  except,
  value,
  onChoose,
}: {
  legend: string
  parties: readonly NamedParty[]
  state: ConsignmentState
  except: readonly string[]
  value: string | undefined
  onChoose: (reference: string) => void
}) {
  const { t } = useWords()
  const id = useId()
  const [search, setSearch] = useState('')
  // Who is known by a reference alone is looked for, not stumbled upon.
  const rank = ({ reference, name }: NamedParty) =>
    reference === state.consignee ? 0 : state.standing.has(reference) ? 1 : name === reference ? 3 : 2
  const choosable = parties
    .filter(party => !except.includes(party.reference))
    .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
  const wanted = search.trim().toLowerCase()
  const isWanted = ({ name, reference }: NamedParty) =>
    name.toLowerCase().includes(wanted) || reference.toLowerCase().includes(wanted.replaceAll('-', ''))
  const found = wanted === '' ? choosable : choosable.filter(isWanted)
  const shown = found.slice(0, SHOWN)
  const chosen = choosable.find(party => party.reference === value)
  const listed = chosen && !shown.includes(chosen) ? [chosen, ...shown] : shown
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="mb-1.5 font-semibold">{legend}</legend>
      {choosable.length > SHOWN && (
        <input
          type="search"
          className="input"
          aria-label={t('act.party.search')}
          placeholder={t('act.party.search')}
          value={search}
          onChange={event => setSearch(event.currentTarget.value)}
        />
      )}
      <div className="sheet divide-y divide-rule overflow-hidden empty:hidden">
        {listed.map(party => (
          <label key={party.reference} className="party-option">
            <input
              type="radio"
              name={id}
              value={party.reference}
              checked={party.reference === value}
              disabled={party.isSuspended}
              onChange={() => onChoose(party.reference)}
            />
            <span className="min-w-0">
              <Name parties={parties} reference={party.reference} />
              {party.reference === state.consignee && (
                <span className="block text-ink-2 text-note">{t('act.party.consignee')}</span>
              )}
              {party.isSuspended && <span className="block text-note text-open">{t('act.party.suspended')}</span>}
            </span>
          </label>
        ))}
      </div>
      <p role="status" className="text-ink-2 text-note empty:hidden">
        {listed.length === 0 && t('act.party.none')}
        {found.length > SHOWN && t('act.party.more', { count: found.length - SHOWN })}
      </p>
    </fieldset>
  )
}
