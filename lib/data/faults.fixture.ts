import { DriverAdapterError, type SqlQueryable, type Transaction } from '@prisma/driver-adapter-utils'
import type { Log } from './log-state.ts'

/** One statement of the ones that run from now on, counted from 0, fails: it is not carried out, or it is and nobody hears so. */
export type Fault = {
  readonly at: number
  readonly when: 'before' | 'after'
  /** Count what changes something alone: a question that failed was as good as not asked. */
  readonly of: 'all' | 'writes'
}

type Armed = Fault & { count: number; fired: string | undefined }

/** Statements of a log's connection fail when told to, as a disk or a network makes them fail. */
export type Faults = {
  /** From now on, until {@link Faults.disarm}. */
  arm(fault: Fault): void
  /** The statement that failed, in its first words; undefined where none was reached. */
  disarm(): string | undefined
}

/** Stands between the log and its database. In transactions every statement goes through Prisma's adapter then, prepared ones as well. */
export function withFaults(log: Log): Faults {
  let armed: Armed | undefined
  const step = async <Value>(what: string, run: () => Promise<Value>): Promise<Value> => {
    const fault = armed
    // Taking back what failed is the program's answer to a fault, not a step of its own.
    if (!fault || fault.fired !== undefined || what === 'ROLLBACK') return run()
    if (fault.of === 'writes' && /^(SELECT|WITH)/.test(what)) return run()
    const isHere = fault.count++ === fault.at
    if (isHere && fault.when === 'before') fail(fault, what)
    const value = await run()
    if (isHere) fail(fault, what)
    return value
  }
  const guarded = (on: SqlQueryable) => ({
    queryRaw: (query: Parameters<SqlQueryable['queryRaw']>[0]) => step(query.sql, () => on.queryRaw(query)),
    executeRaw: (query: Parameters<SqlQueryable['executeRaw']>[0]) => step(query.sql, () => on.executeRaw(query)),
  })
  const { adapter } = log
  const bare = {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    queryRaw: adapter.queryRaw.bind(adapter),
    executeRaw: adapter.executeRaw.bind(adapter),
    startTransaction: adapter.startTransaction.bind(adapter),
  }
  Object.assign(adapter, guarded(bare), {
    async startTransaction(): Promise<Transaction> {
      const transaction = await bare.startTransaction()
      const { provider, adapterName, options } = transaction
      return {
        provider,
        adapterName,
        options,
        ...guarded(transaction),
        commit: () => transaction.commit(),
        rollback: () => transaction.rollback(),
      }
    },
  })
  return {
    arm(fault) {
      armed = { ...fault, count: 0, fired: undefined }
    },
    disarm() {
      const fired = armed?.fired
      armed = undefined
      return fired
    },
  }
}

function fail(fault: Armed, what: string): never {
  fault.fired = what.slice(0, 60)
  throw new DriverAdapterError({ kind: 'GenericJs', id: 1 })
}

/** What is left of a process that died: its connection is gone, nothing of it runs on, and nobody said good-bye. */
export async function abandon(log: Log): Promise<void> {
  log.scrubber.isClosed = true
  for (const timer of [log.scrubber.timer, log.publisher.timer, log.projector.timer, log.refused.timer])
    clearTimeout(timer)
  while (log.pump ?? log.publisher.running ?? log.projector.running) {
    await Promise.allSettled([log.pump, log.publisher.running, log.projector.running])
    for (const timer of [log.publisher.timer, log.projector.timer]) clearTimeout(timer)
  }
  await log.prisma.$disconnect()
  await log.adapter.dispose().catch(() => {})
}
