"""The names that charters give to acts, matters, actors and grounds, for the catalogues."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTS: Mapping[str, str | Promise] = {
    "csto.consultation.ask": _("request for consultation"),
    "csto.consultation.consult": _("consultation"),
    "csto.assistance.request": _("request for assistance"),
    "csto.assistance.consult": _("consultation on the request"),
    "csto.assistance.mandate": _("decision to send forces"),
    "csto.assistance.grant_other_help": _("decision on other help"),
    "csto.assistance.refuse": _("refusal of assistance"),
    "csto.assistance.notify": _("notice to the United Nations Security Council"),
    "csto.assistance.prolong": _("prolongation of the mandate"),
    "csto.assistance.name_commander": _("naming of the commander"),
    "csto.assistance.consent": _("consent to send a contingent"),
    "csto.assistance.deploy": _("deployment of a contingent"),
    "csto.assistance.ask_to_end": _("request to end the operation"),
    "csto.assistance.take_back_request": _("taking back of the request"),
    "csto.assistance.end": _("end of the operation"),
    "csto.assistance.order_withdrawal": _("order to withdraw"),
    "csto.assistance.withdraw": _("withdrawal of a contingent"),
    "csto.leaving.notice": _("notice of leaving"),
    "csto.leaving.recall": _("recall of the notice of leaving"),
    "csto.leaving.leave": _("leaving the treaty"),
    "csto.sanction.propose": _("proposal of a sanction"),
    "csto.sanction.suspend": _("suspension of a member"),
    "csto.sanction.restore": _("restoration of a member"),
    "csto.sanction.expel": _("expulsion of a member"),
    "csto.dues.fall_due": _("dues falling due"),
    "csto.dues.reach_two_years": _("two years of unpaid dues"),
    "csto.dues.lose_vote": _("loss of the vote"),
    "csto.dues.pay": _("payment of dues"),
    "kazakhstan.session.convene": _("convening of a session"),
    "kazakhstan.session.attend": _("attendance at a session"),
    "kazakhstan.session.decide": _("decision of a session"),
    "kazakhstan.operation.begin": _("beginning of a counter-terrorist operation"),
    "kazakhstan.operation.take_foreign_units": _("taking in of foreign units"),
    "kazakhstan.operation.end": _("end of the counter-terrorist operation"),
    "kazakhstan.emergency.declare": _("declaration of a state of emergency"),
    "kazakhstan.emergency.inform_parliament": _("informing of Parliament"),
    "kazakhstan.emergency.name_commandant": _("naming of a commandant"),
    "kazakhstan.emergency.prolong": _("prolongation of the state of emergency"),
    "kazakhstan.emergency.lift": _("lifting of the state of emergency"),
    "kazakhstan.abroad.ask": _("request for help from abroad"),
    "kazakhstan.abroad.ask_to_end": _("request that help from abroad end"),
}
MATTERS: Mapping[str, str | Promise] = {
    "csto.consultation": _("Consultation"),
    "csto.assistance": _("Assistance"),
    "csto.leaving": _("Leaving the treaty"),
    "csto.sanction": _("Sanction"),
    "csto.dues": _("Dues"),
    "kazakhstan.session": _("Session of the Security Council"),
    "kazakhstan.operation": _("Counter-terrorist operation"),
    "kazakhstan.emergency": _("State of emergency"),
    "kazakhstan.abroad": _("Help from abroad"),
}
CHARTERS: Mapping[str, str | Promise] = {
    "csto": _("Collective Security Treaty Organization"),
    "kazakhstan": _("Republic of Kazakhstan, national crisis law"),
    "au": _("African Union: peace and security"),
    "ecowas": _("Economic Community of West African States"),
    "emac": _("Emergency Management Assistance Compact"),
    "eu": _("European Union: mutual assistance and civil protection"),
    "gcc": _("Cooperation Council for the Arab States of the Gulf"),
    "nato": _("North Atlantic Treaty Organization"),
    "rio": _("Inter-American Treaty of Reciprocal Assistance"),
    "sadc": _("Southern African Development Community"),
    "un": _(
        "Charter of the United Nations: threats to the peace, self-defence, regional"
        " action"
    ),
}
ACTORS: Mapping[str, str | Promise] = {
    "time": _("time"),
    "outside": _("somebody outside"),
    "member": _("the member"),
    "subject": _("the member concerned"),
    "vacant": _("vacant"),
    "nobody named": _("nobody named"),
    "all": _("all members"),
    "csto/council": _("Collective Security Council"),
    "csto/chair": _("Chair of the Collective Security Council"),
    "csto/defence_ministers": _("Council of Ministers of Defence"),
    "csto/secretary_general": _("Secretary-General of the CSTO"),
    "csto/un": _("United Nations Security Council"),
    "csto/president_of_the_security_council": _(
        "President of the United Nations Security Council"
    ),
    "csto/secretary_general_of_the_united_nations": _(
        "Secretary-General of the United Nations"
    ),
    "kazakhstan/security_council": _("Security Council of Kazakhstan"),
    "kazakhstan/parliament": _("Parliament of Kazakhstan"),
    "kazakhstan/president": _("President of Kazakhstan"),
    "kazakhstan/first_president": _("First President of Kazakhstan"),
    "kazakhstan/chair_of_the_security_council": _(
        "Chair of the Security Council of Kazakhstan"
    ),
    "kazakhstan/head_of_the_operational_headquarters": _(
        "Head of the Operational Headquarters of Kazakhstan"
    ),
    "kazakhstan/knb_chairman": _(
        "Chairman of the Committee of National Security of Kazakhstan"
    ),
    "kazakhstan/head_of_the_state_guard_service": _(
        "Head of the State Guard Service of Kazakhstan"
    ),
    "kazakhstan/commandant": _("Commandant, Kazakhstan"),
    "kazakhstan/prime_minister": _("Prime Minister of Kazakhstan"),
    "kazakhstan/speaker_of_the_senate": _("Speaker of the Senate of Kazakhstan"),
    "kazakhstan/speaker_of_the_lower_house": _(
        "Speaker of the lower house of Kazakhstan"
    ),
    "kazakhstan/first_deputy_prime_minister": _(
        "First Deputy Prime Minister of Kazakhstan"
    ),
    "kazakhstan/head_of_the_presidential_administration": _(
        "Head of the Presidential Administration of Kazakhstan"
    ),
    "kazakhstan/prosecutor_general": _("Prosecutor General of Kazakhstan"),
    "kazakhstan/minister_of_foreign_affairs": _(
        "Minister of Foreign Affairs of Kazakhstan"
    ),
    "kazakhstan/minister_of_defence": _("Minister of Defence of Kazakhstan"),
    "kazakhstan/minister_of_internal_affairs": _(
        "Minister of Internal Affairs of Kazakhstan"
    ),
    "kazakhstan/minister_of_emergencies": _("Minister of Emergencies of Kazakhstan"),
    "kazakhstan/ministry_of_defence": _("Ministry of Defence of Kazakhstan"),
    "kazakhstan/ministry_of_health": _("Ministry of Health of Kazakhstan"),
    "peyman/registrar": _("Registrar of this record"),
}
GROUNDS: Mapping[str, str | Promise] = {
    "csto/threat": _("Threat to security"),
    "csto/aggression_by_a_state": _("Aggression by a state"),
    "csto/armed_attack": _("Armed attack (aggression)"),
    "csto/hostilities": _("Hostilities"),
    "kazakhstan/disruption": _("Disruption of the constitutional order"),
    "kazakhstan/act_of_terrorism": _("Act of terrorism"),
}
