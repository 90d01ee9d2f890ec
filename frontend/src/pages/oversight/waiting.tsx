/** What waits for information governance: where their day begins. */
import type { ComponentChildren } from "preact";
import type { BreakGlass, SubjectRequestRow, Unusual } from "../../api/types";
import { labelOf } from "../../lib/navigation";
import { type Rows, useRows } from "../../lib/resource";
import { Cards, Listing } from "../../ui/rows";
import { RequestCard } from "../rights/requests";
import { EmergencyCard } from "./glasses";
import { UnusualCard } from "./unusual";

const FEW = "page_size=5";

export default function Waiting() {
  const unusual = useRows<Unusual>(`unusual/?view=waiting&${FEW}`);
  const emergencies = useRows<BreakGlass>(`break-glass/?view=to_decide&${FEW}`);
  const requests = useRows<SubjectRequestRow>(`subject-requests/?view=waiting&${FEW}`);
  return (
    <>
      <Part name="unusual" label="Unusual reading" list={unusual}>
        {(row) => <UnusualCard row={row} />}
      </Part>
      <Part name="break-glass" label="Emergency reading" list={emergencies}>
        {(row) => <EmergencyCard row={row} />}
      </Part>
      <Part name="subject-requests" label="Requests for a copy" list={requests}>
        {(row) => <RequestCard row={row} />}
      </Part>
    </>
  );
}

interface PartProps<Row> {
  name: string;
  label: string;
  list: Rows<Row>;
  children: (row: Row) => ComponentChildren;
}

function Part<Row extends { id: string }>({ name, label, list, children }: PartProps<Row>) {
  return (
    <section class="app-section" aria-labelledby={`home-${name}`}>
      <h2 class="govuk-heading-m" id={`home-${name}`}>
        {labelOf(name, label)}
      </h2>
      <Listing
        list={list}
        all={{ href: `/${name}`, label: "See all that wait" }}
        empty={<p>Nothing waits for a decision of yours.</p>}
      >
        {(rows) => <Cards rows={rows}>{children}</Cards>}
      </Listing>
    </section>
  );
}
