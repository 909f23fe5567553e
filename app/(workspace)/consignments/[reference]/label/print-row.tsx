import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { env } from '@/lib/env.ts'
import { canWrite, type PrintedLabel, wordsOn } from '@/lib/papers/label-pdf.ts'
import { PrintButton } from './print-button.tsx'

/** How the labels come on paper: from the browser, or as a PDF wherever its faces have every letter. `pdf`: addresses of the files, one or several. */
export async function PrintRow({
  labels,
  pdf,
  children,
}: {
  labels: readonly PrintedLabel[]
  pdf: readonly string[]
  children?: ReactNode
}) {
  const t = await getTranslations()
  const isWritable = await canWrite([...new Set(labels.flatMap(wordsOn))])
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(new URL(env().publicUrl).hostname)
  return (
    <>
      {isLocal && (
        <p className="notice">
          {t.rich('label.local', {
            address: () => (
              <bdi key="address" dir="ltr" className="code">
                {env().publicUrl}
              </bdi>
            ),
          })}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <PrintButton label={t('label.print')} />
        {isWritable &&
          pdf.map((href, place) => (
            <a key={href} className="btn" href={href}>
              {pdf.length === 1 ? t('label.pdf') : t('label.pdfPart', { part: place + 1, parts: pdf.length })}
            </a>
          ))}
        {children}
      </div>
      {!isWritable && <p className="notice">{t('label.pdfNot')}</p>}
      <p className="text-ink-2 text-note">{t('label.printHint')}</p>
    </>
  )
}
