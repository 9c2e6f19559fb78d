"""The showcase: what a cluster wants the public to know of it."""

from dataclasses import dataclass

from markupsafe import Markup

from qunju.views.common import Amount, Aspect, Link, Masthead, Share

NOTHING = Markup()


@dataclass(frozen=True, slots=True)
class Summary:
    """提案內容摘要: what the cluster is made of and what it sets out to do. Each part is narrative text."""

    members: Markup = NOTHING
    distribution: Markup = NOTHING
    advantage: Markup = NOTHING
    goal: Markup = NOTHING
    status_and_actions: Markup = NOTHING
    overall_plan: Markup = NOTHING
    highlights: Markup = NOTHING


@dataclass(frozen=True, slots=True)
class Story:
    """How the cluster came about, who it is, where its name comes from and what holds it together."""

    origin: Markup = NOTHING
    intro: Markup = NOTHING
    naming: Markup = NOTHING
    composition: Markup = NOTHING


@dataclass(frozen=True, slots=True)
class Continuation:
    """What a B cluster builds on: the cluster of the year before and what came of it."""

    year: int
    name: str
    methods: Markup = NOTHING
    highlights: Markup = NOTHING
    outcomes: Markup = NOTHING
    diffusion: Markup = NOTHING
    brand: Markup = NOTHING
    after_one_year: Markup = NOTHING
    sustainability: Markup = NOTHING


@dataclass(frozen=True, slots=True)
class Member:
    """A company that has consented to publicity."""

    name: str
    county: str
    township: str
    industry: str
    main_product: str
    brief: Markup = NOTHING
    gostyle: str = ""
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Tool:
    """One of the assessment's items before and after the coaching; `level` is 1, 2 or 3, and 0 for 其他."""

    id: str
    name: str
    level: int
    before: bool
    after: bool
    note_before: str = ""
    note_after: str = ""
    scenario: str = ""
    count_before: int | None = None
    count_after: int | None = None

    @property
    def grows(self) -> bool:
        """Whether the coaching is to bring more of it, as far as the proposal counts them (家數、數量)."""
        return self.count_after is not None and self.count_after > (self.count_before or 0)

    @property
    def short(self) -> str:
        """The name without the form's examples in brackets; 其他 (level 0) goes by what was written in."""
        written = "" if self.level else self.note_after or self.note_before
        return written or self.name.partition("(")[0]

    @property
    def change(self) -> str:
        """Its class in the style sheet: new, kept, dropped or absent."""
        if self.after:
            return "kept" if self.before else "new"
        return "dropped" if self.before else "absent"


@dataclass(frozen=True, slots=True)
class AspectTools:
    """The tools of one aspect, what is expected of it, and the levels that the programme suggests to reach."""

    aspect: Aspect
    tools: tuple[Tool, ...]
    expected: Markup = NOTHING
    suggested: tuple[int, ...] = ()

    @property
    def size(self) -> int:
        """How many items the aspect has."""
        return len(self.tools)

    @property
    def before(self) -> int:
        """How many of the items the cluster had."""
        return sum(tool.before for tool in self.tools)

    @property
    def after(self) -> int:
        """How many of the items the cluster is to have."""
        return sum(tool.after for tool in self.tools)

    @property
    def before_share(self) -> Share:
        """`before` as a share of all items of the aspect."""
        return Share.of(self.before, len(self.tools))

    @property
    def after_share(self) -> Share:
        """`after` as a share of all items of the aspect."""
        return Share.of(self.after, len(self.tools))

    def adopted(self, level: int) -> tuple[Tool, ...]:
        """The tools of a level that the cluster has or had, in the order of the form."""
        return tuple(tool for tool in self.tools if tool.level == level and (tool.before or tool.after))


@dataclass(frozen=True, slots=True)
class PlannedTool:
    """A tool to be introduced and used in common."""

    name: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A common problem as it is, as it is to become, how, and how that will be judged."""

    problem: str
    current: str
    expected: str
    method: str = ""
    qualitative: str = ""
    quantitative: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A KPI (績效指標); `aspect` is None for 其他."""

    id: str
    text: str
    unit: str
    mid: Amount
    final: Amount
    total: Amount
    aspect: Aspect | None = None
    scenario: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner by its organisation and part; the person's name is not public."""

    type: str
    employer: str
    title: str
    role: str
    duty: str


@dataclass(frozen=True, slots=True)
class Role:
    """角色分工: what the advisors, the lead and the members each contribute."""

    name: str
    duties: Markup = NOTHING
    division: Markup = NOTHING
    effort: Markup = NOTHING


@dataclass(frozen=True, slots=True)
class Proposer:
    """The organisation that proposed the cluster and coaches it."""

    name: str
    kind: str
    main_business: str = ""
    intro: Markup = NOTHING
    website: str = ""


@dataclass(frozen=True, slots=True)
class Benefits:
    """亮點與預期效益."""

    highlights: Markup = NOTHING
    qualitative: tuple[str, ...] = ()
    quantitative: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Showcase:
    """The page. `other_members` counts those who have not consented to publicity."""

    head: Masthead
    summary: Summary
    story: Story
    members: tuple[Member, ...]
    aspects: tuple[AspectTools, ...]
    indicators: tuple[Indicator, ...]
    proposer: Proposer
    other_members: int = 0
    continuation: Continuation | None = None
    goals: Markup = NOTHING
    strategy: Markup = NOTHING
    implementation: Markup = NOTHING
    marketing_tools: tuple[PlannedTool, ...] = ()
    management_tools: tuple[PlannedTool, ...] = ()
    differences: tuple[Difference, ...] = ()
    benefits: Benefits = Benefits()
    partners: tuple[Partner, ...] = ()
    roles: tuple[Role, ...] = ()
    video: Link | None = None

    @property
    def tools_before(self) -> int:
        """How many of all the assessment's items the cluster had."""
        return sum(part.before for part in self.aspects)

    @property
    def tools_after(self) -> int:
        """How many of all the assessment's items the cluster is to have."""
        return sum(part.after for part in self.aspects)
