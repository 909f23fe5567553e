'use client'

import { useTranslations } from 'next-intl'
import { useState, useSyncExternalStore } from 'react'

const never = () => () => {}

/** An address to hand to someone: as text, and at a tap on the clipboard where the browser has one to give. */
export function LinkShown({ link, label }: { link: string; label: string }) {
  const t = useTranslations()
  const [copied, setCopied] = useState<string>()
  const hasClipboard = useSyncExternalStore(
    never,
    () => 'clipboard' in navigator,
    () => false,
  )
  const copy = () => {
    navigator.clipboard.writeText(link).then(
      () => setCopied(link),
      // Not allowed to: the text is there to be selected.
      () => setCopied(undefined),
    )
  }
  return (
    <section className="notice grid w-full justify-items-start gap-3" role="status">
      <p className="font-semibold">{label}</p>
      <p className="w-full rounded-[8px] bg-sheet p-3">
        <bdi dir="ltr" className="code select-all">
          {link}
        </bdi>
      </p>
      <p className="text-note">{t('accountForm.linkOnce')}</p>
      {hasClipboard && (
        <button type="button" className="btn" onClick={copy}>
          {t(copied === link ? 'accountForm.copied' : 'accountForm.copy')}
        </button>
      )}
    </section>
  )
}
