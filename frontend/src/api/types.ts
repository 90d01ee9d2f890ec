/** The shapes of the API by the names the pages use, taken from its schema; sharper where the schema is vague. */
import type { Confirmation, Field, Option, Value, Values, WithOptions } from "./fields";
import type { components } from "./schema";

export type * from "./fields";
export type * from "./figures";
export type * from "./trust";

type Schemas = components["schemas"];

export interface Page<Row> {
  results: Row[];
  next: string | null;
  previous: string | null;
}

export type StaffDirectory = Schemas["DirectoryShape"];
export type Session = Schemas["SessionShape"];
export type NewApp = Schemas["NewAppShape"];
export type Security = Schemas["SecurityShape"];
export type FrontDoor = Schemas["FrontDoorShape"];
export type Presence = Schemas["PresenceShape"];
export type DemoCity = Schemas["DemoCityShape"];
export type DemoPerson = Schemas["DemoPersonShape"];
export type Message = Schemas["MessageShape"];
export type PublicStatus = Schemas["PublicStatusShape"];
export type TellingCaller = Schemas["TellingCallerShape"];
export type StatusLink = Schemas["StatusLinkShape"];
export type MessageSettings = Schemas["SettingsShape"];
export type GivenSummary = Schemas["PairShape"];

export type ReferralRow = Schemas["ReferralRowShape"];
export type InHand = Schemas["InHandShape"];
export type PersonLoad = Schemas["PersonLoadShape"];
export type TeamLoad = Schemas["TeamLoadShape"];
export type Practitioners = Schemas["PractitionersShape"];
export type QueueCounts = Schemas["QueueCountsShape"];
export type NoteReaders = Schemas["ReadersShape"];
export type Rag = ReferralRow["rag"];
export type Clock = Schemas["ClockShape"];
export type Tracker = Schemas["TrackerShape"];
export type Child = Schemas["ChildShape"];
export type Statement = Schemas["StatementShape"];
export type Factor = Schemas["FactorShape"];
export type Decision = Schemas["DecisionShape"];
export type Offer = Schemas["OfferShape"];
export type Told = Schemas["ToldShape"];
export type TimelineEntry = Schemas["TimelineShape"];
export type Flag = Schemas["FlagShape"];
export type ConfigurationKind = Schemas["KindShape"];
export type VersionRow = Schemas["VersionRowShape"];
export type Difference = Schemas["DifferenceShape"];
export type Trial = Schemas["TrialShape"];
export interface Version extends Omit<Schemas["VersionShape"], "entries" | "form" | "confirmation" | "options"> {
  entries: (Omit<Schemas["EntryShape"], "values"> & { values: Values })[];
  form: Field[];
  confirmation: Confirmation | null;
  options: Option[];
}
export type Past = Schemas["PastShape"];
export type Hop = Schemas["HopShape"];
export type Telling = Schemas["TellingShape"];
export type Concerned = Schemas["ConcernedShape"];
export type LikelyChild = Schemas["LikelyChildShape"];
export type LikelyChildren = Schemas["LikelyChildrenShape"];
export type KnownChild = Schemas["KnownChildShape"];
export type KnownChildren = Schemas["KnownChildrenShape"];
export type ComparedFact = Schemas["ComparedFactShape"];
export type ContactMade = Schemas["ContactMadeShape"];

/** What may be done about one pair of records; `child` goes with what the form asks. */
export type ChildOption = Omit<Schemas["ChildOptionShape"], "input"> & { input: Field[] };
export type Candidate = Omit<Schemas["CandidateShape"], "options"> & { options: ChildOption[] };
export type SetAside = Omit<Schemas["SetAsideShape"], "options"> & { options: ChildOption[] };

export interface Merge extends Omit<Schemas["MergeShape"], "confirmation" | "options"> {
  confirmation: Confirmation | null;
  options: ChildOption[];
}

export interface Matching extends Omit<Schemas["MatchingShape"], "candidates" | "set_aside" | "merge" | "options"> {
  candidates: Candidate[];
  set_aside: SetAside[];
  merge: Merge | null;
  options: ChildOption[];
}

