// What the drawing of the pool means.
const HEATS = ['at rest', 'up to 1/s', 'up to 10/s', 'up to 100/s', 'up to 1000/s', 'more']

export function PoolLegend() {
  return (
    <div className="pool-legend muted" aria-hidden="true">
      {HEATS.map((words, heat) => (
        <span key={words}>
          <span className={`pool-cell pool-sample pool-heat-${heat}`} /> {words}
        </span>
      ))}
      <span>
        <span className="pool-cell pool-sample pool-young" /> younger than 10 s
      </span>
      <span>
        <span className="pool-cell pool-sample pool-old" /> older than 10 min
      </span>
      <span>figure: tasks that run, on amber that wait</span>
      <span>bar: heap, of the largest here</span>
    </div>
  )
}
