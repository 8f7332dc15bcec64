const PATHS: Record<string, string> = {
  check: 'M3.2 8.4l3.2 3.2 6.4-7',
  cross: 'M4 4l8 8M12 4l-8 8',
  clock: 'M8 4.4V8l2.6 1.6',
  stack: 'M3 5h10M3 8h10M3 11h10',
  bolt: 'M9 2.5L4.5 9H8l-1 4.5L11.5 7H8z',
  brackets: 'M6 3.5L2.5 8 6 12.5M10 3.5L13.5 8 10 12.5',
  wrench: 'M8 6v3.4M8 11.2v.2',
  dot: '',
  half: ''
};

/** A verdict's or a status's shape, drawn in the current colour. `label` null: the word stands beside it. */
export function Shape(props: { shape: string; label?: string }): JSX.Element {
  const { shape, label } = props;
  return (
    <svg
      className={`oj-shape oj-shape-${shape}`}
      viewBox="0 0 16 16"
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      {shape === 'dot' && <circle cx="8" cy="8" r="2.6" className="oj-fill" />}
      {shape === 'ring' && <circle cx="8" cy="8" r="5" />}
      {shape === 'half' && (
        <>
          <circle cx="8" cy="8" r="5" />
          <path className="oj-fill" d="M8 3a5 5 0 0 1 0 10z" />
        </>
      )}
      {shape === 'solved' && (
        <>
          <circle cx="8" cy="8" r="6" className="oj-fill" />
          <path className="oj-knock" d="M5.2 8.2l2 2 3.7-4" />
        </>
      )}
      {shape === 'clock' && <circle cx="8" cy="8" r="5.6" />}
      {shape === 'wrench' && <path d="M8 1.8l6.4 11.4H1.6z" />}
      {shape === 'star' && (
        <path className="oj-fill" d="M8 1.8l1.9 3.9 4.3.6-3.1 3 .7 4.3L8 11.6l-3.8 2 .7-4.3-3.1-3 4.3-.6z" />
      )}
      {PATHS[shape] && <path d={PATHS[shape]} />}
    </svg>
  );
}
