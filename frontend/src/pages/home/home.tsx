/** Home: the beginning of each of the person's lists, in the order the server gives them. */
import type { ComponentChildren } from "preact";
import lazy from "preact-iso/lazy";
import { managesIn, OF_PLACE, shownOnHome } from "../../lib/first_reads";
import { lowerFirst } from "../../lib/format";
import { pathOf } from "../../lib/navigation";
import { areEmpty, isSettled } from "../../lib/resource";
import { session } from "../../session";
import { Loading, Page } from "../../ui/page";
import { PREVIEWS } from "./previews";

const Managing = lazy(() => import("../managing/managing"));
const Board = lazy(() => import("../figures/board"));
const Waiting = lazy(() => import("../oversight/waiting"));
const Kept = lazy(() => import("../saved/saved").then((page) => page.Kept));
/** Whoever has one of these has lists that can be kept under a name. */
const KEEPING = ["cases", "figures"];

/** Whoever sees these sees the figures of the whole partnership. */
const BOARD = "reports";
/** Whoever sees these, and manages nobody, governs information. */
const GOVERNS = "unusual";

/** Who manages comes for what needs attention and who has how much; a board for what stands out in the city, information governance
 *  for what waits for a decision, everybody else for their own lists. */
export default function Home() {
  const { person, membership, navigation = [], can_refer: canRefer } = session.value ?? {};
  const caption = [person?.name, membership?.job_title || membership?.role_label, membership?.agency.name]
    .filter(Boolean)
    .join(", ");
  const refer = canRefer && (
    <a class="govuk-button" href="/referrals/new">
      Make a referral
    </a>
  );
  return managesIn(navigation) ? (
    <Managing caption={caption} aside={refer} />
  ) : (
    <OwnLists caption={caption} aside={refer} />
  );
}

function OwnLists({ caption, aside }: { caption: string; aside: ComponentChildren }) {
  const { membership, navigation = [] } = session.value ?? {};
  const shown = shownOnHome(navigation);
  const others = navigation.filter((entry) => !shown.includes(entry));
  const ready = isSettled(shown.flatMap(({ name }) => OF_PLACE[name] ?? []));
  return (
    <Page title="Home" caption={caption} aside={aside}>
      {!ready && <Loading />}
      <div hidden={!ready}>
        {navigation.some(({ name }) => name === BOARD) && <Board />}
        {navigation.some(({ name }) => name === GOVERNS) && <Waiting />}
        {shown.map((entry) => (
          <Section key={entry.name} {...entry} />
        ))}
        {navigation.some(({ name }) => KEEPING.includes(name)) && <Kept />}
        <More entries={others} />
      </div>
      {!membership && <p>You have no role in Alongside now. Ask the manager of your agency to give you one.</p>}
    </Page>
  );
}

function Section({ name, label }: { name: string; label: string }) {
  const { Draw, isRare } = PREVIEWS[name] ?? {};
  if (isRare && areEmpty(OF_PLACE[name] ?? [])) return null;
  return (
    <section class="app-section" aria-labelledby={`home-${name}`}>
      <h2 class="govuk-heading-m" id={`home-${name}`}>
        {label}
      </h2>
      {Draw && <Draw all={{ href: pathOf(name), label: `See all: ${lowerFirst(label)}` }} />}
    </section>
  );
}

function More({ entries }: { entries: { name: string; label: string }[] }) {
  if (entries.length === 0) return null;
  return (
    <nav class="app-section" aria-label="More">
      <h2 class="govuk-heading-m">More</h2>
      <ul class="govuk-list app-links">
        {entries.map(({ name, label }) => (
          <li key={name}>
            <a href={pathOf(name)}>{label}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
