'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Field, fieldAria } from '@/app/(workspace)/_ui/field.tsx'
import { WhenReady } from '@/app/(workspace)/_ui/when-ready.tsx'
import { type ReadFile, readFile, readText } from '@/lib/device/importing/read-file.ts'

/** A file of one's own, or rows that were copied. */
export function Source({
  onRead,
  refused,
}: {
  onRead: (read: ReadFile, fileName: string) => void
  refused: string | undefined
}) {
  const t = useTranslations()
  const [text, setText] = useState('')
  const [isReading, setReading] = useState(false)
  const read = async (file: File) => {
    setReading(true)
    onRead(await readFile(file), file.name)
    setReading(false)
  }
  const error = refused === undefined ? undefined : t(`importing.refused.${refused}`)
  return (
    <section className="sheet panel grid max-w-[46rem] grid-cols-[minmax(0,1fr)] gap-5">
      <WhenReady>
        <Field id="file" label={t('importing.file')} hint={t('importing.fileHint')} error={error}>
          <input
            type="file"
            className="input w-full min-w-0"
            accept=".xlsx,.csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            disabled={isReading}
            {...fieldAria({ id: 'file', hint: true, error })}
            onChange={event => {
              const file = event.currentTarget.files?.[0]
              if (file) void read(file)
            }}
          />
        </Field>
        <Field id="rows" label={t('importing.paste')} hint={t('draft.paste.hint')}>
          <textarea
            className="input code min-h-28 text-note"
            dir="auto"
            spellCheck={false}
            {...fieldAria({ id: 'rows', hint: true })}
            value={text}
            onChange={event => setText(event.currentTarget.value)}
          />
        </Field>
        <p>
          <button
            type="button"
            className="btn primary"
            disabled={text.trim() === ''}
            onClick={() => onRead(readText(text), '')}
          >
            {t('importing.read')}
          </button>
        </p>
      </WhenReady>
      <details>
        <summary className="min-h-tap content-center">{t('importing.example.title')}</summary>
        <p className="mb-2 text-note">{t('importing.example.text')}</p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <pre className="code overflow-x-auto text-note" dir="ltr" tabIndex={0}>
          {`Order;Recipient;Item;Lot;Expiry;Quantity;Unit
4711;Valley District Hospital;Surgical masks;M-1;2028-06;480;boxes
4711;;Gloves, nitrile, M;GL-77;2027-11;1200;pairs
4712;;Saline 0.9 %, 500 ml;;2027-02;96;bottles`}
        </pre>
      </details>
    </section>
  )
}
