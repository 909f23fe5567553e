import { inGroups } from '@/lib/format/groups.ts'
import { qrPath } from '@/lib/format/qr.ts'
import type { WaybillText } from '@/lib/papers/waybill-pdf.ts'

/** The ticket on paper: what the giver signed for, room for what is counted at the other end and for every hand, and what pins the log's history. */
export function Ticket({ text }: { text: WaybillText }) {
  const code = qrPath(text.address)
  return (
    <section className="sheet panel grid grid-cols-[minmax(0,1fr)] gap-4">
      <div className="flex flex-wrap items-start justify-between gap-4 print:flex-nowrap">
        <div>
          <p className="text-ink-2 text-note">{text.referenceTitle}</p>
          <p className="whitespace-nowrap font-semibold text-[1.6rem] print:text-[24pt]">
            <bdi dir="ltr" className="code">
              {text.reference}
            </bdi>
          </p>
          <p className="text-ink-2 text-note">
            {text.fingerprintTitle}{' '}
            <bdi dir="ltr" className="code">
              {inGroups(text.fingerprint, 4).join(' ')}
            </bdi>
          </p>
        </div>
        <svg
          className="waybill-code"
          viewBox={`0 0 ${code.size} ${code.size}`}
          shapeRendering="crispEdges"
          role="img"
          aria-label={text.address}
        >
          <path fill="#fff" d={`M0 0h${code.size}v${code.size}h-${code.size}z`} />
          <path fill="#000" d={code.d} />
        </svg>
      </div>
      <Goods text={text} />
      <dl className="facts grid-cols-1 empty:hidden min-[30rem]:grid-cols-2">
        {text.facts.map(({ title, value }) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <div className="waybill-stubs">
        {text.stubs.map(({ title, name, note, fields }) => (
          <div key={title} className="stub grid content-start gap-1">
            <small>{title}</small>
            <p className="font-semibold">
              <bdi>{name}</bdi>
            </p>
            <p className="text-note">{note}</p>
            {/* Room for a hand; the log takes no signature from paper, people do. */}
            <div className="hidden gap-1 pt-2 min-[54rem]:grid print:grid">
              {fields.map(field => (
                <p key={field} className="line-to-sign text-ink-2 text-note">
                  {field}
                </p>
              ))}
            </div>
          </div>
        ))}
      </div>
      <p className="text-ink-2 text-note">{text.paper}</p>
      <div>
        <p className="text-ink-2 text-note">{text.checkpointTitle}</p>
        <p className="font-semibold text-lg">
          <bdi dir="ltr" className="code">
            {text.checkpoint}
          </bdi>
        </p>
        <p className="break-words text-ink-2 text-note">{text.checkpointText}</p>
      </div>
    </section>
  )
}

function Goods({ text: { columns, lines } }: { text: WaybillText }) {
  const [item, quantity, ...byHand] = columns
  const paper = 'number hidden min-[54rem]:table-cell print:table-cell'
  return (
    <div className="overflow-x-auto">
      <table className="rows">
        <thead>
          <tr>
            <th scope="col">{item}</th>
            <th scope="col" className="number">
              {quantity}
            </th>
            {byHand.map(title => (
              <th key={title} scope="col" className={paper}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two lots of one item read the same
            <tr key={place}>
              <td>
                <bdi>{line.item}</bdi>
                {line.marks !== '' && <span className="block text-ink-2 text-note">{line.marks}</span>}
              </td>
              <td className="number">
                {line.quantity}
                {line.packs !== '' && <span className="block text-ink-2 text-note">{line.packs}</span>}
              </td>
              {byHand.map(title => (
                <td key={title} className={paper}>
                  <span className="inline-block w-16 border-edge border-b">&nbsp;</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
