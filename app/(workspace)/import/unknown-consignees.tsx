'use client'
import { useTranslations } from 'next-intl'
import type { NamedParty } from '@/lib/data/parties.ts'
import type { Choices, Plan } from '@/lib/device/importing/plan.ts'

const MOST_SHOWN = 40

/** Names that are no party's of this log: said once, chosen once, whatever the number of their rows. */
export function UnknownConsignees({
  plan,
  choices,
  parties,
  onChoose,
}: {
  plan: Plan
  choices: Choices
  parties: readonly NamedParty[]
  onChoose: (changed: Partial<Choices>) => void
}) {
  const t = useTranslations()
  const { consignees } = choices
  const open = new Map(plan.unknown)
  const names = [...new Set([...open.keys(), ...Object.keys(consignees)])]
  if (names.length === 0) return null
  const set = (changed: Readonly<Record<string, string>>) => onChoose({ consignees: { ...consignees, ...changed } })
  return (
    <section className="sheet panel grid grid-cols-[minmax(0,1fr)] gap-3" aria-labelledby="consignees">
      <h2 id="consignees">{t('importing.consignees.title')}</h2>
      <p className="max-w-[70ch] text-note">{t('importing.consignees.text')}</p>
      {open.size > 0 && (
        <p>
          <button
            type="button"
            className="btn"
            onClick={() => set(Object.fromEntries([...open.keys()].map(name => [name, ''])))}
          >
            {t('importing.consignees.allOpen', { count: open.size })}
          </button>
        </p>
      )}
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-2">
        {names.slice(0, MOST_SHOWN).map(name => (
          <li
            key={name}
            className="grid grid-cols-[minmax(0,1fr)] items-center gap-x-4 gap-y-1 min-[40rem]:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]"
          >
            <bdi className={open.has(name) ? 'font-semibold text-open' : ''}>{name}</bdi>
            <select
              className="input"
              aria-label={t('importing.consignees.who', { name })}
              value={consignees[name] ?? '?'}
              onChange={event => set({ [name]: event.currentTarget.value })}
            >
              <option value="?" disabled>
                {t('importing.consignees.choose')}
              </option>
              <option value="">{t('importing.consignees.open')}</option>
              {parties.map(party => (
                <option key={party.reference} value={party.reference}>
                  {party.name}
                </option>
              ))}
            </select>
          </li>
        ))}
      </ul>
      {names.length > MOST_SHOWN && (
        <p className="text-note">{t('importing.more', { count: names.length - MOST_SHOWN })}</p>
      )}
    </section>
  )
}
