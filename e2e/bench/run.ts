import { measureAppend } from './append.ts'
import { measureAppendPostgresql } from './append-postgresql.ts'
import { measureAudit } from './audit.ts'
import { measureEvents } from './events.ts'
import { measureGrowth } from './growth.ts'
import { describeHardware } from './hardware.ts'
import { measureSealing } from './sealing.ts'
import type { Section } from './section.ts'
import { measureServing } from './serving.ts'
import { measureToday } from './today.ts'
import { measureTrack } from './track.ts'
import { measureVerify } from './verify.ts'

const SECTIONS: Readonly<Record<string, () => Promise<Section>>> = {
  verify: measureVerify,
  append: measureAppend,
  audit: measureAudit,
  'append-postgresql': measureAppendPostgresql,
  track: measureTrack,
  events: measureEvents,
  sealing: measureSealing,
  serving: measureServing,
  growth: measureGrowth,
  today: measureToday,
}

/** Runs the named sections, all of them unless told otherwise, one after the other, and prints one JSON object. Nothing leaves this machine. */
async function main(names: readonly string[]): Promise<void> {
  const unknown = names.find(name => !Object.hasOwn(SECTIONS, name))
  if (unknown !== undefined)
    throw new Error(`no section is called ${unknown}; there are ${Object.keys(SECTIONS).join(', ')}`)
  const sections: Record<string, Section> = {}
  const hardware = describeHardware()
  for (const [name, measure] of Object.entries(SECTIONS)) {
    if (names.length > 0 && !names.includes(name)) continue
    process.stderr.write(`${name} …\n`)
    sections[name] = await measure()
  }
  const ok = Object.values(sections).every(section => section.ok)
  process.stdout.write(
    `${JSON.stringify({ measuredAt: new Date().toISOString(), hardware, ok, sections }, undefined, 2)}\n`,
  )
}

await main(process.argv.slice(2))
