/** The routes. Home comes with the app, each other page when it is first opened; all but signing in need a session. */
import { useEffect } from "preact/hooks";
import lazy, { ErrorBoundary } from "preact-iso/lazy";
import { LocationProvider, Route, Router, useLocation } from "preact-iso/router";
import Home from "./pages/home/home";
import { session } from "./session";
import { Boundary } from "./ui/boundary";
import { Shell } from "./ui/shell";

const SignIn = lazy(() => import("./pages/sign_in/sign_in"));
const FirstFactor = lazy(() => import("./pages/security/first"));
const Security = lazy(() => import("./pages/security/security"));
const Start = lazy(() => import("./pages/refer/start"));
const Parts = lazy(() => import("./pages/refer/tasks"));
const FormPage = lazy(() => import("./pages/refer/form"));
const StopPage = lazy(() => import("./pages/refer/stop"));
const Check = lazy(() => import("./pages/refer/check"));
const Sent = lazy(() => import("./pages/refer/sent"));
const Mine = lazy(() => import("./pages/referrals/mine"));
const Queue = lazy(() => import("./pages/referrals/queue"));
const Offered = lazy(() => import("./pages/referrals/offered"));
const Referral = lazy(() => import("./pages/referrals/referral"));
const Matching = lazy(() => import("./pages/matching/child"));
const MatchingAct = lazy(() => import("./pages/matching/act"));
const Act = lazy(() => import("./pages/act/act"));
const Requests = lazy(() => import("./pages/requests/requests"));
const Request = lazy(() => import("./pages/requests/request"));
const Confirmations = lazy(() => import("./pages/confirmations/confirmations"));
const Confirmation = lazy(() => import("./pages/confirmations/confirmation"));
const Cases = lazy(() => import("./pages/cases/cases"));
const ClosedCases = lazy(() => import("./pages/cases/closed"));
const Case = lazy(() => import("./pages/cases/case"));
const CaseAssessments = lazy(() => import("./pages/cases/assessments"));
const CasePlan = lazy(() => import("./pages/cases/plan"));
const CaseGoals = lazy(() => import("./pages/cases/goals_now"));
const CaseFamilyPage = lazy(() => import("./pages/cases/family"));
const CaseReviews = lazy(() => import("./pages/cases/reviews"));
const CaseChronology = lazy(() => import("./pages/cases/chronology"));
const CaseChild = lazy(() => import("./pages/cases/child"));
const CaseSeal = lazy(() => import("./pages/cases/seal"));
const ReferralSeal = lazy(() => import("./pages/cases/seal").then((page) => page.ReferralSealRoute));
const CasePeople = lazy(() => import("./pages/cases/people"));
const Concerns = lazy(() => import("./pages/cases/concerns"));
const Concern = lazy(() => import("./pages/cases/concern"));
const Relationship = lazy(() => import("./pages/cases/relationship"));
const CaseHistory = lazy(() => import("./pages/cases/history"));
const CaseAgreement = lazy(() => import("./pages/cases/agreement"));
const CaseOutcomes = lazy(() => import("./pages/cases/outcomes"));
const AssessmentPage = lazy(() => import("./pages/assessments/assessment"));
const ActionPage = lazy(() => import("./pages/actions/action"));
const Documents = lazy(() => import("./pages/documents/documents"));
const WriteLetter = lazy(() => import("./pages/letters/letter"));
const CaseTeam = lazy(() => import("./pages/team/case"));
const TeamPlace = lazy(() => import("./pages/team/place"));
const TeamPlaces = lazy(() => import("./pages/team/places"));
const CaseInterventions = lazy(() => import("./pages/interventions/of_case"));
const FindService = lazy(() => import("./pages/interventions/find"));
const Recommend = lazy(() => import("./pages/interventions/recommend"));
const Intervention = lazy(() => import("./pages/interventions/intervention"));
const Giving = lazy(() => import("./pages/interventions/giving"));
const PlanGroup = lazy(() => import("./pages/interventions/plan_group"));
const GroupSession = lazy(() => import("./pages/interventions/group"));
const Transfers = lazy(() => import("./pages/cases/transfers"));
const Transfer = lazy(() => import("./pages/cases/transfer"));
const LeadRequest = lazy(() => import("./pages/cases/lead_request"));
const Tasks = lazy(() => import("./pages/tasks/tasks"));
const Task = lazy(() => import("./pages/tasks/task"));
const MyWork = lazy(() => import("./pages/work/work"));
const Find = lazy(() => import("./pages/find/find"));
const Critical = lazy(() => import("./pages/critical/report"));
const Services = lazy(() => import("./pages/services/services"));
const Service = lazy(() => import("./pages/services/service"));
const ServiceEntry = lazy(() => import("./pages/services/entry"));
const SuggestedServices = lazy(() => import("./pages/services/suggested"));
const ServiceImport = lazy(() => import("./pages/services/import"));
const Attention = lazy(() => import("./pages/exceptions/attention"));
const Figures = lazy(() => import("./pages/figures/flow"));
const Moved = lazy(() => import("./pages/managing/moved"));
const Standing = lazy(() => import("./pages/figures/standing"));
const Waits = lazy(() => import("./pages/figures/waits"));
const Fairness = lazy(() => import("./pages/figures/fairness"));
const Works = lazy(() => import("./pages/figures/works"));
const Outcomes = lazy(() => import("./pages/figures/outcomes"));
const Needs = lazy(() => import("./pages/figures/needs"));
const Published = lazy(() => import("./pages/figures/published"));
const Quality = lazy(() => import("./pages/quality/quality"));
const Exports = lazy(() => import("./pages/exports/exports"));
const AskExport = lazy(() => import("./pages/exports/ask"));
const Reports = lazy(() => import("./pages/reports/reports"));
const Report = lazy(() => import("./pages/reports/report"));
const People = lazy(() => import("./pages/people/people"));
const Caseloads = lazy(() => import("./pages/people/caseloads"));
const AddPerson = lazy(() => import("./pages/people/place").then((page) => page.Add));
const Person = lazy(() => import("./pages/people/person"));
const ChangePerson = lazy(() => import("./pages/people/place"));
const ResetFactor = lazy(() => import("./pages/people/reset_factor"));
const EndPerson = lazy(() => import("./pages/people/end"));
const Reassign = lazy(() => import("./pages/people/reassign"));
const Conflicts = lazy(() => import("./pages/conflicts/conflicts"));
const DeclareConflict = lazy(() => import("./pages/conflicts/declare"));
const OneConflict = lazy(() => import("./pages/conflicts/conflict"));
const Agencies = lazy(() => import("./pages/agencies/agencies"));
const Agency = lazy(() => import("./pages/agencies/agency"));
const Configurations = lazy(() => import("./pages/configurations/configurations"));
const Configuration = lazy(() => import("./pages/configurations/version"));
const ConfigurationEntry = lazy(() => import("./pages/configurations/entry"));
const Disagreements = lazy(() => import("./pages/disagreements/disagreements"));
const Disagreement = lazy(() => import("./pages/disagreements/disagreement"));
const Panels = lazy(() => import("./pages/panels/panels"));
const Panel = lazy(() => import("./pages/panels/panel"));
const PanelItem = lazy(() => import("./pages/panels/item"));
const Voices = lazy(() => import("./pages/voices/voices"));
const Saying = lazy(() => import("./pages/voices/saying"));
const Voice = lazy(() => import("./pages/figures/voice"));
const CasePanels = lazy(() => import("./pages/panels/of_case"));
const CaseChoice = lazy(() => import("./pages/case_choices/case_choice"));
const Messages = lazy(() => import("./pages/messages/messages"));
const Outside = lazy(() => import("./pages/set_password/outside"));
const Privacy = lazy(() => import("./pages/privacy/privacy"));
const Status = lazy(() => import("./pages/status/status"));
const Settings = lazy(() => import("./pages/settings/settings"));
const Elsewhere = lazy(() => import("./pages/elsewhere/elsewhere"));

