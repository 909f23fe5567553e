import { inGroups } from '@/lib/format/groups.ts'
import type { LabelText } from '@/lib/format/label-picture.ts'
import { MARK_PATHS } from '@/lib/format/marks.ts'
import { qrPath } from '@/lib/format/qr.ts'

/** One label as it is printed, black on white in every scheme: from → to, what, marks, code, log key, and the reference largest. */
export function OneLabel({ text, parcel }: { text: LabelText; parcel: string | undefined }) {
  const code = qrPath(text.address)
  return (
    <article className="label">
      <div className="label-words">
        <p>
          <span className="label-title">{text.fromTitle}</span> <bdi>{text.from}</bdi>
        </p>
        <p className="label-to">
          <span className="label-title">{text.toTitle}</span> <bdi>{text.to}</bdi>
        </p>
        <ul className="label-goods">
          {text.goods.map((line, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two lots of one item read the same
            <li key={place}>
              <bdi>{line}</bdi>
            </li>
          ))}
        </ul>
      </div>
      <svg
        className="label-code"
        viewBox={`0 0 ${code.size} ${code.size}`}
        shapeRendering="crispEdges"
        role="img"
        aria-label={text.address}
      >
        <path fill="#fff" d={`M0 0h${code.size}v${code.size}h-${code.size}z`} />
        <path fill="#000" d={code.d} />
      </svg>
      <div className="label-side">
        {text.marks.length > 0 && (
          <ul className="label-marks">
            {text.marks.map(({ mark, title }) => (
              <li key={mark}>
                <svg
                  viewBox="0 0 24 24"
                  fill="none"
                  stroke="#000"
                  strokeWidth="1.8"
                  strokeLinecap="round"
                  strokeLinejoin="round"
                  aria-hidden="true"
                >
                  <path d={MARK_PATHS[mark]} />
                </svg>
                {title}
              </li>
            ))}
          </ul>
        )}
        {parcel !== undefined && <p className="label-parcel">{parcel}</p>}
        {text.gs1 !== undefined && (
          <p className="label-gs1">
            <bdi dir="ltr">{text.gs1}</bdi>
          </p>
        )}
        <p className="label-key">
          <span className="label-title">{text.fingerprintTitle}</span>{' '}
          <bdi dir="ltr" className="code">
            {inGroups(text.fingerprint, 4).join(' ')}
          </bdi>
        </p>
      </div>
      <p className="label-reference">
        <bdi dir="ltr">{text.reference}</bdi>
      </p>
    </article>
  )
}
