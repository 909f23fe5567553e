import { formatReference } from '@/lib/core/custody/reference.ts'
import { logSummary } from '@/lib/data/log.ts'
import { env } from '@/lib/env.ts'
import { inGroups } from '@/lib/format/groups.ts'
import { qrPath } from '@/lib/format/qr.ts'
import { paths } from '@/lib/paths.ts'
import { Code } from './names.tsx'
import type { Reading } from './reading.ts'

/** What a sheet of paper needs that a screen has anyway: the address as a code, and which list it was printed from. */
export async function PrintFoot({ reading, sealedSize }: { reading: Reading; sealedSize: number }) {
  const { t, view } = reading
  const log = await logSummary()
  const checkpoint = log?.checkpoint.size === sealedSize ? log.checkpoint : undefined
  const fragment = log ? `#k=${log.fingerprint}` : ''
  const address = `${env().publicUrl}${paths.track(view.reference)}`
  const code = qrPath(`${env().publicUrl}/t/${view.reference}${fragment}`)
  return (
    <section className="only-print sheet panel grid-cols-[auto_1fr] items-center gap-4" aria-hidden="true">
      <svg
        viewBox={`0 0 ${code.size} ${code.size}`}
        width="128"
        height="128"
        shapeRendering="crispEdges"
        aria-hidden="true"
      >
        <path d={code.d} />
      </svg>
      <div className="min-w-0 text-note">
        <p className="font-semibold">{t('track.print.title')}</p>
        <p>{t('track.print.text')}</p>
        <p className="mt-1">
          <Code>{address}</Code>
        </p>
        <p>
          {t('track.about')} <Code>{formatReference(view.reference)}</Code>
        </p>
        {log && (
          <p>
            {t('track.print.key')} <Code>{inGroups(log.fingerprint, 4).join(' ')}</Code>
          </p>
        )}
        {checkpoint && (
          <p>
            {t('track.print.checkpoint', { size: checkpoint.size })} <Code>{checkpoint.rootHash}</Code>
          </p>
        )}
      </div>
    </section>
  )
}
