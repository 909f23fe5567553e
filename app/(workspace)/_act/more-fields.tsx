'use client'
import { useId, useMemo, useState } from 'react'
import type { Place } from '@/lib/core/custody/event.ts'
import { coarse, readTexts, textsOf } from '@/lib/device/forms/sealing.ts'
import { countryNames } from '@/lib/format/countries.ts'
import { Field, fieldAria } from '../_ui/field.tsx'
import { useWords } from './use-words.ts'

/** What may be said beside the act: texts by sealed field, and where it happened. */
export interface More {
  readonly texts: Readonly<Record<string, string>>
  readonly country: string
  readonly lat?: string
  readonly lon?: string
}
export const NOTHING_MORE: More = { texts: {}, country: '' }

/** The parts of an act that come of it. */
export function readMore(kind: string, { texts, country, lat, lon }: More) {
  const values = readTexts(kind, texts)
  const place: Place | undefined =
    country === '' ? undefined : { country, ...(lat !== undefined && lon !== undefined && { lat, lon }) }
  return { ...(Object.keys(values).length > 0 && { values }), ...(place && { place }) }
}

/** Place, vehicle, waybill number and a remark, as far as the kind has room for them: folded, as most hand-offs need none. */
export function MoreFields({ kind, more, onType }: { kind: string; more: More; onType: (more: More) => void }) {
  const { t, locale } = useWords()
  const id = useId()
  const texts = textsOf(kind)
  const write = (field: string, text: string) => onType({ ...more, texts: { ...more.texts, [field]: text } })
  const text = (field: string, says: string, hint?: string) => (
    <Field key={field} id={`${id}-${field}`} label={says} hint={hint}>
      <input
        className="input"
        maxLength={500}
        autoComplete="off"
        {...fieldAria({ id: `${id}-${field}`, hint })}
        value={more.texts[field] ?? ''}
        onChange={event => write(field, event.currentTarget.value)}
      />
    </Field>
  )
  const [isOpen, setOpen] = useState(false)
  // Only once it is unfolded: server and browser need not agree on the names of countries.
  const names = useMemo(() => (isOpen ? countryNames(locale) : []), [isOpen, locale])
  return (
    <details className="sheet px-4 py-2" onToggle={event => setOpen(event.currentTarget.open)}>
      <summary className="min-h-tap content-center font-semibold">
        {texts.length > 1 ? t('act.extra.titleTransport') : t('act.extra.title')}
      </summary>
      <div className="grid gap-4 py-3">
        {text('place', t('act.extra.place'), t('act.extra.placeHint'))}
        <Field id={`${id}-country`} label={t('act.extra.country')} hint={t('act.extra.countryHint')}>
          <select
            className="input"
            {...fieldAria({ id: `${id}-country`, hint: true })}
            value={more.country}
            onChange={event => {
              const { lat: _lat, lon: _lon, ...others } = more
              onType({ ...others, country: event.currentTarget.value })
            }}
          >
            <option value="">{t('act.extra.noCountry')}</option>
            {names.length === 0 && more.country !== '' && <option value={more.country}>{more.country}</option>}
            {names.map(([code, name]) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        </Field>
        {more.country !== '' && <Position more={more} onType={onType} />}
        {texts.map(field => text(field, t(`act.extra.${field}`), t(`act.extra.${field}Hint`)))}
      </div>
    </details>
  )
}

/** Where this device says it is, to a tenth of a degree; asked only at a tap. */
function Position({ more, onType }: { more: More; onType: (more: More) => void }) {
  const { t } = useWords()
  const [isDenied, deny] = useState(false)
  if (more.lat !== undefined && more.lon !== undefined) {
    const { lat, lon, ...others } = more
    return (
      <p className="flex flex-wrap items-center gap-3">
        <bdi dir="ltr" className="code">
          {lat}, {lon}
        </bdi>
        <button type="button" className="btn" onClick={() => onType(others)}>
          {t('act.extra.noPosition')}
        </button>
      </p>
    )
  }
  const ask = () =>
    navigator.geolocation?.getCurrentPosition(
      ({ coords }) => onType({ ...more, lat: coarse(coords.latitude), lon: coarse(coords.longitude) }),
      () => deny(true),
      { maximumAge: 600_000, timeout: 20_000 },
    )
  return (
    <div className="grid justify-items-start gap-1">
      <button type="button" className="btn" onClick={() => (navigator.geolocation ? ask() : deny(true))}>
        {t('act.extra.position')}
      </button>
      <p className="text-ink-2 text-note" aria-live="polite">
        {isDenied ? t('act.extra.positionDenied') : t('act.extra.positionHint')}
      </p>
    </div>
  )
}
