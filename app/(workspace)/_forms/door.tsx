import type { ReactNode } from 'react'
import { PublicFrame } from '@/app/(public)/public-frame.tsx'

/** A page for who is not inside yet: one sheet, one thing to do. */
export function Door({ title, lead, children }: { title: ReactNode; lead?: ReactNode; children: ReactNode }) {
  return (
    <PublicFrame>
      <section className="sheet panel mx-auto grid w-full max-w-[36rem] gap-5">
        <div>
          <h1>{title}</h1>
          {lead && <p className="mt-2 text-ink-2">{lead}</p>}
        </div>
        {children}
      </section>
    </PublicFrame>
  )
}

/** A line under the form, of what else there is. */
export function Aside({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <div className="border-rule border-t pt-4 text-note">
      <h2 className="text-note">{title}</h2>
      <p className="text-ink-2">{children}</p>
    </div>
  )
}
