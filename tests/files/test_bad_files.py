"""Every way a model file can be wrong, with the place, the words and the hint that a person gets."""

from __future__ import annotations

import dataclasses

import pytest

from bestand.files import loads, read_document
from bestand.model.errors import ModelError
from bestand.model.fault import ModelFault

HEAD = "bestand: 1\ntitle: Dam\n"
DAM = (
    HEAD
    + """\
sources: {press: {title: A paper}}
parties:
  up:
    options:
      release: {}
      threaten: {}
  down: {options: {attack: {}}}
preferences:
  up: {priorities: [not down.attack]}
  down: {priorities: [up.release]}
"""
)  # lines 1 to 12: what is added below begins on line 13


@dataclasses.dataclass(frozen=True)
class Case:
    text: str
    code: str
    line: int
    column: int
    says: str
    hint: str = ""


def added(text: str, *expected: str | int) -> Case:
    return Case(DAM + text, *expected)  # type: ignore[arg-type]


CASES = {
    # ---- keys ----
    "unknown key": Case(
        DAM.replace("title: Dam", "titel: Dam", 1), "unknown-key", 2, 1, "'titel' is no key of a model", "'title'"
    ),
    "missing key": Case(
        DAM.replace("title: Dam", "note: Dam", 1), "missing-key", 1, 1, "needs the key 'title'", "title: …"
    ),
    "unknown key inside": added(
        "rules:\n  - {never: attack, sais: x}\n", "unknown-key", 14, 21, "no key of a rule", "'says'"
    ),
    "unquoted comma": added(
        "readings:\n  r: {change: up 1 dropped, down 1 dropped}\n",
        "unknown-key",
        14,
        29,
        "'down 1 dropped' is no key of a reading",
        "quotes",
    ),
    "duplicate key": added("title: Weir\n", "duplicate-key", 13, 1, "the first is at line 2, column 1", "keep one"),
    "party twice": Case(
        DAM.replace("  down: {options: {attack: {}}}\n", "  down: {options: {attack: {}}}\n  up: {}\n"),
        "duplicate-key",
        10,
        3,
        "'up' is given twice; the first is at line 5, column 3",
    ),
    "option twice": Case(
        DAM.replace("      threaten: {}", "      release: {}"),
        "duplicate-key",
        8,
        7,
        "the first is at line 7, column 7",
    ),
    "a list as key": added("[a]: b\n", "bad-key", 13, 1, "cannot be a key"),
    # ---- version ----
    "newer version": Case(DAM.replace("bestand: 1", "bestand: 2"), "newer-version", 1, 10, "format 2", "update"),
    "huge version": Case(DAM.replace("bestand: 1", f"bestand: {'9' * 9000}"), "newer-version", 1, 10, "format 9"),
    "version with a point": Case(
        DAM.replace("bestand: 1", "bestand: 1.0"), "bad-version", 1, 10, "'1.0'", "bestand: 1"
    ),
    "version nought": Case(DAM.replace("bestand: 1", "bestand: 0"), "bad-version", 1, 10, "'0'", "bestand: 1"),
    # ---- kinds ----
    "list for a text": Case(DAM.replace("title: Dam", "title: [Dam]"), "wrong-type", 2, 1, "a list stands here"),
    "text for a list": added("rules: never\n", "wrong-type", 13, 8, "a list is expected", "[never]"),
    "list for a mapping": added(
        "readings:\n  - {id: r, change: up 1 dropped}\n",
        "wrong-type",
        13,
        1,
        "a mapping (key: value) is expected here, and a list stands here",
        "write each entry as NAME: {change: …}",
    ),
    "text for a mapping of texts": added(
        "labels: none\n", "wrong-type", 13, 9, "a mapping (key: value) is expected", "write each entry as NAME: …"
    ),
    "list for keys": Case(
        DAM.replace("{title: A paper}", "[A paper]"),
        "wrong-type",
        3,
        11,
        "a mapping (key",
        "its keys are title, author",
    ),
    "empty title": Case(DAM.replace("title: Dam", "title:"), "empty", 2, 7, "nothing stands here"),
    "neither yes nor no": added("left_out: [{says: x, assumed: perhaps}]\n", "bad-value", 13, 31, "neither yes nor no"),
    "wrong word": added("one_way: {up.release: to-yess}\n", "bad-value", 13, 23, "'to-yess'", "'to-yes'"),
    "wrong who": added(
        "claims: [{id: c, who: athor, check: some state is true}]\n",
        "bad-value",
        13,
        23,
        "author, reported, ours",
        "'author'",
    ),
    "not a model": Case("just a text", "wrong-type", 1, 1, "a text stands here"),
    "a list of models": Case("- bestand: 1", "wrong-type", 1, 1, "a list stands here"),
    # ---- names ----
    "no parties": Case(HEAD + "parties: {}\n", "no-parties", 3, 1, "no parties"),
    "parties left empty": Case(HEAD + "parties:\n", "no-parties", 3, 9, "no parties"),
    "reserved word": Case(HEAD + "parties: {up: {options: {not: }}}\n", "reserved-word", 3, 26, "word of formulas"),
    "opening word": Case(HEAD + "parties: {with: {options: {a: }}}\n", "reserved-word", 3, 11, "begins sentences"),
    "bad id": Case(HEAD + "parties: {up-stream: }\n", "bad-id", 3, 11, "'up-stream'", "letters"),
    "outcome like an option": added("outcomes: {attack: up.release}\n", "name-clash", 13, 12, "option 'down.attack'"),
    "outcome like a party": added("outcomes: {up: up.release}\n", "name-clash", 13, 12, "name of a party"),
    "unknown source": added(
        "left_out: [{says: x, source: pres ¶3}]\n", "unknown-source", 13, 30, "no source 'pres'", "'press'"
    ),
    "bad citation": added(
        "left_out: [{says: x, source: 'press ¶3, ¶4'}]\n", "bad-citation", 13, 30, "no reference", "as a list"
    ),
    # ---- formulas ----
    "unknown option": added(
        "rules: [{never: up.release and atack}]\n", "unknown-option", 13, 32, "'atack'", "did you mean 'attack'?"
    ),
    "ambiguous option": Case(
        HEAD + "parties: {a: {options: {x: }}, b: {options: {x: }}}\nrules: [{never: not x}]\n",
        "ambiguous-option",
        4,
        21,
        "'x' may be a.x, b.x",
        "party before it",
    ),
    "syntax": added(
        "rules: [{never: up.release & down.attack}]\n",
        "syntax",
        13,
        28,
        "'&' cannot stand here",
        "write 'up.release and down.attack'",
    ),
    "chained": added(
        "rules:\n  - never: release implies attack implies threaten\n", "syntax", 14, 35, "'implies'", "brackets"
    ),
    "quoted": added("rules: [{never: 'release and  wrong'}]\n", "unknown-option", 13, 31, "'wrong'"),
    "folded": added("rules:\n  - never: >-\n      release and\n      wrong\n", "unknown-option", 16, 7, "'wrong'"),
    "on the next line": added("rules:\n  - never: release\n      and wrong\n", "unknown-option", 15, 11, "'wrong'"),
    "escaped": added('rules: [{never: "release\\x20and wrong"}]\n', "unknown-option", 13, 17, "at character 13"),
    "at the end": added("rules: [{never: release and}]\n", "syntax", 13, 28, "the end cannot stand here"),
    "empty formula": added("rules: [{never: ''}]\n", "empty", 13, 18, "nothing stands here"),
    "formula left out": added("outcomes:\n  peace:\n", "empty", 14, 9, "nothing stands here"),
    "mapping for a formula": added("outcomes: {peace: {holds: {a: b}}}\n", "wrong-type", 13, 20, "a text is expected"),
    "circular outcomes": added("outcomes: {a: b, b: not a}\n", "circular-outcomes", 13, 15, "a → b → a"),
    "outcome of itself": added("outcomes: {a: not a}\n", "circular-outcomes", 13, 15, "a → a"),
    "a long chain": added(
        "outcomes:\n  o0: release\n" + "".join(f"  o{k}: not o{k - 1}\n" for k in range(1, 600)),
        "too-deep",
        264,
        9,
        "outcome 'o250' builds on others",
        "in full",
    ),
    "plan": added("plan: relese\n", "unknown-option", 13, 7, "'relese'", "'release'"),
    "plan of several": added("plans: {one: release, two: relese}\n", "unknown-option", 13, 28, "'relese'", "'release'"),
    "plan left out": added("plans:\n  one:\n", "empty", 14, 7, "nothing stands here"),
    "plan without a formula": added("plans: {one: {says: x}}\n", "missing-key", 13, 9, "a plan needs the key 'holds'"),
    "plan with a key of none": added("plans: {one: {holds: release, sais: x}}\n", "unknown-key", 13, 31, "of a plan"),
    "plan with a commitment of none": added(
        "plans: {one: {holds: release, commitments: [x]}}\n", "unknown-commitment", 13, 45, "there is no commitment 'x'"
    ),
    "plan with a fixed option of none": added(
        "plans: {one: {holds: release, fixed: [relese]}}\n", "unknown-option", 13, 39, "there is no option 'relese'"
    ),
    "commitment without its event": added(
        "commitments: {x: {party: up}}\n", "missing-key", 13, 15, "needs the key 'when'"
    ),
    "plan with a bad name": added("plans: {1st: release}\n", "bad-id", 13, 9, "the id of a plan"),
    "plan with a word of formulas": added("plans: {not: release}\n", "reserved-word", 13, 9, "the id of a plan"),
    "plan with the name of an option": added("plans: {attack: release}\n", "name-clash", 13, 9, "name of an option"),
    "plan with the name of an outcome": added(
        "outcomes: {calm: not attack}\nplans: {calm: release}\n", "name-clash", 14, 9, "name of an outcome"
    ),
    "plan given twice": added("plans: {one: release, one: attack}\n", "duplicate-key", 13, 23, "'one'"),
    "plan from nowhere": added(
        "plans: {one: {holds: release, source: pres}}\n", "unknown-source", 13, 39, "'pres'", "'press'"
    ),
    # ---- rules and moves ----
    "rule of no kind": added("rules: [{says: x}]\n", "one-of", 13, 9, "a rule needs one more key", "exactly_one"),
    "rule of two kinds": added(
        "rules: [{never: attack, always: release}]\n", "one-of", 13, 9, "only one of never, always"
    ),
    "choice without options": added("rules: [{exactly_one: []}]\n", "empty", 13, 10, "no options"),
    "option named twice": added(
        "rules: [{exactly_one: [attack, down.attack]}]\n", "duplicate-option", 13, 10, "named 2 times"
    ),
    "option in a choice": added(
        "rules: [{exactly_one: [attack, atack]}]\n", "unknown-option", 13, 32, "'atack'", "'attack'"
    ),
    "contradiction": added(
        "rules: [{never: release and threaten}, {always: attack}, {never: attack}]\n",
        "contradictory-rules",
        13,
        40,
        "rules 2 (always: down.attack) and 3 (never: down.attack) cannot be kept together",
    ),
    "impossible rule": added("rules: [{always: attack and not attack}]\n", "contradictory-rules", 13, 9, "rule 1"),
    "one way, twice": added("one_way: {release: to-yes, up.release: to-no}\n", "duplicate-id", 13, 28, "given 2 times"),
    "one way, unknown": added("one_way: {relase: to-yes}\n", "unknown-option", 13, 19, "'relase'", "'release'"),
    "move of nobody": added(
        "forbidden_moves: [{party: upp, from: release, to: attack}]\n", "unknown-party", 13, 27, "'upp'", "'up'"
    ),
    "move to nowhere": added(
        "forbidden_moves: [{party: up, from: release}]\n", "missing-key", 13, 19, "needs the key 'to'"
    ),
    # ---- status quo ----
    "status quo": added(
        "status_quo: [attak]\n", "unknown-option", 13, 14, "there is no option 'attak'", "did you mean 'attack'?"
    ),
    "broken today": added(
        "rules: [{never: release and attack}]\nstatus_quo: [release, attack]\n",
        "infeasible-status-quo",
        14,
        1,
        "breaks rule 1 (never: up.release and down.attack)",
    ),
    # ---- how a plan is put to the parties ----
    "consent of nobody": added("consent: [up, dwon]\n", "unknown-party", 13, 15, "no party 'dwon'", "'down'"),
    "consent twice": added("consent: [up, up]\n", "repeated", 13, 15, "'up' stands here twice"),
    "red line of nobody": added("red_lines: {dwon: release}\n", "unknown-party", 13, 19, "no party 'dwon'", "'down'"),
    "no deal, unknown": added("no_deal: [attak]\n", "unknown-option", 13, 11, "no option 'attak'", "'attack'"),
    "no deal, misspelt": added("no_deal: dirft\n", "bad-value", 13, 10, "valid: drift, today, a list", "'drift'"),
    "no deal, a mapping": added(
        "no_deal: {attack: yes}\n", "wrong-type", 13, 1, "a text, or a list of texts, is expected", ""
    ),
    "no deal, a list in a list": added("no_deal: [[attack]]\n", "wrong-type", 13, 1, "a list of texts", ""),
    "no deal, a capital": added("no_deal: Today\n", "bad-value", 13, 10, "'Today' cannot stand here", "'today'"),
    "no deal that breaks a rule": added(
        "rules: [{never: release and attack}]\nno_deal: [release, attack]\n",
        "infeasible-no-deal",
        14,
        1,
        "the no-deal point breaks rule 1 (never: up.release and down.attack)",
        "change the rule, or what is yes without a deal; today, drift and a formula can stand here too",
    ),
    "no deal that cannot be": added(
        "rules: [{never: release and attack}]\nno_deal: release and attack\n",
        "infeasible-no-deal",
        14,
        10,
        "no feasible state satisfies 'up.release and down.attack'",
        "write another formula; today, drift and a list of yes options can stand here too",
    ),
    # ---- preferences ----
    "wishes of nobody": Case(DAM.replace("  down: {prio", "  don: {prio"), "unknown-party", 12, 3, "'don'", "'down'"),
    "no kind of wish": Case(
        DAM.replace("{priorities: [up.release]}", "{}"), "one-of", 12, 3, "one more key", "ranking"
    ),
    "weight": Case(
        DAM.replace("{priorities: [up.release]}", "{weights: {attack: 1e3}}"), "bad-number", 12, 28, "'1e3'", "2.5"
    ),
    "endless weight": Case(
        DAM.replace("{priorities: [up.release]}", "{weights: {attack: " + "9" * 99 + "}}"),
        "bad-number",
        12,
        28,
        "at most 40",
    ),
    "weight twice": Case(
        DAM.replace("{priorities: [up.release]}", "{weights: {attack: 1, down.attack: 2}}"),
        "duplicate-option",
        12,
        44,
        "already",
    ),
    # ---- labels ----
    "label too short": added('labels: {"01": a}\n', "bad-bits", 13, 16, "'01' is no state", "3 characters"),
    "label like bits": added('labels: {"011": 100}\n', "bad-label", 13, 17, "bits of another state"),
    "label like an option": added('labels: {"011": attack}\n', "bad-label", 13, 17, "name of an option"),
    # ---- readings and claims ----
    "unknown change": added(
        "readings: {r: {change: up 2 exchangd with up 1}}\n", "syntax", 13, 29, "cannot stand here"
    ),
    "unknown statement": added(
        "readings: {r: {change: up 2 dropped}}\n", "unknown-statement", 13, 24, "no statement 2", "1 to 1"
    ),
    "circular readings": added(
        "readings: {a: {change: reading b}, b: {change: reading a}}\n", "circular-readings", 13, 24, "a → b → a"
    ),
    "reading called base": added("readings: {base: {change: up 1 dropped}}\n", "reserved-word", 13, 12, "'base'"),
    "no check": added("claims: [{id: c}]\n", "missing-key", 13, 10, "a claim needs the key 'check'"),
    "claim twice": added(
        "claims: [{id: c, check: some state is true}, {id: c, check: some state is true}]\n",
        "duplicate-id",
        13,
        15,
        "2 times",
    ),
    "unknown concept": added(
        "claims: [{id: c, check: 'under nsh, some state is true'}]\n", "unknown-concept", 13, 32, "'nsh'", "'nash'"
    ),
    "unknown party": added(
        "claims: [{id: c, check: some state is stable for upp}]\n", "unknown-party", 13, 50, "'upp'", "'up'"
    ),
    "across nothing": added(
        "claims: [{id: c, check: some state is true, across: [[base, hawk]]}]\n", "unknown-reading", 13, 61, "'hawk'"
    ),
    "repeats": added(
        "claims: [{id: c, check: some state is true, repeats: up2}]\n", "syntax", 13, 54, "no statement", "usa 2"
    ),
    "repeats too much": added(
        "claims: [{id: c, check: some state is true, repeats: up 9}]\n", "unknown-statement", 13, 54, "statement 9"
    ),
    "answers to nobody": added(
        "claims: [{id: c, check: some state is true, answers_to: dwn}]\n", "unknown-party", 13, 57, "'dwn'", "'down'"
    ),
    "no status quo": added("claims: [{id: c, check: status-quo is true}]\n", "no-status-quo", 13, 25, "status quo"),
    # ---- YAML ----
    "empty": Case("", "empty-file", 1, 1, "empty"),
    "blank": Case(" \n\n", "empty-file", 1, 1, "empty"),
    "comments only": Case("# nothing\n", "empty-file", 1, 1, "no model"),
    "not closed": Case(HEAD + "parties: {up: [\n", "yaml", 4, 1, "no YAML"),
    "not closed at the very end": Case(HEAD + "parties: {up: [", "yaml", 3, 16, "no YAML"),
    "a key without a colon": Case("bestand: 1\ntitle Dam\nparties: {}\n", "yaml", 2, 1, "no YAML", "':' is missing"),
    "a key and no more": Case("bestand: 1\ntitle", "yaml", 2, 1, "no YAML", "':' is missing"),
    "a line that ends unusually": Case("bestand: 1\u2028title", "yaml", 2, 1, "no YAML", "':' is missing"),
    "a tab": Case("bestand: 1\n\ttitle: x\n", "yaml", 2, 1, "no YAML", "tabs"),
    "colon in a text": Case("bestand: 1\ntitle: Dam: a story\n", "yaml", 2, 11, "no YAML", "quotes"),
    "two documents": Case(DAM + "---\nbestand: 1\n", "several-documents", 13, 1, "second document"),
    "tag": Case(DAM + "note: !!python/name:os.system x\n", "tag", 13, 7, "python/name", "quotes"),
    "text tag": Case(DAM + "note: !x y\n", "tag", 13, 7, "'!x'"),
    "unknown alias": Case(DAM + "note: *gone\n", "unknown-alias", 13, 7, "'&gone'"),
    "alias in itself": Case(DAM + "left_out: &a [*a]\n", "circular-alias", 13, 15, "inside what it repeats"),
    "deep": Case("[" * 900, "too-deep", 1, 101, "deeper than 100"),
    "deep by aliases": Case(
        "a: &a " + "[" * 60 + "]" * 60 + "\nb: " + "[" * 60 + "*a" + "]" * 60, "too-deep", 2, 64, "deeper than 100"
    ),
    "billion laughs": Case(
        "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
        + "".join(
            f"{b}: &{b} [{', '.join(f'*{a}' for _ in range(10))}]\n"
            for a, b in zip("abcdefgh", "bcdefghi", strict=True)
        ),
        "too-large",
        6,
        36,
        "aliases written out",
    ),
    "many aliases": Case("a: &a x\nb: [" + "*a, " * 1001 + "]", "too-many-aliases", 2, 4005, "1,000 aliases"),
    "control character": Case(DAM + "note: a\x07b\n", "bad-character", 13, 8, "U+0007"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_bad_file_is_told(case: Case):
    problems = read_document(case.text).problems
    found = [problem for problem in problems if problem.code == case.code]
    assert found, problems
    first = found[0]
    assert (first.line, first.column) == (case.line, case.column), first
    assert case.says in first.message
    assert case.hint in (first.hint or "")
    others = [problem for problem in problems if problem.code != case.code and problem.severity == "error"]
    missing_title = [problem for problem in others if problem.code == "missing-key"]
    assert others == (missing_title if case.code == "unknown-key" and "titel" in case.text else []), others
    if first.severity == "error":
        with pytest.raises(ModelError):
            loads(case.text)


def test_a_state_that_there_is_not_hides_none_that_stands_twice():
    text = (
        "bestand: 1\ntitle: T\nparties: {a: {options: {x: , z: }}}\nrules: [never: x and z]\n"
        'labels: {"00": 1, "10": 2, "01": 3}\npreferences:\n  a: {ranking: [1, 2, 2, "11", 9]}\n'
    )
    told = [(problem.code, problem.column) for problem in read_document(text).problems]
    assert told == [("ranking-repeats", 23), ("ranking-infeasible", 26), ("unknown-state", 32)]


def test_rankings_that_do_not_fit():
    ranked = DAM.replace("{priorities: [up.release]}", "{ranking: ['000', '100', ['001', '100'], '110']}")
    problems = read_document(ranked + "rules: [{never: release and threaten}]\nlabels: {'100': 7}\n").problems
    told = {problem.code: problem for problem in problems}
    assert told.keys() == {"ranking-misses", "ranking-repeats", "ranking-infeasible"}
    assert "misses 3 states: 010, 101, 011; it must hold all 6" in told["ranking-misses"].message
    assert (told["ranking-misses"].line, told["ranking-misses"].column) == (12, 10)
    assert "state 100 (label 7) more than once" in told["ranking-repeats"].message
    assert (told["ranking-repeats"].line, told["ranking-repeats"].column) == (12, 34)
    assert "state 110, which the rules exclude" in told["ranking-infeasible"].message
    assert (told["ranking-infeasible"].line, told["ranking-infeasible"].column) == (12, 50)


def test_states_of_a_ranking_that_do_not_exist():
    problems = read_document(DAM.replace("{priorities: [up.release]}", "{ranking: [0000, peace]}")).problems
    assert [(p.line, p.column, p.code) for p in problems] == [(12, 20, "bad-bits"), (12, 26, "unknown-state")]


def test_every_problem_of_a_file_is_told_at_once():
    text = """\
bestand: 1
titel: Dam
title: Dam
sources: {press: {}}
parties:
  up: {options: {release: {sais: x}, threaten: {source: pres}}}
  down: {options: {attack: {}}, name: [x]}
rules:
  - never: releas
  - exactly_one: [attack, attak]
  - {never: attack, always: attack}
outcomes: {a: b, b: a, c: {says: x}, d: up.release and}
status_quo: [threten]
preferences:
  up: {priorities: [not down.atack, {holds: release or, source: 'press 3'}]}
  down: {weights: {attack: many}}
readings:
  hawks: {change: up 9 dropped}
claims:
  - {id: c, check: some equilibrium is peace, answers_to: upp}
  - {check: some state is true}
"""
    problems = read_document(text).problems
    assert [(p.line, p.code) for p in problems if p.severity == "error"] == [
        (2, "unknown-key"), (6, "unknown-key"), (6, "unknown-source"), (7, "wrong-type"), (9, "unknown-name"),
        (10, "unknown-option"), (11, "one-of"), (12, "circular-outcomes"), (12, "missing-key"), (12, "syntax"),
        (13, "unknown-option"), (15, "unknown-name"), (15, "syntax"), (15, "bad-citation"), (16, "bad-number"),
        (18, "unknown-statement"), (20, "unknown-name"), (20, "unknown-party"), (21, "missing-key"),
    ]  # fmt: skip


def test_more_problems_than_anyone_reads_are_counted():
    problems = read_document(DAM + "".join(f"k{n}: x\n" for n in range(3000))).problems
    assert len(problems) == 1001
    assert problems[-1].message == "there are 2,000 more problems"


def test_a_fault_of_the_model_finds_its_place():
    document = read_document(DAM)
    places = [
        (("preferences", "up", "priorities", 0), (11, 21)),
        (("preferences", "down"), (12, 3)),
        (("parties", "up", "options", "threaten"), (8, 7)),
        (("title",), (2, 8)),
        (("labels", "000"), (1, 1)),
    ]
    for path, place in places:
        problem = document.problem(ModelFault(path, "doubt", "said", severity="warning"))
        assert (problem.line, problem.column, problem.severity) == (*place, "warning")
