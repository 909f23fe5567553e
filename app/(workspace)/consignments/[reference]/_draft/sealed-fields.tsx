'use client'
import { useLocale, useTranslations } from 'next-intl'
import { useId, useMemo, useState } from 'react'
import { Field, fieldAria } from '@/app/(workspace)/_ui/field.tsx'
import type { DraftContent } from '@/lib/core/custody/draft.ts'
import { coarse } from '@/lib/device/forms/sealing.ts'
import { countryNames } from '@/lib/format/countries.ts'

const TEXTS = ['order', 'waybill', 'remark'] as const

/** Where it was packed, its numbers and a remark: folded, and sealed when it is signed. */
export function SealedFields({
  content,
  onContent,
}: {
  content: DraftContent
  onContent: (content: DraftContent) => void
}) {
  const t = useTranslations()
  const locale = useLocale()
  const id = useId()
  const { place } = content
  const [isOpen, setOpen] = useState(false)
  // Only once it is unfolded: server and browser need not agree on the names of countries.
  const countries = useMemo(() => (isOpen ? countryNames(locale) : []), [isOpen, locale])
  const put = (changes: Partial<DraftContent['place']>) => onContent({ ...content, place: { ...place, ...changes } })
  return (
    <details className="sheet px-4 py-2" onToggle={event => setOpen(event.currentTarget.open)}>
      <summary className="min-h-tap content-center font-semibold">{t('draft.more.title')}</summary>
      <div className="grid gap-4 py-3 min-[54rem]:grid-cols-2">
        {TEXTS.map(field => (
          <Field key={field} id={`${id}-${field}`} label={t(`draft.more.${field}`)} hint={t(`draft.more.${field}Hint`)}>
            <input
              className="input"
              maxLength={500}
              autoComplete="off"
              {...fieldAria({ id: `${id}-${field}`, hint: true })}
              value={content[field]}
              onChange={event => onContent({ ...content, [field]: event.currentTarget.value })}
            />
          </Field>
        ))}
        <Field id={`${id}-place`} label={t('draft.more.place')} hint={t('draft.more.placeHint')}>
          <input
            className="input"
            maxLength={500}
            autoComplete="off"
            {...fieldAria({ id: `${id}-place`, hint: true })}
            value={place.name}
            onChange={event => put({ name: event.currentTarget.value })}
          />
        </Field>
        <Field id={`${id}-country`} label={t('draft.more.country')} hint={t('draft.more.countryHint')}>
          <select
            className="input"
            {...fieldAria({ id: `${id}-country`, hint: true })}
            value={place.country}
            onChange={event => {
              const country = event.currentTarget.value
              put(country === '' ? { country, lat: '', lon: '' } : { country })
            }}
          >
            <option value="">{t('draft.more.noCountry')}</option>
            {countries.length === 0 && place.country !== '' && <option value={place.country}>{place.country}</option>}
            {countries.map(([code, name]) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        </Field>
        {place.country !== '' && <Position place={place} onPlace={put} />}
      </div>
    </details>
  )
}

/** Where this device says it is, to a tenth of a degree; asked only at a tap. */
function Position({
  place,
  onPlace,
}: {
  place: DraftContent['place']
  onPlace: (changes: Partial<DraftContent['place']>) => void
}) {
  const t = useTranslations()
  const [isDenied, deny] = useState(false)
  if (place.lat !== '' && place.lon !== '') {
    return (
      <p className="flex flex-wrap items-center gap-3">
        <bdi dir="ltr" className="code">
          {place.lat}, {place.lon}
        </bdi>
        <button type="button" className="btn" onClick={() => onPlace({ lat: '', lon: '' })}>
          {t('draft.more.noPosition')}
        </button>
      </p>
    )
  }
  const ask = () =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => onPlace({ lat: coarse(coords.latitude), lon: coarse(coords.longitude) }),
      () => deny(true),
      { maximumAge: 600_000, timeout: 20_000 },
    )
  return (
    <div className="grid justify-items-start gap-1">
      <button type="button" className="btn" onClick={() => (navigator.geolocation ? ask() : deny(true))}>
        {t('draft.more.position')}
      </button>
      <p className="text-ink-2 text-note" aria-live="polite">
        {isDenied ? t('draft.more.positionDenied') : t('draft.more.positionHint')}
      </p>
    </div>
  )
}
