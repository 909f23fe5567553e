'use client'
import { useId } from 'react'
import type { ActProps } from '@/app/(workspace)/_act/act-props.ts'
import { SignFoot } from '@/app/(workspace)/_act/sign-foot.tsx'
import { Since } from '@/app/(workspace)/_act/since.tsx'
import { useTyped } from '@/app/(workspace)/_act/use-typed.ts'
import { useWords } from '@/app/(workspace)/_act/use-words.ts'
import { Field } from '@/app/(workspace)/_ui/field.tsx'
import type { ConsignmentEvent } from '@/lib/core/custody/event.ts'
import { formatLocalTime } from '@/lib/core/custody/local-time.ts'
import type { Entry } from '@/lib/core/custody/state.ts'
import { readCorrection, replaceableFields, replaceableLines } from '@/lib/device/forms/correcting.ts'
import { readTexts } from '@/lib/device/forms/sealing.ts'

type Texts = Readonly<Record<string, string>>
type Values = { readonly texts: Texts; readonly lots: Texts; readonly expiries: Texts; readonly at: string }

/** Replaces what a record of one's own shows: texts, lot, use-by date, time. Old and new stay readable; numbers and parties are not corrected here. */
export function CorrectForm({
  props,
  entry,
  shown,
}: {
  props: ActProps
  entry: Entry<ConsignmentEvent>
  /** Sealed texts as they stand. */
  shown: Texts
}) {
  const { reference, state, head } = props
  const { acting, actingHash } = entry
  const { t } = useWords()
  const id = useId()
  const { typed, seen, type, forget, restart } = useTyped<Values>(props, {
    kind: 'correct',
    of: actingHash,
    initial: { texts: {}, lots: {}, expiries: {}, at: '' },
  })
  const { texts, lots, expiries, at } = typed
  const lines = replaceableLines(state, acting)
  const changed = Object.entries(texts).filter(([field, text]) => text.trim() !== (shown[field] ?? ''))
  const values = readTexts('correct', Object.fromEntries(changed))
  // The device's own offset, as for everything it signs.
  const time = at === '' ? undefined : formatLocalTime(new Date(at).getTime())
  const fixed = readCorrection(lines, { lots, expiries, ...(time !== undefined && { at: time }) })
  const input = (props: {
    name: string
    label: string
    value: string
    type?: string
    onType: (text: string) => void
  }) => (
    <Field key={props.name} id={`${id}-${props.name}`} label={props.label}>
      <input
        id={`${id}-${props.name}`}
        className="input"
        type={props.type ?? 'text'}
        maxLength={500}
        autoComplete="off"
        value={props.value}
        onChange={event => props.onType(event.currentTarget.value)}
      />
    </Field>
  )
  return (
    <>
      <Since props={props} seen={seen} onRestart={restart} />
      <p>{t('act.correct.means')}</p>
      <section className="sheet grid gap-4 p-4">
        {replaceableFields(acting).map(field => {
          const [name = field, line] = field.split('/')
          return input({
            name: field,
            label: [t(`act.field.${name}`), ...(line === undefined ? [] : [t('act.lineNumber', { line })])].join(' · '),
            value: texts[field] ?? shown[field] ?? '',
            onType: text => type({ texts: { ...texts, [field]: text } }),
          })
        })}
        {input({
          name: 'at',
          label: t('act.correct.at'),
          type: 'datetime-local',
          value: at,
          onType: next => type({ at: next }),
        })}
      </section>
      {lines.map(line => (
        <section key={line.id} className="sheet grid gap-4 p-4">
          <h2>
            <bdi>{line.item}</bdi>
          </h2>
          {input({
            name: `lot-${line.id}`,
            label: t('act.correct.lot'),
            value: lots[line.id] ?? line.lot ?? '',
            onType: text => type({ lots: { ...lots, [line.id]: text } }),
          })}
          {input({
            name: `expiry-${line.id}`,
            label: t('act.correct.expiry'),
            value: expiries[line.id] ?? line.expiry ?? '',
            onType: text => type({ expiries: { ...expiries, [line.id]: text } }),
          })}
        </section>
      ))}
      <SignFoot
        props={props}
        label={t('act.correct.sign')}
        act={{
          about: 'consignment',
          id: reference,
          kind: 'correct',
          body: { event: actingHash, ...fixed },
          after: head,
          ...(Object.keys(values).length > 0 && { values }),
        }}
        onSent={({ outcome }) => (outcome === 'recorded' || outcome === 'kept') && forget()}
      />
    </>
  )
}
