/** The shapes the API answers with, as the pages name them. */

export type Value = string | number | boolean | null | Value[] | { [name: string]: Value };
export type Values = Record<string, Value>;

export type FieldKind =
  | "text"
  | "long_text"
  | "choice"
  | "choices"
  | "date"
  | "datetime"
  | "yes_no"
  | "number"
  | "agency"
  | "person"
  | "child_match"
  | "list";

export interface Choice {
  value: string;
  label: string;
  hint?: string;
  group?: string;
}

export interface Field {
  name: string;
  label: string;
  hint: string;
  kind: FieldKind;
  required: boolean;
  choices: Choice[] | null;
  max_length: number | null;
  fields: Field[] | null;
  show_if: { field: string; values: Value[] } | null;
  not_known: boolean;
}

export interface OptionName {
  name: string;
  label: string;
}

export interface Option extends OptionName {
  hint: string;
  obstacles: string[];
  url: string;
  input: Field[];
  tells: string[];
  needs_second_person: string;
}

export interface Page<Row> {
  results: Row[];
  next: string | null;
  previous: string | null;
}

export interface Session {
  signed_in: boolean;
  demo: boolean;
  person: { id: string; name: string } | null;
  membership: {
    id: string;
    role_label: string;
    job_title: string;
    agency: { id: string; name: string };
    team: { id: string; name: string } | null;
  } | null;
  memberships: { id: string; role_label: string; agency_name: string }[];
  partnership: { name: string; front_door: FrontDoor | null } | null;
  navigation: { name: string; label: string }[];
  can_refer: boolean;
  idle_minutes: number;
}

export interface Contact {
  name: string;
  phone: string;
  out_of_hours_phone: string;
}

export interface FrontDoor extends Contact {
  hours_text: string;
  out_of_hours_name: string;
}

export interface DemoPerson {
  id: string;
  name: string;
  role_label: string;
  job_title: string;
  agency_name: string;
  what_they_do: string;
}

export type Rag = "red" | "amber" | "green" | "none";

export interface ReferralRow {
  id: string;
  reference: string;
  state: string;
  state_label: string;
  child_name: string | null;
  child_age: string | null;
  referrer_agency: string;
  holder: { id: string; name: string } | null;
  level_of_need: string | null;
  level_label: string | null;
  is_urgent: boolean;
  submitted_at: string | null;
  next_step: string;
  next_due_at: string | null;
  rag: Rag;
  options: OptionName[];
}

export interface Clock {
  kind: string;
  label: string;
  due_at: string;
  state: "running" | "met" | "met_late" | "paused" | "stopped" | "breached";
  rag: Rag;
  met_at: string | null;
}

export interface Tracker {
  sentence: string;
  holder: (Contact & { id: string }) | null;
  next_step: string;
  next_due_at: string | null;
  steps: { name: string; label: string; state: "done" | "current" | "upcoming"; at: string | null }[];
}

export interface Child {
  id: string;
  name: string;
  known_as: string;
  date_of_birth: string | null;
  expected_date: string | null;
  age: string | null;
  sex_label: string;
  ethnicity_label: string;
  school: string;
  ward_name: string;
  address: string;
  nhs_number: string;
}

export interface Statement {
  id: string;
  kind: string;
  kind_label: string;
  text: string;
  basis_label: string;
  told_by: string;
  currency_label: string;
}

export interface Factor {
  code: string;
  label: string;
  domain: string;
  polarity: string;
  basis_label: string;
  currency_label: string;
}

export interface InformationRequest {
  id: string;
  agency: string;
  question: string;
  purpose: string;
  state: string;
  state_label: string;
  asked_at: string;
  due_at: string | null;
  answer: string | null;
  answered_at: string | null;
  options: Option[];
  version?: number;
  referral_id?: string | null;
  referral_reference?: string | null;
}

export interface Decision {
  kind: string;
  label: string;
  rationale?: string | null;
  outcome_text: string;
  reason_label: string;
  by: string;
  agency: string;
  at: string;
  corrects: string | null;
}

export interface Told {
  who: string;
  label: string;
  method_label: string;
  at: string | null;
  by: string;
  why_not: string;
  look_again_on: string | null;
}

export interface GivenSummary {
  label: string;
  value: string;
}

