import { IconArrowUpRight } from '@tabler/icons-react'
import type { Activity } from '@worksights/api-client'
import { Hint } from './hint.tsx'
import classes from './line.module.css'
import { t } from './text.ts'
import { type Crumb, crumbsOf, type NameState, renamedTo, shownName } from './wording.ts'

/** What it was done to, as a way into the tool it was done in, and what was done. */
export function Breadcrumb({ line }: { line: Activity }) {
  const { things, done } = crumbsOf(line)
  const renamed = renamedTo(line)
  return (
    <span className={classes.crumbs}>
      {things.map((crumb, index) => (
        // The same name may stand there twice; the place is all that tells them apart.
        <CrumbName key={index} crumb={crumb} url={crumb.isSubject ? line.url : null} renamed={crumb.isSubject ? renamed : null} />
      ))}
      <span className={classes.done} aria-hidden="true">
        {done}
      </span>
    </span>
  )
}

function CrumbName({ crumb, url, renamed }: { crumb: Crumb; url: string | null; renamed: string | null }) {
  const name = <Name name={crumb.text} state={crumb.state} />
  return (
    <>
      {url ? (
        <a
          href={url}
          target="_blank"
          rel="noopener noreferrer"
          className={classes.subject}
          aria-label={t('open.attio', { name: shownName(crumb.text) })}
        >
          {name}
          <IconArrowUpRight size={14} stroke={1.8} className={classes.leave} aria-hidden="true" />
        </a>
      ) : (
        <span className={crumb.isSubject ? classes.subject : classes.thing}>{name}</span>
      )}
      {renamed && <bdi className={classes.renamed}>{t('now', { name: shownName(renamed) })}</bdi>}
      <span className={classes.separator} aria-hidden="true">
        ›
      </span>
      <wbr />
    </>
  )
}

/**
 * A name, or what stands in its place and why. Anybody may write names: one stands by itself, so that nothing in it turns around what stands beside it, and an
 * endless one is cut.
 */
export function Name({ name, state }: { name: string; state: NameState }) {
  if (state === 'known') return <Own name={name} />
  if (state === 'gone') {
    return (
      <>
        <s>
          <Own name={name} />
        </s>{' '}
        <span className={classes.state}>{t('names.gone')}</span>
      </>
    )
  }
  return (
    <>
      <span className={classes.shortId} data-state={state}>
        {name}
      </span>{' '}
      <Hint text={t(`names.${state}Why`)}>
        <span className={classes.state}>{t(`names.${state}`)}</span>
      </Hint>
    </>
  )
}

function Own({ name }: { name: string }) {
  const shown = shownName(name)
  return <bdi title={shown === name ? undefined : name}>{shown}</bdi>
}
