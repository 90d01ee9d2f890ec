/** The words of a passage; while somebody chooses, each can be pressed, and the arrows lead from one to the next. */
import { useRef, useState } from "preact/hooks";
import type { Passage } from "../../api/types";

interface Props {
  pieces: Passage["pieces"];
  cut: number[];
  isOut: boolean;
  onCut?: (cut: number[]) => void;
}

export function Words({ pieces, cut, isOut, onCut }: Props) {
  if (onCut) return <Choosing pieces={pieces} cut={cut} onCut={onCut} />;
  const taken = new Set(cut);
  return (
    <p class="app-lines">
      {pieces.map(({ before, word }, place) => (
        <span key={place}>
          {before}
          {isOut || taken.has(place) ? <del>{word}</del> : word}
        </span>
      ))}
    </p>
  );
}

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

function Choosing({
  pieces,
  cut,
  onCut,
}: {
  pieces: Passage["pieces"];
  cut: number[];
  onCut: (cut: number[]) => void;
}) {
  const [at, setAt] = useState(0);
  const last = useRef(0);
  const group = useRef<HTMLDivElement>(null);
  const taken = new Set(cut);
  const press = (place: number, whole: boolean) => {
    const [from, to] = whole ? [Math.min(last.current, place), Math.max(last.current, place)] : [place, place];
    const next = new Set(taken);
    for (let one = from; one <= to; one += 1) {
      if (!whole && next.has(one)) next.delete(one);
      else next.add(one);
    }
    last.current = place;
    setAt(place);
    onCut([...next].sort((one, other) => one - other));
  };
  const move = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const next = Math.min(Math.max(at + step, 0), pieces.length - 1);
    setAt(next);
    group.current?.querySelectorAll("button")[next]?.focus();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would make a form of what is a text
    <div class="app-lines app-words" role="group" aria-label="Words of this passage" ref={group} onKeyDown={move}>
      {pieces.map(({ before, word }, place) => (
        <span key={place}>
          {before}
          <button
            type="button"
            aria-pressed={taken.has(place)}
            tabIndex={place === at ? 0 : -1}
            onClick={(event) => press(place, event.shiftKey)}
          >
            {word}
          </button>
        </span>
      ))}
    </div>
  );
}
