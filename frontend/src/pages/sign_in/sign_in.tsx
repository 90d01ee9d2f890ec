/** Signing in; in the demonstration with one click as any of its people. */
import { useState } from "preact/hooks";
import type { DemoPerson } from "../../api/types";
import { explain } from "../../lib/explain";
import { gathered } from "../../lib/gather";
import { useRows } from "../../lib/resource";
import { session } from "../../session";
import { signInToDemo } from "../../signing_in";
import { Page } from "../../ui/page";
import { Listing } from "../../ui/rows";
import { Directories } from "../../ui/signing/directories";
import { SignInForm } from "../../ui/signing/sign_in_form";

export default function SignIn() {
  const [bad, setBad] = useState(false);
  const demo = session.value?.demo ?? false;
  return (
    <Page title="Sign in" hasErrors={bad}>
      <div class={demo ? "app-sign-in" : "app-narrow"}>
        <section>
          <p class="govuk-body-l">Early help for children, with everyone who works alongside them.</p>
          <SignInForm onProblem={setBad} />
          <p>
            <a href="/forgotten">I have forgotten my password</a>
          </p>
          <Directories />
        </section>
        {demo && <DemoPeople />}
      </div>
    </Page>
  );
}

function DemoPeople() {
  const list = useRows<DemoPerson>("demo/people/");
  const [problem, setProblem] = useState<string[]>([]);
  const choose = (person: DemoPerson) => {
    setProblem([]);
    signInToDemo(person.id).catch((error) => setProblem(explain(error)));
  };
  return (
    <section class="app-demo" aria-labelledby="demo">
      <h2 class="govuk-heading-m" id="demo">
        Or look around as one of these people
      </h2>
      <p>This is a demonstration. All of them, and every child, are made up.</p>
      {problem.map((line) => (
        <p key={line} role="alert">
          {line}
        </p>
      ))}
      <Listing list={list} empty={<p>The demonstration has no people yet.</p>}>
        {(people) =>
          gathered(people, (person) => person.agency_name).map(([agency, members]) => (
            <Agency key={agency} name={agency} people={members} onChoose={choose} />
          ))
        }
      </Listing>
    </section>
  );
}

interface AgencyProps {
  name: string;
  people: DemoPerson[];
  onChoose: (person: DemoPerson) => void;
}

function Agency({ name, people, onChoose }: AgencyProps) {
  return (
    <div class="app-demo__agency">
      <h3 class="govuk-heading-s">{name}</h3>
      <ul class="govuk-list">
        {people.map((person) => (
          <li key={person.id}>
            <button type="button" class="app-demo__person" onClick={() => onChoose(person)}>
              <span class="app-demo__name">
                {person.name}, {person.job_title || person.role_label}
              </span>
              <span class="app-quiet">{person.what_they_do}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
