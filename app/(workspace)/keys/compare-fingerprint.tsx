import { useTranslations } from 'next-intl'
import { fingerprintOf } from '@/lib/core/custody/key-fingerprint.ts'

/** The twelve characters that two people read to each other, large. */
export function CompareFingerprint({ of }: { of: string }) {
  const t = useTranslations()
  return (
    <p className="grid justify-items-start gap-0.5">
      <span className="text-ink-2 text-note">{t('keys.fingerprint')}</span>
      <bdi dir="ltr" className="code whitespace-nowrap font-semibold text-2xl">
        {fingerprintOf(of)}
      </bdi>
    </p>
  )
}