export interface Referral {
  id: string;
  reference: string;
  version: number;
  state: string;
  state_label: string;
  audience: "draft" | "status" | "text";
  is_urgent: boolean;
  created_at: string;
  submitted_at: string | null;
  tracker: Tracker;
  referrer: { person: string; agency: string; agency_id: string };
  child: Child | null;
  referral_text: {
    sections: { name: string; title: string; answers: { name: string; label: string; value: string | string[] }[] }[];
  } | null;
  statements: Statement[];
  factors: Factor[];
  information_requests: InformationRequest[];
  offer: { id: string; agency: string; rationale: string; offered_at: string; due_at: string | null } | null;
  decision: Decision | null;
  decisions: Decision[];
  case: { id: string; reference: string; state_label: string; lead_agency: string } | null;
  linked_to: string | null;
  told: Told[];
  clocks: Clock[];
  confirmation: Confirmation | null;
  options: Option[];
}

export interface TimelineEntry {
  id: string;
  verb: string;
  label: string;
  at: string;
  recorded_at: string;
  by: string;
  agency: string;
  reason: string;
  detail: GivenSummary[];
}

export interface Answer {
  value: Value;
  rev: number;
  at: string;
}

export interface DraftSection {
  name: string;
  title: string;
  group: string;
  hint: string;
  status: "cannot_start_yet" | "not_started" | "incomplete" | "completed";
  missing: { field: string; sentence: string }[];
  pages: { name: string; title: string; hint: string; fields: Field[] }[];
}

export interface DraftProblem {
  field: string;
  section: string;
  page: string;
  sentence: string;
}

export interface Stop {
  title: string;
  lines: string[];
  phones: { label: string; number: string }[];
}

export interface Draft {
  rev: number;
  saved_at: string | null;
  answers: Record<string, Answer>;
  sections: DraftSection[];
  can_submit: boolean;
  problems: DraftProblem[];
  stop: Stop | null;
}

export interface DraftSaved {
  rev: number;
  saved_at: string;
  answers: Record<string, Answer>;
  conflicts: Record<string, Answer & { by: string }>;
  sections: Pick<DraftSection, "name" | "status" | "missing">[];
  can_submit: boolean;
  problems: DraftProblem[];
  stop: Stop | null;
}

export interface LikelyChild {
  id: string;
  name: string;
  date_of_birth: string | null;
  age: string | null;
  why: string[];
  contacts_12_months: number;
  open_case: { reference: string; lead_agency: string } | null;
}

export interface ConfirmationRow {
  id: string;
  subject_reference: string;
  subject_url: string;
  label: string;
  asked_by: string;
  asked_at: string;
  due_at: string | null;
  given_summary: GivenSummary[];
}

export interface Confirmation extends ConfirmationRow {
  version: number;
  edge: string;
  why: string;
  state_label: string;
  reason: string;
  options: Option[];
}

export interface CaseRow {
  id: string;
  reference: string;
  state: string;
  state_label: string;
  child_name: string | null;
  child_age: string | null;
  lead_agency: string;
  lead_practitioner: string | null;
  next_action: string;
  next_action_on: string | null;
  next_due_at: string | null;
  rag: Rag;
  options: OptionName[];
}

export interface Case {
  id: string;
  reference: string;
  version: number;
  state: string;
  state_label: string;
  child: Child | null;
  lead_agency: string;
  lead_practitioner: string | null;
  practitioner_agency: string | null;
  theme_label: string;
  priority_label: string;
  opened_at: string;
  next_action: string;
  next_action_on: string | null;
  handover_note: string;
  clocks: Clock[];
  transfer: Transfer | null;
  options: Option[];
}

export interface Transfer {
  id: string;
  version: number;
  case_id: string | null;
  case_reference: string;
  from_agency: string;
  to_agency: string;
  state: string;
  state_label: string;
  why_label: string;
  proposed_by: string;
  proposed_at: string;
  due_at: string | null;
  answered_by: string;
  answered_at: string | null;
  reason_label: string;
  reason: string;
  handover: GivenSummary[];
  options: Option[];
}

export interface Message {
  id: string;
  subject: string;
  body: string;
  url: string;
  urgent: boolean;
  at: string;
  read_at: string | null;
}
