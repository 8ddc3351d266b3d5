"""One small graph per rule of OWL 2 RL/RDF, and one for each way in which a rule can be missed.

Each is compared with owlrl too; where a case says that owlrl falls short of the specification,
the test fails as soon as that is no longer true.
"""

from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox
import pytest

from zsgraph.reasoning import Closure, close, owlrl_reference
from zsgraph.reasoning.clashes import short_name
from zsgraph.terms import Term, Triple

HERE = Path(__file__).parent
EXAMPLE = "http://example.org/"
TEST = EXAMPLE + "test#"

#: All rules of tables 4 to 9 of the OWL 2 Profiles.
SPECIFIED = set(
    """
    eq-ref eq-sym eq-trans eq-rep-s eq-rep-p eq-rep-o eq-diff1 eq-diff2 eq-diff3
    prp-ap prp-dom prp-rng prp-fp prp-ifp prp-irp prp-symp prp-asyp prp-trp prp-spo1 prp-spo2
    prp-eqp1 prp-eqp2 prp-pdw prp-adp prp-inv1 prp-inv2 prp-key prp-npa1 prp-npa2
    cls-thing cls-nothing1 cls-nothing2 cls-int1 cls-int2 cls-uni cls-com cls-svf1 cls-svf2
    cls-avf cls-hv1 cls-hv2 cls-maxc1 cls-maxc2 cls-maxqc1 cls-maxqc2 cls-maxqc3 cls-maxqc4 cls-oo
    cax-sco cax-eqc1 cax-eqc2 cax-dw cax-adc
    dt-type1 dt-type2 dt-eq dt-diff dt-not-type
    scm-cls scm-sco scm-eqc1 scm-eqc2 scm-op scm-dp scm-spo scm-eqp1 scm-eqp2 scm-dom1 scm-dom2
    scm-rng1 scm-rng2 scm-hv scm-svf1 scm-svf2 scm-avf1 scm-avf2 scm-int scm-uni
    """.split()  # noqa: SIM905
)


@dataclass
class Case:
    """What is given, and what must come of it."""

    given: set[Triple] = field(default_factory=set)
    follows: set[Triple] = field(default_factory=set)
    never: set[Triple] = field(default_factory=set)
    clash: str = ""
    about: set[Term] = field(default_factory=set)
    owlrl: str = ""


def cases() -> dict[str, Case]:
    found: dict[str, Case] = {}
    for path in sorted(HERE.glob("rules/*.trig")):
        notes: list[ox.Quad] = []
        for quad in ox.parse(path=path):
            if isinstance(quad.graph_name, ox.DefaultGraph):
                notes.append(quad)
                continue
            name, part = quad.graph_name.value.removeprefix(EXAMPLE), "given"
            for suffix in ("follows", "never"):
                if name.endswith(f"-{suffix}"):
                    name, part = name.removesuffix(f"-{suffix}"), suffix
            triple = (str(quad.subject), str(quad.predicate), str(quad.object))
            getattr(found.setdefault(name, Case()), part).add(triple)
        for quad in notes:
            case = found[quad.subject.value.removeprefix(EXAMPLE)]
            kind = quad.predicate.value.removeprefix(TEST)
            if kind == "about":
                case.about.add(str(quad.object))
            else:
                setattr(case, kind, quad.object.value)
    return found


CASES = cases()


ALL = list(CASES)
CLASHING = [name for name, case in CASES.items() if case.clash]
PEACEFUL = [name for name, case in CASES.items() if not case.clash]


def test_every_rule_of_the_specification_has_a_case() -> None:
    assert SPECIFIED - set(CASES) == set()
    assert all(case.given for case in CASES.values())
    assert all(case.follows or case.never or case.clash for case in CASES.values())


@pytest.mark.parametrize("name", ALL)
def test_what_must_and_must_not_follow(name: str) -> None:
    case = CASES[name]
    closure = close(case.given)
    inferred = set(closure.inferred)
    assert case.follows <= inferred
    assert not case.never & inferred
    assert not case.given & inferred
    assert closure.inferred == sorted(inferred)


@pytest.mark.parametrize("name", CLASHING)
def test_a_contradiction_names_its_rule_and_individuals(name: str) -> None:
    case = CASES[name]
    (clash,) = close(case.given).clashes
    assert clash.rule == case.clash
    assert set(clash.individuals) == case.about
    assert clash.triples
    closed = case.given | set(close(case.given).inferred)
    assert case.given & set(clash.triples)
    for subject, predicate, object_ in clash.triples:
        symmetric = (object_, predicate, subject)
        assert subject == object_ or {(subject, predicate, object_), symmetric} & closed


@pytest.mark.parametrize("name", PEACEFUL)
def test_there_is_no_contradiction_where_none_is(name: str) -> None:
    assert close(CASES[name].given).clashes == []


@pytest.mark.parametrize("name", ALL)
def test_owlrl_agrees_except_where_it_falls_short(name: str) -> None:
    case = CASES[name]
    ours, theirs = close(case.given), owlrl_reference.close(case.given)
    same_triples = ours.inferred == theirs.inferred
    found, reported = _clashes(ours), _clashes(theirs)
    # owlrl tells of x and y also as y and x, x and x, y and y.
    same_clashes = found <= reported and {r for r, _ in found} == {r for r, _ in reported}
    assert (same_triples and same_clashes) is (not case.owlrl), case.owlrl


@pytest.mark.parametrize("name", CLASHING)
def test_every_contradiction_can_be_told(name: str) -> None:
    (ours,) = close(CASES[name].given).clashes
    for sentence in (ours.message().zh, ours.message().en):
        assert all(short_name(individual) in sentence for individual in ours.individuals[:1])
        assert "found a contradiction" not in sentence
    for clash in owlrl_reference.close(CASES[name].given).clashes:
        assert clash.rule != "other"
        assert clash.message().en


def _clashes(closure: Closure) -> set[tuple[str, frozenset[Term]]]:
    return {(clash.rule, frozenset(clash.individuals)) for clash in closure.clashes}
