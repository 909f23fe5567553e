import type { ReactNode } from 'react'
import { formatReference } from '@/lib/core/custody/reference.ts'
import { paths } from '@/lib/paths.ts'
import { PageHead } from '../_ui/page-head.tsx'

type Props = {
  readonly reference: string
  readonly as: string | undefined
  readonly title: ReactNode
  readonly lead?: ReactNode
  readonly children?: ReactNode
}

/** The head of every page that hangs below a consignment's: its reference leads back. */
export function ConsignmentHead({ reference, as, title, lead, children }: Props) {
  const label = (
    <bdi dir="ltr" className="code">
      {formatReference(reference)}
    </bdi>
  )
  return (
    <PageHead back={{ href: paths.consignment(reference, as), label }} title={title} lead={lead}>
      {children}
    </PageHead>
  )
}
