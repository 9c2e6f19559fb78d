"""The file proposer.yml: 提案單位, its people and partners, and what it declares."""

from __future__ import annotations

from qunju.model.presumed import PersonalParts, Tick
from qunju.model.record import Date, Flag, Integer, Keyed, Number, Part, Parts, Record, Text, Texts

ADVISOR_ROLES = frozenset({"顧問", "外聘顧問"})
"""The 計畫角色 that make a person a 群聚顧問."""


class Contact(Record):
    """How to reach a person."""

    name = Text(personal=True)
    title = Text(personal=True)
    phone = Text(personal=True)
    ext = Text(personal=True)
    fax = Text(personal=True)
    mobile = Text(personal=True)
    email = Text(personal=True)


class PrincipalContact(Contact):
    """計畫主持人."""

    person = Text()
    """An identifier of `Proposer.personnel`."""


class Contacts(Record):
    """計畫主持人 and 聯絡人."""

    pi = Part(PrincipalContact)
    liaison = Part(Contact)


class GovernmentProject(Record):
    """One of the 過往曾執行政府計畫案."""

    year = Integer()
    """ROC year."""
    program = Text()
    outcome = Text()
    """closed 結案, ongoing 執行中, abandoned 主動放棄 or not_closed 未結案."""
    event_date = Date()
    """When the project was abandoned or found not closed."""
    force_majeure = Flag()
    proof = Text()


class Person(Record):
    """One of the 群聚顧問簡介資料."""

    name = Text(personal=True)
    gender = Text(personal=True)
    seniority_years = Number(personal=True)
    """年資 in years."""
    highest_degree = Text(personal=True)
    certificates = Texts(personal=True)
    experience = Texts(personal=True)
    employer = Text()
    """任職單位."""
    title = Text()
    project_roles = Texts()
    """計畫角色, one or more."""
    expertise = Texts()
    """專長."""
    expertise_other = Text()
    expertise_note = Text()
    """說明(最擅長三項)."""
    local_presence_statement = Text()
    """在地深耕、就近服務說明."""

    @property
    def is_advisor(self) -> bool:
        """Whether the person is a 群聚顧問, of the proposer's own or from outside."""
        return not ADVISOR_ROLES.isdisjoint(self.project_roles)


class Partner(Record):
    """One of the 合作單位或群聚顧問."""

    type = Text()
    """群聚顧問 or 合作單位."""
    name = Text(personal=True)
    person = Text()
    """An identifier of `Proposer.personnel`, for a 群聚顧問."""
    employer = Text()
    title = Text()
    role = Text()
    duty = Text()
    """負責事項."""
    scope = Text()
    """合作性質: advice, service_purchase, resource, venue or whole_project."""


class Education(Record):
    """學歷."""

    school = Text(personal=True)
    department = Text(personal=True)
    degree = Text(personal=True)
    level = Text(personal=True)


class Job(Record):
    """One of the 經歷, newest first."""

    company = Text(personal=True)
    title = Text(personal=True)
    start = Text(personal=True)
    end = Text(personal=True)


class StaffMember(Record):
    """One of the 人力需求."""

    name = Text(personal=True)
    education = Part(Education)
    experience = PersonalParts(Job)
    total_years = Number(personal=True)
    """共計_年."""
    person = Text()
    """An identifier of `Proposer.personnel`."""
    role = Text()
    """擔任工作: 計畫主持人, 研究員, 副研究員 or 其他."""
    person_months = Number()
    """投入人月."""
    unpaid = Tick()
    """不支薪."""
    employer = Text()
    employment = Text()
    """formal, contract or external."""


class StaffTotal(Record):
    """人月合計, stated."""

    all = Number()
    paid = Number()


class ProposerDeclarations(Record):
    """聲明 of the proposer."""

    truthful = Flag()
    no_subcontract = Flag()
    confidentiality = Flag()
    participation = Flag()
    lump_sum = Flag()
    """總包價法."""


class Proposer(Record):
    """proposer.yml."""

    kind = Text()
    """提案單位類型: 領導企業 or 輔導單位."""
    name = Text()
    ubn = Text()
    """統一編號."""
    registration_type = Text()
    """設立類型: company, business or juridical_person."""
    address = Text()
    """營業地址."""
    representative = Text()
    """負責人/代表人."""
    main_business = Text()
    """主要營業項目."""
    business_field = Text()
    """輔導單位業務別."""
    business_field_note = Text()
    local_presence_statement = Text()
    """在地深耕與蹲點說明."""
    website = Text()
    employees = Integer()
    paid_in_capital = Integer()
    """實收資本額 in NT$."""
    paid_in_capital_note = Text()
    prior_year_revenue = Integer()
    """前一年營業額 in NT$."""
    issues_uniform_invoice = Flag()
    """可開統一發票."""
    contacts = Part(Contacts)
    has_past_gov_projects = Text()
    """過往曾執行政府計畫案: 無 or 有."""
    gov_history = Parts(GovernmentProject)
    intro = Text()
    """提案單位簡介."""
    advisor_intro = Text(personal=True)
    """群聚顧問簡介資料."""
    personnel = Keyed(Person)
    partners = Keyed(Partner)
    staff = Keyed(StaffMember)
    """人力需求."""
    staff_total = Part(StaffTotal)
    declarations = Part(ProposerDeclarations)
