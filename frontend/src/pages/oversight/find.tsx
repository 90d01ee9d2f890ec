/** Whom to ask about: a child or a person. What is typed goes in the body of the request and into no address. */
import type { FoundLooks, LooksForm } from "../../api/types";
import { dateText } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useResource } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Cards } from "../../ui/rows";
import { SearchForm } from "../find/search_form";
import { searching } from "../find/searching";

/** Kept while the app is open, so that coming back shows what was found. */
const search = searching<FoundLooks>("looks/find/");

export function FindLooks() {
  const form = useResource<LooksForm>("looks/form/");
  return (
    <Page
      title={labelOf("looks", "Who looked")}
      hasErrors={search.state.value.failure !== null}
      error={form.error.value}
      retry={form.load}
      ready={form.data.value !== null}
    >
      <SearchForm
        search={search}
        fields={form.data.value?.input ?? []}
        results={(found: FoundLooks) => <Found found={found} />}
      >
        <p>
          Every look at a child is written down, refused ones too. Find the child, or the person who looked; or see{" "}
          <a href="/looks/all">the latest looks</a>, <a href="/looks/all?refused=yes">what was refused</a> and{" "}
          <a href="/unusual">what is unusual</a>. That you looked is written down as well.
        </p>
      </SearchForm>
    </Page>
  );
}

function Found({ found: { children, people } }: { found: FoundLooks }) {
  if (children.length + people.length === 0) {
    return <p class="app-empty">Nothing that you may ask about is called so. Look at the spelling and at the date.</p>;
  }
  return (
    <>
      <Cards rows={children}>
        {(child) => (
          <>
            <p class="app-card__head">
              <a class="app-card__link" href={`/looks/child/${child.id}`}>
                {child.name}
              </a>
            </p>
            <p class="app-quiet">
              {[child.date_of_birth && `Born ${dateText(child.date_of_birth)}`, ...child.records]
                .filter(Boolean)
                .join(", ")}
            </p>
          </>
        )}
      </Cards>
      <Cards rows={people}>
        {(person) => (
          <>
            <p class="app-card__head">
              <a class="app-card__link" href={`/looks/person/${person.id}`}>
                {person.name}
              </a>
            </p>
            <p class="app-quiet">{`${person.role}, ${person.agency}`}</p>
          </>
        )}
      </Cards>
    </>
  );
}
