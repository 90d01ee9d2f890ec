/** Header, navigation, main and footer around every page. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { pathOf } from "../lib/navigation";
import { session } from "../session";
import { Account } from "./account";
import { IdleWarning } from "./idle";
import { SignInAgain } from "./sign_in_again";

export function Shell({ children }: { children: ComponentChildren }) {
  const signedIn = session.value?.signed_in ?? false;
  return (
    <>
      <a href="#main" class="govuk-skip-link">
        Skip to main content
      </a>
      <header>
        <div class="govuk-generic-header app-header">
          <div class="govuk-width-container app-header__row">
            <a href="/" class="govuk-generic-header__homepage-link app-brand">
              <Mark />
              Alongside
            </a>
            {signedIn && <Account />}
          </div>
        </div>
        {signedIn && <Navigation />}
      </header>
      <div class="app-content">
        <div class="govuk-width-container">
          <main class="govuk-main-wrapper" id="main" tabIndex={-1}>
            {children}
          </main>
        </div>
      </div>
      <Footer />
      {signedIn && <IdleWarning />}
      {signedIn && <SignInAgain />}
    </>
  );
}

/** Two figures side by side: the mark of the service. */
function Mark() {
  return (
    <svg class="app-brand__mark" viewBox="0 0 26 24" width="26" height="24" aria-hidden="true" focusable="false">
      <circle cx="9" cy="4.500" r="4.500" fill="currentColor" />
      <path d="M2 24v-7a7 7 0 0 1 14 0v7z" fill="currentColor" />
      <circle class="app-brand__child" cx="21" cy="11" r="3.200" />
      <path class="app-brand__child" d="M17.500 24v-4.500a3.800 3.800 0 0 1 7.600 0V24z" />
    </svg>
  );
}

function Navigation() {
  const [open, setOpen] = useState(false);
  const { path } = useLocation();
  const entries = [{ name: "", label: "Home" }, ...(session.value?.navigation ?? [])];
  return (
    <div class="govuk-service-navigation">
      <div class="govuk-width-container">
        <div class="govuk-service-navigation__container">
          <nav aria-label="Menu" class="govuk-service-navigation__wrapper">
            <button
              type="button"
              class="govuk-service-navigation__toggle app-menu-toggle"
              aria-controls="navigation"
              aria-expanded={open}
              onClick={() => setOpen(!open)}
            >
              Menu
            </button>
            <ul class={`govuk-service-navigation__list${open ? "" : " app-menu-closed"}`} id="navigation">
              {entries.map(({ name, label }) => (
                <NavigationLink
                  key={name}
                  href={name ? pathOf(name) : "/"}
                  label={label}
                  path={path}
                  onFollow={() => setOpen(false)}
                />
              ))}
            </ul>
          </nav>
        </div>
      </div>
    </div>
  );
}

interface LinkProps {
  href: string;
  label: string;
  path: string;
  onFollow: () => void;
}

/** A referral is reached from many lists, so its page belongs to none of them; other records have one list. */
const isSection = (href: string) => href !== "/" && href !== "/referrals";

function NavigationLink({ href, label, path, onFollow }: LinkProps) {
  const active = path === href || (isSection(href) && path.startsWith(`${href}/`));
  return (
    <li class={`govuk-service-navigation__item${active ? " govuk-service-navigation__item--active" : ""}`}>
      <a
        class="govuk-service-navigation__link"
        href={href}
        aria-current={path === href ? "page" : active || undefined}
        onClick={onFollow}
      >
        {active ? <strong class="govuk-service-navigation__active-fallback">{label}</strong> : label}
      </a>
    </li>
  );
}

function Footer() {
  const partnership = session.value?.partnership;
  return (
    <footer class="app-footer">
      <div class="govuk-width-container">
        {partnership && <p>{partnership.name}</p>}
        <p>A child in danger now: call 999.</p>
        {session.value?.demo && <p>This is a demonstration. Every person in it is made up.</p>}
      </div>
    </footer>
  );
}