function Pages() {
  return (
    <Router>
      <Route path="/" component={Home} />
      <Route path="/referrals" component={Mine} />
      <Route path="/referrals/new" component={Start} />
      <Route path="/referrals/:id/draft" component={Parts} />
      <Route path="/referrals/:id/draft/stop" component={StopPage} />
      <Route path="/referrals/:id/draft/:section/:page" component={FormPage} />
      <Route path="/referrals/:id/check" component={Check} />
      <Route path="/referrals/:id/sent" component={Sent} />
      <Route path="/referrals/:id/child" component={Matching} />
      <Route path="/referrals/:id/child/:option" component={MatchingAct} />
      <Route path="/referrals/:id" component={Referral} />
      <Route path="/referrals/:id/seal" component={ReferralSeal} />
      <Route path="/referrals/:id/services" component={SuggestedServices} />
      <Route path="/:collection/:id/do/:option" component={Act} />
      <Route path="/queue" component={Queue} />
      <Route path="/offered" component={Offered} />
      <Route path="/information-requests" component={Requests} />
      <Route path="/information-requests/:id" component={Request} />
      <Route path="/confirmations" component={Confirmations} />
      <Route path="/confirmations/:id" component={Confirmation} />
      <Route path="/cases" component={Cases} />
      <Route path="/cases/closed" component={ClosedCases} />
      <Route path="/cases/:id" component={Case} />
      <Route path="/cases/:id/assessments" component={CaseAssessments} />
      <Route path="/cases/:id/plan" component={CasePlan} />
      <Route path="/cases/:id/goals" component={CaseGoals} />
      <Route path="/cases/:id/family" component={CaseFamilyPage} />
      <Route path="/cases/:id/reviews" component={CaseReviews} />
      <Route path="/cases/:id/chronology" component={CaseChronology} />
      <Route path="/cases/:id/child" component={CaseChild} />
      <Route path="/cases/:id/seal" component={CaseSeal} />
      <Route path="/cases/:id/people" component={CasePeople} />
      <Route path="/cases/:id/concerns" component={Concerns} />
      <Route path="/concerns/:id" component={Concern} />
      <Route path="/relationships/:id" component={Relationship} />
      <Route path="/cases/:id/history" component={CaseHistory} />
      <Route path="/cases/:id/agreement" component={CaseAgreement} />
      <Route path="/cases/:id/outcomes" component={CaseOutcomes} />
      <Route path="/assessments/:id" component={AssessmentPage} />
      <Route path="/actions/:id" component={ActionPage} />
      <Route path="/cases/:id/documents" component={Documents} />
      <Route path="/cases/:id/letter" component={WriteLetter} />
      <Route path="/cases/:id/team" component={CaseTeam} />
      <Route path="/team-members/:id" component={TeamPlace} />
      <Route path="/teams" component={TeamPlaces} />
      <Route path="/cases/:id/interventions" component={CaseInterventions} />
      <Route path="/cases/:id/services" component={FindService} />
      <Route path="/cases/:id/services/:service" component={Recommend} />
      <Route path="/interventions/:id" component={Intervention} />
      <Route path="/giving" component={Giving} />
      <Route path="/giving/group" component={PlanGroup} />
      <Route path="/group-sessions/:id" component={GroupSession} />
      <Route path="/transfers" component={Transfers} />
      <Route path="/transfers/:id" component={Transfer} />
      <Route path="/lead-requests/:id" component={LeadRequest} />
      <Route path="/tasks" component={Tasks} />
      <Route path="/tasks/:id" component={Task} />
      <Route path="/work" component={MyWork} />
      <Route path="/find" component={Find} />
      <Route path="/critical" component={Critical} />
      <Route path="/configurations" component={Configurations} />
      <Route path="/configurations/:id" component={Configuration} />
      <Route path="/configurations/:id/entries/:code" component={ConfigurationEntry} />
      <Route path="/configurations/:id/add" component={ConfigurationEntry} />
      <Route path="/services" component={Services} />
      <Route path="/services/new" component={ServiceEntry} />
      <Route path="/services/import" component={ServiceImport} />
      <Route path="/services/:id" component={Service} />
      <Route path="/services/:id/entry" component={ServiceEntry} />
      <Route path="/attention" component={Attention} />
      <Route path="/caseloads" component={Caseloads} />
      <Route path="/figures" component={Figures} />
      <Route path="/figures/trend" component={Moved} />
      <Route path="/standing" component={Standing} />
      <Route path="/waits" component={Waits} />
      <Route path="/fairness" component={Fairness} />
      <Route path="/outcomes" component={Outcomes} />
      <Route path="/what-works" component={Works} />
      <Route path="/needs" component={Needs} />
      <Route path="/published" component={Published} />
      <Route path="/quality" component={Quality} />
      <Route path="/exports" component={Exports} />
      <Route path="/exports/new" component={AskExport} />
      <Route path="/reports" component={Reports} />
      <Route path="/reports/:id" component={Report} />
      <Route path="/people" component={People} />
      <Route path="/people/add" component={AddPerson} />
      <Route path="/people/:id" component={Person} />
      <Route path="/people/:id/change" component={ChangePerson} />
      <Route path="/people/:id/end" component={EndPerson} />
      <Route path="/people/:id/reset-sign-in" component={ResetFactor} />
      <Route path="/people/:id/reassign" component={Reassign} />
      <Route path="/conflicts" component={Conflicts} />
      <Route path="/conflicts/declare" component={DeclareConflict} />
      <Route path="/conflicts/:id" component={OneConflict} />
      <Route path="/agencies" component={Agencies} />
      <Route path="/agencies/:id" component={Agency} />
      <Route path="/disagreements" component={Disagreements} />
      <Route path="/disagreements/:id" component={Disagreement} />
      <Route path="/panels" component={Panels} />
      <Route path="/panels/:id" component={Panel} />
      <Route path="/panel-items/:id" component={PanelItem} />
      <Route path="/cases/:id/panels" component={CasePanels} />
      <Route path="/voices" component={Voices} />
      <Route path="/voices/:id" component={Saying} />
      <Route path="/voice" component={Voice} />
      <Route path="/case-choices/:id" component={CaseChoice} />
      <Route path="/settings" component={Settings} />
      <Route path="/security" component={Security} />
      <Route path="/messages" component={Messages} />
      <Route default component={Elsewhere} />
    </Router>
  );
}

const OUTSIDE = ["/set-password", "/forgotten", "/directory"];

/** Some pages are for anybody, or for whoever holds a link to them; what they show is the same whoever may be signed in here. */
function Doors() {
  const { path } = useLocation();
  if (path === "/status") return <Status />;
  if (OUTSIDE.includes(path)) return <Outside path={path} />;
  if (path === "/privacy") return <Privacy />;
  if (!session.value?.signed_in) return <SignIn />;
  return session.value.needs_second_factor ? <FirstFactor /> : <Pages />;
}

/** After a new version is put in place an old page asks for files that are gone: the new page has them. */
function reloadOnce(): void {
  addEventListener("vite:preloadError", () => location.reload(), { once: true });
}

export function App() {
  useEffect(reloadOnce, []);
  return (
    <LocationProvider>
      <ErrorBoundary>
        <Shell>
          <Boundary>
            <Doors />
          </Boundary>
        </Shell>
      </ErrorBoundary>
    </LocationProvider>
  );
}
