import { accessSync, constants, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const DEBIAN = '/usr/lib/postgresql'

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * Folder with the programs of a PostgreSQL server (initdb, pg_ctl, postgres) that can be started now, or undefined: on the path, else the newest of
 * Debian's packages, which are on nobody's path.
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @returns {string | undefined}
 */
export function findPostgresql(environment = process.env) {
  let packaged = []
  try {
    packaged = readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a))
  } catch {
    // No such package.
  }
  const folders = [
    ...(environment.PATH ?? '').split(delimiter).filter(Boolean),
    ...packaged.map(version => join(DEBIAN, version, 'bin')),
  ]
  return folders.find(folder => ['initdb', 'pg_ctl', 'postgres'].every(name => isExecutable(join(folder, name))))
}
