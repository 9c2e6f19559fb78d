"""The showcase page from the public part of a proposal."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from qunju.model.assessment import Assessment, ClusterItem, Condition
from qunju.model.documents import Video
from qunju.model.member import Gostyle
from qunju.model.member import Member as MemberFile
from qunju.model.plan import (
    Benefits as PlanBenefits,
)
from qunju.model.plan import (
    Collaboration,
    CollaborationRole,
    CommonProblem,
    DigitalTool,
    DigitalTools,
    Narrative,
    Plan,
    PriorResults,
)
from qunju.model.plan import Difference as DifferenceRow
from qunju.model.profile import AspectOutcomes, Continues, Features, PlanSummary
from qunju.model.proposer import Partner as PartnerFile
from qunju.model.proposer import Proposer as ProposerFile
from qunju.model.record import Missing
from qunju.model.schedule import Row
from qunju.regulation.programme import Programme
from qunju.views.builders.masthead import aspect, masthead
from qunju.views.builders.reading import keyed, line, lines, listed, narrative
from qunju.views.common import Amount, Link
from qunju.views.prose import safe_url
from qunju.views.publication import Publication
from qunju.views.showcase import (
    AspectTools,
    Benefits,
    Continuation,
    Difference,
    Indicator,
    Member,
    Partner,
    PlannedTool,
    Proposer,
    Role,
    Showcase,
    Story,
    Summary,
    Tool,
)

OUTCOMES = {"O": AspectOutcomes.o, "E": AspectOutcomes.e, "S": AspectOutcomes.s, "I": AspectOutcomes.i}
ZERO = Amount(Decimal(0))


def showcase(publication: Publication, programme: Programme) -> Showcase:
    """Return the page."""
    cluster = publication.public
    text, tools = cluster.plan.narrative, cluster.plan.digital_tools
    return Showcase(
        head=masthead(publication, programme, ""),
        summary=_summary(publication),
        story=Story(
            origin=narrative(text, Narrative.origin),
            intro=narrative(text, Narrative.intro),
            naming=narrative(text, Narrative.naming_origin),
            composition=narrative(text, Narrative.composition_advantage),
        ),
        members=tuple(sorted(map(_member, publication.members), key=lambda member: not member.lead)),
        other_members=publication.other_members,
        aspects=tuple(_aspect_tools(code, publication, programme) for code in programme.facts["aspects"]),
        indicators=tuple(_indicator(row, programme) for row in _indicators(publication)),
        proposer=_proposer(cluster.proposer),
        continuation=_continuation(publication),
        goals=narrative(text, Narrative.goals),
        strategy=narrative(text, Narrative.strategy),
        implementation=narrative(text, Narrative.implementation),
        marketing_tools=_planned(listed(tools, DigitalTools.marketing)),
        management_tools=_planned(listed(tools, DigitalTools.management)),
        differences=_differences(publication),
        benefits=Benefits(
            highlights=narrative(text.benefits, PlanBenefits.highlights),
            qualitative=lines(text.benefits, PlanBenefits.qualitative),
            quantitative=lines(text.benefits, PlanBenefits.quantitative),
        ),
        partners=tuple(_partner(partner) for partner in keyed(cluster.proposer, ProposerFile.partners).values()),
        roles=tuple(_role(role) for role in listed(text.collaboration, Collaboration.roles)),
        video=_video(publication),
    )


def _summary(publication: Publication) -> Summary:
    features, plan = publication.public.profile.summary.features, publication.public.profile.summary.plan
    return Summary(
        members=narrative(features, Features.members),
        distribution=narrative(features, Features.distribution),
        advantage=narrative(features, Features.advantage),
        goal=narrative(plan, PlanSummary.goal),
        status_and_actions=narrative(plan, PlanSummary.status_and_actions),
        overall_plan=narrative(plan, PlanSummary.overall_plan),
        highlights=narrative(plan, PlanSummary.highlights),
    )


def _member(member: MemberFile) -> Member:
    return Member(
        name=line(member, MemberFile.name),
        county=line(member, MemberFile.county),
        township=line(member, MemberFile.township),
        industry=line(member, MemberFile.industry),
        main_product=line(member, MemberFile.main_product),
        brief=narrative(member, MemberFile.brief),
        gostyle=safe_url(line(member.gostyle, Gostyle.url)),
        lead=member.maybe(MemberFile.role) is not None and member.is_lead,
    )


def _aspect_tools(code: str, publication: Publication, programme: Programme) -> AspectTools:
    cluster = publication.public
    items = keyed(cluster.assessment, Assessment.items)
    tools = tuple(
        _tool(name, facts, items.get(name))
        for name, facts in programme.facts["cluster_items"].items()
        if facts["aspect"] == code
    )
    matrix = programme.facts["stage_matrix"].get(cluster.category, {}).get(cluster.type, {})
    return AspectTools(
        aspect=aspect(code, programme),
        tools=tools,
        expected=narrative(cluster.profile.summary.aspects, OUTCOMES[code]),
        suggested=tuple(matrix.get(code, ())),
    )


def _tool(name: str, facts: dict[str, object], item: ClusterItem | None) -> Tool:
    level = facts.get("level") or 0
    if item is None:
        return Tool(name, str(facts["name"]), int(str(level)), before=False, after=False)
    return Tool(
        id=name,
        name=str(facts["name"]),
        level=int(str(level)),
        before=item.initial.maybe(Condition.has) is True,
        after=item.target.maybe(Condition.has) is True,
        note_before=line(item.initial, Condition.detail),
        note_after=line(item.target, Condition.detail),
        scenario=line(item, ClusterItem.scenario),
        count_before=item.initial.maybe(Condition.count),
        count_after=item.target.maybe(Condition.count),
    )


def _indicators(publication: Publication) -> Iterable[Row]:
    try:
        return publication.public.indicators
    except Missing:
        return ()


def _indicator(row: Row, programme: Programme) -> Indicator:
    return Indicator(
        id=row.id,
        text=line(row, Row.text),
        unit=line(row, Row.unit),
        mid=amount_of(row.maybe(Row.mid)),
        final=amount_of(row.maybe(Row.final)),
        total=whole_of(row),
        aspect=aspect(row.kind, programme) if row.kind in programme.facts["aspects"] else None,
        scenario=line(row, Row.scenario),
        note=line(row, Row.benefit_note),
    )


def amount_of(value: Decimal | None) -> Amount:
    """Return a number for people; what is not filled in reads 0 in a draft."""
    return ZERO if value is None else Amount(value)


def whole_of(row: Row) -> Amount:
    """Return what a row is to reach in all."""
    try:
        return Amount(row.whole)
    except Missing:
        return ZERO


def _proposer(proposer: ProposerFile) -> Proposer:
    return Proposer(
        name=line(proposer, ProposerFile.name),
        kind=line(proposer, ProposerFile.kind),
        main_business=line(proposer, ProposerFile.main_business),
        intro=narrative(proposer, ProposerFile.intro),
        website=safe_url(line(proposer, ProposerFile.website)),
    )


def _continuation(publication: Publication) -> Continuation | None:
    continues = publication.public.profile.continues
    year = continues.maybe(Continues.year)
    if year is None:
        return None
    text = publication.public.plan.narrative
    results = text.b_prior_results
    return Continuation(
        year=year,
        name=line(continues, Continues.name),
        methods=narrative(results, PriorResults.methods),
        highlights=narrative(results, PriorResults.highlights),
        outcomes=narrative(results, PriorResults.outcomes),
        diffusion=narrative(results, PriorResults.diffusion),
        brand=narrative(results, PriorResults.brand),
        after_one_year=narrative(text, Narrative.b_after_one_year),
        sustainability=narrative(text, Narrative.b_sustainability),
    )


def _planned(tools: Iterable[DigitalTool]) -> tuple[PlannedTool, ...]:
    return tuple(PlannedTool(line(tool, DigitalTool.name), line(tool, DigitalTool.purpose)) for tool in tools)


def _differences(publication: Publication) -> tuple[Difference, ...]:
    plan = publication.public.plan
    problems = keyed(plan.narrative, Narrative.common_problems)
    return tuple(
        _difference(row, problems.get(line(row, DifferenceRow.problem))) for row in listed(plan, Plan.difference_table)
    )


def _difference(row: DifferenceRow, problem: CommonProblem | None) -> Difference:
    return Difference(
        problem=line(problem, CommonProblem.text) if problem is not None else "",
        current=line(row, DifferenceRow.current),
        expected=line(row, DifferenceRow.expected),
        method=line(row, DifferenceRow.method),
        qualitative=line(row, DifferenceRow.eval_qualitative),
        quantitative=line(row, DifferenceRow.eval_quantitative),
    )


def _partner(partner: PartnerFile) -> Partner:
    return Partner(
        type=line(partner, PartnerFile.type),
        employer=line(partner, PartnerFile.employer),
        title=line(partner, PartnerFile.title),
        role=line(partner, PartnerFile.role),
        duty=line(partner, PartnerFile.duty),
    )


def _role(role: CollaborationRole) -> Role:
    return Role(
        name=line(role, CollaborationRole.role),
        duties=narrative(role, CollaborationRole.duties),
        division=narrative(role, CollaborationRole.division),
        effort=narrative(role, CollaborationRole.effort),
    )


def _video(publication: Publication) -> Link | None:
    url = safe_url(line(publication.public.documents.video, Video.url))
    return Link("看介紹影片", url) if url else None