export type InformationRequest = WithOptions<Schemas["QuestionShape"]>;
export type Transfer = WithOptions<Schemas["TransferShape"]>;
export type Task = WithOptions<Schemas["TaskShape"]>;
export type Findings = Schemas["FindingsShape"];
export type FoundRecord = Schemas["FoundShape"];
export type DocumentRow = Schemas["DocumentRowShape"];
export type Letters = WithOptions<Schemas["LettersShape"]>;
export type Filled = Schemas["FilledLetterShape"];
export type Work = Schemas["WorkShape"];
export type WorkItem = Schemas["WorkItemShape"];
export type Person = Schemas["PersonShape"];
export type PersonDetail = Schemas["PersonDetailShape"];
export type AgencyRow = Schemas["AgencyRowShape"];
export type AgencyDetail = WithOptions<Schemas["AgencyDetailShape"]>;
export type Attention = Schemas["AttentionShape"];
export type Exception = Schemas["ExceptionShape"];
export type FamilyAnswers = Schemas["FamilyAnswersShape"];
export type FamilyAnswer = Schemas["FamilyAnswerShape"];
export type NewReport = WithOptions<Schemas["NewReportShape"]>;
export type Report = WithOptions<Schemas["ReportShape"]>;
export type Caseload = Schemas["CaseloadShape"];
export type CaseloadRow = Schemas["CaseloadRowShape"];
export type PieceOfWork = Schemas["PieceShape"];
export type Practitioner = Schemas["PractitionerShape"];
export type MomentReceipt = Schemas["ReceiptShape"];
export type DisagreementRow = Schemas["DisagreementRowShape"];
export type Disagreement = WithOptions<Schemas["DisagreementShape"]>;
export type NewPanel = WithOptions<Schemas["NewPanelShape"]>;
export type NewSaying = WithOptions<Schemas["NewSayingShape"]>;
export type Saying = WithOptions<Schemas["SayingShape"]>;
export type PanelRow = Schemas["PanelRowShape"];
export type Panel = WithOptions<Schemas["PanelShape"]>;
export type PanelItemRow = Schemas["PanelItemRowShape"];
export type PanelItem = WithOptions<Schemas["PanelItemShape"]>;
export type CasePanels = WithOptions<Schemas["CasePanelsShape"]>;
export type CaseChoice = WithOptions<Schemas["CaseChoiceShape"]>;
export type Challenge = Schemas["ChallengeShape"];
export type CaseRow = Schemas["CarriedCaseShape"];
export type FoundCases = Schemas["FoundCasesShape"];
export type ClosedCaseRow = Schemas["ClosedCaseRowShape"];
export type ToldNote = Schemas["ToldNoteShape"];
export type Note = Schemas["NoteRowShape"];

export type InterventionRow = Schemas["InterventionRowShape"];
export type Intervention = WithOptions<Schemas["InterventionShape"]>;
export type HeldSession = WithOptions<Schemas["InterventionSessionShape"]>;
export type PlannedSession = Schemas["PlannedSessionShape"];
export type GroupSession = WithOptions<Schemas["GroupSessionShape"]>;
export type GroupRow = Schemas["GroupRowShape"];
export type Dosage = Schemas["DosageShape"];
export type CaseServices = Omit<Schemas["CaseServicesShape"], "recommend"> & { recommend: Option | null };

export type ServiceRow = Schemas["ServiceRowShape"];
export type Seen = Schemas["SeenShape"];
export type ServiceMatches = Schemas["MatchesShape"];
export type ServiceMatch = ServiceMatches["results"][number];
export type ServiceChange = Schemas["ServiceChangeShape"];

export type ImportReport = Schemas["ImportReportShape"];

export interface Service extends Omit<Schemas["ServiceShape"], "entry" | "options"> {
  entry: Values | null;
  options: Option[];
}

