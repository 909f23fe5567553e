'use client'

import { useTranslations } from 'next-intl'
import { Choice } from '../_ui/choice.tsx'
import { Field, fieldAria } from '../_ui/field.tsx'

export type PartyValues = {
  readonly name: string
  readonly type: 'organisation' | 'person'
  /** Whether anyone may see the name. */
  readonly named: 'public' | 'withheld'
}

/** What is asked of a party that is registered: its name, what it is, who sees the name. */
export function PartyFields(props: {
  values: PartyValues
  onChange: (values: PartyValues) => void
  error?: string | undefined
  /** A registered party stays what it is. */
  isTypeFixed?: boolean
}) {
  const { values, onChange, error, isTypeFixed = false } = props
  const t = useTranslations()
  const hint = t('parties.nameHint')
  return (
    <>
      <Field id="party-name" label={t('parties.nameLabel')} hint={hint} error={error}>
        <input
          {...fieldAria({ id: 'party-name', hint, error })}
          className="input"
          value={values.name}
          onChange={event => onChange({ ...values, name: event.target.value })}
          required
          maxLength={200}
          autoComplete="organization"
        />
      </Field>
      {!isTypeFixed && (
        <Choice
          name="party-type"
          legend={t('parties.typeLabel')}
          options={(['organisation', 'person'] as const).map(value => ({ value, label: t(`parties.types.${value}`) }))}
          value={values.type}
          onChoose={type => onChange({ ...values, type, named: type === 'person' ? 'withheld' : 'public' })}
        />
      )}
      <div className="grid gap-1.5">
        <Choice
          name="party-named"
          legend={t('parties.namedLabel')}
          options={(['public', 'withheld'] as const).map(value => ({ value, label: t(`parties.named.${value}`) }))}
          value={values.named}
          onChoose={named => onChange({ ...values, named })}
        />
        <p className="text-ink-2 text-note">{t('parties.namedHint')}</p>
      </div>
    </>
  )
}
