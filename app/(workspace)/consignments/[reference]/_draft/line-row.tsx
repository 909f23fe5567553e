'use client'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, memo, useState } from 'react'
import {
  type DraftField,
  type DraftLine,
  type GoodsField,
  isBlankLine,
  unsignableIn,
} from '@/lib/core/custody/draft.ts'
import { UNITS } from '@/lib/core/custody/quantity.ts'
import type { NamedParty } from '@/lib/data/parties.ts'
import { inPacks } from '@/lib/device/forms/counts.ts'

/** A name that is no party's, as a choice beside the parties. */
const NAMED = 'named'
/** Longest text of a field that a draft stores. */
const MOST = { item: 1000, lot: 300, expiry: 100, quantity: 100, packSize: 100 } as const

type RowProps = {
  readonly place: number
  readonly line: DraftLine
  readonly parties: readonly NamedParty[]
  readonly onChange: (place: number, changes: Partial<DraftLine>) => void
  readonly onKey: (place: number, field: DraftField, event: KeyboardEvent<HTMLElement>) => void
  readonly onRemove: (place: number) => void
  readonly onDuplicate: (place: number) => void
}

/** One line of goods: its fields, what is missing or wrong with them, and its donor. A table row at a desk, a card on a phone. */
export const LineRow = memo(function LineRow(props: RowProps) {
  const { place, line, parties, onChange, onKey, onRemove, onDuplicate } = props
  const t = useTranslations()
  const wrong = isBlankLine(line) ? [] : unsignableIn(line)
  const missing = wrong.filter(({ field }) => line[field] === '')
  const mistaken = wrong.filter(({ field }) => line[field] !== '')
  const number = place + 1
  const cell = (field: DraftField) => ({
    'data-cell': `${place}/${field}`,
    'aria-label': t('draft.cell', { field: t(`draft.field.${field}`), line: number }),
    ...(mistaken.some(each => each.field === field) && {
      'aria-invalid': true as const,
      'aria-describedby': `line-${place}-wrong`,
    }),
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => onKey(place, field, event),
  })
  const text = (field: GoodsField & keyof typeof MOST, span: string, more: object = {}) => (
    <div className={`grid gap-0.5 ${span}`}>
      <Heading field={field} />
      <input
        className="input cell"
        autoComplete="off"
        maxLength={MOST[field]}
        value={line[field]}
        onChange={event => onChange(place, { [field]: event.currentTarget.value })}
        {...cell(field)}
        {...more}
      />
    </div>
  )
  const [isNaming, setNaming] = useState(false)
  const isNamed = line.donor === '' && (line.donorName !== '' || isNaming)
  const counts = { quantity: Number(line.quantity), packSize: Number(line.packSize) }
  const packs = wrong.length === 0 && line.packSize !== '' ? inPacks(counts) : undefined
  return (
    <li className="goods-row">
      <span className="goods-number" aria-hidden="true">
        {number}
      </span>
      {text('item', 'goods-item')}
      {text('lot', '')}
      {text('expiry', '', { placeholder: 'YYYY-MM' })}
      {text('quantity', '', { inputMode: 'numeric' })}
      <div className="grid gap-0.5">
        <Heading field="unit" />
        <select
          className="input cell"
          value={line.unit}
          onChange={event => onChange(place, { unit: event.currentTarget.value })}
          {...cell('unit')}
        >
          <option value="">—</option>
          {line.unit !== '' && !(UNITS as readonly string[]).includes(line.unit) && (
            <option value={line.unit}>{`“${line.unit}”`}</option>
          )}
          {UNITS.map(unit => (
            <option key={unit} value={unit}>
              {t(`draft.unit.${unit}`)}
            </option>
          ))}
        </select>
      </div>
      {text('packSize', '', { inputMode: 'numeric' })}
      <div className="grid gap-0.5">
        <Heading field="donor" />
        <select
          className="input cell"
          value={isNamed ? NAMED : line.donor}
          onChange={event => {
            const chosen = event.currentTarget.value
            setNaming(chosen === NAMED)
            onChange(place, chosen === NAMED ? { donor: '' } : { donor: chosen, donorName: '' })
          }}
          {...cell('donor')}
        >
          <option value="">{t('draft.donor.none')}</option>
          {parties.map(({ reference, name }) => (
            <option key={reference} value={reference}>
              {name}
            </option>
          ))}
          <option value={NAMED}>{t('draft.donor.named')}</option>
        </select>
      </div>
      <div className="goods-buttons">
        <IconButton
          label={t('draft.duplicate', { line: number })}
          path="M8 8h11v11H8zM5 16V5h11"
          onTap={() => onDuplicate(place)}
        />
        <IconButton
          label={t('draft.remove', { line: number })}
          path="M6 6l12 12M18 6 6 18"
          onTap={() => onRemove(place)}
        />
      </div>
      {isNamed && (
        <div className="goods-wide flex flex-wrap gap-2">
          <input
            className="input cell w-auto! min-w-0 flex-[1_1_12rem]"
            maxLength={1000}
            autoComplete="off"
            placeholder={t('draft.field.donorName')}
            value={line.donorName}
            onChange={event => onChange(place, { donorName: event.currentTarget.value })}
            {...cell('donorName')}
          />
          <select
            className="input cell w-auto! flex-[0_1_auto]"
            aria-label={t('draft.donor.shown')}
            value={line.donorNamed}
            onChange={event => {
              const donorNamed = event.currentTarget.value === 'public' ? 'public' : 'withheld'
              onChange(place, { donorNamed })
            }}
          >
            <option value="public">{t('draft.donor.public')}</option>
            <option value="withheld">{t('draft.donor.withheld')}</option>
          </select>
        </div>
      )}
      {packs && packs.packs > 0 && (
        <p className="goods-wide text-ink-2 text-note">
          {t(packs.rest === 0 ? 'draft.packs' : 'draft.packsAnd', { ...packs, size: counts.packSize })}
        </p>
      )}
      {missing.length > 0 && (
        <p className="goods-wide text-ink-2 text-note">
          {t('draft.missing', { fields: missing.map(({ field }) => t(`draft.field.${field}`)).join(', ') })}
        </p>
      )}
      {mistaken.length > 0 && (
        <ul id={`line-${place}-wrong`} className="goods-wide text-broken text-note">
          {mistaken.map(({ field, code }) => (
            <li key={field}>{t('draft.wrong', { field: t(`draft.field.${field}`), why: t(`refusals.${code}`) })}</li>
          ))}
        </ul>
      )}
    </li>
  )
})

function Heading({ field }: { field: DraftField }) {
  const t = useTranslations()
  return (
    <span className="goods-heading" aria-hidden="true">
      {t(`draft.field.${field}`)}
    </span>
  )
}

function IconButton({ label, path, onTap }: { label: string; path: string; onTap: () => void }) {
  return (
    <button type="button" className="btn quiet icon" aria-label={label} title={label} onClick={onTap}>
      <svg
        width="20"
        height="20"
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        aria-hidden="true"
      >
        <path d={path} strokeLinejoin="round" strokeLinecap="round" />
      </svg>
    </button>
  )
}
