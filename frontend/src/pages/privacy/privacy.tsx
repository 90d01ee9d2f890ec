/** What is held about a family, who sees it, why and for how long, in plain words; for anybody, signed in or not. */
import { session } from "../../session";
import { Page } from "../../ui/page";
import { Phones } from "../../ui/phones";
import { Section, Words } from "./words";

const HELD = [
  "who your child is: their name, date of birth, where they live and who the people around them are",
  "what somebody is worried about, and what is going well, in the words of whoever said it",
  "what you and your child said, and what you want to change",
  "what was decided, by whom and why, the plan you made together, and what was done",
  "letters and other papers that belong to it",
  "what was shared with whom, when and why",
];
const SEEN = [
  "People whose work is with your child, and those who answer for their work. Working for one of the agencies is not enough.",
  "Another agency only sees what is shared with it. We write down each time what was shared, with whom and why.",
  "An address that has to stay secret, and what is marked as being about health, are seen by fewer people than the rest.",
  "In an emergency a worker who does not know your child can read about them for four hours. They have to say why, their manager is told at once, and somebody else looks at whether it was right.",
  "Whoever makes accounts and keeps Alongside in order does not read about children in it.",
];
const ASK = [
  "to see what is held about you or your child, and to be told who has looked at it",
  "for something that is wrong to be put right; what was written before stays in the history, so that nobody can pretend it was never there",
  "for what you think to be written down where you do not agree",
  "for it not to be shared any further, or to take back what you agreed to",
];

export default function Privacy() {
  const name = session.value?.partnership?.name;
  return (
    <Page title="What we hold about your family, and who sees it" caption="Privacy" narrow>
      <p class="govuk-body-l">
        Alongside is where schools, health services, the police, the council and charities
        {name ? ` of ${name}` : ""} agree who helps a child, and help together.
      </p>
      <p>
        If you are a child or a young person: people who want to help you write down what they know, so that they can
        work together and you do not have to say everything again. You can ask them what they wrote.
      </p>
      <Section id="held" title="What we hold">
        <p>As far as it is needed to help your child, we hold:</p>
        <Words items={HELD} />
        <p>
          It comes from you and your child, from the people who work with you, and sometimes from somebody who was
          worried. We write down who said it.
        </p>
      </Section>
      <Section id="why" title="Why we hold it">
        <p>
          To notice early when a child needs help, to give it, and to make sure that there is always one agency that is
          responsible and that nobody who asked is left without an answer.
        </p>
        <p>
          Whether you want help is for you to say, and you can change your mind. To keep a child safe we may have to
          write something down, or tell another agency, without your agreement. We tell you, unless that would put
          somebody in danger.
        </p>
        <p>
          A computer does not decide about your child. It may point something out; a person decides, and writes down
          why.
        </p>
      </Section>
      <Section id="seen" title="Who sees it">
        <Words items={SEEN} />
        <p>
          Each time somebody opens what is held about your child, their name and the time are written down. That list
          cannot be changed without it being noticed.
        </p>
        <p>
          We do not sell anything and there is no advertising here. Figures that are published are counts, without
          names, and small counts are left out.
        </p>
      </Section>
      <Section id="long" title="How long we keep it">
        <p>
          That depends on the agency and on what it is: each agency has its own rules. Ask the agency that helps you, or
          the one below, which of them holds for you.
        </p>
        <p>
          Some things go by themselves: a list that a worker has had made as a file is deleted from Alongside after a
          week, and a link that shows how things stand works once.
        </p>
      </Section>
      <Section id="ask" title="What you can ask for">
        <p>You can ask, for yourself or for your child:</p>
        <Words items={ASK} />
        <p>
          We may have to leave out what is about somebody else. If we cannot do what you ask, we tell you why. You can
          ask somebody you trust to help you.
        </p>
      </Section>
      <WhomToAsk />
    </Page>
  );
}

function WhomToAsk() {
  const frontDoor = session.value?.partnership?.front_door;
  return (
    <Section id="whom" title="Whom to ask">
      <p>
        Ask the worker you know best. You need no form and no special words. If you have a reference, say it: then you
        are found without having to explain.
      </p>
      {frontDoor?.phone && (
        <>
          <p>If you do not know whom to ask, ring:</p>
          <Phones phones={[{ label: frontDoor.name, number: frontDoor.phone }]} />
          {frontDoor.hours_text && <p>{frontDoor.hours_text}</p>}
        </>
      )}
      <p>
        If you are not content with the answer, tell the agency that gave it. You can also turn to the Information
        Commissioner’s Office at{" "}
        <a class="govuk-link" href="https://ico.org.uk/" rel="noreferrer">
          ico.org.uk
        </a>
        , which watches over how information about people is used.
      </p>
    </Section>
  );
}
