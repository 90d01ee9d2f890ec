/** What the family said about being helped: who, how, to what and until when, and every no; the last answer first. */
import type { FamilyAnswer, FamilyAnswers } from "../../api/types";
import { dateText, dateTimeText } from "../../lib/format";
import { useResource } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Cards } from "../../ui/rows";
import { Sections } from "./sections";

export default function CaseAgreement({ params }: { params: { id: string } }) {
  const resource = useResource<FamilyAnswers>(`cases/${params.id}/agreements/`);
  const found = resource.data.value;
  return (
    <Page
      title="What the family said about help"
      back={{ href: `/cases/${params.id}`, label: found ? `Case ${found.reference}` : "Case" }}
      error={resource.error.value}
      retry={resource.load}
      ready={found !== null}
    >
      <Sections id={params.id} current="" />
      {found && found.answers.length === 0 && (
        <p class="app-empty">Nobody has written down what the family says to being helped in this case.</p>
      )}
      {found && found.answers.length > 0 && <Cards rows={found.answers}>{(one) => <Answer {...one} />}</Cards>}
    </Page>
  );
}

function Answer(one: FamilyAnswer) {
  return (
    <>
      <p class="app-card__head">
        <strong>{one.state_label}</strong>
      </p>
      <p>
        {[one.said_by, one.how, dateText(one.said_on), one.until && `until ${dateText(one.until)}`]
          .filter(Boolean)
          .join(", ")}
      </p>
      {one.words && <p class="app-lines">{one.words}</p>}
      {one.child_told !== null && (
        <p>{one.child_told ? "The child has been told what help this is." : "The child has not been told yet."}</p>
      )}
      <p class="app-quiet">
        Written down by {one.recorded_by}, {dateTimeText(one.recorded_at)}
      </p>
    </>
  );
}
