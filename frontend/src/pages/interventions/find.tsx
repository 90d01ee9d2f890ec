/** The directory as it looks from one case: services of the right age and place, each with a way to refer the child on to it. */
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import type { CaseServices } from "../../api/types";
import { useResource } from "../../lib/resource";
import { Evidence } from "../../ui/evidence";
import { Page } from "../../ui/page";
import { Room } from "../../ui/room";
import { Cards } from "../../ui/rows";

export default function FindRoute({ params }: { params: { id: string } }) {
  return <Find key={params.id} id={params.id} />;
}

function Find({ id }: { id: string }) {
  const { query, route } = useLocation();
  const words = query.q ?? "";
  const path = `cases/${id}/services`;
  const found = useResource<CaseServices>(`${path}/${words && `?${new URLSearchParams({ q: words })}`}`);
  const look = (text: string) => route(`/${path}${text && `?${new URLSearchParams({ q: text })}`}`, true);
  const matches = found.data.value;
  return (
    <Page
      title="Refer on to a service"
      back={{ href: `/cases/${id}/interventions`, label: "Services of this case" }}
      error={found.error.value}
      retry={found.load}
      ready={matches !== null}
    >
      <p>You stay responsible for the case. The service answers, and you see who has it and by when.</p>
      <Words key={words} words={words} onLook={look} />
      {matches && matches.looked_for.length > 0 && <p>Looked for: {matches.looked_for.join(" · ")}.</p>}
      {matches && matches.results.length > 0 && <Found id={id} matches={matches} />}
      {matches?.results.length === 0 && <Nothing words={words} path={path} />}
    </Page>
  );
}

function Words({ words, onLook }: { words: string; onLook: (text: string) => void }) {
  const [text, setText] = useState(words);
  const look = (event: SubmitEvent) => {
    event.preventDefault();
    onLook(text.trim());
  };
  return (
    <form class="app-search" aria-label="Services" onSubmit={look} noValidate autocomplete="off">
      <label class="govuk-label govuk-label--s" for="words">
        What are you looking for?
      </label>
      <input
        class="govuk-input"
        id="words"
        type="search"
        maxLength={100}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit" class="govuk-button govuk-button--secondary">
        Show services
      </button>
    </form>
  );
}

function Nothing({ words, path }: { words: string; path: string }) {
  return (
    <div class="app-empty">
      <p>
        No open service of the right age and place {words ? "matches this. " : "was found. "}
        {words ? <a href={`/${path}`}>Show all that fit</a> : <a href="/services">Look through all services</a>}
      </p>
    </div>
  );
}

function Found({ id, matches }: { id: string; matches: CaseServices }) {
  return (
    <Cards rows={matches.results}>
      {(row) => (
        <>
          <p class="app-card__head">
            <a
              class="app-card__link"
              href={matches.recommend ? `/cases/${id}/services/${row.id}` : `/services/${row.id}`}
            >
              {row.name}
            </a>
            <Room service={row} />
          </p>
          <p>{row.summary}</p>
          {row.why.length > 0 && <p>{row.why.join(" · ")}</p>}
          <Evidence service={row} />
          <p class="app-quiet">
            {row.organisation} · {row.ages_text} · {row.area_text} · {row.cost_label}
          </p>
        </>
      )}
    </Cards>
  );
}