export interface CaseAssessments extends Omit<Schemas["CaseAssessmentsShape"], "options"> {
  options: Option[];
}
export type AssessmentRow = Schemas["AssessmentRowShape"];
export interface Assessment extends Omit<Schemas["AssessmentShape"], "form" | "answers" | "options"> {
  form: Field[];
  answers: Record<string, Answer>;
  options: Option[];
}
export interface AssessmentSaved extends Omit<Schemas["AssessmentSavedShape"], "answers" | "conflicts"> {
  answers: Record<string, Answer>;
  conflicts: Record<string, Answer & { by: string }>;
}
export interface Typed extends Omit<Schemas["TypedShape"], "answers"> {
  answers: Record<string, Answer>;
}
export interface TypedSaved extends Omit<Schemas["SavedShape"], "answers" | "conflicts"> {
  answers: Record<string, Answer>;
  conflicts: Record<string, Answer & { by: string }>;
}
export interface Plan extends Omit<Schemas["PlanShape"], "confirmation" | "options"> {
  confirmation: Confirmation | null;
  options: Option[];
}
export type GoalsNow = Omit<Schemas["GoalsShape"], "score_goals"> & { score_goals: Option | null };
export type GoalNow = Schemas["GoalNowShape"];
export type PlannedGoal = Schemas["PlannedGoalShape"];
export type PlannedAction = Schemas["PlannedActionShape"];
export type PlanAction = WithOptions<Schemas["ActionShape"]>;
export type Meeting = Schemas["MeetingShape"];
export type Team = WithOptions<Schemas["TeamShape"]>;
export type TeamMember = Schemas["TeamMemberShape"];
export type TeamPlace = WithOptions<Schemas["TeamPlaceShape"]>;
export type LeadRequest = WithOptions<Schemas["LeadRequestShape"]>;
export type LeadRequestRow = Schemas["LeadRequestRowShape"];
export type TeamPlaceRow = Schemas["TeamPlaceRowShape"];
export type Outcomes = WithOptions<Schemas["OutcomesShape"]>;
export type Series = Schemas["SeriesShape"];
export type FamilyPage = Schemas["FamilyPageShape"];

export interface Case extends Omit<Schemas["CaseShape"], "transfer" | "confirmation" | "options"> {
  confirmation: Confirmation | null;
  transfer: Transfer | null;
  options: Option[];
}

export interface ProtectedAnswers {
  answers: ReadAnswer[];
}
export interface ReadAnswer extends Omit<Schemas["ReadAnswerShape"], "value"> {
  value: string | string[];
}

export interface ReferralText {
  sections: (Omit<Schemas["ReadSectionShape"], "answers"> & { answers: ReadAnswer[] })[];
}

type Sharpened = "referral_text" | "information_requests" | "confirmation" | "options";

export interface Referral extends Omit<Schemas["ReferralShape"], Sharpened> {
  referral_text: ReferralText | null;
  information_requests: InformationRequest[];
  confirmation: Confirmation | null;
  options: Option[];
}

export interface Answer extends Omit<Schemas["AnswerShape"], "value"> {
  value: Value;
}

export interface DraftPage extends Omit<Schemas["PageShape"], "fields"> {
  fields: Field[];
}

export interface DraftSection extends Omit<Schemas["SectionShape"], "pages"> {
  pages: DraftPage[];
}

export interface Draft extends Omit<Schemas["DraftShape"], "answers" | "sections"> {
  answers: Record<string, Answer>;
  sections: DraftSection[];
}

export interface DraftSaved extends Omit<Schemas["DraftSavedShape"], "answers" | "conflicts"> {
  answers: Record<string, Answer>;
  conflicts: Record<string, Answer & { by: string }>;
}

export interface MomentForm extends Omit<Schemas["MomentFormShape"], "input"> {
  input: Field[];
}

/** The form of a referral that was sent, with its answers as they stand now. */
export interface SentForm {
  sections: (Pick<DraftSection, "name" | "title" | "group" | "hint"> & { pages: DraftPage[] })[];
  answers: Values;
}

export type Amendment = Schemas["AmendmentShape"];
export type Lasting = Schemas["LastingShape"];
export type FamilyContact = Schemas["FamilyContactShape"];
export type SafetyAlert = Schemas["SafetyShape"];
export type CaseIdentity = WithOptions<Schemas["CaseIdentityShape"]>;
export type CaseOverview = Schemas["CaseOverviewShape"];
export type CasePeople = WithOptions<Schemas["CasePeopleShape"]>;
export type CaseConcerns = WithOptions<Schemas["CaseConcernsShape"]>;
export type Concern = WithOptions<Schemas["ConcernShape"]>;
export type FormerPerson = Schemas["FormerPersonShape"];
export type SaidTurn = Schemas["SaidTurnShape"];
export type CaseChild = WithOptions<Schemas["CaseChildShape"]>;
export type CaseSeal = Omit<WithOptions<Schemas["SealShape"]>, "confirmation"> & { confirmation: Confirmation | null };
export type Relationship = WithOptions<Schemas["RelationshipShape"]>;
export type RelatedPerson = Schemas["RelatedPersonShape"];
export type CaseStanding = Schemas["CaseStandingShape"];
export type ChronologyEntry = Schemas["ChronologyShape"];
export type Sibling = Schemas["SiblingShape"];
export type Followed = Schemas["FollowedShape"];
export type LinkedHere = Schemas["LinkedHereShape"];

export type DraftProblem = Schemas["ProblemShape"];
export type Stop = Schemas["StopShape"];
